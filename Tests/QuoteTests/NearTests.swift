import Promo
import Testing

@Suite("what is near, and what the index must not miss") struct NearTests {
  private func near(_ cart: inout Cart) { cart.explain = .near }

  @Test("of one number wanted, what has to be passed lacks less than what has to be reached")
  func strict() throws {
    let far = (0..<20).map {
      "campaign c\($0) { when subtotal of items >= $100 give 5% off order }"
    }
    let rules =
      far.joined(separator: "\n")
      + "\ncampaign x { when quantity of items >= 5 give 1% off order }"
      + "\ncampaign y { when quantity of items > 4 give 1% off order }"
    let lines = [try Quoting.line("A", 3500, 2), try Quoting.line("B", 0, 1)]
    let quote = try Quoting.quote(rules: rules, lines, change: near)
    #expect(quote.notApplied.count == 20)
    #expect(quote.refusal("y")?.missing == .quantity(2))
    #expect(quote.refusal("x") == nil && quote.refusal("c19") == nil)
  }

  @Test("uses of a code that a campaign does not have are used up for every cart")
  func codeless() throws {
    for clauses in [
      "when quantity of items >= 5 give 10% off items", "give 10% off items in tag \"x\"",
    ] {
      let lines = [try Quoting.line("A", 1000, 3)]
      let quote = try Quoting.quote("\(clauses) limit 1 per code", lines, change: near)
      #expect(quote.notApplied.map(\.reason) == [.limit])
    }
  }

  @Test("a campaign of which nothing is lacking but the lines is told of only when all is asked")
  func giveless() throws {
    let lines = [try Quoting.line("A", 1000, 3)]
    let clauses = "give 10% off items in tag \"x\""
    #expect(try Quoting.quote(clauses, lines, change: near).notApplied.isEmpty)
    #expect(try Quoting.quote(clauses, lines).refusal("c")?.reason == .nothingToGive)
  }

  @Test("past purchases are told apart by bytes, however alike they look")
  func bytes() throws {
    let rules = ["Caf\u{E9}", "Cafe\u{301}"].enumerated().map { index, brand in
      "campaign c\(index) { for members when bought in brand \"\(brand)\" ever >= 1 "
        + "give 10% off items }"
    }
    let quote = try Quoting.quote(
      rules: rules.joined(separator: "\n"), [try Quoting.line("A", 1000, 1)]
    ) { cart in
      var customer = Cart.Customer()
      customer.id = "m"
      customer.isMember = true
      var bought = Cart.VisitLine(sku: "S", quantity: 1)
      bought.brands = ["Caf\u{E9}"]
      var visit = Cart.Visit(at: try Quoting.instant("2026-05-01T12:00:00Z"))
      visit.lines = [bought]
      customer.history = [visit]
      cart.customer = customer
    }
    #expect(quote.applied.map(\.campaign) == ["c0"])
    #expect(quote.refusal("c1")?.reason == .condition)
  }

  @Test("without a limit, no number of gifts leaves fewer for the next")
  func gifts() throws {
    let quote = try Quoting.quote(
      "give gift 1000000 of \"A\" give gift 1 of \"B\"", [try Quoting.line("C", 1000, 1)])
    #expect(quote.gifts.map(\.sku) == ["A", "B"])
  }

  @Test("moments no calendar knows are refused, and the last ones it knows are not")
  func moments() throws {
    let rules = try RuleSet(
      text: "timezone \"UTC\" campaign c { for members when days since last visit >= 30 "
        + "give 5% off order }")
    var cart = try Quoting.cart([try Quoting.line("A", 1000, 1)])
    let now = try Quoting.instant()
    var customer = Cart.Customer()
    customer.id = "m"
    customer.isMember = true
    for (seconds, isKnown) in [
      (Int64.min, false), (-62_135_683_201, false), (-62_135_683_200, true),
      (253_402_387_199, true), (253_402_387_200, false), (.max, false),
    ] {
      let moment = Instant(secondsSince1970: seconds)
      customer.history = [Cart.Visit(at: moment)]
      cart.customer = customer
      #expect(((try? rules.quote(cart, at: now)) != nil) == isKnown)
      cart.customer = nil
      #expect(((try? rules.quote(cart, at: moment)) != nil) == isKnown)
    }
  }
}
