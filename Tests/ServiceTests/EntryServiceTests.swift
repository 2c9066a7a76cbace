import Service
import Testing

@Suite("an account's ledger over HTTP") struct EntryServiceTests {
  private let rules = """
    currency USD
    balance points { }
    balance cashback { money  redeem as discount }
    campaign earning "Points" { earn 1 point per $1 of order }
    """

  private func texts(_ answer: Caller.Answer, _ key: String) -> [String] {
    (0..<100).prefixMap { answer["entries", "\($0)", key] }
  }

  @Test("every entry says what changed and what was posted then, page by page, the latest first")
  func pages() throws {
    let fixture = try ServiceFixture(rules)
    let all = try history(fixture.caller, fixture.clock)

    var (found, after): ([String], String) = ([], "")
    for _ in 0..<4 {
      let page = fixture.caller("GET", "/v1/accounts/m-1/ledger?limit=1\(after)")
      found += texts(page, "id")
      after = page["next"].map { "&after=\($0)" } ?? ""
      try fixture.restart()
    }
    #expect((found, after) == (texts(all, "id"), ""))
    let points = fixture.caller("GET", "/v1/accounts/m-1/ledger?balance=points&limit=1")
    #expect(texts(points, "posted") == ["77"])
    let next = try #require(points["next"])
    let rest = fixture.caller("GET", "/v1/accounts/m-1/ledger?balance=points&after=\(next)")
    #expect(texts(rest, "posted") == ["40"])
    // A cursor goes on in the list that gave it out.
    fixture.caller.member("m-2")
    for other in ["m-1/ledger?", "m-1/ledger?balance=cashback&", "m-2/ledger?balance=points&"] {
      let refused = fixture.caller("GET", "/v1/accounts/\(other)after=\(next)")
      #expect((refused.status, refused["code"]) == (422, "bad_cursor"))
    }
    #expect(try fixture.audit() == [])
  }

  /// Makes four entries, and what the ledger says of them.
  private func history(_ call: Caller, _ clock: StandingClock) throws -> Caller.Answer {
    call.member("m-1", having: "40")
    call(
      "POST", "/v1/accounts/m-1/balances/cashback/adjustments",
      #"{"kind":"issue","amount":"8.50","order":"o-0","reason":"sorry"}"#, once: "sorry")
    clock.move(by: 60)
    let bought = call(
      "POST", "/v1/checkouts",
      #"""
      {"id":"o-1","cart":{"currency":"USD","customer":{"id":"m-1"},"redeem":{"cashback":"3.00"},
       "lines":[{"sku":"A","price":"20.00","quantity":2}]}}
      """#, once: "buy")
    #expect(bought.status == 201, "\(bought.text)")
    let all = call("GET", "/v1/accounts/m-1/ledger")
    #expect(texts(all, "balance") == ["points", "cashback", "cashback", "points"])
    #expect(texts(all, "amount") == ["37", "-3.00", "8.50", "40"])
    #expect(texts(all, "posted") == ["77", "5.50", "8.50", "40"])
    #expect(texts(all, "kind") == ["reward", "checkout", "reward", "reward"])
    #expect(texts(all, "id") == ["4-points", "3-cashback", "2-cashback", "1-points"])
    #expect((all["entries", "1", "order"], all["entries", "1", "by"]) == ("o-1", "client shop"))
    #expect((all["entries", "2", "order"], all["entries", "2", "reason"]) == ("o-0", "sorry"))
    #expect((all["entries", "1", "at"], all["next"]) == ("2027-01-15T08:01:00Z", nil))
    return all
  }

  @Test("who is not known has none, nor has a balance that is not")
  func unknown() throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    call.member("m-1")
    #expect(call("GET", "/v1/accounts/nobody/ledger")["code"] == "unknown_account")
    #expect(call("GET", "/v1/accounts/m-1/ledger?balance=x").status == 422)
    #expect(call("GET", "/v1/accounts/m-1/ledger?limit=0").status == 422)
    #expect(texts(call("GET", "/v1/accounts/m-1/ledger"), "id") == [])
    let key = try fixture.service.makeKey("till", scopes: ["checkouts"])
    let till = Caller(service: fixture.service, key: key)
    #expect(till("GET", "/v1/accounts/m-1/ledger").status == 403)
  }

  @Test("what is below an account whose person was forgotten is 404; what was done is told again")
  func forgotten() throws {
    let fixture = try ServiceFixture(rules + "\ngroup \"new\" { join on sign_up }")
    let call = fixture.caller
    let given = call.member("m-1", having: "40")
    let token = try #require(call("POST", "/v1/shopper-tokens", #"{"account":"m-1"}"#)["token"])
    #expect(call("DELETE", "/v1/accounts/m-1").status == 204)
    let issue = #"{"kind":"issue","amount":"1","reason":"x"}"#
    let asked = [
      ("GET", "", ""), ("PATCH", "", #"{"city":"Oslo"}"#), ("GET", "/balances", ""),
      ("GET", "/ledger", ""), ("GET", "/groups", ""), ("POST", "/disable", ""),
      ("POST", "/enable", ""), ("POST", "/balances/points/adjustments", issue),
      ("PUT", "/balances/points", #"{"posted":"1","reason":"x"}"#),
      ("POST", "/merge", #"{"from":"m-2"}"#), ("POST", "/cards", #"{"pool":"p"}"#),
    ]
    for (place, (method, path, body)) in asked.enumerated() {
      let answer = call(
        method, "/v1/accounts/m-1\(path)", body, once: "gone \(place)",
        headers: method == "PUT" ? [("if-match", "\"1\"")] : [])
      #expect((answer.status, answer["code"]) == (404, "unknown_account"), "\(method) \(path)")
    }
    #expect(Caller(service: fixture.service, key: token)("GET", "/v1/me/balances").status == 401)
    let again = call.member("m-1", having: "40")
    #expect((again.status, again.body) == (given.status, given.body))
    #expect(again.headers["idempotency-replayed"] == "true")
    #expect(call("DELETE", "/v1/accounts/m-1").status == 204)
  }
}

extension Range<Int> {
  /// What a closure makes of each number until it makes nothing.
  fileprivate func prefixMap<Result>(_ make: (Int) -> Result?) -> [Result] {
    var made: [Result] = []
    for number in self {
      guard let one = make(number) else { break }
      made.append(one)
    }
    return made
  }
}
