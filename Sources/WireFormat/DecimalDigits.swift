/// The digits of a decimal that is known to be well spelt.
struct DecimalDigits: Hashable, Sendable {
  private enum Part { case integer, decimals, exponent }

  /// Whether a minus sign stands in front.
  private(set) var isNegative = false
  /// The digits up to the last one that is not zero; nil when they pass 64 bits.
  private var leading: UInt64? = 0
  /// The zeros after those digits.
  private var zeroCount = 0
  /// The digits after the point.
  private var decimalCount = 0
  /// The power of ten as written, without its sign; large ones all count as the same.
  private var writtenPower = 0
  private var hasPower = false
  private var hasNegativePower = false

  private static let powerMaximum = Int(Int32.max)

  init(_ bytes: ArraySlice<UInt8>) {
    var part = Part.integer
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "."): part = .decimals
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        part = .exponent
        hasPower = true
      case UInt8(ascii: "-"):
        if part == .exponent { hasNegativePower = true } else { isNegative = true }
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = Int(byte - UInt8(ascii: "0"))
        if part == .exponent {
          writtenPower = min(10 * writtenPower + digit, Self.powerMaximum)
        } else {
          append(UInt64(digit))
          if part == .decimals { decimalCount += 1 }
        }
      default: break
      }
    }
  }

  private mutating func append(_ digit: UInt64) {
    guard digit > 0 else {
      if !isZero { zeroCount += 1 }
      return
    }
    leading = leading.flatMap { timesPowerOfTen($0, zeroCount + 1) }.flatMap {
      let (sum, overflow) = $0.addingReportingOverflow(digit)
      return overflow ? nil : sum
    }
    zeroCount = 0
  }

  /// Whether every digit is zero.
  var isZero: Bool { leading == 0 }

  /// All digits as one number; nil when they pass 64 bits.
  var significand: UInt64? { leading.flatMap { timesPowerOfTen($0, zeroCount) } }

  /// The power of ten of the last digit; nil when the written one is absurdly large.
  var exponent: Int? {
    guard writtenPower < Self.powerMaximum else { return nil }
    return (hasNegativePower ? -writtenPower : writtenPower) - decimalCount
  }

  /// The exact amount in units of its smallest decimal.
  func scaled(maximumDecimals: Int) -> Result<ScaledDecimal, DecimalProblem> {
    precondition((0...18).contains(maximumDecimals), "an amount has at most eighteen decimals")
    if !hasPower && decimalCount > maximumDecimals { return .failure(.tooManyDecimals) }
    if isZero { return .success(ScaledDecimal(units: 0, isNegativeZero: isNegative)) }
    guard let exponent else {
      return .failure(hasNegativePower ? .tooManyDecimals : .outOfRange)
    }
    // The zeros at the end are part of the power here, so a written power counts by its value.
    let power = exponent + zeroCount + maximumDecimals
    if power < 0 { return .failure(.tooManyDecimals) }
    guard let magnitude = leading.flatMap({ timesPowerOfTen($0, power) }) else {
      return .failure(.outOfRange)
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

/// A value with zeros written after it; nil when it passes 64 bits.
private func timesPowerOfTen(_ value: UInt64, _ power: Int) -> UInt64? {
  if value == 0 { return 0 }
  guard power <= 19 else { return nil }
  var result = value
  for _ in 0..<power {
    let (product, overflow) = result.multipliedReportingOverflow(by: 10)
    if overflow { return nil }
    result = product
  }
  return result
}
