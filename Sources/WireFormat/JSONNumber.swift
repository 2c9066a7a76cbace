/// A number of a document by its digits: significand × 10^exponent, never floating point.
package struct JSONNumber: Hashable, Sendable {
  /// The number as it was written.
  package let text: String
  /// Whether a minus sign stands in front, also in front of zero.
  package let isNegative: Bool
  /// The digits without sign, point and zeros in front; nil when they pass 64 bits.
  package let significand: UInt64?
  /// The power of ten that the significand is multiplied with; nil when it passes 32 bits.
  package let exponent: Int?

  private let digits: DecimalDigits

  /// Reads bytes that are known to spell a JSON number.
  init(bytes: ArraySlice<UInt8>) {
    let digits = DecimalDigits(bytes)
    self.digits = digits
    text = String(decoding: bytes, as: UTF8.self)
    isNegative = digits.isNegative
    significand = digits.significand
    exponent = digits.exponent
  }

  /// Whether this is a zero with a minus sign.
  package var isNegativeZero: Bool { isNegative && digits.isZero }

  /// The exact amount, counted in its smallest decimal: 12.75 with two decimals is 1275.
  ///
  /// Decimals count as written, so 10.500 has three; with an exponent its exact value counts, so
  /// 105000e-4 has one.
  /// - Parameter maximumDecimals: Decimals of the result, zero to eighteen.
  package func decimal(maximumDecimals: Int) -> Result<ScaledDecimal, DecimalProblem> {
    digits.scaled(maximumDecimals: maximumDecimals)
  }

  /// The value when it is written without decimals and fits; else nil.
  package var integer: Int64? {
    guard case .success(let decimal) = decimal(maximumDecimals: 0) else { return nil }
    return decimal.units
  }
}
