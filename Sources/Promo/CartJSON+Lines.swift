import Money
import WireFormat

extension CartReader {
  private static let lineKeys = [
    "id", "sku", "name", "price", "quantity", "category", "brand", "tags", "vendor", "attributes",
    "compareAt", "floor", "discountable", "giftCard", "gift",
  ]

  func lines(_ value: JSONValue, maximum: Int) throws(CartError) -> [Cart.Line] {
    guard value.kind == .array else { throw Self.wrongType(value, wanted: "a list of lines") }
    guard value.count <= maximum else {
      throw CartError(
        .tooManyLines, value, "a cart has at most \(maximum) lines; this has \(value.count)")
    }
    var lines: [Cart.Line] = []
    lines.reserveCapacity(value.count)
    for element in value.elements { lines.append(try line(element)) }
    return lines
  }

  private func line(_ value: JSONValue) throws(CartError) -> Cart.Line {
    try object(value)
    var line = Cart.Line(sku: "", price: Money(minorUnits: 0, currency: currency))
    var hasSKU = false
    var hasPrice = false
    var hasQuantity = false
    for (key, value) in value.members {
      switch key {
      case "sku":
        line.sku = try text(value)
        hasSKU = true
      case "price":
        line.price = try money(value)
        hasPrice = true
      case "quantity":
        line.quantity = try wholeNumber(value)
        hasQuantity = true
      default: try read(key, value, into: &line)
      }
    }
    if !hasSKU { throw Self.missing("sku", of: "a line", value) }
    if !hasPrice { throw Self.missing("price", of: "a line", value) }
    if !hasQuantity { throw Self.missing("quantity", of: "a line", value) }
    return line
  }

  /// Reads one key of a line that may be left out.
  private func read(
    _ key: String, _ value: JSONValue, into line: inout Cart.Line
  ) throws(CartError) {
    switch key {
    case "id": line.id = try text(value)
    case "name": line.name = try text(value)
    case "category": line.categories = try texts(value)
    case "brand": line.brands = try texts(value)
    case "tags": line.tags = try texts(value)
    case "vendor": line.vendor = try text(value)
    case "attributes": line.attributes = try attributes(value)
    case "compareAt": line.compareAt = try money(value)
    case "floor": line.floor = try money(value)
    case "discountable": line.isDiscountable = try flag(value)
    case "giftCard": line.isGiftCard = try flag(value)
    case "gift": line.gift = try text(value)
    default: throw Self.unknown(key, value, of: "a line", known: Self.lineKeys)
    }
  }
}
