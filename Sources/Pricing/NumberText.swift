import LocalTime
import Money

/// A number as people read it, by what it is a number of.
func numberText(_ number: Rational, _ kind: ValueKind, currency: Currency) -> String {
  switch kind {
  case .money where number.isWhole:
    if let minorUnits = Int64(exactly: number.numerator) {
      return AmountText.text(minorUnits, decimals: currency.decimals)
    }
    return decimalText(number, scale: 1)
  case .money:
    let major = Rational(1, over: Int128(currency.minorUnitsPerMajor)) ?? .one
    return decimalText(number.multiplied(by: major) ?? number, scale: 1)
  case .percent: return decimalText(number, scale: 100) + "%"
  case .date:
    return CivilDate(dayNumber: Int32(clamping: number.floor)).description
  case .day:
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    return names[Int(number.floor % 7)]
  case .number, .text, .flag: return decimalText(number, scale: 1)
  }
}

/// At most six decimals, half away from zero, without trailing zeros.
private func decimalText(_ number: Rational, scale: Int64) -> String {
  if scale == 1, number.isWhole, let whole = Int64(exactly: number.numerator) {
    return String(whole)
  }
  guard let scaled = number.multiplied(by: Rational(1_000_000 * scale)) else {
    return "\(number.numerator)/\(number.denominator)"
  }
  let millionths = scaled.rounded(.halfAwayFromZero)
  let (whole, rest) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
  let sign = millionths < 0 ? "-" : ""
  guard rest > 0 else { return sign + String(whole) }
  var digits = UInt64(rest)
  var count = 6
  while digits % 10 == 0 { (digits, count) = (digits / 10, count - 1) }
  let text = String(digits)
  return sign + String(whole) + "." + String(repeating: "0", count: count - text.utf8.count) + text
}
