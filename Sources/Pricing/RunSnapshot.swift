/// The runs of a cart as pricing left them, to be read after the next cart has been priced.
struct RunSnapshot: Sendable {
  let prices: [Int64]
  private let quantities: [Int32]
  private let costs: [Int64]
  private let redeemedShares: [Int64]
  private let next: [Int32]
  private let traits: [LineTraits]

  /// No runs at all.
  init() {
    (prices, quantities, costs, redeemedShares) = ([], [], [], [])
    (next, traits) = ([], [])
  }

  init(_ runs: borrowing RunTable) {
    prices = runs.prices.copy
    quantities = runs.quantities.copy
    costs = runs.costs.copy
    redeemedShares = runs.redeemedShares.copy
    next = runs.next.copy
    traits = runs.traits.copy
  }

  /// How many runs there are, with those that are in no chain.
  var count: Int { prices.count }

  /// The first run of a line; −1 for a gift line.
  func firstRun(_ line: Int32) -> Int32 {
    !traits.isEmpty && traits[Int(line)].contains(.gift) ? -1 : line
  }

  /// The next run of the same line; −1 after the last.
  func nextRun(_ run: Int32) -> Int32 { next.isEmpty ? -1 : next[Int(run)] }

  func quantity(_ run: Int32) -> Int64 { Int64(quantities[Int(run)]) }

  /// What order discounts took off the whole run.
  func orderShare(_ run: Int32) -> Int64 {
    costs.isEmpty ? 0 : prices[Int(run)] * quantity(run) - costs[Int(run)]
  }

  func redeemedShare(_ run: Int32) -> Int64 {
    redeemedShares.isEmpty ? 0 : redeemedShares[Int(run)]
  }
}
