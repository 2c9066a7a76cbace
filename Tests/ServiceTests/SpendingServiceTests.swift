import Testing

private let rules = """
  currency USD
  balance points { worth $1 per 100  redeem as payment }
  balance budget { money }
  group "new" { join on sign_up  leave after 1 visit }
  campaign welcome "Welcome" { for customers in group "new"  give $10 off order }
  campaign letter "By letter" { codes "letters"  give $5 off order }
  """

@Suite("spending accounts and codes in a purchase") struct SpendingServiceTests {
  private func cart(_ rest: String = "") -> String {
    #"""
    {"currency":"USD","customer":{"id":"m-1"},\#(rest)
     "lines":[{"sku":"A","price":"100.00","quantity":1}]}
    """#
  }

  private func fixture() throws -> ServiceFixture {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    call.member("m-1", having: "2000")
    #expect(
      call("POST", "/v1/spending-accounts", #"{"id":"office","balance":"budget"}"#, once: "s")
        .status
        == 201)
    let filled = call(
      "POST", "/v1/accounts/office/balances/budget/adjustments",
      #"{"kind":"issue","amount":"50.00","reason":"budget"}"#, once: "f")
    #expect(filled.status == 200, "\(filled.text)")
    return fixture
  }

  @Test("a welcome offer lowers the total, points pay a part, an account and a card the rest")
  func combined() throws {
    let fixture = try fixture()
    let call = fixture.caller
    let tenders =
      #""tenders":[{"method":"spending_account","account":"office","amount":"30.00"},{"method":"card","amount":null}]"#
    let body = #"{"id":"o-1","cart":\#(cart(#""pay":{"points":"2000"},"#)),\#(tenders)}"#
    let refused = call("POST", "/v1/checkouts", body, once: "k-1")
    #expect((refused.status, refused["code"]) == (409, "not_assigned"), "\(refused.text)")
    #expect(
      call("PUT", "/v1/spending-accounts/office/assignments/user/m-1").status == 204)
    let usable = call("POST", "/v1/spending-accounts:usable", #"{"user":"m-1"}"#)
    #expect(usable["accounts", "0", "available"] == "50.00")
    let bought = call("POST", "/v1/checkouts", body, once: "k-2")
    #expect((bought.status, bought["charged"]) == (201, "70.00"), "\(bought.text)")
    #expect(bought["tenders", "1", "amount"] == "40.00")
    #expect(call.available("budget", of: "office") == "20.00")
    #expect(call.available("points", of: "m-1") == "0")
    #expect(call("POST", "/v1/checkouts/o-1/void", once: "k-3").status == 200)
    #expect(call.available("budget", of: "office") == "50.00")
    #expect(call.available("points", of: "m-1") == "2000")
    #expect(try fixture.audit() == [])
  }

  @Test("what points and an account paid goes back to them, and only the rest is paid out")
  func mixedReturn() throws {
    let fixture = try fixture()
    let call = fixture.caller
    _ = call("PUT", "/v1/spending-accounts/office/assignments/user/m-1")
    let cart =
      #"{"currency":"USD","customer":{"id":"m-1"},"pay":{"points":"2000"},"lines":[{"sku":"A","price":"33.33","quantity":3}]}"#
    let body =
      #"{"id":"o-1","cart":\#(cart),"tenders":[{"method":"spending_account","account":"office","amount":"30.00"},{"method":"card","amount":null}]}"#
    let bought = call("POST", "/v1/checkouts", body, once: "k-1")
    // $99.99 less $10.00 is $89.99: $20.00 of points, $30.00 of the account, $39.99 by card.
    #expect(bought["tenders", "1", "amount"] == "39.99", "\(bought.text)")
    var payable = 0
    for place in 0..<3 {
      let back = call(
        "POST", "/v1/checkouts/o-1/returns", #"{"lines":[{"id":"1","quantity":1}]}"#,
        once: "r-\(place)")
      payable += try #require(Int(back["payable"]?.filter { $0 != "." } ?? ""))
    }
    #expect(payable == 3_999)
    #expect(call.available("points", of: "m-1") == "2000")
    #expect(call.available("budget", of: "office") == "50.00")
    #expect(try fixture.audit() == [])
  }

  @Test("a generated code lets its campaign in once, and a void gives it back")
  func codes() throws {
    let fixture = try fixture()
    let call = fixture.caller
    let made = call("POST", "/v1/code-pools/letters/codes", #"{"count":3}"#, once: "c")
    let code = try #require(made["codes", "0"])
    func buy(_ order: String, _ code: String) -> Caller.Answer {
      call(
        "POST", "/v1/checkouts",
        #"{"id":"\#(order)","cart":\#(cart(#""codes":["\#(code)"],"#))}"#, once: order)
    }
    let first = buy("o-1", code.lowercased())
    #expect(first["charged"] == "85.00", "\(first.text)")
    let second = call("POST", "/v1/quotes", cart(#""codes":["\#(code)"],"#))
    #expect(second["quote", "codes", "0", "status"] == "used_up")
    #expect(call("POST", "/v1/checkouts/o-1/void", once: "v").status == 200)
    let third = buy("o-2", code)
    #expect(third["charged"] == "85.00", "\(third.text)")
    let unknown = call("POST", "/v1/quotes", cart(#""codes":["AAAA-BBBB"],"#))
    #expect(unknown["quote", "codes", "0", "status"] == "unknown")
    #expect(try fixture.audit() == [])
  }
}
