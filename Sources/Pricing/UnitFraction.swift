import Money

/// A percentage off unit prices, with the division turned into a multiplication once for all units.
struct UnitFraction {
  /// Of each price what is kept, in parts of `whole`.
  private let kept: Int64
  private let whole: Int64
  private let division: Division
  private let roundsHalfToEven: Bool

  /// The dearest price it can cut.
  let dearest: Int64

  /// Nil for a fraction too fine to fit; then the exact way is taken.
  init?(off fraction: Rational, rounding: Rounding) {
    guard let whole = Int64(exactly: fraction.denominator), whole < 1 << 31,
      let cut = Int64(exactly: fraction.numerator), cut >= 0, cut <= whole
    else { return nil }
    dearest = (Int64.max / 2 - whole) / (2 * whole)
    kept = whole - cut
    self.whole = whole
    division = Division(by: UInt64(2 * whole))
    roundsHalfToEven = rounding == .halfToEven
  }

  /// The new price: one rounding of what is kept.
  @inline(__always)
  func newPrice(_ price: Int64) -> Int64 {
    let twice = UInt64(bitPattern: 2 &* price &* kept &+ whole)
    let rounded = division.quotient(of: twice)
    if roundsHalfToEven, rounded & 1 == 1, rounded &* UInt64(bitPattern: 2 &* whole) == twice {
      return Int64(bitPattern: rounded &- 1)
    }
    return Int64(bitPattern: rounded)
  }
}

/// Division by a number that stays the same, as one multiplication and a shift.
///
/// For a divisor d with 2^(l−1) < d ≤ 2^l the multiplier is ⌈2^(63+l) / d⌉. It exceeds the exact
/// quotient by less than one part in 2^63, so for every dividend below 2^63 the product's integer
/// part is the quotient.
/// - Source: Granlund and Montgomery, "Division by invariant integers using multiplication", 1994.
struct Division {
  private let multiplier: UInt64
  private let shift: UInt64
  let divisor: UInt64

  init(by divisor: UInt64) {
    precondition(divisor > 1 && divisor < 1 << 62, "a divisor is above one and fits 62 bits")
    self.divisor = divisor
    let bits = UInt64(64 - (divisor - 1).leadingZeroBitCount)
    let (quotient, remainder) = divisor.dividingFullWidth((1 << (bits - 1), 0))
    multiplier = remainder == 0 ? quotient : quotient + 1
    shift = bits - 1
  }

  /// The whole part of a dividend below 2^63 divided by the divisor.
  @inline(__always)
  func quotient(of dividend: UInt64) -> UInt64 {
    dividend.multipliedFullWidth(by: multiplier).high &>> shift
  }
}
