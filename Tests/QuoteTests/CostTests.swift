import Pricing
import Testing

@testable import Promo

/// Figures are worked out by hand: sorting 10,000 lines takes 14 steps a line, sharing over them 16.
@Suite("the cost of rules before they run") struct CostTests {
  private func cost(_ rules: String) throws -> RuleCost {
    try RuleSet(text: "currency USD timezone \"America/New_York\" \(rules)").cost
  }

  /// Steps a line of one campaign named `c`, each time it is priced.
  private func each(_ clauses: String) throws -> Int {
    try #require(try cost("campaign c { \(clauses) }").campaigns.first).stepsPerPricing
  }

  @Test("one percentage: a pass for it, one for its lines, one for its pricing, four for the cart")
  func plain() throws {
    let cost = try cost("campaign c { give 10% off items }")
    #expect(cost.campaigns.map(\.stepsPerPricing) == [1])
    #expect(cost.campaigns.map(\.pricingCount) == [1])
    #expect(cost.campaigns.map(\.stepsPerLine) == [2])
    #expect(cost.cartSteps == 5 && cost.sharedSteps == 0 && cost.choiceCount == 1)
    #expect(cost.stepsPerLine == 7 && cost.stepsPerCart == 70_000)
  }

  @Test("what campaigns share is charged once")
  func shared() throws {
    let cost = try cost(
      """
      set books = items in category "books"
      campaign a { when quantity of books >= 3 give 10% off books }
      campaign b { when quantity of books >= 3 give $5 off order }
      """)
    // The set, the items it is made from, and the sum.
    #expect(cost.sharedCount == 3 && cost.sharedSteps == 3)
    #expect(cost.campaigns.map(\.stepsPerLine) == [1, 2])
    #expect(cost.cartSteps == 4 + 3 && cost.stepsPerLine == 3 + 3 + 7)
  }

  @Test(
    "effects",
    arguments: [
      ("give $1 off each of items", 8), ("give price $5 for each of items", 8),
      ("give $1 off each of items limit 3 per order", 8 + 14),
      ("give 100% off cheapest 1 of items", 15),
      ("give 100% off cheapest 1 of every 3 items", 16),
      ("give 100% off cheapest 1 of items per 2 items", 30),
      ("give $5 off subtotal of items", 1 + 4 * (8 + 16)), ("give $5 off order", 2),
      ("give $5 off order cap $3 per order", 32), ("give 5% off order base original", 16),
      ("give price $9 for 1 items + 1 items", 2 * 23 + 2 * 3 * 16),
      ("give free shipping", 0), ("give gift \"TOTE\"", 0),
      ("give 10% off items give $5 off order", 3),
      ("when subtotal of items after discounts >= $9 give $5 off order", 4),
      ("tiers by quantity of items { at 2 give 5% off items at 3 give $1 off order }", 8),
      ("give 10% off items stack best of \"g\" on items", 12),
      ("give 10% off items cap $3 total", 8 + 16), ("give 10% off items limit 1 total", 8),
    ])
  func effects(clauses: String, steps: Int) throws { #expect(try each(clauses) == steps) }

  @Test("a `where` is asked of every line, part by part")
  func filter() throws {
    // `and`, two comparisons' operands and the test of a text.
    let cost = try cost(
      """
      set tall = items where price > $10 and name contains "tall"
      campaign c { give 10% off tall }
      """)
    #expect(cost.campaigns.map(\.stepsPerLine) == [1 + 1 + (1 + 1 + 3 + 16 + 1)])
  }

  @Test("earning passes over what is paid, and once more for each multiplier")
  func earning() throws {
    let cost = try cost(
      """
      balance points { }
      campaign rate { earn 1 point per $1 of order }
      campaign twice { earn points times 2 on order }
      campaign welcome { event sign_up earn 5 points }
      """)
    #expect(cost.campaigns.map(\.stepsPerLine) == [4, 1, 0])
  }

  @Test("each choice is priced as a whole, each loser alone, and the best once more")
  func choices() throws {
    let cost = try cost(
      (1...3).map { "campaign c\($0) { give $\($0) off order stack best of \"g\" }" }
        .joined(separator: "\n"))
    #expect(cost.choiceCount == 3)
    #expect(cost.campaigns.map(\.pricingCount) == [3, 3, 3])
    #expect(cost.campaigns.map(\.stepsPerLine) == [6, 6, 6])
    #expect(cost.cartSteps == 4 + 7 * 3 && cost.stepsPerLine == 25 + 1 + 18)
  }

  @Test("campaigns chosen by priority are priced once and alone")
  func priority() throws {
    let cost = try cost("choose by priority \n" + pairs(13))
    #expect(cost.choiceCount == 1)
    #expect(cost.campaigns.allSatisfy { $0.pricingCount == 2 })
  }

  @Test("beyond 4,096 choices no more are priced, and no choice is dearer than the dearest")
  func manyChoices() throws {
    let cost = try cost(pairs(13))
    #expect(cost.choiceCount == 4_096)
    #expect(cost.cartSteps == 4 + 3 * (4_096 + 1 + 26))
    #expect(cost.stepsPerLine == cost.cartSteps + 1 + 4_096 * 13 * 2 + 26 * 2 * 2)
  }

  @Test("a group of 5,000 is 5,000 campaigns, each in one choice")
  func greatGroup() throws {
    let cost = try cost(
      (1...5000).map { "campaign c\($0) { give $1 off order stack best of \"g\" }" }
        .joined(separator: "\n"))
    #expect(cost.choiceCount == 4_096 && cost.campaigns[0].pricingCount == 3)
  }

  @Test("rules that may take too long are refused with the figure and the dearest campaigns")
  func limit() throws {
    func rules(_ count: Int) -> String {
      "currency USD\n" + pairs(12) + "\n"
        + (1...count).map { "campaign p\($0) { give 1% off items }" }.joined(separator: "\n")
    }
    // 4,096 choices and 25 pricings more, each begun with 3 steps; 24 campaigns in half of the
    // choices, twice more each; each percentage in all choices and the quote.
    let base = 4 + 3 * 4_121 + 1 + 24 * 2 * (2_048 + 2)
    let allowed = try RuleSet(text: rules(1193)).cost
    #expect(allowed.stepsPerLine == base + 1193 * 4_097)
    #expect(allowed.stepsPerCart <= RuleCost.stepsMaximum)
    let refused = RuleSet.compile(sources: [RuleSource(path: "x.promo", text: rules(1194))])
    let finding = try #require(refused.findings.first { $0.severity == .error })
    #expect(finding.code == .tooCostly && finding.related.count == 2)
    #expect(refused.rules.cost.stepsPerLine == base + 1194 * 4_097)
    #expect(
      finding.facts["steps"] == "50,025,860,000" && finding.facts["limit"] == "50,000,000,000")
    #expect(finding.facts["dearest"] == "x0, y0, x1")
    #expect(throws: RuleSetError.self) { try RuleSet(text: rules(1194)) }
  }

  private func pairs(_ count: Int) -> String {
    (0..<count).map { group in
      """
      campaign x\(group) { give $2 off order stack best of "g\(group)" }
      campaign y\(group) { give $1 off order stack best of "g\(group)" }
      """
    }.joined(separator: "\n")
  }

  @Test(
    "what is counted while pricing is never more than what was counted before",
    arguments: [
      "campaign a { give $1 off order stack alone }\ncampaign b { give 5% off items }",
      """
      campaign a { give $1 off order stack best of "g" }
      campaign b { give $2 off order stack best of "g" }
      campaign c { give 3% off items stack best of "h" }
      campaign d { give 4% off items stack best of "h" stack best of "g" }
      campaign e { when subtotal of items after discounts >= $90000 give 1% off order stack alone }
      campaign f { give 1% off items stack with a, b }
      """,
      "campaign c { give price $1 for 3 (items in tag \"t1\") + 2 items + 1 (items in tag \"t2\") }",
      """
      campaign c { give price $1 for 40 items + 7 items stack best of "g" }
      campaign d { give price $2 for 1 items + 1 items + 1 items + 2 items stack best of "g" }
      """,
      """
      campaign a { give (subtotal of items / (quantity of items - 900)) off order }
      campaign b { give $1 off order stack alone }
      """,
    ])
  func upperBound(rules: String) throws {
    let set = try RuleSet(text: "currency USD timezone \"America/New_York\" \(rules)")
    let cost = ProgramCost(set.program)
    var lines: [Cart.Line] = []
    for number in 0..<300 {
      var line = try Quoting.line("S\(number)", Int64(1000 + number * 7 % 501), 3)
      line.tags = ["t\(number % 3)"]
      lines.append(line)
    }
    let cart = try Quoting.cart(lines)
    var warnings: [String] = []
    var pricer = Pricer(program: set.program, currency: cart.currency)
    pricer.cart.load(cart, program: set.program, warnings: &warnings)
    pricer.shopper = try ShopperFacts(cart, program: set.program, warnings: &warnings)
    pricer.price(now: try Quoting.instant().secondsSince1970, explains: .all)
    let work = pricer.evaluation().work
    #expect(work.pricingCount <= cost.pricingCount)
    #expect(work.bundleStepCount <= cost.stepsPerLine * lines.count)
  }
}
