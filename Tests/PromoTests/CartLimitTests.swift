import LocalTime
import Money
import Promo
import Testing

/// One bound of a cart: how a cart of a size is made, and what one more is answered.
struct Bound: Sendable, CustomTestStringConvertible {
  var name: String
  var maximum: Int
  var code: CartErrorCode
  /// Whether one more can be written as JSON at all.
  var isWritable = true
  var build: @Sendable (inout Cart, Int) -> Void
  var testDescription: String { name }

  init(
    _ name: String, _ maximum: Int, _ code: CartErrorCode, isWritable: Bool = true,
    _ build: @escaping @Sendable (inout Cart, Int) -> Void
  ) {
    self.name = name
    self.maximum = maximum
    self.code = code
    self.isWritable = isWritable
    self.build = build
  }
}

private func letters(_ count: Int) -> String { String(repeating: "x", count: count) }

private func names(_ count: Int) -> [String] { (0..<count).map { "n\($0)" } }

private func entries<Value>(_ count: Int, _ value: Value) -> [String: Value] {
  Dictionary(uniqueKeysWithValues: names(count).map { ($0, value) })
}

private let bounds: [Bound] = [
  Bound("codes", 25, .tooManyCodes) { $0.codes = names($1) },
  Bound("bytes of a code", 128, .tooLong) { $0.codes = [letters($1)] },
  Bound("quantity", 10_000_000, .outOfRange) { $0.lines[0].quantity = Int64($1) },
  Bound("bytes of a line's id", 128, .tooLong) { $0.lines[0].id = letters($1) },
  Bound("bytes of a sku", 256, .tooLong) { $0.lines[0].sku = letters($1) },
  Bound("bytes of a name", 1_024, .tooLong) { $0.lines[0].name = letters($1) },
  Bound("bytes of a category", 512, .tooLong) { $0.lines[0].categories = [letters($1)] },
  Bound("bytes of a brand", 256, .tooLong) { $0.lines[0].brands = [letters($1)] },
  Bound("bytes of a tag", 256, .tooLong) { $0.lines[0].tags = [letters($1)] },
  Bound("bytes of a vendor", 256, .tooLong) { $0.lines[0].vendor = letters($1) },
  Bound("bytes of a gift", 128, .tooLong) { $0.lines[0].gift = letters($1) },
  Bound("categories", 100, .tooMany) { $0.lines[0].categories = names($1) },
  Bound("brands", 100, .tooMany) { $0.lines[0].brands = names($1) },
  Bound("tags", 100, .tooMany) { $0.lines[0].tags = names($1) },
  Bound("attributes", 50, .tooMany) { $0.lines[0].attributes = entries($1, .flag(true)) },
  Bound("bytes of an attribute's name", 128, .tooLong) {
    $0.order.attributes = [letters($1): .flag(true)]
  },
  Bound("bytes of an attribute", 1_024, .tooLong) {
    $0.order.attributes = ["a": .text(letters($1))]
  },
  Bound("texts of an attribute", 50, .tooMany) { $0.order.attributes = ["a": .texts(names($1))] },
  Bound("decimals of an attribute", 18, .tooManyDecimals, isWritable: false) {
    $0.order.attributes = ["a": .number(ExactDecimal(value: 1, decimals: $1))]
  },
  Bound("bytes of a channel", 256, .tooLong) { $0.order.channel = letters($1) },
  Bound("bytes of a store", 256, .tooLong) { $0.order.store = letters($1) },
  Bound("bytes of a country", 256, .tooLong) { $0.order.country = letters($1) },
  Bound("bytes of a customer's id", 256, .tooLong) { $0.customer?.id = letters($1) },
  Bound("bytes of an e-mail", 320, .tooLong) { $0.customer?.email = letters($1) },
  Bound("groups", 1_000, .tooMany) { $0.customer?.groups = names($1) },
  Bound("bytes of a group", 256, .tooLong) { $0.customer?.groups = [letters($1)] },
  Bound("visits", 10_000, .tooMany) {
    $0.customer?.history = Array(
      repeating: Cart.Visit(at: Instant(secondsSince1970: 0)), count: $1)
  },
  Bound("lines of a visit", 10_000, .tooMany) {
    var visit = Cart.Visit(at: Instant(secondsSince1970: 0))
    visit.lines = Array(repeating: Cart.VisitLine(sku: "A", quantity: 1), count: $1)
    $0.customer?.history = [visit]
  },
  Bound("redemptions", 10_000, .tooMany) {
    $0.customer?.redemptions = Array(
      repeating: Cart.Redemption(campaign: "a", at: Instant(secondsSince1970: 0)), count: $1)
  },
  Bound("balances", 100, .tooMany) { $0.customer?.balances = entries($1, ExactDecimal(value: 1)) },
  Bound("an amount of a balance", 100_000_000_000_000, .outOfRange) {
    $0.redeem = ["a": ExactDecimal(value: Int64($1))]
  },
  Bound("decimals of a balance", 4, .tooManyDecimals) {
    $0.pay = ["a": ExactDecimal(value: 1, decimals: $1)]
  },
  Bound("declined", 1_000, .tooMany) { $0.declined = names($1) },
  Bound("usage", 10_000, .tooMany) { $0.usage = entries($1, Cart.Usage()) },
  Bound("codes of a usage", 10_000, .tooMany) {
    var usage = Cart.Usage()
    usage.codes = entries($1, 1)
    $0.usage = ["a": usage]
  },
  Bound("uses", 1_000_000_000_000_000, .outOfRange) {
    var usage = Cart.Usage()
    usage.redemptions = Int64($1)
    $0.usage = ["a": usage]
  },
]

@Suite("bounds of carts") struct CartLimitTests {
  @Test("each bound holds on both sides, in Swift and as JSON", arguments: bounds)
  func bound(bound: Bound) throws {
    var cart = try plainCart()
    bound.build(&cart, bound.maximum)
    try cart.validate()
    _ = try Cart.read(json: cart.json())

    cart = try plainCart()
    bound.build(&cart, bound.maximum + 1)
    let error = try #require(throws: CartError.self) { try cart.validate() }
    #expect(error.code == bound.code)
    #expect(!error.pointer.isEmpty && error.offset == nil)
    guard bound.isWritable else { return }
    let same = try #require(throws: CartError.self) { try Cart.read(json: cart.json()) }
    #expect(same.code == bound.code)
    #expect(same.pointer == error.pointer)
    #expect(same.offset != nil)
  }

  @Test("a bound on lines comes with the caller: a hundred thousand over HTTP, a million else")
  func lines() throws {
    #expect(CartLimits.http.lines == 100_000)
    #expect(CartLimits.library.lines == 1_000_000)
    var limits = CartLimits.library
    limits.lines = 2
    var cart = try plainCart()
    cart.lines += cart.lines
    try cart.validate(limits: limits)
    _ = try Cart.read(json: cart.json(), limits: limits)
    cart.lines += cart.lines
    let error = try #require(throws: CartError.self) { try cart.validate(limits: limits) }
    #expect(error.code == .tooManyLines)
    let same = try #require(throws: CartError.self) {
      try Cart.read(json: cart.json(), limits: limits)
    }
    #expect(same.code == .tooManyLines)
    #expect(same.pointer == "/lines")
  }

  @Test("a cart built in Swift may not mix currencies, nor hold amounts below zero")
  func swiftOnly() throws {
    var cart = try plainCart()
    cart.lines[0].price = Money(minorUnits: 1, currency: try #require(Currency(code: "EUR")))
    #expect(try refusal(of: cart) == .currencyMismatch)
    cart = try plainCart()
    cart.lines[0].price.minorUnits = -1
    #expect(try refusal(of: cart) == .outOfRange)
    cart = try plainCart()
    cart.shipping = Money(minorUnits: 1, currency: try #require(Currency(code: "JPY")))
    #expect(try refusal(of: cart) == .currencyMismatch)
    cart = try plainCart()
    cart.lines[0].quantity = 0
    #expect(try refusal(of: cart) == .outOfRange)
    cart = try plainCart()
    cart.lines[0].sku = "A\u{0}"
    #expect(try refusal(of: cart) == .controlCharacter)
  }

  private func refusal(of cart: Cart) throws -> CartErrorCode {
    try #require(throws: CartError.self) { try cart.validate() }.code
  }

  private func plainCart() throws -> Cart {
    var cart = Cart(
      currency: try #require(Currency(code: "USD")),
      lines: [Cart.Line(sku: "A", price: try dollars(100))])
    cart.customer = Cart.Customer()
    return cart
  }
}
