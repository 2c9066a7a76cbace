import Checkout
import Ledger
import Promo
import Testing

@Suite("what rules declare for the ledger") struct DeclarationTests {
  @Test("balances with their terms, conversions, and groups")
  func declarations() throws {
    let rules = try RuleSet(
      text: """
        currency USD
        balance points { worth $1 per 100  redeem as payment  expires in 24 months }
        balance cashback { money  redeem as discount }
        convert every 1000 points into $20 of cashback
        group "new" { join on sign_up  leave after 1 visit  leave after 30 days }
        """)
    #expect(
      rules.balanceDeclarations == [
        BalanceDeclaration(
          name: "points", currency: nil, expiresIn: .init(count: 24, period: .month)),
        BalanceDeclaration(name: "cashback", currency: "USD"),
      ])
    #expect(
      rules.conversionDeclarations == [
        ConversionDeclaration(every: 1_000, of: "points", into: 2_000, of: "cashback")
      ])
    #expect(
      rules.groupDeclarations == [
        GroupDeclaration(
          "new", joinsOn: .signUp, leavesAfterVisits: 1, leavesAfter: .init(count: 30, period: .day)
        )
      ])
  }
}
