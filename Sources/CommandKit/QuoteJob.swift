import LocalTime
import Promo
import WireFormat

/// What every cart of one call is priced with.
struct QuoteJob: Sendable {
  var rules: RuleSet
  /// Prices as of this moment, whatever the cart says.
  var at: Instant?
  /// What a cart without a moment is priced at.
  var now: Instant
  /// Codes presented besides the cart's own.
  var codes: [String] = []
  /// How much is said of campaigns that do not apply, whatever the cart says.
  var explain: Cart.Explanation?

  /// Reads a cart, changes it as the call asks, and prices it.
  func quote(json: [UInt8]) throws(CartError) -> (cart: Cart, quote: Quote) {
    var (cart, at) = try Cart.read(json: json, now: now)
    let moment = self.at ?? at ?? now
    if let explain { cart.explain = explain }
    guard !codes.isEmpty else { return (cart, try rules.quote(validated: cart, at: moment)) }
    cart.codes += codes
    return (cart, try rules.quote(cart, at: moment))
  }

  /// The quote of a cart as compact JSON.
  private func bytes(json: [UInt8]) throws(CartError) -> [UInt8] {
    guard codes.isEmpty else { return try quote(json: json).quote.json(style: .compact) }
    return try rules.quote(json: json, now: now, at: at, explain: explain)
  }

  /// One line of a batch: the quote, or what is wrong with the cart; both end their line.
  func line(for json: ArraySlice<UInt8>?, number: Int) -> (bytes: [UInt8], isError: Bool) {
    guard let json else {
      let error = CartError(
        code: .tooLarge, pointer: "", message: "a line has at most \(CartLines.lineMaximum) bytes")
      return (errorLine(error, number), true)
    }
    do throws(CartError) {
      var bytes = try bytes(json: Array(json))
      bytes.append(0x0A)
      return (bytes, false)
    } catch {
      return (errorLine(error, number), true)
    }
  }

  private func errorLine(_ error: CartError, _ number: Int) -> [UInt8] {
    var writer = JSONWriter(style: .compact)
    writer.beginObject()
    writer.key("error")
    writer.beginObject()
    writer.key("code")
    writer.string(error.code.rawValue)
    writer.key("pointer")
    writer.string(error.pointer)
    writer.key("message")
    writer.string(error.message)
    writer.key("line")
    writer.number(Int64(number))
    writer.endObject()
    writer.endObject()
    writer.endLine()
    return writer.bytes
  }
}
