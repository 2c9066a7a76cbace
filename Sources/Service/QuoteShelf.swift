import Synchronization

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
