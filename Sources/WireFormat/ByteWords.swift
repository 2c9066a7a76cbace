/// Eight bytes of a text at once, so that a text is looked through in few steps.

/// The bytes from a place on as one number, the first in the lowest byte; all of them are inside.
@inlinable @inline(__always)
package func word(_ text: Span<UInt8>, at place: Int) -> UInt64 {
  // One check of both ends, after which the eight reads are known to be inside and become one.
  precondition(place >= 0 && place <= text.count &- 8, "eight bytes of the text")
  var word: UInt64 = 0
  for offset in 0..<8 {
    word |= UInt64(text[place &+ offset]) &<< UInt64(truncatingIfNeeded: 8 &* offset)
  }
  return word
}

/// The bits of the first bytes of a word, from none to all eight.
@inlinable @inline(__always)
package func firstBytes(_ count: Int) -> UInt64 {
  count == 0 ? 0 : ~0 &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
}

/// How many bytes come before the first zero byte; eight when there is none.
@inlinable @inline(__always)
package func bytesBeforeZero(_ word: UInt64) -> Int {
  // What is borrowed from higher bytes can only mark bytes behind the first.
  ((word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080).trailingZeroBitCount &>> 3
}

/// The highest bits of bytes mark the quotes and backslashes of a word; the first mark is right, and
/// without any there are none.
@inlinable @inline(__always)
package func marksOfQuotes(_ word: UInt64) -> UInt64 {
  let quotes = word ^ 0x2222_2222_2222_2222
  let backslashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
  return (quotes &- 0x0101_0101_0101_0101) & ~quotes
    | (backslashes &- 0x0101_0101_0101_0101) & ~backslashes
}

/// How many bytes come before the first that ends a run of a string's printable ASCII: a quote, a
/// backslash, a control character, or what is beyond ASCII.
@inlinable @inline(__always)
package func plainBytes(_ word: UInt64) -> Int {
  let isControl = (word &- 0x2020_2020_2020_2020) | (word &+ 0x0101_0101_0101_0101) | word
  // Borrows and carries come from a byte that is marked itself, and reach only those behind it.
  return ((marksOfQuotes(word) | isControl) & 0x8080_8080_8080_8080).trailingZeroBitCount &>> 3
}

/// Marks in a word of which some byte must be escaped in a text of JSON: a quote, a backslash, or a
/// control character; zero for any other word.
@inlinable @inline(__always)
package func marksOfEscapes(_ word: UInt64) -> UInt64 {
  let isControl = (word &- 0x2020_2020_2020_2020) & ~word
  // A borrow comes from a byte that is marked itself, so that no word is marked for nothing.
  return (marksOfQuotes(word) | isControl) & 0x8080_8080_8080_8080
}

/// The number that some digits spell, at most eight of them, the first in the lowest byte; nil when
/// there is another byte among them.
@inlinable @inline(__always)
package func numberOfDigits(_ word: UInt64, count: Int) -> Int64? {
  // The digits move to the end, so that zeros stand in front of them.
  let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
  let digits = (word &<< shift) &- (0x3030_3030_3030_3030 &<< shift)
  let strange = (digits &+ 0x7676_7676_7676_7676) | digits
  guard strange & 0x8080_8080_8080_8080 == 0 else { return nil }
  // Pairs of digits, then all four pairs by their weights.
  let pairs = digits &* 10 &+ digits &>> 8
  let outer = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
  let inner = (pairs &>> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
  return Int64(truncatingIfNeeded: (outer &+ inner) &>> 32)
}
