extension PlainReader {
  /// Reads an amount of at least zero, in a string or as a number, counted in its smallest decimal.
  @inlinable @inline(__always)
  package mutating func amount(_ text: Span<UInt8>, decimals: Int) throws(NotPlain) -> Int64 {
    if let amount = shortAmount(text, decimals: decimals) { return amount }
    var slow = self
    let amount = try slow.anyAmount(text, decimals: decimals)
    self = slow
    return amount
  }

  /// Reads an amount in a string of at most seven bytes with all its decimals; nil for any other.
  @inlinable @inline(__always)
  mutating func shortAmount(_ text: Span<UInt8>, decimals: Int) -> Int64? {
    let start = position &+ 1
    guard start > 0, start <= text.count &- 8 else { return nil }
    let bytes = word(text, at: start)
    guard text[start &- 1] == UInt8(ascii: "\"") else { return nil }
    let count = bytesBeforeZero(bytes ^ 0x2222_2222_2222_2222)
    let whole = count &- decimals &- 1
    guard count < 8, decimals > 0, whole > 0, text[start &+ whole] == UInt8(ascii: ".") else {
      return nil
    }
    // A zero stands in front of nothing but the point, which is looked at in its place then.
    guard text[whole == 1 ? start &+ 1 : start] != UInt8(ascii: "0") else { return nil }
    let front = firstBytes(whole)
    guard let value = numberOfDigits(bytes & front | bytes &>> 8 & ~front, count: count &- 1)
    else { return nil }
    position = start &+ count &+ 1
    return value
  }

  @usableFromInline
  mutating func anyAmount(_ text: Span<UInt8>, decimals: Int) throws(NotPlain) -> Int64 {
    let isString = take(UInt8(ascii: "\""), text)
    var value = try digits(text)
    var missing = decimals
    if position < text.count, text[position] == UInt8(ascii: ".") {
      position += 1
      let start = position
      while position < text.count, isDigit(text[position]), missing > 0 {
        value = try appending(text[position], to: value)
        position += 1
        missing -= 1
      }
      guard position > start else { throw NotPlain() }
    }
    while missing > 0 {
      value = try appending(UInt8(ascii: "0"), to: value)
      missing -= 1
    }
    if isString {
      guard position < text.count, text[position] == UInt8(ascii: "\"") else { throw NotPlain() }
      position += 1
    }
    return value
  }

  /// Reads a whole number that is not below zero; what follows it is left to be looked at.
  @inlinable @inline(__always)
  package mutating func wholeNumber(_ text: Span<UInt8>) throws(NotPlain) -> Int64 {
    skipSpace(text)
    if position <= text.count &- 2, text[position &+ 1] &- UInt8(ascii: "0") > 9 {
      let digit = text[position] &- UInt8(ascii: "0")
      guard digit < 10 else { throw NotPlain() }
      position &+= 1
      return Int64(digit)
    }
    var slow = self
    let number = try slow.digits(text)
    self = slow
    return number
  }

  /// Reads digits without zeros in front.
  @usableFromInline
  mutating func digits(_ text: Span<UInt8>) throws(NotPlain) -> Int64 {
    let start = position
    var value: Int64 = 0
    while position < text.count, isDigit(text[position]) {
      value = try appending(text[position], to: value)
      position += 1
    }
    guard position > start, text[start] != UInt8(ascii: "0") || position == start + 1 else {
      throw NotPlain()
    }
    return value
  }

  private func appending(_ digit: UInt8, to value: Int64) throws(NotPlain) -> Int64 {
    guard value < 100_000_000_000_000_000 else { throw NotPlain() }
    return 10 * value + Int64(digit - UInt8(ascii: "0"))
  }
}
