import LocalTime
import Money
import WireFormat

extension CartReader {
  func object(_ value: JSONValue) throws(CartError) {
    guard value.kind == .object else { throw Self.wrongType(value, wanted: "an object") }
  }

  func list(_ value: JSONValue, of what: String) throws(CartError) {
    guard value.kind == .array else { throw Self.wrongType(value, wanted: "a list of \(what)") }
  }

  func text(_ value: JSONValue) throws(CartError) -> String {
    guard let text = value.string else { throw Self.wrongType(value, wanted: "a text") }
    return text
  }

  /// A list of texts.
  func textList(_ value: JSONValue) throws(CartError) -> [String] {
    try list(value, of: "texts")
    var texts: [String] = []
    texts.reserveCapacity(value.count)
    for element in value.elements { texts.append(try text(element)) }
    return texts
  }

  /// One text, or a list of them.
  func texts(_ value: JSONValue) throws(CartError) -> [String] {
    switch value.kind {
    case .string: [try text(value)]
    case .array: try textList(value)
    default: throw Self.wrongType(value, wanted: "a text or a list of texts")
    }
  }

  func flag(_ value: JSONValue) throws(CartError) -> Bool {
    guard let flag = value.bool else { throw Self.wrongType(value, wanted: "true or false") }
    return flag
  }

  /// A number written with digits alone.
  func wholeNumber(_ value: JSONValue) throws(CartError) -> Int64 {
    guard let number = value.number else { throw Self.wrongType(value, wanted: "a whole number") }
    guard !number.text.utf8.contains(where: { !isDigitOrMinus($0) }) else {
      throw CartError(
        .notWhole, value,
        "this is a whole number, written with digits alone; here stands \(shown(number.text))")
    }
    guard !number.isNegativeZero, let integer = number.integer else {
      throw CartError(.outOfRange, value, "the number \(shown(number.text)) is out of range")
    }
    return integer
  }

  func instant(_ value: JSONValue) throws(CartError) -> Instant {
    let text = try text(value)
    guard let instant = Instant(rfc3339: text) else {
      throw CartError(
        .badInstant, value,
        "a moment is written with its offset, such as \"2026-06-05T12:00:00-04:00\"; "
          + "this is \(shown(text))")
    }
    return instant
  }

  func money(_ value: JSONValue) throws(CartError) -> Money {
    let decimals = currency.decimals
    let units = try amount(value, decimals: decimals, example: decimals == 0 ? "1275" : "12.75")
    return Money(minorUnits: units, currency: currency)
  }

  /// An amount of at least zero, counted in its smallest decimal.
  private func amount(
    _ value: JSONValue, decimals: Int, example: String
  ) throws(CartError) -> Int64 {
    guard value.kind == .string || value.kind == .number else {
      throw Self.wrongType(value, wanted: "an amount such as \"\(example)\"")
    }
    let spelt = value.string ?? value.number?.text ?? ""
    switch value.decimal(maximumDecimals: decimals) {
    case .success(let amount):
      guard amount.units >= 0 && !amount.isNegativeZero else {
        throw CartError(.outOfRange, value, "an amount is at least zero; this is \(shown(spelt))")
      }
      return amount.units
    case .failure(.notDecimal):
      throw CartError(
        .badAmount, value,
        "an amount is digits with a point, such as \"\(example)\"; this is \(shown(spelt))")
    case .failure(.tooManyDecimals):
      throw CartError(
        .tooManyDecimals, value,
        "an amount has at most \(decimals) decimals here and is never rounded; "
          + "this is \(shown(spelt))")
    case .failure(.outOfRange):
      throw CartError(.outOfRange, value, "the amount \(shown(spelt)) is out of range")
    }
  }

  /// An amount of a balance, its decimals kept as written.
  func balanceAmount(_ value: JSONValue) throws(CartError) -> Cart.BalanceAmount {
    let maximum = CartLimits.balanceDecimals
    let units = try amount(value, decimals: maximum, example: "200")
    return withoutSpareDecimals(
      units, decimals: maximum, written: writtenDecimals(of: value.string ?? value.number?.text))
  }

  /// Values by attribute name; what the rules declare decides how they are read.
  func attributes(_ value: JSONValue) throws(CartError) -> [String: Cart.AttributeValue] {
    try object(value)
    var attributes: [String: Cart.AttributeValue] = [:]
    for (name, value) in value.members {
      try insert(try attribute(value), name, value, into: &attributes)
    }
    return attributes
  }

  private func attribute(_ value: JSONValue) throws(CartError) -> Cart.AttributeValue {
    switch value.kind {
    case .string: return .text(try text(value))
    case .array: return .texts(try textList(value))
    case .bool: return .flag(try flag(value))
    case .number: return .number(try number(value))
    case .null, .object:
      throw Self.wrongType(value, wanted: "a text, a list of texts, a number, true or false")
    }
  }

  private func number(_ value: JSONValue) throws(CartError) -> ExactDecimal {
    guard let number = value.number else { throw Self.wrongType(value, wanted: "a number") }
    let written = writtenDecimals(of: number.text)
    for decimals in [0, 4, 9, CartLimits.attributeDecimals] {
      switch number.decimal(maximumDecimals: decimals) {
      case .success(let scaled):
        return withoutSpareDecimals(scaled.units, decimals: decimals, written: written)
      case .failure(.outOfRange):
        throw CartError(
          .outOfRange, value, "the number \(shown(number.text)) has too many digits")
      case .failure(.tooManyDecimals), .failure(.notDecimal): break
      }
    }
    throw CartError(
      .tooManyDecimals, value,
      "a number has at most \(CartLimits.attributeDecimals) decimals; "
        + "this is \(shown(number.text))")
  }

  /// Adds an entry; two keys that read the same as texts are one key said twice.
  func insert<Value>(
    _ entry: Value, _ key: String, _ value: JSONValue, into entries: inout [String: Value]
  ) throws(CartError) {
    guard entries.updateValue(entry, forKey: key) == nil else {
      throw CartError(.duplicateKey, value, "the key \(shown(key)) stands twice in this object")
    }
  }
}

private func isDigitOrMinus(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

/// Digits after the point, as they are written; zero when an exponent says otherwise.
private func writtenDecimals(of text: String?) -> Int {
  guard let text, !text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }),
    let point = text.utf8.firstIndex(of: UInt8(ascii: "."))
  else { return 0 }
  return text.utf8.distance(from: point, to: text.utf8.endIndex) - 1
}

/// The amount with no more zeros at its end than were written.
private func withoutSpareDecimals(_ units: Int64, decimals: Int, written: Int) -> ExactDecimal {
  var exact = ExactDecimal(value: units, decimals: decimals)
  while exact.decimals > written && exact.value % 10 == 0 {
    exact.value /= 10
    exact.decimals -= 1
  }
  return exact
}
