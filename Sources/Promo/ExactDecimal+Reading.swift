import WireFormat

extension ExactDecimal {
  /// Reads digits with at most 18 decimals; nil for anything else.
  init?(text: String) {
    let decimals =
      text.utf8.lastIndex(of: 0x2E).map { text.utf8.distance(from: $0, to: text.utf8.endIndex) - 1 }
      ?? 0
    guard decimals <= 18,
      case .success(let scaled) = ScaledDecimal.reading(text, maximumDecimals: decimals)
    else { return nil }
    self.init(value: scaled.units, decimals: decimals)
  }
}
