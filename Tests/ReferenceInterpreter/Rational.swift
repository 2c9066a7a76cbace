/// Why a campaign cannot be decided: its arithmetic has no answer.
enum Failure: Error {
  /// Division by zero, or a result that does not fit.
  case arithmetic
}

/// An exact fraction in lowest terms; an operation whose reduced result does not fit fails.
struct Rational: Comparable {
  let numerator: Int128
  /// Always above zero.
  let denominator: Int128

  static let zero = Rational(0)
  static let one = Rational(1)

  init(_ whole: Int64) {
    numerator = Int128(whole)
    denominator = 1
  }

  init(_ numerator: Int128, over denominator: Int128) throws(Failure) {
    guard denominator != 0, numerator != .min, denominator != .min else { throw .arithmetic }
    let divisor = greatestCommonDivisor(numerator, denominator)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  /// Decimal digits; `shift` moves the point to the right, as from major to minor units.
  init(digits: Int64, decimals: Int, shift: Int = 0) throws(Failure) {
    let power = try powerOfTen(abs(decimals - shift))
    if decimals >= shift {
      try self.init(Int128(digits), over: power)
    } else {
      try self.init(product(Int128(digits), power), over: 1)
    }
  }

  static func + (left: Rational, right: Rational) throws(Failure) -> Rational {
    let common = greatestCommonDivisor(left.denominator, right.denominator)
    let leftPart = try product(left.numerator, right.denominator / common)
    let rightPart = try product(right.numerator, left.denominator / common)
    let (sum, overflow) = leftPart.addingReportingOverflow(rightPart)
    guard !overflow else { throw .arithmetic }
    // Any factor still shared with the denominator is a factor of what both had in common, so
    // only the reduced denominator has to fit.
    let divisor = max(greatestCommonDivisor(sum, common), 1)
    return try Rational(
      sum / divisor,
      over: product(left.denominator / common, right.denominator / divisor))
  }

  static func - (left: Rational, right: Rational) throws(Failure) -> Rational {
    try left + (right * Rational(-1))
  }

  static func * (left: Rational, right: Rational) throws(Failure) -> Rational {
    let first = max(greatestCommonDivisor(left.numerator, right.denominator), 1)
    let second = max(greatestCommonDivisor(right.numerator, left.denominator), 1)
    return try Rational(
      product(left.numerator / first, right.numerator / second),
      over: product(left.denominator / second, right.denominator / first))
  }

  static func / (left: Rational, right: Rational) throws(Failure) -> Rational {
    guard right.numerator != 0 else { throw .arithmetic }
    return try left * Rational(right.denominator, over: right.numerator)
  }

  static func < (left: Rational, right: Rational) -> Bool {
    let first = left.numerator.multipliedFullWidth(by: right.denominator)
    let second = right.numerator.multipliedFullWidth(by: left.denominator)
    return first.high != second.high ? first.high < second.high : first.low < second.low
  }

  /// The largest whole number that is not above it.
  var floor: Int128 {
    let quotient = numerator / denominator
    return numerator % denominator < 0 ? quotient - 1 : quotient
  }

  /// The smallest whole number that is not below it.
  var ceiling: Int128 { numerator % denominator == 0 ? floor : floor + 1 }

  /// The nearest whole number; halves go away from zero, or to the even neighbour.
  func rounded(halfToEven: Bool) -> Int128 {
    let below = floor
    let rest = numerator - below * denominator
    let toNext = denominator - rest
    if rest != toNext { return rest < toNext ? below : below + 1 }
    if halfToEven { return below % 2 == 0 ? below : below + 1 }
    return numerator > 0 ? below + 1 : below
  }
}

/// A whole number that fits an amount.
func amount(_ whole: Int128) throws(Failure) -> Int64 {
  guard let amount = Int64(exactly: whole) else { throw .arithmetic }
  return amount
}

private func product(_ left: Int128, _ right: Int128) throws(Failure) -> Int128 {
  let (product, overflow) = left.multipliedReportingOverflow(by: right)
  guard !overflow, product != .min else { throw .arithmetic }
  return product
}

private func greatestCommonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
  var (larger, smaller) = (left.magnitude, right.magnitude)
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return Int128(larger)
}

private func powerOfTen(_ exponent: Int) throws(Failure) -> Int128 {
  var power: Int128 = 1
  for _ in 0..<exponent { power = try product(power, 10) }
  return power
}
