import Promo
import Testing

/// Short ways to price small carts in tests.
enum Quoting {
  static let dollars = Currency(code: "USD")

  /// A line as `sku price quantity category`.
  static func line(
    _ sku: String, _ price: Int64, _ quantity: Int64 = 1, category: String? = nil
  ) throws -> Cart.Line {
    let currency = try #require(dollars)
    var line = Cart.Line(
      sku: sku, price: Money(minorUnits: price, currency: currency), quantity: quantity)
    if let category { line.categories = [category] }
    return line
  }

  static func cart(_ lines: [Cart.Line]) throws -> Cart {
    var cart = Cart(currency: try #require(dollars), lines: lines)
    cart.explain = .all
    return cart
  }

  static func money(_ minorUnits: Int64) throws -> Money {
    Money(minorUnits: minorUnits, currency: try #require(dollars))
  }

  static func instant(_ text: String = "2026-06-05T12:00:00-04:00") throws -> Instant {
    try #require(Instant(rfc3339: text))
  }

  /// Prices lines under clauses of one campaign named `c`, in dollars and New York time.
  static func quote(
    _ clauses: String, _ lines: [Cart.Line], at: String = "2026-06-05T12:00:00-04:00",
    change: (inout Cart) throws -> Void = { _ in }
  ) throws -> Quote {
    try quote(rules: "campaign c { \(clauses) }", lines, at: at, change: change)
  }

  /// Prices lines under rules, in dollars and New York time.
  static func quote(
    rules: String, _ lines: [Cart.Line], at: String = "2026-06-05T12:00:00-04:00",
    change: (inout Cart) throws -> Void = { _ in }
  ) throws -> Quote {
    let set = try RuleSet(text: "currency USD timezone \"America/New_York\" \(rules)")
    var cart = try cart(lines)
    try change(&cart)
    return try set.quote(cart, at: try instant(at))
  }
}

extension Quote {
  func applied(_ campaign: String) -> Bool { applied.contains { $0.campaign == campaign } }

  func refusal(_ campaign: String) -> NotApplied? {
    notApplied.first { $0.campaign == campaign }
  }

  func total(_ sku: String) -> Int64 {
    lines.reduce(0) { $1.sku == sku ? $0 + $1.total.minorUnits : $0 }
  }
}
