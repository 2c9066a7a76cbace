import Money
import Pricing
import Synchronization
import WireFormat

/// Where carts are priced one after the other, in storage that is kept from one to the next.
struct Till: ~Copyable {
  var pricer: Pricer
  var labels: LineLabels
  var names = LineNames()
  var notes = LineNotes()
  var ledger = DiscountLedger()
  var shortAmounts = ShortAmounts()
  /// Whether conditions may read texts of lines; only those of selections look at single lines.
  let needsTexts: Bool

  init(_ program: Program) {
    // Every cart brings its own currency; until then the columns are empty.
    guard let currency = Currency(code: "USD") else {
      preconditionFailure("US dollars are a currency")
    }
    needsTexts = program.looksAtLines
    labels = LineLabels(program.memberships)
    pricer = Pricer(program: program, currency: currency)
  }
}

/// The tills of a rule set, which all its copies share: as many as have been at work at once.
final class TillRow: Sendable {
  /// A till and its lock; whoever takes it from the row is the only one who asks for it.
  private final class Place: Sendable {
    let till: Mutex<Till>
    init(_ program: Program) { till = Mutex(Till(program)) }
  }

  /// Tills that are kept while nobody needs them.
  private static let idleMaximum = 64
  /// Lines of a cart after which a till is let go, since it has grown with them; so is one whose
  /// carts had more labels than are worth keeping.
  private static let lineMaximum = 65_536

  private let idle = Mutex<[Place]>([])

  /// Lends a till to the body; what an earlier cart has left in it never shows.
  func withTill<Answer: Sendable, Failure: Error>(
    _ program: Program, _ body: (inout Till) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    let place = idle.withLock { $0.popLast() } ?? Place(program)
    var isLarge = false
    defer {
      if !isLarge {
        idle.withLock { if $0.count < Self.idleMaximum { $0.append(place) } }
      }
    }
    return try place.till.withLock { till throws(Failure) in
      defer { isLarge = till.pricer.cart.lineCount > Self.lineMaximum || till.labels.isFull }
      return try body(&till)
    }
  }
}
