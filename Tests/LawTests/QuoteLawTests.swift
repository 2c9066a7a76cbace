import Findings
import Laws
import LocalTime
import Money
import Promo
import RuleSyntax
import Testing

/// What holds for every quote, whatever the rules say.
@Suite("laws of a quote") struct QuoteLawTests {
  private static let trials = (0..<80 as Range<UInt64>).compactMap {
    Trial(seed: AgreementTests.seed &+ $0, visitCount: 12)
  }

  /// Goes through random rules and carts.
  private func each(_ law: (Trial, Visit, Quote) throws -> Void) throws {
    for trial in Self.trials {
      for visit in trial.visits {
        try law(trial, visit, try trial.engine.quote(visit.cart, at: visit.at))
      }
    }
  }

  @Test("shares add up to every figure that sums them") func sums() throws {
    try each { trial, _, quote in
      for line in quote.lines {
        let taken = line.discount.minorUnits + line.orderShare.minorUnits
        let parts = line.discounts.map(\.amount.minorUnits).reduce(0, +)
        #expect(parts == taken + line.redeemedShare.minorUnits, "seed \(trial.seed)")
        #expect(line.total.minorUnits == line.subtotal.minorUnits - parts, "seed \(trial.seed)")
        #expect(line.units.map(\.quantity).reduce(0, +) == line.quantity, "seed \(trial.seed)")
        let priced = line.units.map { $0.quantity * $0.unitPrice.minorUnits }.reduce(0, +)
        #expect(priced == line.subtotal.minorUnits - line.discount.minorUnits)
      }
      let lines = quote.lines
      let taken = lines.map { $0.discount.minorUnits + $0.orderShare.minorUnits }.reduce(0, +)
      #expect(quote.discount.minorUnits == taken, "seed \(trial.seed)")
      let shipping = quote.shipping?.discount.minorUnits ?? 0
      let given = quote.applied.map(\.discount.minorUnits).reduce(0, +)
      #expect(given == taken + shipping, "seed \(trial.seed)")
      let total = lines.map(\.total.minorUnits).reduce(quote.shipping?.total.minorUnits ?? 0, +)
      #expect(quote.total.minorUnits == total, "seed \(trial.seed)")
      let redeemed = quote.redeemed.map(\.value.minorUnits).reduce(0, +)
      #expect(lines.map(\.redeemedShare.minorUnits).reduce(0, +) == redeemed)
      let paid = quote.payments.map(\.value.minorUnits).reduce(0, +)
      #expect(quote.due.minorUnits == total - paid, "seed \(trial.seed)")
    }
  }

  @Test("no price, line or total is below zero, no unit below its floor") func floors() throws {
    try each { trial, visit, quote in
      var floors: [String: Int64] = [:]
      for (index, line) in visit.cart.lines.enumerated() where line.gift == nil {
        let lowest = min(line.price.minorUnits, line.floor?.minorUnits ?? 0)
        floors[line.id ?? String(index + 1)] = lowest
      }
      for line in quote.lines {
        let floor = floors[line.id] ?? 0
        #expect(line.units.allSatisfy { $0.unitPrice.minorUnits >= floor }, "seed \(trial.seed)")
        let beforeRedeeming = line.total.minorUnits + line.redeemedShare.minorUnits
        #expect(beforeRedeeming >= floor * line.quantity, "seed \(trial.seed)")
        #expect(line.total.minorUnits >= 0, "seed \(trial.seed)")
      }
      #expect(quote.shipping?.total.minorUnits ?? 0 >= 0, "seed \(trial.seed)")
      #expect(quote.due.minorUnits >= 0, "seed \(trial.seed)")
    }
  }

  @Test("the same cart at the same moment gives the same bytes") func determinism() throws {
    try each { trial, visit, quote in
      let again = try trial.engine.quote(visit.cart, at: visit.at)
      let isSame = quote.json() == again.json()
      #expect(isSame, "seed \(trial.seed)")
    }
  }

  @Test("what earlier carts leave behind shows in no quote") func reuse() throws {
    for seed in UInt64(1)...25 {
      guard let trial = Trial(seed: seed, visitCount: 6) else { continue }
      // There and back, so that every cart follows a smaller one and a larger one.
      for visit in trial.visits + trial.visits.reversed() {
        let fresh = try RuleSet(sources: trial.rules.sources).quote(visit.cart, at: visit.at)
        let reused = try trial.engine.quote(visit.cart, at: visit.at)
        #expect(fresh.json() == reused.json(), "seed \(seed)")
      }
    }
  }

  @Test("splitting a line changes no total") func split() throws {
    try each { trial, visit, quote in
      let index = visit.cart.lines.firstIndex { $0.quantity > 1 && $0.gift == nil }
      guard let index else { return }
      var cart = visit.cart
      cart.lines[index].quantity -= 1
      var single = cart.lines[index]
      single.quantity = 1
      single.id = "split"
      // Beside the rest, since lines of one sku may differ in more than their quantity.
      cart.lines.insert(single, at: index + 1)
      for place in cart.lines.indices where cart.lines[place].id == nil {
        cart.lines[place].id = "place \(place)"
      }
      let other = try trial.engine.quote(cart, at: visit.at)
      expectSameTotals(quote, other, trial)
    }
  }

  @Test("reordering lines of different skus reorders the quote") func reorder() throws {
    try each { trial, visit, _ in
      let skus = Set(visit.cart.lines.map { Array($0.sku.utf8) })
      guard skus.count == visit.cart.lines.count else { return }
      var cart = visit.cart
      for index in cart.lines.indices { cart.lines[index].id = "line \(index)" }
      var forward = try trial.engine.quote(cart, at: visit.at)
      cart.lines.reverse()
      var backward = try trial.engine.quote(cart, at: visit.at)
      backward.lines.reverse()
      backward.withdrawnGifts.reverse()
      // Warnings point at lines by their place.
      forward.warnings = []
      backward.warnings = []
      let texts = [forward, backward].map { String(decoding: $0.json(), as: UTF8.self) }
      #expect(texts[0] == texts[1], "seed \(trial.seed)")
    }
  }

  @Test("reordering lines changes no total, also where lines are of one sku") func repeats() throws
  {
    var reordered = 0
    try each { trial, visit, _ in
      guard var cart = Self.repeating(visit.cart) else { return }
      let quote = try trial.engine.quote(cart, at: visit.at)
      for _ in cart.lines.indices.dropFirst() {
        cart.lines.append(cart.lines.removeFirst())
        expectSameTotals(quote, try trial.engine.quote(cart, at: visit.at), trial)
      }
      cart.lines.reverse()
      expectSameTotals(quote, try trial.engine.quote(cart, at: visit.at), trial)
      reordered += 1
    }
    #expect(reordered > 500)
  }

  /// A cart with lines of one sku that are alike but for their quantities and prices.
  private static func repeating(_ cart: Cart) -> Cart? {
    var cart = cart
    guard let first = cart.lines.first(where: { $0.gift == nil }) else { return nil }
    var more = first
    more.quantity = first.quantity % 3 + 1
    cart.lines.append(more)
    if first.quantity % 2 == 0 {
      more.price = money(first.price.minorUnits / 2, like: first.price)
      cart.lines.append(more)
    }
    for index in cart.lines.indices {
      cart.lines[index].id = "line \(index)"
      guard cart.lines[index].gift == nil else { continue }
      let sku = Array(cart.lines[index].sku.utf8)
      let same = cart.lines.first { $0.gift == nil && Array($0.sku.utf8) == sku }
      guard var line = same else { continue }
      line.id = cart.lines[index].id
      line.quantity = cart.lines[index].quantity
      line.price = cart.lines[index].price
      // Whether a line is on sale is told by its price too.
      line.compareAt = nil
      cart.lines[index] = line
    }
    return cart
  }

  private static func money(_ minorUnits: Int64, like other: Money) -> Money {
    Money(minorUnits: minorUnits, currency: other.currency)
  }

  @Test("formatting keeps what rules mean and finds nothing more to do") func formatting() throws {
    for trial in Self.trials {
      var formatted = trial.rules.sources
      for index in formatted.indices {
        let file = SourceFile(path: formatted[index].path, bytes: formatted[index].bytes)
        formatted[index].bytes = try #require(format(file), "seed \(trial.seed)")
        let again = SourceFile(path: file.path, bytes: formatted[index].bytes)
        #expect(format(again) == formatted[index].bytes, "seed \(trial.seed)")
      }
      let rules = try RuleSet(sources: formatted)
      for visit in trial.visits {
        var first = try trial.engine.quote(visit.cart, at: visit.at)
        var second = try rules.quote(visit.cart, at: visit.at)
        first.rules = ""
        second.rules = ""
        let isSame = first.json() == second.json()
        #expect(isSame, "seed \(trial.seed)")
      }
    }
  }

  private func expectSameTotals(_ quote: Quote, _ other: Quote, _ trial: Trial) {
    #expect(quote.subtotal == other.subtotal, "seed \(trial.seed)")
    #expect(quote.discount == other.discount, "seed \(trial.seed)")
    #expect(quote.shipping == other.shipping, "seed \(trial.seed)")
    #expect(quote.redeemed == other.redeemed, "seed \(trial.seed)")
    #expect(quote.total == other.total, "seed \(trial.seed)")
    #expect(quote.due == other.due, "seed \(trial.seed)")
    #expect(quote.applied == other.applied, "seed \(trial.seed)")
    #expect(quote.notApplied == other.notApplied, "seed \(trial.seed)")
    #expect(quote.earned == other.earned, "seed \(trial.seed)")
  }
}
