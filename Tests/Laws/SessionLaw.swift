import LocalTime
import Promo

/// What a session answers after every change is what a quote of the changed cart answers.
package struct SessionLaw {
  package private(set) var sessionCount = 0
  /// Changes that were made, and those that were refused.
  package private(set) var editCount = 0
  /// How often a change priced the whole cart.
  package private(set) var wholeCount = 0
  package private(set) var refusedCount = 0
  /// What did not hold; told with the seed and the change.
  package private(set) var mistakes: [String] = []

  package init() {}

  /// How many carts are changed under each rule set.
  package static let sessionsPerTrial = 6
  /// How often each is changed; one in twenty is changed until its columns are made anew.
  private static let (editsPerSession, editsOfLongSession) = (8, 70)

  /// Checks at least so many sessions, on several workers; what is tried depends on the seed alone.
  package static func checking(
    sessions: Int, seed: UInt64, workers: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async -> SessionLaw {
    let trialCount = (sessions + sessionsPerTrial - 1) / sessionsPerTrial
    let counter = SharedCounter()
    return await withTaskGroup(of: SessionLaw.self) { group in
      for _ in 0..<max(1, workers) {
        group.addTask {
          var law = SessionLaw()
          while let index = counter.next(below: trialCount) {
            var dice = Dice(seed: seed &+ UInt64(index) &* 0x9E37_79B9)
            if let trial = Trial(seed: dice.next(), visitCount: sessionsPerTrial) {
              law.check(index % 3 == 0 ? trial : trial.plain ?? trial)
            }
            progress(index + 1)
          }
          return law
        }
      }
      var law = SessionLaw()
      for await part in group { law.add(part) }
      return law
    }
  }

  private mutating func add(_ other: SessionLaw) {
    sessionCount += other.sessionCount
    editCount += other.editCount
    wholeCount += other.wholeCount
    refusedCount += other.refusedCount
    mistakes += other.mistakes
  }

  /// Tries sequences of changes on the carts of a trial.
  package mutating func check(_ trial: Trial) {
    guard var writer = CartWriter(Dice(seed: trial.seed ^ 0xED17), rules: trial.rules) else {
      return
    }
    for visit in trial.visits {
      do {
        try check(trial, visit, &writer)
      } catch {
        // A cart that cannot be quoted begins no session.
        let refusal = Result { () throws(CartError) in
          try trial.engine.quote(visit.cart, at: visit.at)
        }
        if case .success = refusal { mistakes.append("seed \(trial.seed): refused, \(error)") }
      }
    }
  }

  private mutating func check(
    _ trial: Trial, _ visit: Visit, _ writer: inout CartWriter
  ) throws(CartError) {
    var session = try trial.engine.session(visit.cart, at: visit.at)
    var cart = session.cart
    var number = cart.lines.count + 1
    var painted = Painted(session.quote)
    var before = session.json()
    sessionCount += 1
    defer { wholeCount += session.wholeCount - 1 }
    let isLong = sessionCount % 20 == 0
    for _ in 0..<(isLong ? Self.editsOfLongSession : Self.editsPerSession) {
      let edit = writer.edit(of: cart, mayAddGifts: trial.holdsGifts)
      var next = number
      let changed = edit.applied(to: cart, numbering: &next)
      let expected = changed.map { cart in
        Result { () throws(CartError) in try trial.engine.quote(cart, at: visit.at) }
      }
      self.editCount += 1
      let mistakeCount = mistakes.count
      let answer = Result { () throws(CartError) in try edit.apply(to: &session) }
      switch (expected, answer) {
      case (.success(let quote), .success(let change)):
        (cart, number) = (changed ?? cart, next)
        painted.repaint(change, order: quote.lines.map(\.id))
        before = quote.json()
        tell(session.json(), before, "bytes", trial, edit)
        if session.quote != quote { tell(session.quote.json(), before, "value", trial, edit) }
        if painted.quote != quote { tell(painted.quote.json(), before, "change", trial, edit) }
      case (.failure(let wanted), .failure(let found)):
        refusedCount += 1
        tell(wanted == found, "error \(wanted) is \(found)", trial, edit)
        tell(session.json() == before, "a refused change left something", trial, edit)
      case (nil, .failure(let found)):
        refusedCount += 1
        tell(found.code == .unknownLine || found.code == .unknownCode, "\(found)", trial, edit)
        tell(session.json() == before, "a refused change left something", trial, edit)
      default:
        tell(false, "taken and not to be, or refused and not to be", trial, edit)
      }
      // What follows a mistake says no more.
      if mistakes.count > mistakeCount { return }
    }
  }

  /// Holds bytes against those that are wanted, and tells where they begin to differ.
  private mutating func tell(
    _ found: [UInt8], _ wanted: [UInt8], _ what: String, _ trial: Trial, _ edit: CartEdit
  ) {
    guard found != wanted else { return }
    let same = zip(found, wanted).prefix { $0 == $1 }.count
    let texts = [found, wanted].map { bytes in
      String(decoding: bytes[max(0, same - 60)..<min(bytes.count, same + 60)], as: UTF8.self)
    }
    tell(false, "\(what)\n  \(texts[0])\n  not\n  \(texts[1])", trial, edit)
  }

  private mutating func tell(_ holds: Bool, _ what: String, _ trial: Trial, _ edit: CartEdit) {
    guard !holds else { return }
    mistakes.append("seed \(trial.seed), change \(editCount) \(edit): \(what)")
  }
}

extension Trial {
  /// The same without most of what prices the whole cart at every change, and with longer carts.
  fileprivate var plain: Trial? {
    var plain = rules
    for file in plain.files.indices {
      plain.files[file].campaigns.removeAll { campaign in
        ["stack", "give gift", "gift 2"].contains { campaign.contains($0) }
      }
    }
    let lines = visits.flatMap(\.cart.lines).filter { $0.gift == nil }
    return Trial(
      seed: seed, rules: plain,
      visits: visits.enumerated().map { index, visit in
        var visit = visit
        visit.cart.redeem = [:]
        visit.cart.pay = [:]
        let currency = visit.cart.currency
        let all = visit.cart.lines + (index % 2 == 0 ? lines : [])
        visit.cart.lines = all.filter { $0.gift == nil && $0.price.currency == currency }
        for place in visit.cart.lines.indices { visit.cart.lines[place].id = nil }
        return visit
      })
  }
}

/// A page that shows a quote and repaints only what it is told has changed.
private struct Painted {
  private(set) var quote: Quote

  init(_ quote: Quote) { self.quote = quote }

  mutating func repaint(_ change: QuoteChange, order: [String]) {
    var lines: [[UInt8]: Quote.Line] = [:]
    for line in quote.lines { lines[Array(line.id.utf8)] = line }
    for id in change.removedLines { lines[Array(id.utf8)] = nil }
    for line in change.lines { lines[Array(line.id.utf8)] = line }
    quote = change.rest
    quote.lines = order.compactMap { lines[Array($0.utf8)] }
  }
}
