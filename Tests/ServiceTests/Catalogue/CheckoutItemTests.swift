import Testing

@Suite("the catalogue of bad input: final checkouts") struct CheckoutItemTests {
  @Test(
    "C40: a purchase without a setup is priced as it is made; a foreign quote and two carts are refused"
  )
  func withoutSetup() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    #expect(try shop.buy("o-1", "m-1")["charged"] == "90.00")
    let quote = try #require(try shop.quote()["id"])
    let unknown = try shop("POST", "/v1/checkouts", #"{"id":"o-2","quote":"q_0"}"#, once: "a")
    #expect((unknown.said, unknown["pointer"]) == ("409 quote_unknown", "/quote"))
    // A cart beside a quote could be another one: nothing says which of the two is bought.
    let both = try shop(
      "POST", "/v1/checkouts",
      #"{"id":"o-2","quote":"\#(quote)","cart":\#(hundredDollars(nil, #""shipping":"5.00","#))}"#,
      once: "b")
    #expect((both.said, both["pointer"]) == ("422 two_carts", "/cart"))
    let neither = try shop("POST", "/v1/checkouts", #"{"id":"o-2"}"#, once: "c")
    #expect(neither.said == "422 missing_key")
    #expect(try shop("GET", "/v1/checkouts/o-2").status == 404)
  }

  // A quote that was not promised and costs what it did is bought, whatever its age: nothing that
  // was agreed to has changed.
  @Test(
    "C41: a quote whose time is over, or whose rules were replaced, is 409 when it costs something else"
  )
  func staleQuotes() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    let promise = "/v1/quotes?guarantee=true&validFor=60"
    let promised = try #require(try shop("POST", promise, hundredDollars("m-1"))["id"])
    let plain = try #require(try shop.quote("m-1")["id"])
    let same = try #require(try shop.quote()["id"])
    let rules =
      #"{"files":[{"path":"shop.promo","text":"currency USD\nbalance points { worth $1 per 100  redeem as payment }\n"}]}"#
    #expect(try shop("POST", "/v1/rules:publish", rules).status == 200)
    server.fixture.clock.move(by: 61)
    for (order, quote) in [("o-1", promised), ("o-2", plain)] {
      let answer = try shop(
        "POST", "/v1/checkouts", #"{"id":"\#(order)","quote":"\#(quote)"}"#, once: order)
      #expect(answer.said == "409 quote_stale", "\(answer.text)")
      #expect(try shop("GET", "/v1/checkouts/\(order)").status == 404)
    }
    let bought = try shop("POST", "/v1/checkouts", #"{"id":"o-3","quote":"\#(same)"}"#, once: "s")
    #expect((bought.status, bought["charged"]) == (201, "100.00"), "\(bought.text)")
  }

  @Test("C42: one order under two keys is recorded once; the second is 409")
  func orderExists() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let body = #"{"id":"o-1","cart":\#(hundredDollars())}"#
    let answers = try together(16) { place in
      try shop("POST", "/v1/checkouts", body, once: "k-\(place)").said
    }
    #expect(answers.count { $0.hasPrefix("201") } == 1)
    #expect(answers.count { $0 == "409 order_exists" } == 15)
    #expect(try server.fixture.audit() == [])
  }

  // An order's number may have a slash in it, as many shops' do; in a path it is written %2F.
  @Test(
    "C43: an order id that is empty, too long or holds control characters is 422; a slash is none")
  func orderIDs() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let long = String(repeating: "x", count: 1_024)
    for (place, id) in ["", "a\\nb", "a\\u0000b", "a\\u007fb", long, ".", ".."].enumerated() {
      let answer = try shop(
        "POST", "/v1/checkouts", #"{"id":"\#(id)","cart":\#(hundredDollars())}"#, once: "k\(place)")
      #expect(answer.said == "422 bad_identifier", "\(id.prefix(20)): \(answer.text)")
    }
    for id in [".", ".."] {
      #expect(
        try shop("POST", "/v1/accounts", #"{"id":"\#(id)"}"#, once: id).said
          == "422 bad_identifier")
      #expect(try shop.hold(id, "m-1", "1.00").said == "422 bad_identifier")
    }
    for (place, id) in ["1", "null", "true", "[]", "{}"].enumerated() {
      let answer = try shop(
        "POST", "/v1/checkouts", #"{"id":\#(id),"cart":\#(hundredDollars())}"#, once: "t\(place)")
      #expect(["422 wrong_type", "422 missing_key"].contains(answer.said), "\(id)")
    }
    #expect(try shop.buy("2026/000123").status == 201)
    #expect(try shop("GET", "/v1/checkouts/2026%2F000123")["id"] == "2026/000123")
    #expect(try shop("GET", "/v1/checkouts/2026/000123").status == 404)
  }

  @Test("C44: a purchase happens when it is made, whatever moment its cart names")
  func clientTime() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    for moment in ["1971-01-01T00:00:00Z", "2027-01-15T08:00:00Z", "9999-12-31T23:59:59Z"] {
      let answer = try shop.buy("o-1", nil, #""at":"\#(moment)","#)
      #expect((answer.said, answer["pointer"]) == ("422 not_writable", "/cart/at"))
      // A quote may ask what would be; it is bought at the price of now, or not at all.
      #expect(try shop.quote(nil, #""at":"\#(moment)","#).status == 200)
      let promised = try shop(
        "POST", "/v1/quotes?guarantee=true", hundredDollars(nil, #""at":"\#(moment)","#))
      #expect((promised.said, promised["pointer"]) == ("422 not_writable", "/at"))
    }
    let early = try shop.quote(
      nil, #""at":"2019-01-01T00:00:00Z","codes":["OLD"],"#)
    #expect(early["quote", "total"] == "99.00")
    let id = try #require(early["id"])
    let bought = try shop("POST", "/v1/checkouts", #"{"id":"o-2","quote":"\#(id)"}"#, once: "k")
    #expect(bought.said == "409 quote_stale")
  }

  @Test(
    "C45: a moment without an offset, at 24:00, in a leap second or the year 10000 is 422",
    arguments: [
      "2026-06-05T12:00:00", "2026-06-05T24:00:00Z", "2026-06-05T23:59:60Z", "2026-06-05",
      "10000-01-01T00:00:00Z", "2026-02-30T12:00:00Z", "2026-06-05T12:00:00+24:00", "now", "",
      "2026-06-05 12:00:00Z",
    ])
  func moments(_ moment: String) throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1", having: "1.00", of: "cashback")
    let quoted = try shop.quote(nil, #""at":"\#(moment)","#)
    #expect((quoted.said, quoted["pointer"]) == ("422 bad_instant", "/at"))
    let held = try shop(
      "POST", "/v1/holds",
      #"{"id":"h-1","account":"m-1","balance":"cashback","amount":"1.00","deadline":"\#(moment)"}"#,
      once: "k")
    #expect((held.status, held["pointer"]) == (422, "/deadline"))
  }

  @Test("C46: attributes are fifty at most, and texts have bounds: more is 422 with its place")
  func attributes() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let many = (0..<1_000).map { #""k\#($0)":"v""# }.joined(separator: ",")
    let long = String(repeating: "x", count: 1 << 20)
    for (rest, said, pointer) in [
      (#""order":{"attributes":{\#(many)}},"#, "422 too_many", "/order/attributes"),
      (#""order":{"attributes":{"a":"\#(long)"}},"#, "422 too_long", "/order/attributes/a"),
      (#""metadata":{},"#, "422 unknown_key", "/metadata"),
      (#""order":{"channel":"\#(long)"},"#, "422 too_long", "/order/channel"),
    ] {
      let answer = try shop.quote(nil, rest)
      #expect((answer.said, answer["pointer"]) == (said, pointer))
      #expect(answer.body.count < 1_000)
    }
  }

  @Test(
    "C47: names such as __proto__ and $where, and text that is SQL elsewhere, mean nothing here")
  func inertText() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let names = ["__proto__", "constructor", "$where", "'; DROP TABLE purchase; --"]
    let attributes = names.map { #""\#($0)":"\#($0)""# }.joined(separator: ",")
    let lines = names.map { #"{"sku":"\#($0)","name":"\#($0)","price":"1.00","quantity":1}"# }
    let whole =
      #"{"currency":"USD","order":{"attributes":{\#(attributes)}},"lines":[\#(lines.joined(separator: ","))]}"#
    let bought = try shop("POST", "/v1/checkouts", #"{"id":"o-1","cart":\#(whole)}"#, once: "k")
    #expect((bought.status, bought["charged"]) == (201, "4.00"), "\(bought.text)")
    let shown = try shop("GET", "/v1/checkouts/o-1")
    for (place, name) in names.enumerated() {
      #expect(shown["receipt", "items", "\(place)", "sku"] == name)
    }
    #expect(try shop.buy("__proto__").status == 201)
    #expect(try shop("GET", "/v1/checkouts/__proto__")["id"] == "__proto__")
    #expect(try server.fixture.audit() == [])
  }
}
