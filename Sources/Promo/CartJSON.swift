public import LocalTime
import Money
import WireFormat

extension Cart {
  /// Reads a cart from JSON: the request of a quote.
  ///
  /// Nothing is guessed: an unknown key, a text for a number, an amount with too many decimals are
  /// each refused at their place. What is read keeps every limit that `validate` asks for.
  ///
  /// - Parameters:
  ///   - json: The bytes of one JSON object.
  ///   - now: What `at` stands for when the cart does not say it.
  ///   - limits: What one cart may cost.
  /// - Returns: The cart, and the moment it is to be quoted for; nil when neither it nor `now` says.
  /// - Throws: `CartError` with the first mistake, in any of its codes but those about balances.
  /// - Source: <doc:CartsAndQuotes>.
  public static func read(
    json: [UInt8], now: Instant? = nil, limits: CartLimits = .library
  ) throws(CartError) -> (cart: Cart, at: Instant?) {
    let document = try cartDocument(json, limits: limits)
    let root = document.root
    let reader = CartReader(currency: try CartReader.currency(of: root))
    var cart = Cart(currency: reader.currency, lines: [])
    var at = now
    var hasLines = false
    for (key, value) in root.members {
      switch key {
      case "currency": break
      case "at": at = try reader.instant(value)
      case "lines":
        hasLines = true
        cart.lines = try reader.lines(value, maximum: limits.lines)
      default: try reader.read(key, value, into: &cart)
      }
    }
    guard hasLines else { throw CartReader.missing("lines", of: "a cart", root) }
    do {
      try cart.validate(limits: limits)
    } catch {
      throw error.located(in: document)
    }
    return (cart, at)
  }
}

private func cartDocument(_ json: [UInt8], limits: CartLimits) throws(CartError) -> JSONDocument {
  let isBlank = json.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  guard !isBlank else {
    throw CartError(
      code: .expectedObject, pointer: "", offset: 0,
      message: "a cart is one JSON object; there is nothing here")
  }
  let document: JSONDocument
  do {
    document = try JSONDocument(
      parsing: json,
      limits: JSONLimits(bytesMaximum: limits.jsonBytes, nodesMaximum: limits.jsonNodes))
  } catch {
    throw CartError(error)
  }
  guard document.root.kind == .object else {
    throw CartError(
      .expectedObject, document.root,
      "a cart is one JSON object; this is \(document.root.kind.words)")
  }
  return document
}

/// Reads the values of one cart; all its amounts are in one currency.
struct CartReader {
  let currency: Currency

  private static let cartKeys = [
    "currency", "at", "codes", "shipping", "order", "customer", "lines", "redeem", "pay",
    "declined", "usage", "explain",
  ]

  static func currency(of root: JSONValue) throws(CartError) -> Currency {
    guard let value = root["currency"] else { throw missing("currency", of: "a cart", root) }
    guard let code = value.string else { throw wrongType(value, wanted: "a text such as \"USD\"") }
    guard let currency = Currency(code: code) else {
      throw CartError(
        .unknownCurrency, value,
        "a currency is a code of ISO 4217 in capitals such as \"USD\"; this is \(shown(code))")
    }
    return currency
  }

  /// Reads one key of the cart that needs no more than its value.
  func read(_ key: String, _ value: JSONValue, into cart: inout Cart) throws(CartError) {
    switch key {
    case "codes": cart.codes = try textList(value)
    case "shipping": cart.shipping = try money(value)
    case "order": cart.order = try order(value)
    case "customer": cart.customer = try customer(value)
    case "redeem": cart.redeem = try balances(value)
    case "pay": cart.pay = try balances(value)
    case "declined": cart.declined = try textList(value)
    case "usage": cart.usage = try usage(value)
    case "explain":
      let word = try text(value)
      guard let explain = Cart.Explanation(rawValue: word) else {
        throw CartError(
          .unknownWord, value,
          "\"explain\" is \"none\", \"near\" or \"all\"; this is \(shown(word))")
      }
      cart.explain = explain
    default: throw Self.unknown(key, value, of: "a cart", known: Self.cartKeys)
    }
  }

  private func order(_ value: JSONValue) throws(CartError) -> Cart.Order {
    try object(value)
    var order = Cart.Order()
    for (key, value) in value.members {
      switch key {
      case "channel": order.channel = try text(value)
      case "store": order.store = try text(value)
      case "country": order.country = try text(value)
      case "attributes": order.attributes = try attributes(value)
      default:
        throw Self.unknown(
          key, value, of: "an order", known: ["channel", "store", "country", "attributes"])
      }
    }
    return order
  }

  private func usage(_ value: JSONValue) throws(CartError) -> [String: Cart.Usage] {
    try object(value)
    var all: [String: Cart.Usage] = [:]
    for (campaign, value) in value.members {
      try object(value)
      var usage = Cart.Usage()
      for (key, value) in value.members {
        switch key {
        case "redemptions": usage.redemptions = try wholeNumber(value)
        case "discount": usage.discount = try money(value)
        case "earned": usage.earned = try balanceAmount(value)
        case "codes": usage.codes = try uses(value)
        default:
          throw Self.unknown(
            key, value, of: "a usage", known: ["redemptions", "discount", "earned", "codes"])
        }
      }
      try insert(usage, campaign, value, into: &all)
    }
    return all
  }

  private func uses(_ value: JSONValue) throws(CartError) -> [String: Int64] {
    try object(value)
    var uses: [String: Int64] = [:]
    for (code, value) in value.members {
      try insert(try wholeNumber(value), code, value, into: &uses)
    }
    return uses
  }
}
