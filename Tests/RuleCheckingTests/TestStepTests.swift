import Findings
import RuleChecking
import Testing

@Suite("tests in a rule file") struct TestStepTests {
  private static let head = """
    currency USD
    attributes { item color: text, weight: number customer tier: text, since: date order gift: flag }
    balance points { worth $1 per 100 redeem as payment }
    balance stamps { }
    balance cashback { money redeem as discount }
    campaign a { give 10% off items }

    """

  private func codes(_ steps: String) -> [FindingCode] {
    check(TestStepTests.head + "test \"t\" { \(steps) }").findings.map(\.code)
  }

  @Test("every step of the language is accepted")
  func accepted() {
    let result = check(
      TestStepTests.head + """
        test "t" {
          only a
          at 2026-05-20T12:00
          customer {
            id "m" member group "new" group "old" tier "gold" since 2020-01-01
            visits 3 this month visit_days 2 last 30 days spent $20 in category "c" this year
            bought 2 in tag "x" ever redeemed a 1 balance points 200 balance cashback $5
          }
          order { country "US" channel "web" gift yes }
          cart {
            2 "SKU" at $5.00 category "c" category "d" brand "b" tag "t" tag "u" color "red" weight 2
            1 "CARD" at $25 gift_card
            1 "MUG" at $5 was $6 floor $1 vendor "v" name "Mug" not_discountable
          }
          code "X", "Y"
          shipping $5
          used { a 1000 }
          redeem $10 of cashback
          expect discount $1.00
          expect line "SKU" total $9.00
          expect applied a
          expect earned 1 point
          expect earned $1 of cashback
        }
        """)
    #expect(listing(result) == [])
    #expect(result.rules.tests.count == 1)
  }

  @Test(
    "names and types in a test are checked",
    arguments: [
      ("expect applied b", [.unknownCampaign]), ("only b expect discount $0", [.unknownCampaign]),
      ("used { b 1 } expect discount $0", [.unknownCampaign]),
      ("customer { redeemed b 1 } expect discount $0", [.unknownCampaign]),
      ("customer { height 5 } expect discount $0", [.unknownAttribute]),
      ("customer { tier yes } expect discount $0", [.attributeValueType]),
      ("order { country 5 } expect discount $0", [.attributeValueType]),
      ("cart { 1 \"A\" at $5 weight \"x\" } expect discount $0", [.attributeValueType]),
      ("cart { 0 \"A\" at $5 } expect discount $0", [.zeroCount]),
      ("cart { 1 \"A\" at $5.005 } expect discount $0", [.moneyTooFine]),
      ("cart { 1 \"A\" at $5 brand \"a\" brand \"b\" } expect discount $0", [.factTwice]),
      ("customer { id \"a\" id \"b\" } expect discount $0", [.factTwice]),
      ("customer { balance points $5 } expect discount $0", [.balanceAmountType]),
      ("customer { balance cashback 5 } expect discount $0", [.balanceAmountType]),
      ("redeem 5 stamps expect discount $0", [.notRedeemable]),
      ("redeem 5 cashback expect discount $0", [.countOfMoneyBalance]),
      ("expect earned $5 of points", [.moneyOfPointsBalance]),
      ("expect earned 2 miles", [.unknownBalance]),
      ("only a expect discount 5 EUR", [.moneyOfOtherCurrency]),
    ] as [(String, [FindingCode])])
  func refused(steps: String, expected: [FindingCode]) {
    #expect(codes(steps).filter { $0 != .campaignUntested } == expected)
    #expect(check(TestStepTests.head + "test \"t\" { \(steps) }").rules.tests.isEmpty)
  }

  @Test("an unknown time zone and a missing one are told of where they are needed")
  func timezones() {
    let text = "campaign a { active on fri give free shipping } test \"t\" { expect gift \"A\" }"
    #expect(check(text).findings.map(\.code) == [.timezoneNeeded])
    let known = check(
      [("a.promo", "timezone \"Nowhere/Land\" " + text)], knowsTimezone: { _ in false })
    #expect(known.findings.map(\.code) == [.unknownTimezone])
    let needs = [
      "when today > 2026-01-01", "when visits this month > 1", "when visit_days ever > 1",
      "when days since last visit > 3", "limit 1 per customer per month",
      "cap 5 points total per day",
    ]
    for clause in needs {
      let text =
        "balance points { } campaign a { \(clause) earn 5 points } test \"t\" { expect gift \"A\" }"
      #expect(check(text).findings.map(\.code) == [.timezoneNeeded], "\(clause)")
    }
    for clause in ["when visits ever > 1", "limit 1 per customer", "limit 5 total"] {
      let text = "campaign a { \(clause) give free shipping } test \"t\" { expect gift \"A\" }"
      #expect(check(text).findings == [], "\(clause)")
    }
  }
}
