import Testing

@testable import Money

@Suite("exact fractions") struct RationalTests {
  private func fraction(_ above: Int128, _ below: Int128) throws -> Rational {
    try #require(Rational(above, over: below))
  }

  @Test("fractions are kept in lowest terms with the sign above")
  func reduced() throws {
    let half = try fraction(-50, -100)
    #expect(half.numerator == 1 && half.denominator == 2)
    #expect(Rational(1, over: 0) == nil)
  }

  @Test("the four operations are exact")
  func operations() throws {
    let third = try fraction(1, 3)
    let sixth = try fraction(1, 6)
    #expect(try third.adding(sixth) == fraction(1, 2))
    #expect(third.subtracting(sixth) == sixth)
    #expect(try third.multiplied(by: sixth) == fraction(1, 18))
    #expect(third.divided(by: sixth) == Rational(2))
    #expect(third.divided(by: .zero) == nil)
  }

  @Test("what does not fit is nil, never wrapped")
  func overflow() throws {
    let huge = try fraction(Int128.max - 1, 1)
    #expect(huge.adding(huge) == nil)
    #expect(huge.multiplied(by: Rational(3)) == nil)
    #expect(try fraction(1, Int128.max).multiplied(by: fraction(1, 3)) == nil)
  }

  @Test("order is that of the numbers, also where cross products would not fit")
  func order() throws {
    #expect(try fraction(1, 3) < fraction(1, 2))
    #expect(try fraction(-1, 2) < fraction(-1, 3))
    let near = try fraction(Int128.max - 1, Int128.max)
    let nearer = try fraction(Int128.max - 2, Int128.max - 1)
    #expect(nearer < near)
    #expect(!(near < nearer))
  }

  @Test("whole parts go towards minus infinity")
  func wholeParts() throws {
    #expect(try fraction(-7, 2).floor == -4)
    #expect(try fraction(-7, 2).ceiling == -3)
    #expect(try fraction(7, 2).ceiling == 4)
    #expect(Rational(4).ceiling == 4)
  }

  @Test(
    "a half goes away from zero or to the even neighbour",
    arguments: [
      (5 as Int128, 1 as Int128, 0 as Int128), (15, 2, 2), (25, 3, 2), (35, 4, 4), (-5, -1, 0),
      (-15, -2, -2), (-25, -3, -2), (24, 2, 2), (26, 3, 3), (-26, -3, -3),
    ])
  func rounding(tenths: Int128, away: Int128, even: Int128) throws {
    let number = try fraction(tenths, 10)
    #expect(number.rounded(.halfAwayFromZero) == away)
    #expect(number.rounded(.halfToEven) == even)
  }

  @Test("fractions near the end of 128 bits are compared, not wrapped")
  func extremes() throws {
    let below = (Int128(1) << 63 - 1) * (Int128(1) << 63 - 1)
    let deep = try #require(Rational(-2 * below - 1, over: below))
    let half = try #require(Rational(-5, over: 2))
    #expect(half < deep && !(deep < half))
    #expect(deep.negated < half.negated)
    let smallest = try #require(Rational(.min + 1, over: .max))
    #expect(try #require(Rational(-1, over: .max)) < .zero)
    #expect(smallest < half.negated && !(smallest < smallest))
  }
}
