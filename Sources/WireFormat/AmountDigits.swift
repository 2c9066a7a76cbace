/// The decimal digits of an amount, worked out once and written as often as it stands.
///
/// Eight digits are found side by side in one word instead of one after the other, and how many of
/// them are written is not decided by a branch, since amounts of a cart differ in it all the time.
@usableFromInline
package struct AmountDigits: Sendable {
  /// What the digits are of.
  @usableFromInline let value: Int64
  @usableFromInline let decimals: Int
  /// The digits from the first on, the first in the lowest byte.
  @usableFromInline var whole: UInt64 = 0
  /// The point and the digits behind it.
  @usableFromInline var fraction: UInt64 = 0
  /// Digits before the point.
  @usableFromInline var wholeCount = 0
  /// Bytes in all; zero for an amount that has too many digits to be kept here.
  @usableFromInline var count = 0

  /// The digits of a value that counts its smallest decimals.
  @inlinable @inline(__always)
  package init(_ value: Int64, decimals: Int = 0) {
    self.value = value
    self.decimals = decimals
    let number = UInt64(bitPattern: value)
    guard number < 100_000_000, decimals < 7 else { return }
    let digits = AmountDigits.eightDigits(number)
    // All digits behind the point are written, and one before it, whatever they are.
    let written: UInt64 = 1 &<< UInt64(truncatingIfNeeded: 56 &- 8 &* decimals)
    let last: UInt64 = 1 &<< 56
    let leadingBits = (digits | written | last).trailingZeroBitCount & 0x38
    whole = (digits | 0x3030_3030_3030_3030) &>> UInt64(truncatingIfNeeded: leadingBits)
    let wholeBits = 64 &- leadingBits &- 8 &* decimals
    wholeCount = wholeBits &>> 3
    // Without decimals the word is shifted by nothing or by all, and never read.
    fraction =
      (whole &>> UInt64(truncatingIfNeeded: wholeBits)) &<< 8 | UInt64(UInt8(ascii: "."))
    count = decimals == 0 ? wholeCount : wholeCount &+ decimals &+ 1
  }

  /// The digits of a number that mostly has one.
  @inlinable @inline(__always)
  package static func ofCount(_ number: Int64) -> AmountDigits {
    0..<10 ~= number ? AmountDigits(digit: number) : AmountDigits(number)
  }

  @inlinable @inline(__always)
  init(digit: Int64) {
    value = digit
    decimals = 0
    whole = UInt64(bitPattern: digit) | 0x30
    wholeCount = 1
    count = 1
  }

  /// The digits of a number below a hundred million as numbers from 0 to 9, the first one in the
  /// lowest byte.
  ///
  /// Halves are split by ten thousand, a hundred and ten, all parts of a word at once. The factors
  /// stand for quotients: 10,486 / 2²⁰ is exact below 43,699, and 103 / 2¹⁰ below 179.
  @inlinable @inline(__always)
  static func eightDigits(_ number: UInt64) -> UInt64 {
    let high = UInt64(UInt32(truncatingIfNeeded: number) / 10_000)
    let fours = high | (number &- 10_000 &* high) &<< 32
    let hundreds = (fours &* 10_486) &>> 20 & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- 100 &* hundreds) &<< 16
    let tens = (twos &* 103) &>> 10 & 0x000F_000F_000F_000F
    return tens | (twos &- 10 &* tens) &<< 8
  }
}
