/// Something of which a cart or its shopper has a whole number: units, minor units, visits, points.
///
/// Each distinct measure has one slot and is asked once per cart, for every campaign that reads it.
package enum MeasurePlan: Hashable, Sendable {
  case aggregate(AggregatePlan)
  /// Read in the days of a zone of `Program.zones`; −1 is UTC.
  case history(HistoryQuery, zone: Int32)
  /// An index into `Program.balances`.
  case balance(Int32)
}

/// Something summed over the lines of a selection, on original prices.
package struct AggregatePlan: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case quantity, kinds, subtotal, cheapestPrice, dearestPrice
  }
  package var kind: Kind
  package var selection: Int32
  package init(kind: Kind, selection: Int32) {
    self.kind = kind
    self.selection = selection
  }
}

/// What a measure came to.
enum Measurement: Equatable, BitwiseCopyable {
  /// Nothing is known, as of the history of a guest.
  case missing
  /// It does not fit, or deciding its selection failed.
  case failed
  case number(Int64)

  var value: Value {
    switch self {
    case .missing: .missing
    case .failed: .failed
    case .number(let number): .count(number)
    }
  }
}
