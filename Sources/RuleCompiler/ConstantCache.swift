import Money
import Pricing

/// Numbers written out, of which rules repeat few: equal ones share storage.
struct ConstantCache {
  private struct Entry {
    var numerator: Int64 = 0
    var denominator: Int64 = 1
    var expression = Expression.constant(.zero)
  }

  private static let size = 256
  private var entries = [Entry](repeating: Entry(), count: size)

  /// The expression of a number as it is written, with a denominator above zero.
  mutating func expression(_ numerator: Int64, over denominator: Int64) -> Expression {
    let mixed = UInt64(bitPattern: numerator &* 31 &+ denominator) &* 0x9E37_79B9_7F4A_7C15
    let place = Int(truncatingIfNeeded: mixed >> 56)
    if entries[place].numerator == numerator, entries[place].denominator == denominator {
      return entries[place].expression
    }
    guard let number = Rational(Int128(numerator), over: Int128(denominator)) else {
      preconditionFailure("a constant has a denominator above zero")
    }
    let expression = Expression.constant(number)
    entries[place] = Entry(
      numerator: numerator, denominator: denominator, expression: expression)
    return expression
  }
}
