import WireFormat

extension CartReader {
  /// Keys people send from habit, and what they are called here.
  private static let habits = [
    "qty": "quantity", "items": "lines", "lineItems": "lines", "unitPrice": "price",
    "categories": "category", "brands": "brand", "tag": "tags", "code": "codes",
    "coupon": "codes", "coupons": "codes", "couponCodes": "codes", "shippingPrice": "shipping",
    "msrp": "compareAt", "listPrice": "compareAt", "minimumPrice": "floor", "date": "at",
    "now": "at", "time": "at", "isMember": "member", "visits": "history", "orders": "history",
  ]

  /// A key that must be there and is not.
  static func missing(_ key: String, of what: String, _ value: JSONValue) -> CartError {
    CartError(.missingKey, value, "\(what) needs the key \"\(key)\"")
  }

  /// A value of another kind than is wanted.
  static func wrongType(_ value: JSONValue, wanted: String) -> CartError {
    let hint = value.isNull ? "; leave the key out instead" : ""
    return CartError(
      .wrongType, value, "here \(wanted) is wanted; this is \(value.kind.words)\(hint)")
  }

  /// A key that means nothing where it stands.
  static func unknown(
    _ key: String, _ value: JSONValue, of what: String, known: [String]
  ) -> CartError {
    let habit = habits[key].flatMap { known.contains($0) ? $0 : nil }
    let start = "\(shown(key)) is no key of \(what)"
    guard let near = habit ?? nearestName(to: key, in: known) else {
      let list = known.map { "\"\($0)\"" }.joined(separator: ", ")
      return CartError(.unknownKey, value, "\(start); it has \(list)")
    }
    return CartError(.unknownKey, value, "\(start); did you mean \"\(near)\"?")
  }
}

extension JSONValue.Kind {
  /// The kind as a sentence names it.
  var words: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// A text as a sentence quotes it: in quotes, control characters replaced, long ones cut.
func shown(_ text: String) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars.prefix(40) {
    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    scalars.append(isControl ? "\u{FFFD}" : scalar)
  }
  let isCut = text.unicodeScalars.dropFirst(40).first != nil
  return "\"\(String(scalars))\(isCut ? "…" : "")\""
}
