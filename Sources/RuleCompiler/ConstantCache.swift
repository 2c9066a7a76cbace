import Money
import Pricing

/// Numbers written out, of which rules repeat few: equal ones share storage.
struct ConstantCache {
  private var expressions: [Expression] = Array(repeating: .constant(.zero), count: size)

  private static let size = 256

  /// The expression of a number.
  mutating func expression(_ number: Rational) -> Expression {
    let mixed = UInt64(truncatingIfNeeded: number.numerator &* 31 &+ number.denominator)
    let place = Int((mixed &* 0x9E37_79B9_7F4A_7C15) >> 56)
    if case .constant(let known) = expressions[place], known == number {
      return expressions[place]
    }
    expressions[place] = .constant(number)
    return expressions[place]
  }
}
