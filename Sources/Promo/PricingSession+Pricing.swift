import Money
import Pricing

extension PricingSession {
  /// Puts the lines into columns, with room for more, and prices all of them.
  mutating func loadColumns() {
    lines.settle(room: 0)
    let room = max(16, lines.count / 8)
    var warnings: [String] = []
    repricer.pricer.cart.load(cart, program: rules.program, warnings: &warnings)
    repricer.pricer.cart.makeRoom(room, keepsTexts: rules.program.looksAtLines)
    skus = SKUOrder(repricer.pricer.cart, skus: lines.all.map(\.sku))
    lines.settle(room: room)
    mistyped = warnings.isEmpty ? [] : (0..<lines.end).filter { isMistyped($0) }
    repricer.holdsGifts = lines.giftCount > 0
    repricer.priceAll(now: at.secondsSince1970, explains: Explanation(rest.explain))
  }

  /// Prices what changes have reached, or everything once columns are to be made again.
  mutating func price(isReloaded: Bool) {
    if isReloaded { loadColumns() } else { repricer.priceReached() }
  }

  /// Puts a line behind the others and prices it.
  mutating func put(_ line: Cart.Line) {
    let place = lines.end
    guard line.gift == nil, lines.hasRoom, let sku = skus.add(line.sku) else {
      lines.append(line)
      return loadColumns()
    }
    lines.append(line)
    repricer.pricer.cart.put(line, at: place, sku: sku, rules.program)
    if isMistyped(place) { mistyped.append(place) }
    repricer.take(Int32(place))
    repricer.priceReached()
  }

  /// Takes a line out and prices the others.
  mutating func takeOut(_ place: Int, _ line: Cart.Line) {
    lines.remove(place)
    mistyped.removeAll { $0 == place }
    if line.gift == nil {
      skus.remove(line.sku)
      repricer.remove(Int32(place))
    }
    // What stays vacant costs something when the whole cart is priced.
    price(isReloaded: line.gift != nil || lines.end > 2 * lines.count + 16)
  }

  // MARK: Answers

  /// Brings the results up to date and answers what they have changed.
  ///
  /// - Parameter gone: What was told of a line that has been taken out.
  mutating func answer(without gone: Quote.Line? = nil) -> QuoteChange {
    let writer = QuoteWriter(
      content: rules.content, cart: rest, shopper: repricer.pricer.shopper,
      evaluation: repricer.answers(), at: at)
    let withdrawn = writer.evaluation.withdrawnLines.sorted()
    var changed: [Quote.Line] = []
    var removed: [String] = []
    if let gone {
      count(gone, isGone: true)
      removed.append(gone.id)
    }
    for place in repricer.changedLines ?? Array(0..<Int32(lines.end)) {
      let before = lines.results[Int(place)]
      let after = withdrawn.contains(place) ? nil : result(place, writer)
      if before == after { continue }
      if let before { count(before, isGone: true) }
      if let after {
        count(after, isGone: false)
        changed.append(after)
      } else if let before {
        removed.append(before.id)
      }
      lines.results[Int(place)] = after
      lines.bytes[Int(place)] = []
    }
    var next = writer.frame(warnings: lineWarnings + shopperWarnings, totals)
    next.withdrawnGifts = withdrawn.compactMap { withdrawnGift($0) }
    var change = QuoteChange(from: frame, rest: next)
    change.lines = changed
    change.removedLines = removed
    frame = next
    return change
  }

  /// What became of the line at a place; nil where there is none.
  private func result(_ place: Int32, _ writer: QuoteWriter) -> Quote.Line? {
    guard let line = lines[Int(place)], let id = line.id else { return nil }
    return writer.quoteLine(
      line, id: id, result: repricer.result(of: place), entries: repricer.entries(of: place))
  }

  private func withdrawnGift(_ place: Int32) -> Quote.WithdrawnGift? {
    guard let line = lines[Int(place)], let id = line.id, let campaign = line.gift else {
      return nil
    }
    return Quote.WithdrawnGift(id: id, sku: line.sku, campaign: campaign)
  }

  private mutating func count(_ line: Quote.Line, isGone: Bool) {
    let sign: Int64 = isGone ? -1 : 1
    totals.add(
      subtotal: sign * line.subtotal.minorUnits, discount: sign * line.discount.minorUnits,
      orderShare: sign * line.orderShare.minorUnits,
      redeemedShare: sign * line.redeemedShare.minorUnits)
  }

  // MARK: Warnings

  private func isMistyped(_ place: Int) -> Bool {
    rules.program.attributes.contains { isMistyped(place, $0) }
  }

  private func isMistyped(_ place: Int, _ attribute: AttributePlan) -> Bool {
    guard attribute.owner == .item, let line = lines[place] else { return false }
    var isRefused = false
    _ = AttributeFact(
      line.attributes[attribute.name], as: attribute.kind, currency: rest.currency
    ) { isRefused = true }
    return isRefused
  }

  /// Attributes that are not of the type declared, as a quote of the cart tells them.
  private var lineWarnings: [String] {
    if mistyped.isEmpty { return [] }
    let positions = mistyped.map { lines.position(of: $0) }
    return rules.program.attributes.flatMap { attribute in
      zip(mistyped, positions).filter { isMistyped($0.0, attribute) }.map {
        "/lines/\($0.1)/attributes/\(attribute.name) is no \(attribute.kind.rawValue)"
      }
    }
  }
}
