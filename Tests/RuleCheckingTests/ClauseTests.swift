import Findings
import RuleChecking
import RuleSyntax
import Testing

@Suite("clauses of a campaign") struct ClauseTests {
  private static let head = """
    currency USD
    timezone "America/New_York"
    balance points { worth $1 per 100 redeem as payment expires in 24 months }
    balance cashback { money redeem as discount at most 50% of order }
    set tees = items in tag "tee"
    test "t" { expect gift "A" }
    campaign user { give 1% off tees  active never }

    """

  private func codes(_ clauses: String) -> [FindingCode] {
    check(ClauseTests.head + "campaign a { \(clauses) }").findings.map(\.code)
  }

  private func campaign(_ clauses: String) throws -> CheckedCampaign {
    let result = check(ClauseTests.head + "campaign a { \(clauses) }")
    #expect(listing(result) == [])
    return try #require(result.rules.campaigns.first { $0.name == "a" })
  }

  @Test(
    "`limit … per order` counts deals, units and gifts, and nothing else",
    arguments: [
      ("give 100% off cheapest 1 of every 3 tees", true),
      ("give $5 off subtotal of cheapest 2 of tees", true), ("give $5 off each of tees", true),
      ("give price $9 for each of tees", true), ("give price $9 for 2 tees", true),
      ("give gift \"TOTE\"", true), ("give 10% off tees", false),
      ("give $5 off subtotal of tees", false), ("give $5 off order", false),
      ("give free shipping", false), ("earn 5 points", false),
      ("give gift \"TOTE\" give free shipping", false),
    ])
  func countable(give: String, isCounted: Bool) {
    #expect(codes("\(give) limit 2 per order") == (isCounted ? [] : [.limitOfUncountable]))
  }

  @Test(
    "`stack best of … on items` compares unit prices only",
    arguments: [
      ("give 10% off tees", true), ("give $5 off each of tees", true),
      ("give price $5 for each of tees", true), ("give 10% off cheapest 1 of tees", false),
      ("give $5 off subtotal of tees", false), ("give price $9 for 2 tees", false),
      ("give free shipping", false),
    ])
  func bestOfOnItems(give: String, isFit: Bool) {
    #expect(
      codes("\(give) stack best of \"g\" on items") == (isFit ? [] : [.bestOfOnItemsUnfit]))
  }

  @Test(
    "`after discounts` reads the stage before",
    arguments: [
      ("give 10% off order", true), ("give free shipping", true), ("earn 5 points", true),
      ("give 10% off order earn 5 points", true), ("give 10% off tees", false),
      ("give gift \"TOTE\"", false), ("give free shipping give $1 off each of tees", false),
    ])
  func afterDiscounts(give: String, isLate: Bool) {
    let found = codes("when subtotal of tees after discounts > $50 \(give)")
    #expect(found == (isLate ? [] : [.afterDiscountsTooEarly]))
  }

  @Test(
    "each of these clauses stands once",
    arguments: [
      "for members for guests", "priority 1 priority 2", "base original base original",
      "message \"a\" message \"b\"", "hint \"a\" hint \"b\"", "stack alone stack alone",
      "stack with user stack with user", "active never active never",
    ])
  func once(clauses: String) {
    #expect(codes("give 10% off tees \(clauses)") == [.clauseTwice])
  }

  @Test("other clauses may stand several times")
  func several() throws {
    let found = try campaign(
      """
      when quantity of tees > 1 when visits ever > 2
      code "A" code "B" codes "pool"
      active on mon active on tue between 22:00 and 02:00
      give 10% off tees give 5% off order
      limit 1 per customer limit 100 total limit 5 total per day
      cap $5 per order cap $100 total
      stack best of "g" stack best of "h" stack alone on items
      """)
    #expect(found.conditions.count == 2)
    #expect(found.codes == ["A", "B"])
    #expect(found.codePools == ["pool"])
    #expect(found.schedules.count == 2)
    #expect(found.gives.count == 2)
    #expect(found.limits.map(\.count) == [1, 100, 5])
    #expect(found.caps.map(\.amount) == [500, 10_000])
    #expect(found.stacking.bestOf == ["g", "h"])
    #expect(found.stacking.isAloneOnItems)
  }

  @Test("balances take amounts of their own kind")
  func earning() throws {
    let found = try campaign(
      """
      earn 1 point per $1 of order with shipping after 14 days
      earn 5% of tees as cashback
      earn $5 as cashback expires in 3 months
      earn points times 2.5 on tees
      cap 100 points per customer per month
      """)
    #expect(found.earns.map(\.balance) == [0, 1, 1, 0])
    #expect(
      found.earns[0].kind == .perAmount(1, perMinorUnits: 100, of: .order(withShipping: true)))
    #expect(found.earns[0].expiresIn?.count == 24)
    #expect(found.earns[2].kind == .fixed(500))
    #expect(found.earns[2].expiresIn?.count == 3)
    #expect(found.caps.map(\.balance) == [0])
    #expect(codes("earn 5 cashback") == [.countOfMoneyBalance])
    #expect(codes("earn $5 as points") == [.moneyOfPointsBalance])
    #expect(codes("earn 5 points cap 5 cashback total") == [.countOfMoneyBalance])
    #expect(codes("earn 2 point") == [.unknownBalance])
  }

  @Test(
    "what is mended without a look",
    arguments: [
      ("earn 5 cashback", "earn $5 as cashback"), ("give 10% off all_items", "give 10% off items"),
      ("give 10% off all_items in tag \"a\"", "give 10% off items in tag \"a\""),
      ("for members for members earn 5 points", "for members  earn 5 points"),
    ])
  func repairs(clauses: String, mended: String) {
    let text = ClauseTests.head + "campaign a { \(clauses) }"
    let repairs = check(text).findings.flatMap(\.repairs).filter(\.isSafe)
    let file = SourceFile(path: "a.promo", text: text)
    let after = String(decoding: apply(repairs, to: file).bytes, as: UTF8.self)
    #expect(after == ClauseTests.head + "campaign a { \(mended) }")
  }

  @Test("tiers become ascending rows of one type")
  func tiers() throws {
    let found = try campaign(
      "tiers by subtotal of tees { at $100 give 10% off tees at $200 earn 5 points }")
    let tiers = try #require(found.tiers)
    #expect(
      tiers.rows.map(\.threshold) == [.money(minorUnits: 10_000), .money(minorUnits: 20_000)])
    #expect(tiers.rows[1].earns.count == 1)
    #expect(codes("tiers by quantity of tees { at $5 give 10% off tees }") == [.tierOfOtherType])
    #expect(codes("tiers by 5% { at 5 give 10% off tees }") == [.wrongOperand])
    #expect(codes("tiers by quantity of tees { }") == [.campaignGivesNothing])
  }

  @Test(
    "`{missing}` needs a threshold",
    arguments: [
      ("when quantity of tees >= 5", true), ("when 5 <= quantity of tees", true),
      ("when visit_number this month = 4", true), ("when (spent ever > $5 and on_hold)", true),
      ("when subtotal of tees + $1 >= $5", false), ("when quantity of tees < 5", false),
      ("when quantity of tees >= 5 or visits ever > 1", false),
      ("when cheapest price of tees > $5", false), ("for members", false),
    ])
  func missing(clause: String, canBeFilled: Bool) {
    let clause = clause.replacing("on_hold", with: "order.country = \"US\"")
    let found = codes("\(clause) give 10% off tees hint \"{missing} to go\"")
    #expect(found == (canBeFilled ? [] : [.nothingMissing]))
    let message = codes("\(clause) give 10% off tees message \"{missing} to go\"")
    #expect(message == [.nothingMissing])
  }

  @Test("a text for the shopper falls into its parts")
  func templates() throws {
    let found = try campaign(
      #"give 10% off tees message "{title}: {saved} {{off} {code}{remaining_uses}""#)
    #expect(
      found.message?.parts == [
        .title, .text(": "), .saved, .text(" {off} "), .code, .remainingUses,
      ])
  }

  @Test(
    "zero is no count",
    arguments: [
      "give 10% off tees limit 0 total", "give 10% off cheapest 0 of tees",
      "give 10% off cheapest 1 of every 0 tees", "give price $5 for 0 tees",
      "give gift 0 of \"A\"", "earn 0 points", "earn 1 point per $0 of order",
      "earn 1 point per 0 tees", "when visits last 0 days > 1 give free shipping",
      "give free shipping cap $0 total", "earn 5 points after 0 days",
    ])
  func zero(clauses: String) {
    #expect(codes(clauses) == [.zeroCount])
  }

  @Test(
    "a schedule must be able to begin before it ends",
    arguments: [
      ("from 2026-06-05 through 2026-06-05", []),
      ("from 2026-06-05 until 2026-06-05T00:01", []),
      ("from 2026-06-05 until 2026-06-05T00:00", [.scheduleEndsBeforeStart]),
      ("from 2026-06-05T10:00 through 2026-06-04", [.scheduleEndsBeforeStart]),
      ("from 2026-06-05T10:00 until 2026-06-05T10:00", [.scheduleEndsBeforeStart]),
      ("between 22:00 and 02:00", []), ("between 10:00 and 10:00", [.scheduleEmpty]),
    ] as [(String, [FindingCode])])
  func schedules(schedule: String, expected: [FindingCode]) {
    #expect(codes("active \(schedule) give 10% off tees") == expected)
  }

  @Test("a campaign with a mistake is left out, the others stay")
  func leftOut() {
    let result = check(
      """
      campaign a { give 10% off items limit 0 total }
      campaign b { give 10% off items }
      """)
    #expect(result.rules.campaigns.map(\.name) == ["b"])
  }

  @Test("money off a selection by calculation offers both readings")
  func moneyOffUnits() {
    let text = ClauseTests.head + "campaign a { give ($1 * quantity of tees) off tees }"
    let repairs = check(text).findings.flatMap(\.repairs)
    #expect(
      repairs.flatMap(\.edits).map(\.replacement) == ["off each of", "off subtotal of"])
    #expect(repairs.allSatisfy { !$0.isSafe })
  }
}
