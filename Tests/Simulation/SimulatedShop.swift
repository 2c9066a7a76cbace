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

  /// Groups with every way in and out.
  package let groups = [
    GroupDeclaration(
      "newcomers", joinsOn: .signUp, leavesAfterVisits: 3,
      leavesAfter: BalanceTerms.Term(count: 2, period: .day)),
    GroupDeclaration("members", joinsOn: .signUp), GroupDeclaration("club"),
    GroupDeclaration("thrice", leavesAfterVisits: 3),
    GroupDeclaration("today", leavesAfter: BalanceTerms.Term(count: 1, period: .day)),
  ]

  /// A pool of many cards, and one that is soon given out.
  package let cardPools = [
    CardPool("silver", prefix: "29", width: 4, first: 1, last: 3_000),
    CardPool("gold", prefix: "", width: 3, first: 7, last: 16, hasCheckDigit: false),
  ]

  /// A field of the shop's own.
  package let fields = [FieldDeclaration("children", .number)]

  /// For the store.
  package var conversions: [ConversionDeclaration] {
    [
      ConversionDeclaration(
        every: everyPoints, of: "points", into: intoCashback, of: "cashback")
    ]
  }

  /// For the model.
  package var terms: CoinModel.Terms {
    var terms = CoinModel.Terms(
      balances: balances,
      issueMaximum: ["points": issueMaximum, "cashback": cashbackIssueMaximum],
      balanceMaximum: [
        "points": pointsMaximum, "cashback": pointsMaximum, "gift": giftMaximum,
      ],
      everyPoints: everyPoints, intoCashback: intoCashback)
    terms.fields = FieldDeclaration.standard + fields
    terms.groups = groups
    terms.cardPools = cardPools
    return terms
  }
}
