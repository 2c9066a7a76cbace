import LocalTime
import Promo
import Synchronization

/// A quote as it was given, to be bought by its id.
struct GivenQuote: Sendable {
  var id: String
  /// The client that asked for it; no other sees it.
  var client: String
  /// The cart as it was sent, without what the ledger knows of its customer.
  var cart: Cart
  /// The account of its customer; nil for a guest.
  var account: String?
  var quote: Quote
  /// What was set aside or redeemed for it before.
  var pledges: Pledges
  /// The pool of each generated code in it.
  var pools: [String: String]
  /// The rules it was made by; kept only when the price is promised.
  var promised: RulesInForce?
  var expiresAt: Instant
  var byteCount: Int
}

/// Quotes that were given, in memory: a setup changes nothing, so nothing of it is written.
///
/// The oldest make room for new ones; one that is not here any more is asked for again.
final class QuoteShelf: Sendable {
  private struct State: Sendable {
    var quotes: [String: GivenQuote] = [:]
    var order: [String] = []
    var first = 0
    var bytes = 0
  }

  private let state = Mutex(State())

  /// Puts a quote on the shelf.
  func put(_ quote: GivenQuote) {
    state.withLock { state in
      state.quotes[quote.id] = quote
      state.order.append(quote.id)
      state.bytes += quote.byteCount
      while state.quotes.count > ServiceLimits.quotesMaximum
        || state.bytes > ServiceLimits.quoteBytesMaximum, state.first < state.order.count
      {
        let oldest = state.order[state.first]
        state.first += 1
        state.bytes -= state.quotes.removeValue(forKey: oldest)?.byteCount ?? 0
      }
      if state.first > 4_096, state.first * 2 > state.order.count {
        state.order.removeFirst(state.first)
        state.first = 0
      }
    }
  }

  /// A quote by its id; nil for one that is not there, or not this client's.
  func quote(_ id: String, of client: String) -> GivenQuote? {
    state.withLock { $0.quotes[id].flatMap { $0.client == client ? $0 : nil } }
  }
}
