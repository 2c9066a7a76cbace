import Testing

@testable import Promo

@Suite("coverage of campaigns by tests") struct TestCoverageTests {
  /// What no test shows, as `kind text: sides`.
  private func uncovered(_ rules: String, _ tests: String...) throws -> [String] {
    let blocks = tests.enumerated().map { "test \"t\($0)\" { \($1) }" }
    let text = "currency USD timezone \"UTC\"\n\(rules)\n\(blocks.joined(separator: "\n"))"
    let report = try RuleSet(text: text).runTests()
    for result in report.results { #expect(result.hasPassed, "\(result)") }
    return try #require(report.coverage.first).items.filter { !$0.uncovered.isEmpty }.map {
      "\($0.kind.rawValue) \($0.text): \($0.uncovered.joined(separator: ", "))"
    }
  }

  private let one = "cart { 1 \"A\" at $10 }"
  private let two = "cart { 2 \"A\" at $10 }"

  @Test("each part of a condition must hold in one test and fail in another")
  func conditions() throws {
    let rules = """
      campaign a { when quantity of items >= 2 and subtotal of items < $50 give 10% off items }
      """
    #expect(
      try uncovered(rules, two + " expect applied a") == [
        "condition quantity of items >= 2: fails", "condition subtotal of items < $50: fails",
      ])
    #expect(
      try uncovered(
        rules, two + " expect applied a", one + " expect refused a because condition",
        "cart { 9 \"A\" at $10 } expect refused a because condition"
      ).isEmpty)
  }

  @Test("a condition is not decided while something else keeps the campaign out")
  func hiddenConditions() throws {
    let rules = "campaign a { for members when quantity of items >= 2 give 10% off items }"
    #expect(
      try uncovered(rules, two + " expect refused a because audience") == [
        "audience audience: lets in", "condition quantity of items >= 2: holds, fails",
      ])
  }

  @Test("every row of tiers must apply once")
  func tiers() throws {
    let rules = """
      campaign a { tiers by quantity of items { at 1 give 1% off items at 2 give 5% off items } }
      """
    #expect(
      try uncovered(rules, two + " expect applied a")
        == ["tier_row at 1 give 1% off items: is reached"])
    #expect(try uncovered(rules, two + " expect applied a", one + " expect applied a").isEmpty)
  }

  @Test("gates must let in and keep out")
  func gates() throws {
    let rules = """
      campaign a {
        for members
        code "X"
        active from 2026-06-01 through 2026-06-30
        give 10% off items
      }
      """
    let member = "customer { id \"m\" member } code \"x\""
    let june = "at 2026-06-05T12:00 "
    #expect(
      try uncovered(rules, june + member + one + " expect applied a") == [
        "audience audience: keeps out", "code code: keeps out", "schedule schedule: keeps out",
      ])
    #expect(
      try uncovered(
        rules, june + member + one + " expect applied a",
        june + "code \"x\" " + one + " expect refused a because audience",
        june + "customer { id \"m\" member } " + one + " expect refused a because code",
        "at 2026-07-01T00:00 " + member + one + " expect refused a because schedule"
      ).isEmpty)
  }

  @Test("limits must allow and stop, each of them")
  func limits() throws {
    let rules = """
      campaign a {
        give 50% off cheapest 1 of every 2 items
        limit 1 per customer
        limit 5 total
        limit 2 per order
      }
      """
    let known = "customer { id \"m\" } "
    #expect(
      try uncovered(rules, known + two + " expect applied a") == [
        "limit limit 1 per customer: stops", "limit limit 5 total: stops",
        "limit limit 2 per order: stops",
      ])
    #expect(
      try uncovered(
        rules, known + "cart { 6 \"A\" at $10 } expect discount $10.00",
        "customer { id \"m\" redeemed a 1 } " + two + " expect refused a because limit",
        known + "used { a 5 } " + two + " expect refused a because limit"
      ).isEmpty)
  }

  @Test("caps must leave all and cut some, each of them")
  func caps() throws {
    let rules = """
      campaign a { give 50% off order cap $4 per order cap $20 total }
      """
    let small = "cart { 1 \"A\" at $2 } expect discount $1.00"
    #expect(
      try uncovered(rules, small) == [
        "cap cap $4 per order: cuts", "cap cap $20 total: cuts",
      ])
    #expect(
      try uncovered(rules, small, one + " expect discount $4.00") == ["cap cap $20 total: cuts"])
    #expect(
      try uncovered(
        rules, small, one + " expect discount $4.00",
        "used { a $20 } " + one
          + " expect refused a because cap"
      ).isEmpty)
  }

  @Test("a cap of points cuts what is issued")
  func pointCaps() throws {
    let rules = """
      balance points { worth $1 per 100 }
      campaign a { earn 10 points per $1 of order cap 50 points per order }
      """
    let member = "customer { id \"m\" member } "
    #expect(
      try uncovered(rules, member + "cart { 1 \"A\" at $2 } expect earned 20 points")
        == ["cap cap 50 points per order: cuts"])
    #expect(
      try uncovered(
        rules, member + "cart { 1 \"A\" at $2 } expect earned 20 points",
        member + one + " expect earned 50 points"
      ).isEmpty)
  }

  @Test("campaigns that a test leaves out, or whose event does not happen, are not shown by it")
  func leftOut() throws {
    let rules = """
      balance points { worth $1 per 100 }
      campaign a { event sign_up when customer.vip earn 1 point }
      campaign b { give 10% off items }
      attributes { customer vip: flag }
      """
    #expect(
      try uncovered(rules, "customer { id \"m\" member vip yes } " + one + " expect applied b")
        == ["condition customer.vip: holds, fails"])
    #expect(
      try uncovered(
        rules, "customer { id \"m\" member vip yes } event sign_up expect applied a",
        "customer { id \"m\" member } event sign_up expect refused a because condition"
      ).isEmpty)
  }

  @Test("of a campaign that is never active, or waits for a generated code, little can be shown")
  func notShowable() throws {
    #expect(
      try uncovered("campaign a { active never when customer is member give 1% off items }").isEmpty
    )
    let pooled =
      "campaign a { codes \"p\" when customer is member give 1% off items limit 9 total }"
    #expect(try uncovered(pooled) == ["code code: keeps out"])
    #expect(try uncovered(pooled, one + " expect refused a because code").isEmpty)
  }

  @Test("a campaign that only raises what others earn is applied")
  func multipliers() throws {
    let rules = """
      balance points { worth $1 per 100 }
      campaign twice { when quantity of items >= 2 earn points times 2 on order }
      campaign base { earn 1 point per $1 of order }
      """
    let member = "customer { id \"m\" member } "
    #expect(
      try uncovered(
        rules, member + two + " expect applied twice expect earned 40 points",
        member + one + " expect refused twice because condition"
      ).isEmpty)
  }

  @Test("percentages count sides and round down")
  func percent() throws {
    let text = """
      currency USD
      campaign a { when quantity of items >= 2 when subtotal of items > $5 give 10% off items }
      campaign b { give 1% off items }
      test "t" { only a cart { 2 "A" at $10 } expect applied a }
      test "u" { only a cart { 1 "A" at $10 } expect refused a because condition }
      """
    let coverage = try RuleSet(text: text).runTests().coverage
    #expect(coverage.map(\.percent) == [75, 100])
    #expect(coverage.map(\.coveredCount) == [3, 0])
    #expect(coverage.map(\.sideCount) == [4, 0])
    #expect(coverage.map(\.line) == [2, 3])
    #expect(coverage.first?.items.map(\.line) == [2, 2])
  }
}
