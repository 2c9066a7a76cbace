/// What a cart came to, in figures that two tills can be compared by.
struct PricedCart: Equatable, CustomStringConvertible {
  /// Minor units that all lines cost together.
  var total: Int64 = 0
  /// Campaigns that took something off.
  var appliedCount = 0
  /// Of all line totals, in their order.
  var checksum: UInt64 = 0

  /// Adds the total of the next line.
  mutating func add(lineTotal: Int64) {
    total += lineTotal
    checksum = checksum &* 31 &+ UInt64(bitPattern: lineTotal)
  }

  var description: String { "total \(total), \(appliedCount) applied, checksum \(checksum)" }
}
