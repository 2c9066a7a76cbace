import LocalTime
import Promo
import Synchronization

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

/// Quotes that were given, in memory: a setup changes nothing, so nothing of it is written.
///
/// The oldest make room for new ones; one that is not here any more is asked for again.
final class QuoteShelf: Sendable {
  /// A quote behind a reference, so that the shelf moves no more than that.
  private final class Kept: Sendable {
    let quote: GivenQuote
    let byteCount: Int
    init(_ quote: GivenQuote) {
      self.quote = quote
      byteCount = quote.byteCount
    }
  }

  private struct State: Sendable {
    var quotes: [String: Kept] = [:]
    var order: [String] = []
    var first = 0
    var bytes = 0
  }

  private let state = Mutex(State())

  /// Puts a quote on the shelf.
  func put(_ quote: GivenQuote) {
    let kept = Kept(quote)
    // What makes room is let go after the lock.
    var gone: [Kept] = []
    state.withLock { state in
      if let before = state.quotes[quote.id] { state.bytes -= before.byteCount }
      state.quotes[quote.id] = kept
      state.order.append(quote.id)
      state.bytes += kept.byteCount
      while state.quotes.count > ServiceLimits.quotesMaximum
        || state.bytes > ServiceLimits.quoteBytesMaximum, state.first < state.order.count
      {
        let oldest = state.order[state.first]
        state.first += 1
        guard let old = state.quotes.removeValue(forKey: oldest) else { continue }
        state.bytes -= old.byteCount
        gone.append(old)
      }
      if state.first > 4_096, state.first * 2 > state.order.count {
        state.order.removeFirst(state.first)
        state.first = 0
      }
    }
  }

  /// Lets go of the quotes of which something holds.
  func forget(where isOver: (GivenQuote) -> Bool) {
    let gone = state.withLock { state in
      let gone = state.quotes.values.filter { isOver($0.quote) }
      for kept in gone {
        state.quotes[kept.quote.id] = nil
        state.bytes -= kept.byteCount
      }
      return gone
    }
    withExtendedLifetime(gone) {}
  }

  /// A quote by its id; nil for one that is not there, or not this client's.
  func quote(_ id: String, of client: String) -> GivenQuote? {
    let kept = state.withLock { $0.quotes[id] }
    return kept.flatMap { $0.quote.client == client ? $0.quote : nil }
  }
}
