import Findings
import LocalTime
import RuleChecking
import Testing

@Suite("warnings") struct WarningTests {
  private static let head = """
    currency USD
    timezone "America/New_York"
    attributes { customer rate: percent, colors: text }
    test "t" { expect gift "A" }

    """

  private func codes(_ clauses: String, today: CivilDate? = nil) -> [FindingCode] {
    let result = check(WarningTests.head + "campaign a { \(clauses) }", today: today)
    #expect(result.findings.allSatisfy { $0.severity == .warning })
    #expect(result.rules.campaigns.count == 1)
    return result.findings.map(\.code)
  }

  @Test(
    "a condition that can never hold",
    arguments: [
      "quantity of items > 5 and quantity of items < 6", "quantity of items = 2.5",
      "quantity of items < 0", "subtotal of items > $5 and $5 > subtotal of items",
      "(visits ever > 3 and visits ever < 2)", "1 > 2", "no", "\"a\" = \"b\"",
      "order.country = \"US\" and order.country = \"CA\"",
      "order.country is one of (\"US\", \"CA\") and order.country = \"MX\"",
      "weekday = fri and weekday = sat", "month of today > 12", "visit_number ever = 0",
      "quantity of items + 2 > 5 and quantity of items <= 3",
      "quantity of items < quantity of items", "kinds of items > 5 and kinds of items * 2 < 8",
    ])
  func never(condition: String) {
    #expect(codes("when \(condition) give 10% off items") == [.conditionNever], "\(condition)")
  }

  @Test("two clauses count together, and the earlier one is shown")
  func twoClauses() {
    let text =
      WarningTests.head
      + "campaign a { when quantity of items > 5 when quantity of items < 3 give 10% off items }"
    let findings = check(text).findings
    #expect(findings.map(\.code) == [.conditionNever])
    #expect(findings.map(\.related.count) == [1])
  }

  @Test(
    "a condition that always holds",
    arguments: [
      "quantity of items >= 0", "yes", "1 < 2", "quantity of items != 2.5",
      "quantity of items < 5 or quantity of items >= 5",
      "order.country != \"US\" or order.country != \"CA\"", "month of today <= 12",
      "quantity of items <= quantity of items", "subtotal of items >= $5 or subtotal of items < $6",
    ])
  func always(condition: String) {
    #expect(codes("when \(condition) give 10% off items") == [.conditionAlways], "\(condition)")
  }

  @Test(
    "a condition that depends on the cart",
    arguments: [
      "quantity of items > 5 and quantity of items < 7", "visits ever >= 0", "shipping >= $0",
      "customer.colors = \"red\" and customer.colors = \"blue\"",
      "visits ever < 5 or visits ever >= 5", "quantity of items > 0",
      "subtotal of items > $5 and subtotal of items < $5.02",
      "quantity of items > 5 or quantity of items < 5", "customer.rate > 150%",
      "subtotal of items * 10% >= $5 and subtotal of items < $60",
      "min(subtotal of items * 10%, $50) >= $50", "balance_like >= 0",
      "order.country = \"US\" or order.country = \"CA\"",
    ])
  func depends(condition: String) {
    let condition = condition.replacing("balance_like", with: "bought in tag \"x\" ever")
    #expect(codes("when \(condition) give 10% off items") == [], "\(condition)")
  }

  @Test(
    "a threshold that a percentage keeps out of reach",
    arguments: [
      "subtotal of items * 10% >= $50 and subtotal of items <= $100",
      "subtotal of items < $100 and 50% * subtotal of items > $50",
      "min(subtotal of items * 10%, $20) >= $50",
    ])
  func outOfReach(condition: String) {
    #expect(codes("when \(condition) give 10% off items") == [.thresholdOutOfReach])
  }

  @Test("conditions of sets are looked at too")
  func sets() {
    let text = "set a = items where price < $5 and price > $10 campaign b { give 10% off a }"
    #expect(check(WarningTests.head + text).findings.map(\.code) == [.conditionNever])
  }

  @Test("a row that conditions or other rows keep from applying")
  func tiers() {
    let rows = "at 3 give 5% off items at 5 give 10% off items"
    func tiers(_ clause: String) -> [FindingCode] {
      codes("\(clause) tiers by quantity of items { \(rows) }")
    }
    #expect(tiers("") == [])
    #expect(tiers("when quantity of items < 5") == [.tierUnreachable])
    #expect(tiers("when quantity of items >= 5") == [.tierUnreachable])
    #expect(tiers("when quantity of items >= 4") == [])
    #expect(
      codes(
        "tiers by min(subtotal of items * 10%, $20) { at $10 give 5% off items at $30 give 6% off items }"
      ) == [.thresholdOutOfReach])
  }

  @Test("a schedule is over on the day after its last")
  func schedules() {
    let clauses = "active from 2026-05-01 through 2026-06-05 give 10% off items"
    #expect(codes(clauses, today: CivilDate(year: 2026, month: 6, day: 5)) == [])
    #expect(codes(clauses, today: CivilDate(year: 2026, month: 6, day: 6)) == [.scheduleOver])
    #expect(codes(clauses) == [])
    let two = "active through 2025-01-01 active through 2027-01-01 give 10% off items"
    #expect(codes(two, today: CivilDate(year: 2026, month: 6, day: 6)) == [])
  }

  @Test("a test runs what its `only` names, else what its currency and event allow")
  func untested() {
    func untested(_ text: String) -> [String?] {
      check(text).findings.filter { $0.code == .campaignUntested }.map { $0.facts["name"] }
    }
    let two = "currency USD campaign a { give 10% off items } campaign b { give 5% off items } "
    #expect(untested(two) == ["a", "b"])
    #expect(untested(two + "test \"t\" { only b expect discount $0 }") == ["a"])
    #expect(untested(two + "test \"t\" { expect discount $0 }") == [])
    let event = "balance points { } campaign c { event birthday earn 5 points } "
    #expect(untested(two + event + "test \"t\" { expect discount $0 }") == ["c"])
    #expect(untested(event + "test \"t\" { event birthday expect earned 5 points }") == [])
  }

  @Test("a `not` is decided by a test that applies it and one that its condition refuses")
  func undecided() {
    let text = "campaign a { when not customer is member give free shipping } "
    let applied = "test \"t\" { expect applied a } "
    let refused = "test \"u\" { expect refused a because condition } "
    let other = "test \"v\" { expect refused a because schedule } "
    #expect(check(text + applied + refused).findings == [])
    #expect(check(text + applied + other).findings.map(\.code) == [.notUndecided])
    #expect(check(text + refused).findings.map(\.code) == [.notUndecided])
    #expect(check(text).findings.map(\.code) == [.campaignUntested])
  }

  @Test(
    "percentages of a discount that are too much or nothing",
    arguments: [
      ("150% off items", .percentOverHundred), ("(60% + 50%) off items", .percentOverHundred),
      ("(subtotal of items * 110%) off order", .percentOverHundred),
      ("0% off items", .percentZero), ("100% off items", nil), ("(50% + 50%) off items", nil),
    ] as [(String, FindingCode?)])
  func percentages(give: String, code: FindingCode?) {
    #expect(codes("give \(give)") == [code].compactMap { $0 })
  }

  @Test("slots of a bundle that share units")
  func slots() {
    #expect(codes("give price $5 for 1 items in tag \"a\" + 1 items in tag \"b\"") == [])
    #expect(
      codes("give price $5 for 1 items in tag \"a\" + 1 items in tag \"a\"") == [.slotsOverlap])
    #expect(
      codes("give price $5 for 1 (items where on_sale) + 2 items") == [.slotsOverlap])
  }

  @Test("the first file of the language checks clean")
  func firstFile() {
    #expect(listing(check(FirstFile.text)) == [])
    #expect(check(FirstFile.text).rules.campaigns.count == 8)
  }
}
