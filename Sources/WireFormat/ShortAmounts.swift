/// The digits of all small amounts, worked out once: a large cart has some amounts very often.
package struct ShortAmounts: Sendable {
  /// Amounts below this bound are here.
  private static let bound: Int64 = 4_096

  /// Lines of a cart from which on working them out pays at once.
  package static let worthwhileCount = 512

  /// By amount: its bytes from the first on, and in the last byte how many they are.
  private var words: [UInt64] = []
  private var decimals = -1

  /// No amounts at all.
  package init() {}

  /// By amount its digits with so many decimals; nothing while those are not worked out, whatever
  /// is known of other decimals.
  package func words(decimals: Int) -> [UInt64] { decimals == self.decimals ? words : [] }

  /// Works the digits out, unless they are known.
  package mutating func prepare(decimals: Int) {
    guard decimals != self.decimals, 0...4 ~= decimals else { return }
    self.decimals = decimals
    words.removeAll(keepingCapacity: true)
    for amount in 0..<Self.bound {
      let digits = AmountDigits(amount, decimals: decimals)
      let shift = UInt64(8 * digits.wholeCount)
      let fraction = decimals == 0 ? 0 : digits.fraction << shift
      let bytes = digits.whole & firstBytes(digits.wholeCount) | fraction
      words.append(bytes & firstBytes(digits.count) | UInt64(digits.count) << 56)
    }
  }
}
