import HTTP
import HTTPClient
import Service
import Synchronization
import Testing

private let rules = """
  currency USD
  balance cashback { money  redeem as discount }
  balance gift_value { money  redeem as payment }
  balance budget { money  redeem as payment }
  """

private let cart =
  #"{"currency":"USD","customer":{"id":"ada"},"lines":[{"sku":"A","price":"50.00","quantity":2}]}"#

@Suite("Payments, settled before the final checkout")
struct PaymentTests {
  private let fixture: ServiceFixture
  private let ask: Caller

  init() throws {
    fixture = try ServiceFixture(rules)
    ask = fixture.caller
    ask.member("ada", having: "40.00", of: "gift_value")
    ask(
      "POST", "/v1/spending-accounts", #"{"id":"desk","balance":"budget"}"#, once: "open desk")
    ask("PUT", "/v1/spending-accounts/desk/assignments/user/ada", "{}")
    ask(
      "POST", "/v1/accounts/desk/balances/budget/adjustments",
      #"{"kind":"issue","amount":"30.00","reason":"a budget"}"#, once: "fill desk")
  }

  private func quote(_ cart: String = cart) throws -> String {
    try #require(ask("POST", "/v1/quotes", cart)["id"])
  }

  @Test("points pay a part, a budget a part, and a card the rest: each once, in one commit")
  func split() throws {
    let paid = cart.dropLast() + #","pay":{"gift_value":"40.00"}}"#
    let quote = try quote(String(paid))
    let made = ask(
      "POST", "/v1/payments",
      #"""
      {"id":"p-1","quote":"\#(quote)","taxes":{"shipping":"1.50"},
       "tenders":[{"method":"spending_account","account":"desk","amount":"25.00"},
                  {"method":"card","amount":null,"reference":"auth-7"}]}
      """#)
    #expect(made.status == 201)
    #expect(made["state"] == "open")
    #expect(made["tenders", "1", "amount"] == "36.50")
    #expect(ask.available("budget", of: "desk") == "30.00")
    let final = ask(
      "POST", "/v1/checkouts", #"{"id":"o-1","quote":"\#(quote)","payment":"p-1"}"#, once: "o-1")
    #expect(final.status == 201)
    #expect(final["payment"] == "p-1")
    #expect(final["charged"] == "61.50")
    #expect(final["tenders", "0", "amount"] == "25.00")
    #expect(final["tenders", "1", "reference"] == "auth-7")
    #expect(ask.available("budget", of: "desk") == "5.00")
    #expect(ask.available("gift_value", of: "ada") == "0.00")
    #expect(ask("GET", "/v1/payments/p-1")["state"] == "used")
    #expect(ask("GET", "/v1/payments?quote=\(quote)")["payments", "0", "id"] == "p-1")
    #expect(try fixture.audit().isEmpty)
  }

  @Test("a payment pays the purchase that names it first, and no other, also after a void")
  func once() throws {
    let quote = try quote()
    let body = #"{"id":"p-1","quote":"\#(quote)","tenders":[{"method":"card","amount":null}]}"#
    #expect(ask("POST", "/v1/payments", body).status == 201)
    let final = { (order: String) in
      ask(
        "POST", "/v1/checkouts", #"{"id":"\#(order)","quote":"\#(quote)","payment":"p-1"}"#,
        once: order)
    }
    #expect(final("o-1").status == 201)
    #expect(final("o-2")["code"] == "payment_used")
    #expect(ask("POST", "/v1/checkouts/o-1/void", once: "void").status == 200)
    #expect(ask("GET", "/v1/payments/p-1")["state"] == "used")
    #expect(final("o-3")["code"] == "payment_used")
    #expect(final("o-1").status == 201)
    // A purchase that is there takes no payment.
    let second = try self.quote()
    ask("POST", "/v1/payments", body.replacing("p-1", with: "p-2").replacing(quote, with: second))
    let taken = ask(
      "POST", "/v1/checkouts", #"{"id":"o-1","quote":"\#(second)","payment":"p-2"}"#, once: "o-4")
    #expect(taken.status == 409)
    #expect(ask("GET", "/v1/payments/p-2")["state"] == "open")
    let third = ask(
      "POST", "/v1/checkouts", #"{"id":"o-5","quote":"\#(second)","payment":"p-2"}"#, once: "o-5")
    #expect(third.status == 201)
  }

  @Test("what is settled is not said again with the purchase")
  func saidTwice() throws {
    let quote = try quote()
    let body = #"{"id":"p-1","quote":"\#(quote)","tenders":[{"method":"card","amount":null}]}"#
    ask("POST", "/v1/payments", body)
    for more in [#""tenders":[]"#, #""taxes":{}"#, #""holds":[]"#, #""redeemedBefore":[]"#] {
      let answer = ask(
        "POST", "/v1/checkouts",
        #"{"id":"o","quote":"\#(quote)","payment":"p-1",\#(more)}"#, once: more)
      #expect(answer["code"] == "said_twice")
    }
  }

  @Test("somebody who was forgotten leaves no payments behind")
  func forgotten() throws {
    let quote = try quote()
    let body =
      #"{"id":"p","quote":"\#(quote)","tenders":[{"method":"card","amount":null,"reference":"J. Doe"}]}"#
    ask("POST", "/v1/payments", body)
    #expect(ask("GET", "/v1/payments/p")["tenders", "0", "reference"] == "J. Doe")
    // Also when the person is forgotten under another id.
    ask.member("zoe")
    #expect(ask("POST", "/v1/accounts/zoe/merge", #"{"from":"ada"}"#, once: "m").status == 200)
    #expect(ask("DELETE", "/v1/accounts/zoe").status == 204)
    #expect(ask("GET", "/v1/payments/p").status == 404)
  }

  @Test("sent again it is the same payment; another needs another id, and is nobody else's")
  func again() throws {
    let quote = try quote()
    let body = #"{"id":"p-1","quote":"\#(quote)","tenders":[{"method":"card","amount":null}]}"#
    let first = ask("POST", "/v1/payments", body)
    #expect(ask("POST", "/v1/payments", body).body == first.body)
    let other = ask("POST", "/v1/payments", body.replacing("card", with: "cash"))
    #expect(other.status == 409)
    #expect(other["code"] == "payment_exists")
    let key = try fixture.service.makeKey("other", scopes: PromoService.allScopes)
    let stranger = Caller(service: fixture.service, key: key)
    #expect(stranger("GET", "/v1/payments/p-1").status == 404)
    #expect(stranger("POST", "/v1/payments", body)["code"] == "quote_unknown")
    let wrong = ask(
      "POST", "/v1/checkouts", #"{"id":"o","quote":"\#(try self.quote())","payment":"p-1"}"#,
      once: "o")
    #expect(wrong["code"] == "payment_of_other_quote")
  }

  @Test(
    "parts that do not come to what is charged, or that nobody can pay, are refused by name",
    arguments: [
      (#"[{"method":"card","amount":"99.99"}]"#, "under_payment"),
      (#"[{"method":"card","amount":"100.01"}]"#, "over_payment"),
      (#"[{"method":"card","amount":null},{"method":"cash","amount":null}]"#, "two_remainders"),
      (
        #"[{"method":"spending_account","account":"desk","amount":"30.01"},{"method":"card","amount":null}]"#,
        "insufficient"
      ),
      (
        #"[{"method":"spending_account","account":"other","amount":"1"},{"method":"card","amount":null}]"#,
        "not_assigned"
      ),
    ])
  func refused(_ tenders: String, _ code: String) throws {
    let answer = ask(
      "POST", "/v1/payments", #"{"id":"p","quote":"\#(try quote())","tenders":\#(tenders)}"#)
    #expect(answer["code"] == code)
    #expect(ask("GET", "/v1/payments/p").status == 404)
  }

  @Test("a payment has so many transactions, and one of them sent again is no further one")
  func transactionsMaximum() throws {
    let quote = try quote()
    ask(
      "POST", "/v1/payments",
      #"{"id":"p","quote":"\#(quote)","tenders":[{"method":"card","amount":null}]}"#)
    func add(_ place: Int) -> Caller.Answer {
      ask(
        "POST", "/v1/payments/p/transactions",
        #"{"id":"t-\#(place)","tender":1,"type":"capture","amount":"1","succeeded":false}"#)
    }
    for place in 1...100 { #expect(add(place).status == 201) }
    #expect(add(101)["code"] == "too_many_transactions")
    #expect(add(100).status == 201)
  }

  @Test("what a bank says is added and never changed; a part it did not pay stops the checkout")
  func transactions() throws {
    let quote = try quote()
    ask(
      "POST", "/v1/payments",
      #"{"id":"p","quote":"\#(quote)","tenders":[{"method":"card","amount":null}]}"#)
    let path = "/v1/payments/p/transactions"
    let declined =
      #"{"id":"t-1","tender":1,"type":"authorization","amount":"100.00","succeeded":false,"code":"51"}"#
    #expect(ask("POST", path, declined).status == 201)
    let body = #"{"id":"o","quote":"\#(quote)","payment":"p"}"#
    let stopped = ask("POST", "/v1/checkouts", body, once: "o")
    #expect(stopped.status == 409)
    #expect(stopped["code"] == "payment_not_accepted")
    #expect(stopped["tenders", "0", "paid"] == "0.00")
    #expect(ask("POST", path, declined).status == 201)
    #expect(
      ask("POST", path, declined.replacing("false", with: "true"))["code"] == "transaction_exists")
    let half = declined.replacing("t-1", with: "t-2").replacing("false", with: "true")
      .replacing("100.00", with: "60.00")
    #expect(ask("POST", path, half)["transactions", "1", "id"] == "t-2")
    // Taking what was set aside does not pay it twice.
    let taken = half.replacing("t-2", with: "t-3").replacing("authorization", with: "capture")
    #expect(ask("POST", path, taken)["tenders", "0", "paid"] == "60.00")
    #expect(ask("POST", "/v1/checkouts", body, once: "o")["tenders", "0", "paid"] == "60.00")
    let more = half.replacing("t-2", with: "t-4").replacing("60.00", with: "40.01")
    #expect(ask("POST", path, more)["tenders", "0", "paid"] == "100.01")
    #expect(ask("POST", "/v1/checkouts", body, once: "o")["code"] == "payment_not_accepted")
    let less = more.replacing("t-4", with: "t-5").replacing("40.01", with: "0.01")
    let paid = less.replacing("authorization", with: "reversal")
    #expect(ask("POST", path, paid)["tenders", "0", "paid"] == "100.00")
    let back = taken.replacing("t-3", with: "t-6").replacing("capture", with: "refund")
    #expect(ask("POST", path, back)["tenders", "0", "paid"] == "40.00")
    #expect(ask("POST", "/v1/checkouts", body, once: "o")["code"] == "payment_not_accepted")
    let again = half.replacing("t-2", with: "t-7")
    #expect(ask("POST", path, again)["tenders", "0", "paid"] == "100.00")
    #expect(ask("POST", "/v1/checkouts", body, once: "o").status == 201)
    #expect(ask("POST", path, paid.replacing(#"tender":1"#, with: #"tender":2"#)).status == 422)
    #expect(ask("POST", path, paid.replacing("reversal", with: "gift"))["code"] == "unknown_word")
  }
}

@Suite("Whoever is asked before a payment is accepted")
struct PaymentHookTests {
  /// A loyalty system that is asked.
  private final class Other: Sendable {
    let asked = Mutex<[HTTPRequest]>([])
    let answer = Mutex((200, #"{"proceed":true}"#))
    private let server = Mutex<HTTPServer?>(nil)

    init() throws {
      let made = try HTTPServer(address: "127.0.0.1", port: 0) { [weak self] request in
        guard let self else { return HTTPResponse(status: 500) }
        asked.withLock { $0.append(request) }
        let (status, text) = answer.withLock { $0 }
        return HTTPResponse(status: status, body: Array(text.utf8))
      }
      server.withLock { $0 = made }
    }

    var url: String { "http://127.0.0.1:\(server.withLock { $0?.port } ?? 0)/" }
    func stop() { server.withLock { $0?.stop() } }
    deinit { stop() }
  }

  private let other: Other
  private let fixture: ServiceFixture

  init() throws {
    other = try Other()
    fixture = try ServiceFixture(rules, paymentHook: try Self.hook(other.url))
    fixture.caller.member("ada", having: "40.00", of: "gift_value")
  }

  private static func hook(_ url: String, goesOnWithout: Bool = false) throws -> PaymentHook {
    let address = try #require(WebAddress(url))
    return try #require(
      PaymentHook(
        address, secret: "whsec_AAECAwQFBgcICQoLDA0ODw==", timeoutMilliseconds: 500,
        goesOnWithout: goesOnWithout))
  }

  private func pay(_ id: String = "p") throws -> Caller.Answer {
    let quote = try #require(fixture.caller("POST", "/v1/quotes", cart)["id"])
    return fixture.caller(
      "POST", "/v1/payments",
      #"{"id":"\#(id)","quote":"\#(quote)","tenders":[{"method":"card","amount":null}]}"#)
  }

  @Test("it is told what is to be paid, and the payment goes on when it says so")
  func proceeds() throws {
    #expect(try pay().status == 201)
    let request = try #require(other.asked.withLock { $0.first })
    let body = Caller.Answer(status: 0, headers: [:], body: request.body)
    #expect(body["type"] == "payment.proposed")
    #expect(body["data", "account"] == "ada")
    #expect(body["data", "charged"] == "100.00")
    #expect(body["data", "tenders", "0", "method"] == "card")
    let id = try #require(request.value(of: "webhook-id"))
    let time = try #require(request.value(of: "webhook-timestamp"))
    #expect(
      request.value(of: "webhook-signature")
        == (try signature("\(id).\(time).\(body.text)", "whsec_AAECAwQFBgcICQoLDA0ODw==")))
  }

  @Test("what it refuses is not paid, and the caller reads why")
  func refuses() throws {
    other.answer.withLock { $0 = (200, #"{"proceed":false,"body":{"left":"3.00"}}"#) }
    let answer = try pay()
    #expect(answer.status == 409)
    #expect(answer["code"] == "payment_refused")
    #expect(answer["body", "left"] == "3.00")
    #expect(fixture.caller("GET", "/v1/payments/p").status == 404)
  }

  @Test("a final checkout that settles its tenders itself is asked about too, before its commit")
  func finals() throws {
    other.answer.withLock { $0 = (200, #"{"proceed":false}"#) }
    let body = #"{"id":"o","cart":\#(cart.dropLast()),"pay":{"gift_value":"40.00"}}}"#
    #expect(
      fixture.caller("POST", "/v1/checkouts", body, once: "o")["code"] == "payment_refused")
    #expect(fixture.caller.available("gift_value", of: "ada") == "40.00")
    other.answer.withLock { $0 = (200, #"{"proceed":true}"#) }
    #expect(fixture.caller("POST", "/v1/checkouts", body, once: "o").status == 201)
  }

  @Test(
    "while it can not be asked nothing is paid, unless the operator wants it otherwise",
    arguments: [(500, "{}"), (200, "yes"), (200, #"{"proceed":1}"#), (302, #"{"proceed":true}"#)])
  func troubles(_ status: Int, _ text: String) throws {
    other.answer.withLock { $0 = (status, text) }
    let answer = try pay()
    #expect(answer.status == 503)
    #expect(answer["code"] == "payment_hook_unavailable")
    try fixture.restart(paymentHook: try Self.hook(other.url, goesOnWithout: true))
    #expect(try pay().status == 201)
  }

  @Test("a purchase on account, with nothing said of how it is paid, is asked about too")
  func unsaid() throws {
    other.answer.withLock { $0 = (200, #"{"proceed":false}"#) }
    let answer = fixture.caller(
      "POST", "/v1/checkouts", #"{"id":"o","cart":\#(cart)}"#, once: "o")
    #expect(answer["code"] == "payment_refused")
  }

  @Test("one that is away is the same as one that can not answer")
  func away() throws {
    other.stop()
    #expect(try pay()["code"] == "payment_hook_unavailable")
  }
}
