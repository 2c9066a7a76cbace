import Dispatch
import Synchronization
import Testing

private let rules = """
  currency USD
  balance points { }
  balance cashback { money  redeem as discount }
  balance gift_value { money  redeem as payment }
  campaign welcome "Welcome" { limit 1 per customer  give $10 off order }
  campaign earning "Points" { earn 1 point per $1 of order }
  """

private func cart(_ customer: String?, _ rest: String = "") -> String {
  let who = customer.map { #""customer":{"id":"\#($0)"},"# } ?? ""
  return #"{"currency":"USD",\#(who)\#(rest)"lines":[{"sku":"A","price":"50.00","quantity":2}]}"#
}

@Suite("the two stages of a checkout") struct CheckoutServiceTests {
  @Test("a quote changes nothing; buying it records it, earns, and uses the limit up")
  func journey() throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    call.member("m-1")
    let first = call("POST", "/v1/quotes", cart("m-1"))
    #expect((first.status, first["quote", "total"]) == (200, "90.00"))
    #expect(call("POST", "/v1/quotes", cart("m-1"))["quote", "total"] == "90.00")
    #expect(call.available("points", of: "m-1") == "0")

    let id = try #require(first["id"])
    let order = #"{"id":"o-1","quote":"\#(id)","total":"90.00"}"#
    let bought = call("POST", "/v1/checkouts", order, once: "k-1")
    #expect((bought.status, bought["charged"]) == (201, "90.00"))
    #expect(call.available("points", of: "m-1") == "90")
    #expect(call("GET", "/v1/checkouts/o-1")["state"] == "final")

    let second = call("POST", "/v1/quotes", cart("m-1"))
    #expect(second["quote", "total"] == "100.00")
    #expect(second["quote", "notApplied", "0", "reason"] == "limit")

    let undone = call("POST", "/v1/checkouts/o-1/void", once: "k-2")
    #expect((undone.status, undone["state"]) == (200, "voided"))
    #expect(call("POST", "/v1/quotes", cart("m-1"))["quote", "total"] == "90.00")
    #expect(call.available("points", of: "m-1") == "0")
    #expect(try fixture.audit() == [])
  }

  @Test("a guest is priced and recorded, and is nobody's customer")
  func guest() throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    let bought = call(
      "POST", "/v1/checkouts", #"{"id":"o-1","cart":\#(cart(nil))}"#, once: "k-1")
    #expect((bought.status, bought["charged"]) == (201, "100.00"))
    #expect(bought["account"] == nil)
    let someone = call("POST", "/v1/quotes", cart("nobody"))
    #expect((someone.status, someone["account"]) == (200, nil))
    // What is given once for each customer is given to nobody who can not be counted.
    #expect(someone["quote", "total"] == "100.00")
  }

  @Test("64 tills buy for one customer what is given once: one has it, the others are told why not")
  func storm() throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    call.member("m-1")
    let quotes = (0..<64).map { _ in call("POST", "/v1/quotes", cart("m-1")) }
    #expect(quotes.allSatisfy { $0["quote", "total"] == "90.00" })
    let bodies = quotes.enumerated().map { place, quote in
      #"{"id":"o-\#(place)","quote":"\#(quote["id"] ?? "")","total":"90.00"}"#
    }
    let answers = Mutex<[Caller.Answer]>([])
    DispatchQueue.concurrentPerform(iterations: 64) { place in
      let answer = call("POST", "/v1/checkouts", bodies[place], once: "k-\(place)")
      answers.withLock { $0.append(answer) }
    }
    let all = answers.withLock { $0 }
    #expect(all.count { $0.status == 201 } == 1)
    for answer in all where answer.status != 201 {
      #expect((answer.status, answer["code"]) == (409, "quote_stale"))
      #expect(answer["changes", "0", "campaign"] == "welcome")
      #expect(answer["changes", "0", "reason"] == "limit")
      #expect(answer["changes", "0", "agreed"] == "10.00")
      #expect(answer["quote", "total"] == "100.00")
    }
    #expect(try fixture.audit() == [])
  }

  @Test("one purchase sent 32 times at once happens once, and all are answered alike")
  func twins() throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    call.member("m-1")
    let quote = try #require(call("POST", "/v1/quotes", cart("m-1"))["id"])
    let body = #"{"id":"o-1","quote":"\#(quote)","total":"90.00"}"#
    let answers = Mutex<[Caller.Answer]>([])
    DispatchQueue.concurrentPerform(iterations: 32) { _ in
      let answer = call("POST", "/v1/checkouts", body, once: "k-1")
      answers.withLock { $0.append(answer) }
    }
    let all = answers.withLock { $0 }
    #expect(Set(all.map(\.body)).count == 1)
    #expect(all.allSatisfy { $0.status == 201 })
    #expect(call.available("points", of: "m-1") == "90")
    fixture.clock.move(by: 5_000)
    let later = call("POST", "/v1/checkouts", body, once: "k-1")
    #expect(later.body == all.first?.body)
    #expect(later.headers["idempotency-replayed"] == "true")
    let other = call("POST", "/v1/checkouts", body + " ", once: "k-1")
    #expect((other.status, other["code"]) == (422, "idempotency_mismatch"))
  }

  @Test("a price that changed is not charged unasked: what is gone, new and different is named")
  func stale() throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    call.member("m-1", having: "10.00", of: "cashback")
    let quote = call(
      "POST", "/v1/quotes", cart("m-1", #""redeem":{"cashback":"10.00"},"#))
    #expect(quote["quote", "total"] == "80.00")
    let id = try #require(quote["id"])
    let spent = call(
      "POST", "/v1/accounts/m-1/balances/cashback/adjustments",
      #"{"kind":"redeem","amount":"4.00","reason":"in the shop"}"#, once: "k-1")
    #expect(spent.status == 200)
    let refused = call("POST", "/v1/checkouts", #"{"id":"o-1","quote":"\#(id)"}"#, once: "k-2")
    #expect((refused.status, refused["code"]) == (409, "quote_stale"))
    #expect(
      refused.text.contains(#""of":"balance","balance":"cashback","agreed":"10.00","now":"6.00""#))
    #expect(refused.text.contains(#""of":"total","agreed":"80.00","now":"84.00""#))
    #expect(call.available("cashback", of: "m-1") == "6.00")
    #expect(call("GET", "/v1/checkouts/o-1").status == 404)
  }

  @Test("a promised price is charged until it ends, whatever the rules say by then")
  func promised() throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    call.member("m-1")
    let kept = try #require(
      call("POST", "/v1/quotes?guarantee=true&validFor=600", cart("m-1"))["id"])
    let late = try #require(
      call("POST", "/v1/quotes?guarantee=true&validFor=600", cart("m-1"))["id"])
    let bare = #"{"files":[{"path":"shop.promo","text":"currency USD\nbalance points { }\n"}]}"#
    #expect(call("POST", "/v1/rules:publish", bare).status == 200)
    let bought = call("POST", "/v1/checkouts", #"{"id":"o-1","quote":"\#(kept)"}"#, once: "k-1")
    #expect((bought.status, bought["charged"]) == (201, "90.00"))
    let twice = call("POST", "/v1/checkouts", #"{"id":"o-3","quote":"\#(kept)"}"#, once: "k-3")
    #expect((twice.status, twice["code"]) == (409, "quote_stale"))
    fixture.clock.move(by: 601)
    let refused = call("POST", "/v1/checkouts", #"{"id":"o-2","quote":"\#(late)"}"#, once: "k-2")
    #expect((refused.status, refused["code"]) == (409, "quote_stale"))
  }

  @Test(
    "a quote past its end is priced again: at the same price it is bought, at another it is stale")
  func expired() throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    for id in ["m-1", "m-2"] { call.member(id) }
    let same = call("POST", "/v1/quotes?validFor=60", cart("m-1"))
    let other = call("POST", "/v1/quotes?validFor=60", cart("m-2"))
    #expect(same["expiresAt"] == "2027-01-15T08:01:00Z")
    fixture.clock.move(by: 3_600)
    let bought = call(
      "POST", "/v1/checkouts", #"{"id":"o-1","quote":"\#(try #require(same["id"]))"}"#, once: "k-1")
    #expect((bought.status, bought["charged"]) == (201, "90.00"))
    #expect(bought["at"] == "2027-01-15T09:00:00Z")
    _ = call("POST", "/v1/checkouts", #"{"id":"o-2","cart":\#(cart("m-2"))}"#, once: "k-2")
    let refused = call(
      "POST", "/v1/checkouts", #"{"id":"o-3","quote":"\#(try #require(other["id"]))"}"#, once: "k-3"
    )
    #expect((refused.status, refused["code"]) == (409, "quote_stale"))
    #expect(refused["quote", "total"] == "100.00")
  }

  @Test("a promise and an answer outlive the process; a quote that was not promised does not")
  func restart() throws {
    let fixture = try ServiceFixture(rules)
    fixture.caller.member("m-1", having: "10.00", of: "cashback")
    let taking = cart("m-1", #""redeem":{"cashback":"10.00"},"#)
    let promised = fixture.caller("POST", "/v1/quotes?guarantee=true&validFor=600", taking)
    let plain = try #require(fixture.caller("POST", "/v1/quotes", taking)["id"])
    let bought = fixture.caller(
      "POST", "/v1/checkouts", #"{"id":"o-0","cart":\#(cart(nil))}"#, once: "k-0")
    let bare =
      #"{"files":[{"path":"shop.promo","text":"currency USD\nbalance cashback { money }\n"}]}"#
    #expect(fixture.caller("POST", "/v1/rules:publish", bare).status == 200)
    try fixture.restart()
    let call = fixture.caller
    let again = call(
      "POST", "/v1/checkouts", #"{"id":"o-0","cart":\#(cart(nil))}"#, once: "k-0")
    #expect(again.body == bought.body)
    #expect(call("GET", "/v1/rules")["inForce"] == "2")
    #expect(call("GET", "/v1/quotes/\(plain)").status == 404)
    let id = try #require(promised["id"])
    let shown = call("GET", "/v1/quotes/\(id)")
    #expect(shown["quote", "total"] == "80.00")
    let kept = call("POST", "/v1/checkouts", #"{"id":"o-1","quote":"\#(id)"}"#, once: "k-1")
    #expect((kept.status, kept["charged"]) == (201, "80.00"), "\(kept.text)")
    #expect(try fixture.audit() == [])
  }

  @Test("a code that everybody may use twice is used twice, and then a quote knows it")
  func codeLimit() throws {
    let fixture = try ServiceFixture(
      """
      currency USD
      timezone "UTC"
      campaign summer "Summer" { code "SUMMER25"  limit 2 per code  give $5 off order }
      campaign early "Early" { limit 3 total  cap $9 total per day  give $4 off order }
      """)
    let call = fixture.caller
    func total() -> (String?, String?) {
      let quote = call("POST", "/v1/quotes", cart(nil, #""codes":["summer25 "],"#))
      return (quote["quote", "total"], quote["quote", "codes", "0", "status"])
    }
    var totals: [String?] = []
    for place in 0..<4 {
      totals.append(total().0)
      let body = #"{"id":"o-\#(place)","cart":\#(cart(nil, #""codes":["SUMMER25"],"#))}"#
      #expect(call("POST", "/v1/checkouts", body, once: "k-\(place)").status == 201)
    }
    // $9 a day of the second: $4, $4, $1.
    #expect(totals == ["91.00", "91.00", "99.00", "100.00"])
    #expect(total() == ("100.00", "used_up"))
    fixture.clock.move(by: 86_400)
    #expect(total().0 == "100.00")
    #expect(try fixture.audit() == [])
  }

  @Test("the caller's sums are held against ours, and the difference is named")
  func sums() throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    let wrong = call(
      "POST", "/v1/checkouts", #"{"id":"o-1","cart":\#(cart(nil)),"total":"99.99"}"#, once: "k-1")
    #expect((wrong.status, wrong["code"]) == (422, "total_mismatch"))
    #expect((wrong["expected"], wrong["difference"]) == ("100.00", "-0.01"))
    for sum in ["-92233720368547758.08", "92233720368547758.07", "10000000000000.01"] {
      let refused = call(
        "POST", "/v1/checkouts", #"{"id":"o-1","cart":\#(cart(nil)),"due":"\#(sum)"}"#, once: sum)
      #expect((refused.status, refused["code"]) == (422, "bad_amount"))
    }
    func pay(_ tenders: String, _ key: String) -> Caller.Answer {
      call(
        "POST", "/v1/checkouts",
        #"{"id":"o-\#(key)","cart":\#(cart(nil)),"tenders":\#(tenders)}"#, once: key)
    }
    let over = pay(#"[{"method":"card","amount":"100.01"}]"#, "a")
    #expect((over.status, over["code"], over["difference"]) == (422, "over_payment", "0.01"))
    let under = pay(#"[{"method":"card","amount":"99.00"}]"#, "b")
    #expect((under.status, under["code"], under["difference"]) == (422, "under_payment", "-1.00"))
    let two = pay(
      #"[{"method":"card","amount":null},{"method":"cash","amount":null}]"#, "c")
    #expect((two.status, two["code"]) == (422, "two_remainders"))
    let split = pay(
      #"[{"method":"voucher","amount":"30.00"},{"method":"card","amount":null}]"#, "d")
    #expect((split.status, split["tenders", "1", "amount"]) == (201, "70.00"))
  }
}
