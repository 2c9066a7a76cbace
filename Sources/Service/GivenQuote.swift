import LocalTime
import Promo

/// A quote as it was given, to be bought by its id.
///
/// Most quotes are never bought, so that the bytes of the cart and of the quote are kept, and values
/// are made of them only then: the same rules, cart and moment give the same quote.
struct GivenQuote: Sendable {
  var id: String
  /// The client that asked for it; no other sees it.
  var client: String
  /// The cart as it was sent, without what the ledger knows of its customer.
  var sent: [UInt8]
  /// The cart as it was priced; its lines need not be there.
  var priced: Cart
  /// The rules that priced it.
  var served: RulesInForce
  /// The moment it was priced for.
  var at: Instant
  /// The quote.
  var json: [UInt8]
  /// The account of its customer; nil for a guest.
  var account: String?
  /// What was set aside or redeemed for it before.
  var pledges: Pledges
  /// The pool of each generated code in it.
  var pools: [String: String]
  /// Whether its price is promised.
  var isPromised: Bool
  var expiresAt: Instant

  /// The cart as it was sent.
  func cart() throws(Problem) -> Cart {
    do throws(CartError) {
      return try Cart.read(json: sent, limits: .http).cart
    } catch {
      throw Problem(error, under: "/quote")
    }
  }

  /// The quote with all of its lines.
  ///
  /// - Throws: 409 when it is not, byte for byte, what was answered: nobody agreed to another.
  func quote() throws(Problem) -> Quote {
    let cart = priced.withLines(of: try cart())
    let quote: Quote
    do throws(CartError) { quote = try served.rules.quote(validated: cart, at: at) } catch {
      throw Problem(error, under: "/quote")
    }
    guard quote.json() == json else {
      throw Problem(
        409, "quote_unknown", "the quote can not be worked out again; ask for a new one",
        at: "/quote")
    }
    return quote
  }

  /// How much memory it takes, roughly.
  var byteCount: Int {
    let customer = priced.customer ?? Cart.Customer()
    let bought = customer.history.reduce(0) { $0 + 200 + 300 * $1.lines.count }
    let attributes = customer.attributes.values.reduce(0) { $0 + 200 + $1.byteCount }
    let uses = priced.usage.values.reduce(0) { $0 + 200 + 100 * $1.codes.count }
    let rows = customer.redemptions.count + customer.groups.count + customer.balances.count
    return sent.count + json.count + bought + attributes + uses + 200 * rows + 4_096
  }
}

extension Cart.AttributeValue {
  /// The bytes of its texts.
  fileprivate var byteCount: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .texts(let texts): texts.reduce(0) { $0 + 50 + $1.utf8.count }
    default: 0
    }
  }
}

extension Cart {
  /// The cart with the lines of another.
  func withLines(of other: Cart) -> Cart {
    var cart = self
    cart.lines = other.lines
    return cart
  }
}
