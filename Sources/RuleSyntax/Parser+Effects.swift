import Findings

extension Parser {
  /// Reads what comes off, behind `give`.
  mutating func give(_ start: Int) throws(Mismatch) -> GiveSyntax {
    let kind: GiveSyntax.Kind
    if sees(.money) {
      let amount = GiveSyntax.Amount.money(try money())
      try expect(.off)
      kind = .off(amount, try moneyTarget(start))
    } else if sees(.percent) {
      let amount = GiveSyntax.Amount.percent(try percent())
      try expect(.off)
      kind = .off(amount, try target())
    } else if take(.leftParen) {
      let amount = GiveSyntax.Amount.expression(try sum())
      try require(.rightParen)
      try expect(.off)
      kind = .off(amount, try target())
    } else if accept(.price) {
      kind = try givePrice()
    } else if accept(.free) {
      try expect(.shipping)
      kind = .freeShipping
    } else {
      try expect(.gift)
      if sees(.string) {
        kind = .gift(quantity: nil, sku: try text())
      } else {
        let quantity = try count()
        try expect(.of)
        kind = .gift(quantity: quantity, sku: try text())
      }
    }
    return GiveSyntax(kind: kind, span: span(from: start))
  }

  private mutating func givePrice() throws(Mismatch) -> GiveSyntax.Kind {
    let price = try money()
    try expect(.for)
    if accept(.shipping) { return .shippingPrice(price) }
    if accept(.each) {
      try expect(.of)
      return .eachPrice(price, try pick())
    }
    var slots: [(count: CountLiteral, source: SourceSyntax)] = []
    while true {
      let count = try count()
      slots.append((count, try source()))
      guard sees(.plus) else { break }
      noteBreak()
      advance()
    }
    return .bundlePrice(price, slots)
  }

  private mutating func target() throws(Mismatch) -> GiveSyntax.Target {
    if accept(.order) { return .order }
    if accept(.shipping) { return .shipping }
    if accept(.each) {
      try expect(.of)
      return .each(try pick())
    }
    if accept(.subtotal) {
      try expect(.of)
      return .subtotal(try pick())
    }
    return .units(try pick())
  }

  /// Money needs to know whether it is meant per unit or once; without, both readings are offered.
  private mutating func moneyTarget(_ start: Int) throws(Mismatch) -> GiveSyntax.Target {
    let targetStart = token.start
    let target = try target()
    guard case .units = target else { return target }
    let place = SourceSpan(file: file, start: targetStart, end: targetStart)
    let repairs = [("each of ", "off every unit"), ("subtotal of ", "once, off all of them")].map {
      (words, meaning) in
      Repair(
        title: "write `off \(words)…`: \(meaning)",
        edits: [Repair.Edit(span: place, replacement: words)], isSafe: false)
    }
    report(Finding(code: .moneyOffSelection, span: span(from: start), repairs: repairs))
    return target
  }

  /// Reads what is earned, behind `earn`.
  mutating func earn(_ start: Int) throws(Mismatch) -> EarnSyntax {
    let kind = try earning()
    var after: DurationLiteral?
    var expiresIn: DurationLiteral?
    if at(.after) || at(.expires) { noteBreakBefore() }
    if accept(.after) { after = try duration() }
    if accept(.expires) {
      try expect(.in)
      expiresIn = try duration()
    }
    return EarnSyntax(kind: kind, after: after, expiresIn: expiresIn, span: span(from: start))
  }

  private mutating func earning() throws(Mismatch) -> EarnSyntax.Kind {
    if sees(.integer) {
      let count = try count()
      let balance = try name()
      guard accept(.per) else { return .fixed(count, balance) }
      if sees(.money) {
        let per = try money()
        try expect(.of)
        return .perAmount(count, balance, per: per, of: try earnBase())
      }
      let per = try self.count()
      return .perUnits(count, balance, per: per, of: try source())
    }
    if sees(.percent) {
      let share = try percent()
      try expect(.of)
      let base = try earnBase()
      try expect(.as)
      return .percent(share, of: base, as: try name())
    }
    if sees(.money) {
      let money = try money()
      try expect(.as)
      return .money(money, as: try name())
    }
    let balance = try name()
    try expect(.times)
    let factor = try number()
    try expect(.on)
    return .times(balance, factor, on: accept(.order) ? nil : try source())
  }

  private mutating func earnBase() throws(Mismatch) -> EarnSyntax.Base {
    guard accept(.order) else { return .source(try source()) }
    guard accept(.with) else { return .order(withShipping: false) }
    try expect(.shipping)
    return .order(withShipping: true)
  }
}
