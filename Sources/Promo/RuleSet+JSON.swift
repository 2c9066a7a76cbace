public import LocalTime
import Pricing
import WireFormat

extension RuleSet {
  /// Prices a cart that is JSON; the answer is the quote as compact JSON.
  ///
  /// It gives the bytes that reading the cart, quoting it and writing the quote give, and the same
  /// errors, and takes a large cart many times faster, since no value is made of its lines.
  ///
  /// - Parameters:
  ///   - json: The bytes of one JSON object.
  ///   - now: The moment of the quote when the cart does not say it.
  ///   - limits: What one cart may cost.
  /// - Throws: `CartError` with the first mistake, as reading or quoting the cart would.
  /// - Complexity: O(bytes) besides what pricing takes.
  /// - Source: <doc:CartsAndQuotes>.
  public func quote(
    json: [UInt8], now: Instant, limits: CartLimits = .library
  ) throws(CartError) -> [UInt8] {
    try quote(json: json, now: now, at: nil, explain: nil, limits: limits)
  }

  /// Prices a cart that is JSON, at a moment and with reasons that may differ from what it says.
  package func quote(
    json: [UInt8], now: Instant, at moment: Instant?, explain: Cart.Explanation?,
    limits: CartLimits = .library
  ) throws(CartError) -> [UInt8] {
    do {
      return try plainQuote(json, now: now, at: moment, explain: explain, limits)
    } catch {
      // The cart is read as a value: it may be rare, and if it is wrong this tells what is.
    }
    var (cart, at) = try Cart.read(json: json, now: now, limits: limits)
    if let explain { cart.explain = explain }
    return try quote(validated: cart, at: moment ?? at ?? now).json()
  }

  private func plainQuote(
    _ json: [UInt8], now: Instant, at moment: Instant?, explain: Cart.Explanation?,
    _ limits: CartLimits
  ) throws(PlainReader.NotPlain) -> [UInt8] {
    try content.tills.withTill(content.program) { till throws(PlainReader.NotPlain) in
      var (cart, at) = try till.read(json, now: now, limits: limits)
      if let explain { cart.explain = explain }
      if let moment { at = moment }
      return try till.quote(cart, json, at: at, content).json
    }
  }

  /// Prices a cart that is JSON after something was added to what is no line of it, such as what
  /// somebody knows of its customer.
  ///
  /// - Parameters:
  ///   - json: The bytes of one JSON object.
  ///   - now: The moment of the quote when the cart does not say it.
  ///   - completing: Is given the cart without its lines, and the moment of the quote.
  /// - Returns: Nil for a cart that is rare or wrong: it is to be read as a value.
  package func plainQuote<Failure: Error>(
    json: [UInt8], now: Instant, limits: CartLimits,
    completing: (inout Cart, Instant) throws(Failure) -> Void
  ) throws(Failure) -> PlainQuote? {
    try content.tills.withTill(content.program) { till throws(Failure) -> PlainQuote? in
      guard let read = try? till.read(json, now: now, limits: limits) else { return nil }
      var cart = read.cart
      try completing(&cart, read.at)
      guard let quote = try? till.quote(cart, json, at: read.at, content) else {
        return nil
      }
      return PlainQuote(json: quote.json, head: quote.head, cart: cart, at: read.at)
    }
  }
}
