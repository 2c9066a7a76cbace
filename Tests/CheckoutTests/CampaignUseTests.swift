import Checkout
import Ledger
import LocalTime
import Promo
import Testing

@Suite("what a quote uses of campaigns once it is bought") struct CampaignUseTests {
  private let now = Instant(secondsSince1970: 1_800_000_000)
  private let programme = LoyaltyProgramme(
    balances: [BalanceTerms(id: BalanceID(1), name: "points", currency: nil)], conversions: [],
    zone: ZoneTable(identifier: "UTC", transitions: [], offsets: [0]))

  private func uses(
    _ rules: String, customer: String? = "m-1", codes: String = "", pools: [String: String] = [:],
    generated: [String: Cart.GeneratedCode] = [:]
  ) throws -> (uses: [CampaignUse], quote: Quote) {
    let rules = try RuleSet(text: "currency USD\ntimezone \"America/New_York\"\n" + rules)
    let who = customer.map { ", \"customer\": { \"id\": \"\($0)\", \"member\": true }" } ?? ""
    let json = """
      { "currency": "USD", "codes": [\(codes)]\(who),
        "lines": [ { "sku": "A", "price": "60.00", "quantity": 1 } ] }
      """
    var (cart, _) = try Cart.read(json: Array(json.utf8))
    cart.generatedCodes = generated
    let quote = try rules.quote(cart, at: now)
    let uses = try CampaignUse.uses(
      in: quote, of: rules, by: customer, pools: pools, programme: programme)
    return (uses, quote)
  }

  @Test("each limit and cap is a claim, in the period of the campaign's own clocks")
  func claims() throws {
    let (uses, _) = try uses(
      """
      campaign one "One" {
        limit 2 per customer per month
        limit 100 total
        cap $50 total
        give $5 off order
      }
      """)
    // 2027-01-15T08:00Z is the 15th in New York as well.
    #expect(
      uses == [
        CampaignUse(
          campaign: "one", discount: 500,
          claims: [
            .init(.customer, key: "m-1", period: "month 2027-01-01", usesMaximum: 2),
            .init(.total, usesMaximum: 100, discountMaximum: 5_000),
            .init(.customer, key: "m-1"),
          ])
      ])
  }

  @Test("a guest is counted nowhere but in total")
  func guest() throws {
    let rules = "campaign one \"One\" { give $5 off order }\n"
    #expect(try uses(rules, customer: nil).uses == [])
    #expect(
      try uses(rules).uses == [
        CampaignUse(campaign: "one", discount: 500, claims: [.init(.customer, key: "m-1")])
      ])
  }

  @Test("what is issued of a capped balance is counted beside the uses")
  func issues() throws {
    let (uses, _) = try uses(
      """
      balance points { }
      campaign double "Double" {
        cap 100 points per customer per month
        earn 2 points per $1 of order
      }
      """)
    #expect(uses.map(\.campaign) == ["double", "double.points"])
    #expect(
      uses.last
        == CampaignUse(
          campaign: "double.points", discount: 100,
          claims: [
            .init(.customer, key: "m-1", period: "month 2027-01-01", discountMaximum: 100)
          ]))
  }

  @Test("a code is counted in one spelling, whatever was typed")
  func codes() throws {
    let (uses, quote) = try uses(
      "campaign summer \"Summer\" { code \"SUMMER25\" limit 9 per code give $5 off order }",
      codes: "\" Summer25 \"")
    #expect(quote.applied.map(\.code) == ["Summer25"])
    #expect(
      uses.first?.claims.first == .init(.code, key: "summer25", usesMaximum: 9))
  }

  @Test("a code of a generated pool lets its campaign in, once it is found there, until it is used")
  func generated() throws {
    let rules = "campaign welcome \"Welcome\" { codes \"letters\" give $5 off order }"
    let typed = "ABCD-EFGH"
    let pool = [typed: Cart.GeneratedCode(pool: "letters")]
    let found = try uses(
      rules, codes: "\"\(typed)\"", pools: [typed: "letters"], generated: pool)
    #expect(found.quote.codes.map(\.status) == [.applied])
    #expect(found.uses.first?.claims.contains { $0.scope == .code && $0.usesMaximum == 1 } == true)

    let unknown = try uses(rules, codes: "\"\(typed)\"")
    #expect(unknown.quote.codes.map(\.status) == [.unknown])
    let other = try uses(
      rules, codes: "\"\(typed)\"", generated: [typed: Cart.GeneratedCode(pool: "others")])
    #expect(other.quote.codes.map(\.status) == [.unknown])
    let used = try uses(
      rules, codes: "\"\(typed)\"",
      generated: [typed: Cart.GeneratedCode(pool: "letters", isUsed: true)])
    #expect(used.quote.codes.map(\.status) == [.usedUp])
    #expect(used.quote.applied.isEmpty)
  }
}
