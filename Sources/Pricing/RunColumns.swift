/// What became of the units of each line while they are one run, as columns.
///
/// Of gift lines, which have no runs, it says nothing.
package struct RunColumns: Sendable {
  /// Of a unit, in minor units; behind those of lines stand those of runs that were split off.
  package let prices: [Int64]
  /// What the order's discounts took off the whole run.
  package let orderShares: [Int64]
  /// What balances took off the whole run; empty while nothing is redeemed.
  package let redeemedShares: [Int64]
  /// Below zero for a line that is one run; empty while no line is split.
  package let next: [Int32]
}

extension Evaluation {
  /// The runs of lines, to be read line by line.
  package var runColumns: RunColumns {
    RunColumns(
      prices: runs.prices, orderShares: runs.orderShares, redeemedShares: runs.redeemedShares,
      next: runs.next)
  }
}
