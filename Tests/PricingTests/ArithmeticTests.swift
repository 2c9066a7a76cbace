import Money
import Testing

@testable import Pricing

/// A generator whose numbers are the same on every machine.
private struct Dice {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
  mutating func below(_ bound: UInt64) -> UInt64 { next() % bound }
}

@Suite("arithmetic without division, sorting and sharing in place") struct ArithmeticTests {
  @Test("a multiplication divides as a division does, at the edges of every quotient")
  func division() {
    var dice = Dice(state: 11)
    var divisors: [UInt64] = [2, 3, 4, 5, 7, 200, 20_000, (1 << 32) - 1, 1 << 61, (1 << 62) - 1]
    for _ in 0..<2_000 { divisors.append(max(2, dice.next() >> (2 + dice.below(60)))) }
    for divisor in divisors {
      let division = Division(by: divisor)
      var dividends: [UInt64] = [0, 1, divisor - 1, divisor, divisor + 1, (1 << 63) - 1]
      for _ in 0..<20 {
        let multiple = dice.below((1 << 63) / divisor) * divisor
        dividends += [multiple, multiple + divisor - 1, multiple == 0 ? 0 : multiple - 1]
      }
      for dividend in dividends where dividend < 1 << 63 {
        #expect(division.quotient(of: dividend) == dividend / divisor, "\(dividend) / \(divisor)")
      }
    }
  }

  @Test("a cut price is the exact one, rounded once, under both roundings")
  func prices() throws {
    var dice = Dice(state: 12)
    for _ in 0..<20_000 {
      let below = Int64(dice.below(10_000) + 1)
      let fraction = try #require(
        Rational(Int128(dice.below(UInt64(below) + 1)), over: Int128(below)))
      let price = Int64(dice.below(1 << (1 + dice.below(40))))
      for rounding in [Rounding.halfAwayFromZero, .halfToEven] {
        let cut = try #require(UnitFraction(off: fraction, rounding: rounding))
        let exact = try #require(
          Rational(price).multiplied(by: fraction).flatMap {
            Rational(price).subtracting($0)
          })
        #expect(cut.newPrice(price) == Int64(exact.rounded(rounding)))
        #expect(fraction.rest(of: price, rounding) == cut.newPrice(price))
      }
    }
    let fine = try #require(Rational(1, over: 1 << 31))
    #expect(UnitFraction(off: fine, rounding: .halfToEven) == nil)
  }

  @Test("what was drawn is sorted, whatever its order was", arguments: [0, 1, 24, 25, 300, 5_000])
  func sorting(_ count: Int) {
    var dice = Dice(state: UInt64(count))
    let kinds: [(Int) -> Int32] = [
      { Int32($0) }, { Int32(-$0) }, { Int32($0 % 7) }, { _ in 3 }, { Int32($0 ^ 0x155) },
    ]
    for kind in kinds {
      expectSorted((0..<count).map(kind))
    }
    expectSorted((0..<count).map { _ in Int32(truncatingIfNeeded: dice.next()) })
  }

  private func expectSorted(_ numbers: [Int32]) {
    var sorted = Column<Int32>()
    sorted.load(numbers.span)
    var span = sorted.mutableSpan
    sortInPlace(&span, 0..<span.count) { $0 < $1 }
    #expect(sorted.copy == numbers.sorted())
  }

  @Test("shares found by counting are those of the largest remainders")
  func sharing() {
    var dice = Dice(state: 13)
    var sharing = RemainderSharing()
    for round in 0..<600 {
      let count = round % 100 == 99 ? 3_000 : Int(dice.below(40) + 1)
      let size = 1 + dice.below(round % 10 == 9 ? 55 : 30)
      let isFlat = dice.below(4) == 0
      let weights = (0..<count).map { _ in Int64(isFlat ? 700 : dice.below(1 << size)) }
      let total = weights.reduce(0, +)
      guard total > 0 else { continue }
      let amount = Int64(dice.below(UInt64(total))) + 1
      var parts = weights.enumerated().map {
        SharePart(weight: $1, capacity: $1, rank: Int32(count - $0))
      }
      #expect(shareProportionally(amount, over: &parts) == amount)
      var left = Column<Int64>()
      left.load(weights.span)
      sharing.share(
        amount, offEach: &left, total: total, heaviest: weights.max() ?? 0, keepsShares: true
      ) { $0 > $1 }
      let rest = left.copy
      #expect(zip(rest, weights).allSatisfy { $0 >= 0 && $0 <= $1 })
      #expect(rest.reduce(0, +) == total - amount)
      #expect(sharing.shares.copy == parts.map(\.share))
    }
  }
}
