/// An exact fraction in lowest terms; 128 bits above and below.
///
/// Every operation answers nil when its result does not fit, so nothing ever wraps or traps.
package struct Rational: Hashable, Sendable {
  package let numerator: Int128
  /// Above zero.
  package let denominator: Int128

  /// A whole number.
  package init(_ whole: Int64) {
    numerator = Int128(whole)
    denominator = 1
  }

  /// A fraction, reduced; nil for a denominator of zero.
  package init?(_ numerator: Int128, over denominator: Int128) {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    let divisor = greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.init(
      reduced: sign * (numerator / Int128(divisor)), sign * (denominator / Int128(divisor)))
  }

  private init(reduced numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  package static let zero = Rational(0)
  package static let one = Rational(1)

  /// Whether it is a whole number.
  package var isWhole: Bool { denominator == 1 }

  /// The exact sum.
  package func adding(_ other: Rational) -> Rational? {
    if denominator == other.denominator {
      let (sum, overflow) = numerator.addingReportingOverflow(other.numerator)
      return overflow ? nil : Rational(sum, over: denominator)
    }
    let divisor = Int128(greatestCommonDivisor(denominator.magnitude, other.denominator.magnitude))
    guard let left = product(numerator, other.denominator / divisor),
      let right = product(other.numerator, denominator / divisor),
      let below = product(denominator, other.denominator / divisor)
    else { return nil }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : Rational(sum, over: below)
  }

  /// The exact difference.
  package func subtracting(_ other: Rational) -> Rational? { adding(other.negated) }

  /// Cannot overflow: the smallest value is never a numerator.
  package var negated: Rational { Rational(reduced: -numerator, denominator) }

  /// The exact product.
  package func multiplied(by other: Rational) -> Rational? {
    let first = Int128(greatestCommonDivisor(numerator.magnitude, other.denominator.magnitude))
    let second = Int128(greatestCommonDivisor(other.numerator.magnitude, denominator.magnitude))
    guard let above = product(numerator / first, other.numerator / second),
      let below = product(denominator / second, other.denominator / first), above != .min
    else { return nil }
    return Rational(reduced: above, below)
  }

  /// The exact quotient; nil also for a divisor of zero.
  package func divided(by other: Rational) -> Rational? {
    guard other.numerator != 0 else { return nil }
    let sign: Int128 = other.numerator < 0 ? -1 : 1
    return multiplied(
      by: Rational(reduced: sign * other.denominator, sign * other.numerator))
  }

  /// The largest whole number that is not above it.
  package var floor: Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The floor, and how many parts of the denominator lie above it.
  private var floorAndRest: (floor: Int128, rest: Int128) {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder < 0 ? (quotient - 1, remainder + denominator) : (quotient, remainder)
  }

  /// The smallest whole number that is not below it.
  package var ceiling: Int128 { -negated.floor }

  /// One rounding to a whole number.
  package func rounded(_ rounding: Rounding) -> Int128 {
    isWhole ? numerator : rounding.quotient(numerator, by: denominator)
  }
}

extension Rational: Comparable {
  package static func < (left: Rational, right: Rational) -> Bool {
    if left.denominator == right.denominator { return left.numerator < right.numerator }
    let (leftFloor, leftRest) = left.floorAndRest
    let (rightFloor, rightRest) = right.floorAndRest
    if leftFloor != rightFloor { return leftFloor < rightFloor }
    // Equal whole parts: compare what is above them, by continued fractions so nothing overflows.
    if rightRest == 0 { return false }
    if leftRest == 0 { return true }
    return Rational(reduced: right.denominator, rightRest)
      < Rational(reduced: left.denominator, leftRest)
  }
}

private func product(_ left: Int128, _ right: Int128) -> Int128? {
  let (result, overflow) = left.multipliedReportingOverflow(by: right)
  return overflow ? nil : result
}

private func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
  if first == 1 || second == 1 { return 1 }
  var (left, right) = (first, second)
  while right != 0 { (left, right) = (right, left % right) }
  return max(left, 1)
}
