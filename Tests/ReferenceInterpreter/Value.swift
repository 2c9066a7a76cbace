import LocalTime
import Money

/// What an expression comes to; a missing value is the nil of `Value?`.
enum Value {
  /// In minor units.
  case money(Rational)
  /// As a fraction: 15% is 15/100.
  case percent(Rational)
  case number(Rational)
  /// One text, or several of which any may match.
  case texts([String])
  case flag(Bool)
  case date(CivilDate)
  /// Monday is 0.
  case day(Int)

  /// The figure of a value that has one.
  var figure: Rational? {
    switch self {
    case .money(let figure), .percent(let figure), .number(let figure): figure
    case .date(let date): Rational(Int64(date.dayNumber))
    case .day(let day): Rational(Int64(day))
    case .texts, .flag: nil
    }
  }

  var isMoney: Bool { if case .money = self { true } else { false } }

  /// As the quote's `detail` writes it.
  func text(in currency: Currency) -> String {
    switch self {
    case .money(let figure):
      guard figure.denominator == 1 else {
        let perMajor = Rational(currency.minorUnitsPerMajor)
        return (try? figure / perMajor).map(digits) ?? ""
      }
      let minor = Int64(clamping: figure.rounded(halfToEven: false))
      return AmountText.text(minor, decimals: currency.decimals)
    case .percent(let figure):
      return ((try? figure * Rational(100)).map(digits) ?? "") + "%"
    case .number(let figure): return digits(figure)
    case .texts(let texts): return texts.joined(separator: ", ")
    case .flag(let flag): return flag ? "yes" : "no"
    case .date(let date): return date.description
    case .day(let day): return dayNames[day]
    }
  }
}

let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

/// Exact digits where six decimals are enough, else rounded to six; no zeros at the end.
private func digits(_ figure: Rational) -> String {
  guard let scaled = try? figure * Rational(1_000_000) else { return "" }
  let millionths = scaled.rounded(halfToEven: false)
  let magnitude = millionths.magnitude
  var fraction = String(magnitude % 1_000_000)
  fraction = String(repeating: "0", count: 6 - fraction.utf8.count) + fraction
  while fraction.hasSuffix("0") { fraction.removeLast() }
  let whole = (millionths < 0 ? "-" : "") + String(magnitude / 1_000_000)
  return fraction.isEmpty ? whole : whole + "." + fraction
}

/// Whether two texts are the same bytes.
func same(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

/// Whether a text comes first when compared by bytes.
func precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}

/// The bytes of a text with ASCII capitals made small.
func lowered(_ text: String) -> [UInt8] {
  text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 0x20 : $0 }
}

/// A code without outer spaces, and its bytes as codes are compared.
func trimmed(_ code: String) -> String {
  func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
  let bytes = Array(code.utf8)
  let body = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
  return String(decoding: Array(body), as: UTF8.self)
}
func normalized(_ code: String) -> [UInt8] { lowered(trimmed(code)) }
