import Synchronization
import Testing

@Suite("the catalogue of bad input: rules over the network") struct RulesItemTests {
  /// Two campaigns that give as much each: whoever sees one version of them sees an even sum.
  private static func rules(_ dollars: Int) -> String {
    """
    currency USD\\nbalance points { }\\n\
    campaign first \\"First\\" { give $\(dollars) off order }\\n\
    campaign second \\"Second\\" { give $\(dollars) off order }\\n
    """
  }

  @Test("H48: of fifty files one is wrong: nothing is published, and the wrong place is named")
  func oneOfFifty() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    func files(_ wrong: Int?) -> String {
      let all = (0..<50).map { place in
        let give = place == wrong ? "ordr" : "order"
        let text = #"campaign c\#(place) \"C\" { code \"C\#(place)\" give $1 off \#(give) }\n"#
        return #"{"path":"f\#(place).promo","text":"currency USD\n\#(text)"}"#
      }
      return #"{"files":[\#(all.joined(separator: ","))]}"#
    }
    let refused = try shop("POST", "/v1/rules:publish", files(31))
    #expect(refused.said == "422 rules_refused")
    #expect(refused["findings", "0", "path"] == "f31.promo", "\(refused.text)")
    #expect(try shop("GET", "/v1/rules")["inForce"] == "1")
    #expect(try shop("GET", "/v1/rules/2").status == 404)
    #expect(try shop.quote(nil, #""codes":["C1"],"#)["quote", "codes", "0", "status"] == "unknown")
    #expect(try shop("POST", "/v1/rules:publish", files(nil))["revision"] == "2")
    #expect(try shop.quote(nil, #""codes":["C1"],"#)["quote", "total"] == "99.00")
  }

  @Test("H49: while rules are published, every request is answered by one version of them")
  func oneVersion() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    @Sendable func publish(_ dollars: Int) throws -> Int {
      try shop(
        "POST", "/v1/rules:publish",
        #"{"files":[{"path":"a.promo","text":"\#(Self.rules(dollars))"}]}"#
      ).status
    }
    #expect(try publish(1) == 200)
    let isOver = Mutex(false)
    let results = try together(5) { place -> [String] in
      if place == 0 {
        defer { isOver.withLock { $0 = true } }
        return try (0..<12).map { "\(try publish(1 + $0 % 2))" }
      }
      var seen: [String] = []
      while !isOver.withLock({ $0 }) {
        let quote = try shop.quote()
        let total = quote["quote", "total"] ?? "none"
        seen.append("\(total) \(quote["quote", "rules"] ?? "")")
      }
      return seen
    }
    #expect(results[0] == Array(repeating: "200", count: 12))
    let seen = Set(results.dropFirst().joined())
    // $2 or $4 off, each by the rules of one identity.
    #expect(seen.count == 2, "\(seen)")
    #expect(Set(seen.map { $0.prefix { $0 != " " } }) == ["98.00", "96.00"])
  }
}
