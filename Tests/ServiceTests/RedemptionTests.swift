import Testing

private let rules = """
  currency USD
  balance points { }
  balance cashback { money  redeem as discount }
  balance gift_value { money  redeem as payment }
  campaign earning "Points" { earn 1 point per $1 of order }
  """

private func cart(_ taking: String) -> String {
  #"""
  {"currency":"USD","customer":{"id":"m-1"},\#(taking),
   "lines":[{"sku":"A","price":"60.00","quantity":1},{"sku":"B","price":"20.00","quantity":2}]}
  """#
}

private let redeeming = #""redeem":{"cashback":"10.00"}"#

@Suite("$10 of cashback, three ways") struct RedemptionTests {
  private func fixture() throws -> ServiceFixture {
    let fixture = try ServiceFixture(rules)
    fixture.caller.member("m-1", having: "10.00", of: "cashback")
    return fixture
  }

  @Test("inside the checkout, from a hold, or before it: $90 and 90 points each time")
  func routes() throws {
    for route in ["inside", "hold", "before"] {
      let fixture = try fixture()
      let call = fixture.caller
      var query = ""
      if route == "hold" {
        let held = call(
          "POST", "/v1/holds",
          #"{"id":"h-1","account":"m-1","balance":"cashback","amount":"10.00","deadline":"2027-01-16T00:00:00Z"}"#,
          once: "h")
        #expect((held.status, held["amount"]) == (201, "10.00"))
        #expect(call.available("cashback", of: "m-1") == "0.00")
        query = "?hold=h-1"
      }
      if route == "before" {
        let redeemed = call(
          "POST", "/v1/accounts/m-1/balances/cashback/adjustments",
          #"{"kind":"redeem","amount":"10.00","reason":"at the till"}"#, once: "r")
        #expect((redeemed.status, redeemed["outcome"]) == (200, "redeemed"))
        query = "?redeemed=r"
      }
      let quote = call("POST", "/v1/quotes\(query)", cart(redeeming))
      #expect(quote["quote", "total"] == "90.00", "\(route): \(quote.text)")
      let id = try #require(quote["id"])
      let bought = call("POST", "/v1/checkouts", #"{"id":"o-1","quote":"\#(id)"}"#, once: "o")
      #expect((bought.status, bought["charged"]) == (201, "90.00"), "\(route): \(bought.text)")
      #expect(call.available("points", of: "m-1") == "90", "\(route)")
      #expect(call.available("cashback", of: "m-1") == "0.00", "\(route)")
      if route == "hold" { #expect(call("GET", "/v1/holds/h-1")["state"] == "captured") }
      #expect(try fixture.audit() == [])
    }
  }

  @Test("gift value is a way to pay: the total stays, and so do the 100 points")
  func giftValue() throws {
    let fixture = try fixture()
    let call = fixture.caller
    call.member("m-1", having: "10.00", of: "gift_value")
    let body = #"{"id":"o-1","cart":\#(cart(#""pay":{"gift_value":"10.00"}"#))}"#
    let bought = call("POST", "/v1/checkouts", body, once: "o")
    #expect((bought["quote", "total"], bought["charged"]) == ("100.00", "90.00"))
    #expect(call.available("points", of: "m-1") == "100")
    #expect(call.available("gift_value", of: "m-1") == "0.00")
  }

  @Test("what was redeemed before pays for one purchase, and for just what it was")
  func reuse() throws {
    let fixture = try fixture()
    let call = fixture.caller
    _ = call(
      "POST", "/v1/accounts/m-1/balances/cashback/adjustments",
      #"{"kind":"redeem","amount":"10.00","reason":"at the till"}"#, once: "r")
    func buy(_ order: String, _ taking: String, _ key: String = "r") -> Caller.Answer {
      call(
        "POST", "/v1/checkouts",
        #"{"id":"\#(order)","cart":\#(cart(taking)),"redeemedBefore":["\#(key)"]}"#, once: order)
    }
    #expect(buy("o-0", redeeming, "other")["code"] == "unknown_redemption")
    let less = buy("o-1", #""redeem":{"cashback":"4.00"}"#)
    #expect((less.status, less["code"]) == (422, "redemption_mismatch"))
    #expect((less["redeemed"], less["taken"]) == ("10.00", "4.00"))
    #expect(buy("o-2", redeeming)["charged"] == "90.00")
    let again = buy("o-3", redeeming)
    #expect((again.status, again["code"]) == (409, "quote_stale"))
    #expect(again["refusal", "code"] == "limit_reached")
    #expect(try fixture.audit() == [])
  }

  @Test(
    "what was redeemed before comes back with the purchase, to the lot it came from, and pays no more",
    arguments: ["void", "returns"])
  func undone(by way: String) throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    call.member("m-1")
    for (amount, end) in [("8.00", "2027-03-01T00:00:00Z"), ("4.00", "2027-02-01T00:00:00Z")] {
      let issued = call(
        "POST", "/v1/accounts/m-1/balances/gift_value/adjustments",
        #"{"kind":"issue","amount":"\#(amount)","expiresAt":"\#(end)","reason":"x"}"#, once: amount)
      #expect(issued.status == 200)
    }
    call(
      "POST", "/v1/accounts/m-1/balances/gift_value/adjustments",
      #"{"kind":"redeem","amount":"10.00","reason":"at the till"}"#, once: "r")
    func buy(_ order: String) -> Caller.Answer {
      call(
        "POST", "/v1/checkouts",
        #"""
        {"id":"\#(order)","cart":\#(cart(#""pay":{"gift_value":"10.00"}"#)),"redeemedBefore":["r"]}
        """#, once: order)
    }
    #expect(buy("o-1")["charged"] == "90.00")
    #expect(call.available("gift_value", of: "m-1") == "2.00")
    if way == "void" {
      #expect(call("POST", "/v1/checkouts/o-1/void", once: "v").status == 200)
    } else {
      let lines = [(#"{"id":"1","quantity":1}"#, "6.00"), (#"{"id":"2","quantity":2}"#, "4.00")]
      for (line, restored) in lines {
        let back = call(
          "POST", "/v1/checkouts/o-1/returns", #"{"lines":[\#(line)]}"#, once: line)
        #expect((back.status, back["restored"]) == (200, restored), "\(back.text)")
      }
    }
    let balances = call("GET", "/v1/accounts/m-1/balances")
    #expect(balances["balances", "2", "available"] == "12.00")
    #expect(balances["balances", "2", "expiringNext", "amount"] == "4.00")
    #expect(balances["balances", "2", "expiringNext", "at"] == "2027-02-01T00:00:00Z")
    let again = buy("o-2")
    #expect((again.status, again["refusal", "code"]) == (409, "limit_reached"), "\(again.text)")
    #expect(call.available("gift_value", of: "m-1") == "12.00")
    #expect(try fixture.audit() == [])
  }

  @Test("a hold pays its part, and what the balance has besides pays the rest")
  func holdAndMore() throws {
    let fixture = try fixture()
    let call = fixture.caller
    let held = call(
      "POST", "/v1/holds",
      #"{"id":"h-1","account":"m-1","balance":"cashback","amount":"6.00","deadline":"2027-01-16T00:00:00Z"}"#,
      once: "h")
    #expect(held.status == 201)
    func quote(_ amount: String) -> Caller.Answer {
      call("POST", "/v1/quotes?hold=h-1", cart(#""redeem":{"cashback":"\#(amount)"}"#))
    }
    #expect(quote("9.00")["redeemable", "0", "amount"] == "10.00")
    let id = try #require(quote("9.00")["id"])
    let bought = call("POST", "/v1/checkouts", #"{"id":"o-1","quote":"\#(id)"}"#, once: "o")
    #expect((bought.status, bought["charged"]) == (201, "91.00"), "\(bought.text)")
    #expect(call.available("cashback", of: "m-1") == "1.00")
    #expect(call("GET", "/v1/holds/h-1")["captured"] == "6.00")
    #expect(call("POST", "/v1/checkouts/o-1/void", once: "v").status == 200)
    #expect(call.available("cashback", of: "m-1") == "10.00")
    #expect(try fixture.audit() == [])
  }

  @Test("a hold is captured in parts, released, replaced, and says how it ended")
  func holds() throws {
    let fixture = try fixture()
    let call = fixture.caller
    func hold(_ id: String, _ amount: String, _ rest: String = "") -> Caller.Answer {
      call(
        "POST", "/v1/holds",
        #"""
        {"id":"\#(id)","account":"m-1","balance":"cashback","amount":"\#(amount)",
         "deadline":"2027-01-15T09:00:00Z"\#(rest)}
        """#, once: "place \(id)")
    }
    #expect(hold("h-1", "6.00").status == 201)
    let tooMuch = hold("h-2", "5.00")
    #expect((tooMuch.status, tooMuch["code"]) == (409, "insufficient"))
    #expect(tooMuch["available"] == "4.00")
    let some = hold("h-3", "5.00", #","takesWhatThereIs":true"#)
    #expect((some["amount"], some["due"]) == ("4.00", "1.00"))
    #expect(hold("h-4", "5.00", #","replaces":"h-1""#).status == 201)
    #expect(call("GET", "/v1/holds/h-1")["state"] == "replaced")
    let part = call(
      "POST", "/v1/holds/h-4/capture", #"{"amount":"2.00","keepsRemainder":true}"#, once: "c1")
    #expect((part["amount"], part["held"]) == ("2.00", "3.00"))
    let over = call("POST", "/v1/holds/h-4/capture", #"{"amount":"3.01"}"#, once: "c2")
    #expect((over.status, over["code"], over["held"]) == (409, "exceeds_hold", "3.00"))
    #expect(call("POST", "/v1/holds/h-4/release", once: "c3")["amount"] == "3.00")
    let late = call("POST", "/v1/holds/h-4/capture", #"{"amount":"1.00"}"#, once: "c4")
    #expect((late.status, late["code"]) == (409, "already_released"))
    fixture.clock.move(by: 100_000)
    #expect(call("GET", "/v1/holds/h-3")["state"] == "expired")
    let expired = call("POST", "/v1/holds/h-3/capture", #"{"amount":"1.00"}"#, once: "c5")
    #expect((expired.status, expired["code"]) == (409, "expired"))
    #expect(call.available("cashback", of: "m-1") == "8.00")
    #expect(try fixture.audit() == [])
  }
}
