import Testing

@Suite("the catalogue of bad input: balances in a cart") struct RedemptionItemTests {
  private func server() throws -> CatalogueServer {
    let server = try CatalogueServer()
    try server.shop.member("m-1", having: "10.00", of: "cashback")
    try server.shop.member("m-1", having: "30.00", of: "gift_value")
    return server
  }

  @Test("C35: a hold of somebody else is 404; one that was captured, released or is over is 409")
  func holds() throws {
    let server = try server()
    let shop = server.shop
    try shop.member("m-2", having: "5.00", of: "cashback")
    #expect(try shop.hold("theirs", "m-2", "1.00").status == 201)
    for id in ["captured", "released", "late"] {
      #expect(try shop.hold(id, "m-1", "1.00").status == 201)
    }
    let capture = #"{"amount":"1.00"}"#
    #expect(try shop("POST", "/v1/holds/captured/capture", capture, once: "c").status == 200)
    #expect(try shop("POST", "/v1/holds/released/release", once: "r").status == 200)
    func ask(_ hold: String) throws -> [String] {
      let quoted = try shop("POST", "/v1/quotes?hold=\(hold)", hundredDollars("m-1"))
      let bought = try shop(
        "POST", "/v1/checkouts",
        #"{"id":"o-\#(hold)","cart":\#(hundredDollars("m-1")),"holds":["\#(hold)"]}"#,
        once: "buy \(hold)")
      return [quoted.said, bought.said]
    }
    #expect(try ask("theirs") == Array(repeating: "404 unknown_hold", count: 2))
    #expect(try ask("nothing") == Array(repeating: "404 unknown_hold", count: 2))
    #expect(try ask("captured") == Array(repeating: "409 already_captured", count: 2))
    #expect(try ask("released") == Array(repeating: "409 already_released", count: 2))
    #expect(
      try shop("POST", "/v1/holds/captured/release", once: "x").said == "409 already_captured")
    server.fixture.clock.move(by: 100_000)
    #expect(try ask("late") == Array(repeating: "409 expired", count: 2))
    #expect(try shop("POST", "/v1/holds/late/capture", capture, once: "l").said == "409 expired")
  }

  // A cart takes what there is: asking for more is clamped, the quote says how much it is, and a
  // purchase is held against the quote. Taking from a balance directly is refused.
  @Test(
    "C36: more than there is: a cart takes what there is, a hold or a redemption is refused by figures"
  )
  func insufficient() throws {
    let server = try server()
    let shop = server.shop
    let quote = try shop.quote("m-1", #""redeem":{"cashback":"10.01"},"#)
    #expect(quote["quote", "redeemed", "0", "amount"] == "10.00")
    let refused = try shop(
      "POST", "/v1/accounts/m-1/balances/cashback/adjustments",
      #"{"kind":"redeem","amount":"10.01","reason":"x"}"#, once: "k")
    #expect((refused.said, refused["available"]) == ("409 insufficient", "10.00"))
    let held = try shop.hold("h-1", "m-1", "10.01")
    #expect((held.said, held["available"]) == ("409 insufficient", "10.00"))
    let guest = try shop.quote(nil, #""redeem":{"cashback":"1.00"},"#)
    #expect(guest["quote", "redeemed", "0", "amount"] == "0.00")
    #expect(!guest.text.contains("10.00\""), "a guest sees nobody's balance")
  }

  @Test("C37: more than the order is worth is clamped to it, and not a cent more is taken")
  func moreThanTheOrder() throws {
    let server = try server()
    let shop = server.shop
    let small =
      #"{"currency":"USD","customer":{"id":"m-1"},"redeem":{"cashback":"10.00"},"lines":[{"sku":"A","price":"13.00","quantity":1}]}"#
    let bought = try shop("POST", "/v1/checkouts", #"{"id":"o-1","cart":\#(small)}"#, once: "k")
    // $13.00 less the $10.00 of the welcome is $3.00.
    #expect((bought.status, bought["charged"]) == (201, "0.00"), "\(bought.text)")
    #expect(try shop.available("cashback", of: "m-1") == "7.00")
    let paid = small.replacing("\"redeem\":{\"cashback\"", with: "\"pay\":{\"gift_value\"")
    let second = try shop("POST", "/v1/checkouts", #"{"id":"o-2","cart":\#(paid)}"#, once: "k2")
    #expect(second["charged"] == "3.00")
    #expect(try shop.available("gift_value", of: "m-1") == "20.00")
    #expect(try server.fixture.audit() == [])
  }

  @Test(
    "C38: a discount sent as payment, and a payment sent as discount, are 422 and told where they go"
  )
  func wrongPlace() throws {
    let server = try server()
    let shop = server.shop
    for (rest, pointer, right) in [
      (#""pay":{"cashback":"1.00"},"#, "/pay/cashback", "redeem"),
      (#""redeem":{"gift_value":"1.00"},"#, "/redeem/gift_value", "pay"),
    ] {
      let answer = try shop.quote("m-1", rest)
      #expect((answer.said, answer["pointer"]) == ("422 wrong_balance_use", pointer))
      #expect(answer["detail"]?.contains(right) == true)
      #expect(try shop.buy("o-1", "m-1", rest).said == "422 wrong_balance_use")
    }
    let unused = try shop.quote("m-1", #""redeem":{"budget":"1.00"},"#)
    #expect(unused.status == 422)
    #expect(try shop.quote("m-1", #""redeem":{"nothing":"1.00"},"#).said == "422 unknown_balance")
    #expect(try shop.quote("m-1", #""redeem":{"cashback":"-1.00"},"#).said == "422 out_of_range")
  }

  @Test("C39: tenders that are not what is due are 422, and by how much")
  func tenders() throws {
    let server = try server()
    let shop = server.shop
    func pay(_ tenders: String) throws -> Caller.Answer {
      try shop(
        "POST", "/v1/checkouts",
        #"{"id":"o-1","cart":\#(hundredDollars()),"tenders":\#(tenders)}"#, once: tenders)
    }
    for (tenders, code, difference) in [
      (#"[{"method":"card","amount":"100.01"}]"#, "over_payment", "0.01"),
      (#"[{"method":"card","amount":"99.99"}]"#, "under_payment", "-0.01"),
      (
        #"[{"method":"card","amount":"60.00"},{"method":"cash","amount":"60.00"}]"#, "over_payment",
        "20.00"
      ),
      (
        #"[{"method":"card","amount":"100.01"},{"method":"cash","amount":null}]"#, "over_payment",
        "0.01"
      ),
      ("[]", "under_payment", "-100.00"),
    ] {
      let answer = try pay(tenders)
      #expect((answer.said, answer["difference"]) == ("422 \(code)", difference), "\(answer.text)")
    }
    #expect(
      try pay(#"[{"method":"card","amount":null},{"method":"cash","amount":null}]"#).said
        == "422 two_remainders")
    #expect(try pay(#"[{"method":"card","amount":"-1.00"}]"#).said == "422 bad_amount")
    #expect(try shop("GET", "/v1/checkouts/o-1").status == 404)
    let right = try pay(#"[{"method":"card","amount":"30.00"},{"method":"cash","amount":null}]"#)
    #expect((right.status, right["tenders", "1", "amount"]) == (201, "70.00"))
  }
}
