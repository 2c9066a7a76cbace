package import Ledger
package import LocalTime

/// What a simulated shop declares, in the words of the store and of the model.
package struct SimulatedShop: Sendable {
  /// Balances by name.
  package let balances = ["points", "cashback", "gift"]
  /// The zone of its calendar.
  package let zone = ZoneTable(identifier: "UTC", transitions: [], offsets: [0])
  private let everyPoints: Int64 = 100
  private let intoCashback: Int64 = 20
  private let pointsMaximum: Int64 = 400
  private let giftMaximum: Int64 = 500
  private let issueMaximum: Int64 = 60
  /// Less than two steps of a conversion.
  private let cashbackIssueMaximum: Int64 = 30

  /// A shop; all have the same terms.
  package init() {}

  /// For the store.
  package var declarations: [BalanceDeclaration] {
    [
      BalanceDeclaration(
        name: "points", currency: nil, issueMaximum: issueMaximum,
        balanceMaximum: pointsMaximum),
      BalanceDeclaration(
        name: "cashback", currency: "USD", issueMaximum: cashbackIssueMaximum,
        balanceMaximum: pointsMaximum),
      BalanceDeclaration(name: "gift", currency: "USD", balanceMaximum: giftMaximum),
    ]
  }

  /// For the store.
  package var conversions: [ConversionDeclaration] {
    [
      ConversionDeclaration(
        every: everyPoints, of: "points", into: intoCashback, of: "cashback")
    ]
  }

  /// For the model.
  package var terms: CoinModel.Terms {
    CoinModel.Terms(
      balances: balances,
      issueMaximum: ["points": issueMaximum, "cashback": cashbackIssueMaximum],
      balanceMaximum: [
        "points": pointsMaximum, "cashback": pointsMaximum, "gift": giftMaximum,
      ],
      everyPoints: everyPoints, intoCashback: intoCashback)
  }
}
