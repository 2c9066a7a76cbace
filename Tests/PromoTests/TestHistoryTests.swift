import Testing

@testable import Promo

@Suite("the past of a test's customer") struct TestHistoryTests {
  /// Whether a condition holds for a customer of whom some facts are told, in New York.
  private func holds(_ condition: String, _ facts: String, at: String) throws -> Bool {
    let text = """
      currency USD timezone "America/New_York"
      campaign other { give 1% off items }
      campaign a { when \(condition) give 10% off items }
      test "t" {
        only a at \(at) customer { id "m" \(facts) } cart { 1 "A" at $10 } expect applied a
      }
      """
    let report = try RuleSet(text: text).runTests()
    let result = try #require(report.results.first)
    if result.hasPassed { return true }
    #expect(result.failures.first?.actual.hasPrefix("it was refused because condition") == true)
    return false
  }

  @Test(
    "each statement holds, and statements add up",
    arguments: [
      ("visits this month = 3", "visits 3 this month"),
      ("visit_number this month = 4", "visits 3 this month"),
      ("visit_days this month = 3", "visits 3 this month"),
      ("visits this month = 5", "visits 3 this month visits 2 this month"),
      ("visits ever = 5", "visits 3 this month visits 2 previous month"),
      ("visits previous month = 2", "visits 2 previous month"),
      ("visits this month = 0", "visits 2 previous month"),
      ("visits last 30 days = 4", "visits 4 last 30 days"),
      ("visits this year = 40", "visits 40 this year"),
      ("visits ever = 1000", "visits 1000 ever"),
      ("visit_days this week = 2", "visit_days 2 this week"),
      ("spent this year = $20", "spent $20 this year"),
      ("visits ever = 0", "spent $20 this year"),
      ("visits ever = 3", "visits 3 this month spent $20 this year"),
      ("spent this year = $50", "spent $20 this year spent $30 in category \"c\" this year"),
      (
        "spent in category \"c\" this year = $30",
        "spent $20 this year spent $30 in category \"c/d\" this year"
      ),
      ("bought in category \"c\" this year = 0", "spent $30 in category \"c\" this year"),
      ("bought in category \"c\" this year = 9", "bought 9 in category \"c\" this year"),
      ("bought in brand \"b\" this year = 9", "bought 9 in brand \"b\" this year"),
      ("bought in tag \"t\" last 7 days = 2", "bought 2 in tag \"t\" last 7 days"),
      ("bought in sku \"s\" ever = 2", "bought 2 in sku \"s\" ever"),
      ("visits ever = 1", "bought 9 in category \"c\" this year"),
      ("visits ever = 0", "bought 0 in category \"c\" this year"),
      ("redemptions of other ever = 2", "redeemed other 2"),
      ("redemptions of other this day = 2", "redeemed other 2"),
      ("visits ever = 0", "redeemed other 2"),
      ("days since last visit = 0", "visits 1 this month"),
      ("days since last visit = 20", "visits 1 previous month"),
      ("visits this day = 1", "visits 3 this month"),
    ])
  func statements(condition: String, facts: String) throws {
    #expect(try holds(condition, facts, at: "2026-05-20T12:00"))
  }

  @Test("visits come as late as possible, each on a day of its own while there are any")
  func late() throws {
    #expect(try holds("visit_days last 2 days = 3", "visits 3 this month", at: "2026-05-20T12:00"))
    #expect(try holds("visit_days this month = 2", "visits 5 this month", at: "2026-05-02T12:00"))
    #expect(try holds("visits this month = 5", "visits 5 this month", at: "2026-05-02T12:00"))
    #expect(try holds("visits this day = 4", "visits 5 this month", at: "2026-05-02T12:00"))
  }

  @Test(
    "a test at midnight, or on a day the clocks change, has its visits too",
    arguments: ["2026-05-01T00:00", "2026-03-08T03:30", "2026-11-01T01:30", "2026-01-01T00:01"])
  func edges(at: String) throws {
    #expect(try holds("visits this day = 2", "visits 2 this day", at: at))
    #expect(try holds("visits this month = 2", "visits 2 this month", at: at))
    #expect(try holds("visits previous month = 2", "visits 2 previous month", at: at))
    #expect(try holds("visits previous day = 1", "visits 1 previous day", at: at))
  }
}
