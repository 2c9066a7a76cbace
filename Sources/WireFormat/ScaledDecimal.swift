/// An exact decimal amount counted in units of its smallest decimal.
package struct ScaledDecimal: Hashable, Sendable {
  /// The amount times ten to the decimals asked for: 1275 for `12.75` with two.
  package var units: Int64
  /// Whether the text was a zero with a minus sign, which some inputs refuse.
  package var isNegativeZero: Bool

  /// Reads decimal text: digits, at most one point with digits on both sides, perhaps a minus sign.
  ///
  /// A plus sign, an exponent, spaces and zeros in front are refused.
  package static func reading(
    _ text: String, maximumDecimals: Int
  ) -> Result<ScaledDecimal, DecimalProblem> {
    reading(Array(text.utf8)[...], maximumDecimals: maximumDecimals)
  }

  static func reading(
    _ bytes: ArraySlice<UInt8>, maximumDecimals: Int
  ) -> Result<ScaledDecimal, DecimalProblem> {
    guard isDecimalText(bytes) else { return .failure(.notDecimal) }
    return DecimalDigits(bytes).scaled(maximumDecimals: maximumDecimals)
  }

  private static func isDecimalText(_ bytes: ArraySlice<UInt8>) -> Bool {
    var place = bytes.startIndex
    if bytes.first == UInt8(ascii: "-") { place += 1 }
    let integerStart = place
    while place < bytes.endIndex && isDigit(bytes[place]) { place += 1 }
    let integerCount = place - integerStart
    guard integerCount > 0 else { return false }
    if integerCount > 1 && bytes[integerStart] == UInt8(ascii: "0") { return false }
    guard place < bytes.endIndex else { return true }
    guard bytes[place] == UInt8(ascii: ".") else { return false }
    let decimals = bytes[(place + 1)...]
    return !decimals.isEmpty && decimals.allSatisfy(isDigit)
  }
}

/// Why a text or number gives no exact amount.
package enum DecimalProblem: String, Error, Hashable, Sendable {
  /// Not a decimal at all.
  case notDecimal
  /// More decimals than allowed; they are never rounded away.
  case tooManyDecimals
  /// Beyond 64 bits.
  case outOfRange
}
