import Testing

@Suite("many at once, over real sockets") struct StormOverSocketsTests {
  @Test("64 clients buy what is given once to a customer: one has it, 63 are told the limit")
  func limit() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    let quotes = try (0..<64).map { _ in try shop.quote("m-1") }
    #expect(quotes.allSatisfy { $0["quote", "total"] == "90.00" })
    let bodies = quotes.enumerated().map { place, quote in
      #"{"id":"o-\#(place)","quote":"\#(quote["id"] ?? "")","total":"90.00"}"#
    }
    let answers = try together(64) { place in
      try shop("POST", "/v1/checkouts", bodies[place], once: "k-\(place)")
    }
    #expect(answers.count { $0.status == 201 } == 1)
    let refused = answers.filter { $0.status != 201 }
    #expect(refused.count == 63)
    for answer in refused {
      #expect(answer.said == "409 quote_stale", "\(answer.text)")
      #expect(answer["changes", "0", "campaign"] == "welcome")
      #expect(answer["changes", "0", "reason"] == "limit")
      #expect((answer["changes", "0", "agreed"], answer["quote", "total"]) == ("10.00", "100.00"))
    }
    #expect(try shop.available("points", of: "m-1") == "90")
    let later = try shop.quote("m-1", #""explain":"all","#)
    #expect(later["quote", "notApplied", "0", "reason"] == "limit")
    let bought = try (0..<64).filter { try shop("GET", "/v1/checkouts/o-\($0)").status == 200 }
    #expect(bought.count == 1)
    #expect(try server.fixture.audit() == [])
  }

  @Test(
    "one purchase sent 32 times at once, and again after a restart: 32 equal answers, one effect")
  func twins() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1", having: "10.00", of: "cashback")
    let body = #"{"id":"o-1","cart":\#(hundredDollars("m-1", #""redeem":{"cashback":"10.00"},"#))}"#
    let answers = try together(32) { _ in try shop("POST", "/v1/checkouts", body, once: "k") }
    #expect(answers.allSatisfy { $0.status == 201 })
    #expect(Set(answers.map(\.body)).count == 1)
    try server.restart()
    let later = server.shop
    let repeats = try together(32) { _ in try later("POST", "/v1/checkouts", body, once: "k") }
    #expect(repeats.allSatisfy { $0.status == 201 && $0.headers["idempotency-replayed"] == "true" })
    #expect(Set((answers + repeats).map(\.body)).count == 1)
    #expect(try later.available("cashback", of: "m-1") == "0.00")
    #expect(try later.available("points", of: "m-1") == "80")
    #expect(try server.fixture.audit() == [])
  }
}
