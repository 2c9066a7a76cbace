/// The runs of a cart as pricing left them, to be read after the next cart has been priced.
struct RunSnapshot: Sendable {
  private let records: [Run]
  private let costs: [Int64]
  private let redeemedShares: [Int64]
  private let traits: [LineTraits]

  /// No runs at all.
  init() {
    (records, costs, redeemedShares, traits) = ([], [], [], [])
  }

  init(_ runs: borrowing RunTable) {
    records = runs.records.copy
    costs = runs.costs.copy
    redeemedShares = runs.redeemedShares.copy
    traits = runs.traits.copy
  }

  /// How many runs there are, with those that are in no chain.
  var count: Int { records.count }

  /// The first run of a line; −1 for a gift line.
  func firstRun(_ line: Int32) -> Int32 {
    !traits.isEmpty && traits[Int(line)].contains(.gift) ? -1 : line
  }

  /// The next run of the same line; −1 after the last.
  func nextRun(_ run: Int32) -> Int32 { records[Int(run)].next }

  func price(_ run: Int32) -> Int64 { records[Int(run)].price }

  func quantity(_ run: Int32) -> Int64 { records[Int(run)].quantity }

  /// What order discounts took off the whole run.
  func orderShare(_ run: Int32) -> Int64 {
    costs.isEmpty ? 0 : records[Int(run)].cost - costs[Int(run)]
  }

  func redeemedShare(_ run: Int32) -> Int64 {
    redeemedShares.isEmpty ? 0 : redeemedShares[Int(run)]
  }
}
