import Money

/// How an effect changes the price of one unit.
enum UnitCut {
  /// A fraction between zero and one.
  case percent(Rational)
  /// Minor units, at least zero.
  case money(Rational)
  /// A fixed price; never raises one.
  case price(Int64)

  /// The new price of a unit: one rounding, never below the floor, never above the price.
  ///
  /// - Returns: Nil when the exact amount does not fit.
  func newPrice(
    from price: Int64, original: Int64, floor: Int64, usesOriginal: Bool, rounding: Rounding
  ) -> Int64? {
    let lowest = min(price, max(0, floor))
    if case .percent(let fraction) = self, !usesOriginal,
      let kept = fraction.rest(of: price, rounding)
    {
      return max(kept, lowest)
    }
    let wanted: Int128
    switch self {
    case .price(let fixed): wanted = Int128(fixed)
    case .money(let amount):
      guard let exact = Rational(price).subtracting(amount) else { return nil }
      wanted = exact.rounded(rounding)
    case .percent(let fraction):
      guard let cut = Rational(usesOriginal ? original : price).multiplied(by: fraction),
        let exact = Rational(price).subtracting(cut)
      else { return nil }
      wanted = exact.rounded(rounding)
    }
    return Int64(min(max(wanted, Int128(lowest)), Int128(price)))
  }
}

/// Some units of a run that a campaign takes, and the price it gives them.
struct Piece: BitwiseCopyable {
  // The widest first, so that a piece takes 24 bytes, not 32.
  var quantity: Int64
  var newPrice: Int64
  var run: Int32
  /// A deal uses them up.
  var isUsed: Bool

  init(run: Int32, quantity: Int64, newPrice: Int64, isUsed: Bool) {
    self.run = run
    self.quantity = quantity
    self.newPrice = newPrice
    self.isUsed = isUsed
  }
}
