import Money

extension Pricer {
  /// A computed amount; a nil value gives nothing.
  struct Amount { var value: Rational? }

  /// A percentage as a fraction held between zero and one; nil when computing it fails.
  mutating func fraction(_ expression: Expression) -> Amount? {
    switch value(expression) {
    case .failed: nil
    case .number(let rational): Amount(value: rational.heldBetweenZeroAndOne)
    case .missing, .flag, .texts: Amount(value: nil)
    }
  }

  /// Minor units, at least zero; nil when computing them fails.
  mutating func money(_ expression: Expression) -> Amount? {
    switch value(expression) {
    case .failed: return nil
    case .number(let rational):
      guard Int64(exactly: rational.rounded(program.rounding)) != nil else { return nil }
      return Amount(value: rational.numerator < 0 ? .zero : rational)
    case .missing, .flag, .texts: return Amount(value: nil)
    }
  }

  /// One amount in whole minor units: money as it is, a percentage of a base, rounded once.
  ///
  /// - Returns: At most `Int64.max`; zero when there is nothing to give; nil when it fails.
  mutating func wholeAmount(_ amount: AmountPlan, of base: Int64) -> Int64? {
    let exact: Rational?
    switch amount {
    case .money(let expression):
      guard let money = money(expression) else { return nil }
      exact = money.value
    case .percent(let expression):
      guard let fraction = fraction(expression) else { return nil }
      guard let share = fraction.value else { return 0 }
      if let part = share.part(of: base, program.rounding) { return part }
      guard let product = Rational(base).multiplied(by: share) else { return nil }
      exact = product
    }
    guard let exact else { return 0 }
    return Int64(exactly: exact.rounded(program.rounding))
  }

  /// Cuts the planned pieces to what the campaign's caps leave.
  ///
  /// What is left becomes one amount, shared in proportion to what each would have got.
  mutating func cutToCap(_ campaign: Int32) {
    guard let left = campaigns[campaign].capLeft else { return }
    let pieces = scratch.pieces.copy
    let given = pieces.reduce(0) { $0 + (runs.price($1.run) - $1.newPrice) * $1.quantity }
    if given <= left {
      campaigns[campaign].capLeft = left - given
      return
    }
    campaigns[campaign].capLeft = 0
    campaigns[campaign].isCapped = true
    let parts = pieces.map { piece -> CellPart in
      let gain = (runs.price(piece.run) - piece.newPrice) * piece.quantity
      return CellPart(
        key: cellKey(piece.run, newPrice: piece.newPrice), line: runs.line(piece.run),
        weight: gain, capacity: gain, units: piece.quantity, turn: turn(piece.run))
    }
    let shares = share(left, over: parts)
    scratch.pieces.clear()
    for (piece, share) in zip(pieces, shares) { plan(split(piece, share: share)) }
  }

  /// Adds to what the effect at hand would do.
  mutating func plan(_ pieces: [Piece]) {
    for piece in pieces { scratch.pieces.append(piece) }
  }

  /// Units of a piece whose share is handed out cent by cent.
  mutating func split(_ piece: Piece, share: Int64) -> [Piece] {
    guard piece.quantity > 0 else { return [] }
    let (cut, rest) = share.quotientAndRemainder(dividingBy: piece.quantity)
    let price = runs.price(piece.run)
    var (more, fewer) = (piece, piece)
    more.quantity = rest
    more.newPrice = price - cut - 1
    fewer.quantity = piece.quantity - rest
    fewer.newPrice = price - cut
    return rest > 0 ? [more, fewer] : [fewer]
  }

  /// One amount shared over units in proportion to what they cost as it stands.
  mutating func sharedPieces(_ amount: Int64, over units: [PickedUnits], isUsed: Bool) -> [Piece] {
    let parts = units.map { unit -> CellPart in
      let price = runs.price(unit.run)
      let floor = cart.floor(Int(runs.line(unit.run)))
      return CellPart(
        key: cellKey(unit.run, newPrice: 0), line: runs.line(unit.run),
        weight: price * unit.quantity, capacity: max(0, price - floor) * unit.quantity,
        units: unit.quantity, turn: turn(unit.run))
    }
    let shares = share(amount, over: parts)
    return zip(units, shares).flatMap { unit, share in
      split(
        Piece(run: unit.run, quantity: unit.quantity, newPrice: 0, isUsed: isUsed), share: share)
    }
  }

  /// Shares an amount over units, by the cells they belong to.
  mutating func share(_ amount: Int64, over parts: [CellPart]) -> [Int64] {
    var isAscending = true
    for index in parts.indices.dropFirst() where parts[index].line <= parts[index - 1].line {
      isAscending = false
    }
    return scratch.sharing.share(
      amount, over: parts, mayRepeat: cart.hasRepeatedSKUs || !isAscending)
  }

  /// Which of the units of one sku and one price a run's are.
  func turn(_ run: Int32) -> UnitTurn {
    UnitTurn(
      isUsed: runs.state(run).isUsed, originalPrice: cart.prices[Int(runs.line(run))])
  }

  /// What makes units count as one line when an amount is shared.
  func cellKey(_ run: Int32, newPrice: Int64) -> CellKey {
    let line = Int(runs.line(run))
    return CellKey(
      skuRank: cart.skuRanks[line], price: runs.price(run), newPrice: newPrice,
      floor: cart.floor(line), state: runs.state(run).sharing)
  }
}

extension Rational {
  /// A fraction cut to what a percentage may be.
  fileprivate var heldBetweenZeroAndOne: Rational {
    numerator <= 0 ? .zero : numerator >= denominator ? .one : self
  }

  /// This fraction of a whole number, rounded once, where all fits 64 bits; nil where it may not.
  func part(of base: Int64, _ rounding: Rounding) -> Int64? {
    guard let above = Int64(exactly: numerator) else { return nil }
    return product(base, above, rounding)
  }

  /// What this fraction leaves of a whole number, rounded once; nil where it may not fit.
  func rest(of base: Int64, _ rounding: Rounding) -> Int64? {
    guard let above = Int64(exactly: denominator - numerator) else { return nil }
    return product(base, above, rounding)
  }

  private func product(_ base: Int64, _ above: Int64, _ rounding: Rounding) -> Int64? {
    guard above >= 0, base >= 0, let below = Int64(exactly: denominator), below < 1 << 31 else {
      return nil
    }
    let (product, overflow) = base.multipliedReportingOverflow(by: above)
    guard !overflow, product < Int64.max / 4 else { return nil }
    return roundedQuotient(product, below, rounding)
  }
}

/// A quotient of numbers at least zero, rounded once; the dividend is below a quarter of 2^63, the
/// divisor below 2^31.
func roundedQuotient(_ dividend: Int64, _ divisor: Int64, _ rounding: Rounding) -> Int64 {
  let twice = 2 * dividend + divisor
  let rounded = twice / (2 * divisor)
  let isTie = rounded * 2 * divisor == twice
  return isTie && rounding == .halfToEven && rounded & 1 == 1 ? rounded - 1 : rounded
}
