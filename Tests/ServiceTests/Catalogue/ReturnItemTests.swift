import Testing

@Suite("the catalogue of bad input: returns") struct ReturnItemTests {
  private func giveBack(
    _ shop: SocketCaller, _ lines: String, _ key: String, policy: String? = nil,
    order: String = "o-1"
  ) throws -> Caller.Answer {
    let rest = policy.map { #","policy":"\#($0)""# } ?? ""
    return try shop(
      "POST", "/v1/checkouts/\(order)/returns", #"{"lines":[\#(lines)]\#(rest)}"#, once: key)
  }

  @Test(
    "C48: a line that is none, more than was bought, twice, or before the purchase: each by its name"
  )
  func wrongReturns() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let line = #"{"id":"1","quantity":2}"#
    #expect(try giveBack(shop, line, "a").said == "404 unknown_order")
    #expect(try shop.buy("o-1").status == 201)
    let unknown = try giveBack(shop, #"{"id":"9","quantity":1}"#, "b")
    #expect((unknown.said, unknown["subject"]) == ("422 unknown_line", "9"))
    let over = try giveBack(shop, #"{"id":"1","quantity":3}"#, "c")
    #expect((over.said, over["maximum"]) == ("409 exceeds_line", "2"))
    for quantity in ["0", "-1", "9223372036854775807"] {
      let answer = try giveBack(shop, #"{"id":"1","quantity":\#(quantity)}"#, "q\(quantity)")
      #expect([409, 422].contains(answer.status), "\(quantity)")
    }
    for quantity in ["1.5", "\"1\"", "null", "9223372036854775808"] {
      let answer = try giveBack(shop, #"{"id":"1","quantity":\#(quantity)}"#, "w\(quantity)")
      #expect(answer.status == 422, "\(quantity)")
    }
    #expect(try giveBack(shop, "", "e").said == "422 bad_amount")
    #expect(try giveBack(shop, line, "f")["refund"] == "100.00")
    #expect(try giveBack(shop, line, "g").said == "409 already_returned")
    #expect(try shop("POST", "/v1/checkouts/o-1/void", once: "h").said == "409 already_returned")
    #expect(try server.fixture.audit() == [])
  }

  @Test(
    "C49: points that were earned and are spent: a debt, what there is, or nothing, as is asked for",
    arguments: [("debt", "-90"), ("within_balance", "0"), ("pending_only", "0")])
  func spentPoints(_ policy: String, _ posted: String) throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    #expect(try shop.buy("o-1", "m-1").status == 201)
    let spent = try shop(
      "POST", "/v1/accounts/m-1/balances/points/adjustments",
      #"{"kind":"redeem","amount":"90","reason":"in the shop"}"#, once: "s")
    #expect(spent.status == 200)
    let back = try giveBack(shop, #"{"id":"1","quantity":2}"#, "r", policy: policy)
    #expect((back.status, back["refund"]) == (200, "90.00"), "\(back.text)")
    let balances = try shop("GET", "/v1/accounts/m-1/balances")
    let place = try #require((0..<9).first { balances["balances", "\($0)", "balance"] == "points" })
    #expect(balances["balances", "\(place)", "posted"] == posted, "\(balances.text)")
    #expect(
      try giveBack(shop, #"{"id":"1","quantity":1}"#, "x", policy: "generous").said
        == "422 unknown_word")
    #expect(try server.fixture.audit() == [])
  }

  @Test(
    "C50: however it is returned, no more comes back than was paid, and no more goes than was earned"
  )
  func neverMore() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1", having: "10.00", of: "cashback")
    let bought = try shop.buy("o-1", "m-1", #""redeem":{"cashback":"10.00"},"#)
    #expect(bought["charged"] == "80.00")
    #expect(try shop.available("points", of: "m-1") == "80")
    let first = try giveBack(shop, #"{"id":"1","quantity":1}"#, "a")
    #expect(first["refund"] == "40.00", "\(first.text)")
    #expect(try shop.available("points", of: "m-1") == "40")
    #expect(try giveBack(shop, #"{"id":"1","quantity":2}"#, "b").said == "409 exceeds_line")
    let second = try giveBack(shop, #"{"id":"1","quantity":1}"#, "c")
    #expect(second["refund"] == "40.00")
    #expect(try shop.available("points", of: "m-1") == "0")
    #expect(try shop.available("cashback", of: "m-1") == "10.00")
    #expect(try giveBack(shop, #"{"id":"1","quantity":1}"#, "d").said == "409 already_returned")
    let wanted = try shop(
      "POST", "/v1/checkouts/o-1/returns",
      #"{"lines":[{"id":"1","quantity":1,"refund":"999.00"}]}"#, once: "e")
    #expect(wanted.said == "422 unknown_key")
    #expect(try server.fixture.audit() == [])
  }
}
