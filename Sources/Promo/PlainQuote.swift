package import LocalTime

/// A quote whose lines are bytes alone.
package struct PlainQuote: Sendable {
  /// The quote as compact JSON.
  package let json: [UInt8]
  /// The quote without its lines, and without what is told of campaigns.
  package let head: Quote
  /// The cart that was priced, without its lines.
  package let cart: Cart
  /// The moment it was priced for.
  package let at: Instant
}
