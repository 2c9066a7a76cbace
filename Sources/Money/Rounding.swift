/// How an exact amount between two minor units becomes one of them.
package enum Rounding: Hashable, Sendable {
  /// Half goes away from zero: 0.5 is 1, −0.5 is −1.
  case halfAwayFromZero
  /// Half goes to the even neighbour: 0.5 is 0, 1.5 is 2.
  case halfToEven

  /// The quotient of two whole numbers, rounded once.
  ///
  /// - Parameters:
  ///   - numerator: Any value.
  ///   - denominator: Above zero.
  package func quotient(_ numerator: Int128, by denominator: Int128) -> Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let distance = remainder.magnitude
    let rest = denominator.magnitude - distance
    let movesAway =
      distance > rest || distance == rest && (self == .halfAwayFromZero || quotient & 1 != 0)
    guard movesAway else { return quotient }
    return numerator < 0 ? quotient - 1 : quotient + 1
  }
}
