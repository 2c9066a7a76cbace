/// The digits of a decimal that is known to be well spelt.
struct DecimalDigits: Hashable, Sendable {
  /// Whether a minus sign stands in front.
  let isNegative: Bool
  /// The power of ten of the last digit; nil when the written exponent is absurdly large.
  let exponent: Int?
  /// Whether the power was written, as in `1e3`.
  private let hasExponent: Bool
  /// Whether the written exponent is below zero.
  private let hasNegativeExponent: Bool
  /// All digits of the significand without zeros in front.
  private let digits: [UInt8]

  init(_ bytes: ArraySlice<UInt8>) {
    var digits: [UInt8] = []
    var decimals = 0
    var written: Int? = 0
    var isNegativeExponent = false
    var part = Part.integer
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "."): part = .decimals
      case UInt8(ascii: "e"), UInt8(ascii: "E"): part = .exponent
      case UInt8(ascii: "-"): if part == .exponent { isNegativeExponent = true }
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = byte - UInt8(ascii: "0")
        if part == .exponent {
          written = written.map { 10 * $0 + Int(digit) }.flatMap { $0 <= Int(Int32.max) ? $0 : nil }
        } else {
          if digit > 0 || !digits.isEmpty { digits.append(digit) }
          if part == .decimals { decimals += 1 }
        }
      default: break
      }
    }
    self.digits = digits
    isNegative = bytes.first == UInt8(ascii: "-")
    hasExponent = part == .exponent
    hasNegativeExponent = isNegativeExponent
    exponent = written.map { (isNegativeExponent ? -$0 : $0) - decimals }
  }

  private enum Part { case integer, decimals, exponent }

  /// Whether every digit is zero.
  var isZero: Bool { digits.isEmpty }

  /// The digits as one number without the last few, which are zeros; nil beyond 64 bits.
  func value(droppingZeros dropped: Int) -> UInt64? {
    var value: UInt64 = 0
    for digit in digits.dropLast(dropped) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  /// The exact amount in units of its smallest decimal.
  func scaled(maximumDecimals: Int) -> Result<ScaledDecimal, DecimalProblem> {
    precondition((0...18).contains(maximumDecimals), "an amount has at most eighteen decimals")
    if isZero && hasExponent {
      return .success(ScaledDecimal(units: 0, isNegativeZero: isNegative))
    }
    guard let exponent else {
      return .failure(hasNegativeExponent ? .tooManyDecimals : .outOfRange)
    }
    // With an exponent the value counts and not how it is spelt, so zeros at its end may go.
    let zeroCount = hasExponent ? digits.reversed().prefix { $0 == 0 }.count : 0
    let dropped = max(0, min(zeroCount, -exponent - maximumDecimals))
    let power = exponent + dropped + maximumDecimals
    if power < 0 { return .failure(.tooManyDecimals) }
    if isZero { return .success(ScaledDecimal(units: 0, isNegativeZero: isNegative)) }
    guard power <= 19, var magnitude = value(droppingZeros: dropped) else {
      return .failure(.outOfRange)
    }
    for _ in 0..<power {
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      if overflow { return .failure(.outOfRange) }
      magnitude = product
    }
    // The least number has no positive counterpart, so it cannot be negated into being.
    let isLeast = isNegative && magnitude == Int64.min.magnitude
    guard let units = isLeast ? Int64.min : Int64(exactly: magnitude) else {
      return .failure(.outOfRange)
    }
    return .success(
      ScaledDecimal(units: isNegative && !isLeast ? -units : units, isNegativeZero: false))
  }
}
