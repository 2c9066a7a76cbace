public import Ledger
public import Promo

extension RuleSet {
  /// The rules' balances, as a ledger wants them declared.
  public var balanceDeclarations: [BalanceDeclaration] {
    loyalty.balances.map {
      BalanceDeclaration(
        name: $0.name, currency: $0.currency?.code,
        expiresIn: $0.expiresIn.map {
          BalanceTerms.Term(count: Int($0.count), period: $0.period)
        })
    }
  }

  /// The rules' conversions, as a ledger wants them declared.
  public var conversionDeclarations: [ConversionDeclaration] {
    loyalty.conversions.map {
      ConversionDeclaration(
        every: $0.every, of: $0.source, into: $0.minorUnits, of: $0.target)
    }
  }
}
