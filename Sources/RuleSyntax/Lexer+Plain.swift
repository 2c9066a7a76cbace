extension Lexer {
  /// How many tokens are read before room for more is made.
  private static let batch = 1_024

  /// Reads tokens of a text as most of it is written, up to what needs a closer look.
  ///
  /// It stops in front of everything that may be a mistake, and of what stands seldom in a rule:
  /// comments, dates, escapes. What it reads, `readNext` would read alike, only later.
  mutating func readPlain() {
    guard !isInConflict else { return }
    let bytes = bytes
    var scan = PlainScan(opensLine: opensLine)
    let start = offset
    var end = start
    tokens.append(addingCapacity: Self.batch) { tokens in
      end = scan.run(from: start, in: bytes.span, into: &tokens)
    }
    offset = end
    opensLine = scan.opensLine
  }
}

/// Reads words, marks and literals that leave no doubt.
private struct PlainScan {
  /// Whether nothing but blanks stands before the place at hand on its line.
  var opensLine: Bool
  private let keywords = Keyword.Finder()

  init(opensLine: Bool) { self.opensLine = opensLine }

  /// Reads on until there is no more room or something else is wanted; returns the place after it.
  mutating func run(
    from start: Int, in text: Span<UInt8>, into tokens: inout OutputSpan<Token>
  ) -> Int {
    var place = start
    var opensLine = opensLine
    defer { self.opensLine = opensLine }
    while !tokens.isFull {
      var byte: UInt8 = 0x20
      while place < text.count {
        byte = text[place]
        guard byte == 0x20 || byte == 0x09 else { break }
        place &+= 1
      }
      guard place < text.count else { return place }
      let token: Token?
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): token = word(byte, place, text)
      case 0x0A where !mayBeMarker(place &+ 1, text):
        opensLine = true
        place &+= 1
        continue
      case UInt8(ascii: "\""): token = quoted(place, text)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): token = number(place, place, text)
      case UInt8(ascii: "$"): token = number(place, place &+ 1, text)
      default: token = mark(byte, place, text)
      }
      guard var token else { return place }
      token.opensLine = opensLine
      opensLine = false
      place = Int(token.end)
      tokens.append(token)
    }
    return place
  }

  /// Whether a line may begin with what version control leaves in a file with a conflict.
  private func mayBeMarker(_ place: Int, _ text: Span<UInt8>) -> Bool {
    guard place < text.count else { return false }
    return text[place] &- 0x3C < 3 || text[place] == UInt8(ascii: "|")
  }

  @inline(__always)
  private func isWordByte(_ byte: UInt8) -> Bool {
    byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
  }

  @inline(__always)
  private func isUpperCase(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

  /// The word that begins with a letter.
  @inline(__always)
  private func word(_ letter: UInt8, _ start: Int, _ text: Span<UInt8>) -> Token? {
    guard start < text.count &- 8 else { return nil }
    // The letter has been read already; the eight bytes behind it are read in one step.
    let tail = eightBytes(start &+ 1, text)
    let count = wordBytes(tail)
    guard count < 8 else { return longWord(start, text) }
    let letters = tail & ~(~0 &<< UInt64(truncatingIfNeeded: 8 &* count))
    let spelling = Keyword.Spelling(head: UInt64(letter) | letters &<< 8)
    return word(start, count &+ 1, spelling, text)
  }

  /// A word of more than eight bytes.
  private func longWord(_ start: Int, _ text: Span<UInt8>) -> Token? {
    var spelling = Keyword.Spelling()
    var length = 0
    while true {
      guard start + length <= text.count - 8 else { return nil }
      let eight = eightBytes(start + length, text)
      let count = wordBytes(eight)
      spelling.put(eight: count == 8 ? eight : eight & ~(~0 &<< UInt64(8 &* count)), at: length)
      length += count
      if count < 8 { break }
    }
    return word(start, length, spelling, text)
  }

  /// The word of a length, unless what stands behind it may belong to it.
  @inline(__always)
  private func word(
    _ start: Int, _ length: Int, _ spelling: Keyword.Spelling, _ text: Span<UInt8>
  ) -> Token? {
    let place = start &+ length
    let next = text[place]
    if next != 0x20 {
      let isVisible = next &- 0x20 < 0x5F && !isUpperCase(next)
      guard isVisible || next == 0x0A || next == 0x0D || next == 0x09 else { return nil }
    }
    guard length <= Limits.nameLength else { return nil }
    var token = Token(kind: .word, start: start, end: place)
    // No word of the language ends with a digit, as most names do.
    if text[place &- 1] &- 0x30 >= 10, length <= Keyword.Spelling.lengthMaximum {
      token.keyword = keywords.find(spelling)
    }
    return token
  }

  /// The eight bytes from a place on, the first in the lowest byte; all of them are inside.
  @inline(__always)
  private func eightBytes(_ place: Int, _ text: Span<UInt8>) -> UInt64 {
    // One check of both ends, after which the eight reads are known to be inside and become one.
    precondition(place >= 0 && place <= text.count &- 8, "eight bytes of the text")
    var bytes: UInt64 = 0
    for offset in 0..<8 {
      bytes |= UInt64(text[place &+ offset]) &<< UInt64(truncatingIfNeeded: 8 &* offset)
    }
    return bytes
  }

  /// How many of eight bytes, from the first on, belong to a word.
  ///
  /// Of each byte only its highest bit is looked at: adding what is missing to 128 sets it from a
  /// letter or digit on.
  @inline(__always)
  private func wordBytes(_ bytes: UInt64) -> Int {
    let ascii = bytes & 0x7F7F_7F7F_7F7F_7F7F
    let isLetter = (ascii &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(ascii &+ 0x0505_0505_0505_0505)
    let isDigit = (ascii &+ 0x5050_5050_5050_5050) & ~(ascii &+ 0x4646_4646_4646_4646)
    let isLine = ~((ascii ^ 0x5F5F_5F5F_5F5F_5F5F) &+ 0x7F7F_7F7F_7F7F_7F7F)
    let isOther = ~(isLetter | isDigit | isLine) | bytes
    return (isOther & 0x8080_8080_8080_8080).trailingZeroBitCount &>> 3
  }

  /// A whole number, a whole percentage, or an amount in dollars.
  @inline(__always)
  private func number(_ start: Int, _ digits: Int, _ text: Span<UInt8>) -> Token? {
    var value: Int64 = 0
    var place = digits
    while place < text.count, text[place] &- 0x30 < 10 {
      value = value &* 10 &+ Int64(text[place] &- 0x30)
      place += 1
    }
    let isMoney = digits > start
    var decimals = 0
    if isMoney, place > digits, place + 1 < text.count, text[place] == UInt8(ascii: "."),
      text[place + 1] &- 0x30 < 10
    {
      let point = place
      place += 1
      while place < text.count, text[place] &- 0x30 < 10 {
        value = value &* 10 &+ Int64(text[place] &- 0x30)
        place += 1
      }
      decimals = place - point - 1
    }
    // Eighteen digits surely fit.
    guard place > digits, place - digits <= 18, place < text.count else { return nil }
    if !isMoney, text[place] == UInt8(ascii: "%") {
      return Token(kind: .percent, start: start, end: place + 1, value: value)
    }
    guard endsNumber(place, text) else { return nil }
    var token = Token(kind: isMoney ? .money : .integer, start: start, end: place, value: value)
    token.decimals = UInt8(truncatingIfNeeded: decimals)
    return token
  }

  /// Whether a number that ends here has nothing behind it that may belong to it.
  @inline(__always)
  private func endsNumber(_ end: Int, _ text: Span<UInt8>) -> Bool {
    switch text[end] {
    case 0x0A, UInt8(ascii: ")"): return true
    case 0x20:
      guard end + 1 < text.count else { return false }
      let next = text[end + 1]
      return isWordByte(next) || next == 0x0A || next == UInt8(ascii: "}")
    default: return false
    }
  }

  /// A text of printable ASCII without escapes.
  @inline(__always)
  private func quoted(_ start: Int, _ text: Span<UInt8>) -> Token? {
    var place = start &+ 1
    while place <= text.count &- 8 {
      let count = textBytes(eightBytes(place, text))
      place &+= count
      if count < 8 { break }
    }
    while place < text.count, text[place] &- 0x20 < 0x5F, text[place] != UInt8(ascii: "\""),
      text[place] != UInt8(ascii: "\\")
    {
      place &+= 1
    }
    guard place < text.count, text[place] == UInt8(ascii: "\""),
      place &+ 1 &- start <= Limits.textBytes
    else { return nil }
    return Token(kind: .string, start: start, end: place &+ 1)
  }

  /// How many of eight bytes, from the first on, are printable ASCII and neither a quote nor a
  /// backslash.
  ///
  /// What is borrowed or carried comes from a byte that is marked itself, and reaches only those
  /// behind it.
  @inline(__always)
  private func textBytes(_ bytes: UInt64) -> Int {
    let quotes = bytes ^ 0x2222_2222_2222_2222
    let backslashes = bytes ^ 0x5C5C_5C5C_5C5C_5C5C
    let isMark =
      (quotes &- 0x0101_0101_0101_0101) & ~quotes
      | (backslashes &- 0x0101_0101_0101_0101) & ~backslashes
    let isOther = (bytes &- 0x2020_2020_2020_2020) | (bytes &+ 0x0101_0101_0101_0101) | bytes
    return ((isMark | isOther) & 0x8080_8080_8080_8080).trailingZeroBitCount &>> 3
  }

  @inline(__always)
  private func mark(_ byte: UInt8, _ place: Int, _ text: Span<UInt8>) -> Token? {
    let next: UInt8 = place + 1 < text.count ? text[place + 1] : 0
    let isWithEqual = next == UInt8(ascii: "=")
    let kind: Token.Kind
    switch byte {
    case UInt8(ascii: "{"): kind = .leftBrace
    case UInt8(ascii: "}"): kind = .rightBrace
    case UInt8(ascii: "("): kind = .leftParen
    case UInt8(ascii: ")"): kind = .rightParen
    case UInt8(ascii: ","): kind = .comma
    case UInt8(ascii: "=") where next &- 0x3C >= 3: kind = .equal
    case UInt8(ascii: ">"): kind = isWithEqual ? .greaterOrEqual : .greater
    case UInt8(ascii: "<") where next != UInt8(ascii: ">"):
      kind = isWithEqual ? .lessOrEqual : .less
    default: return nil
    }
    let isPair = kind == .greaterOrEqual || kind == .lessOrEqual
    return Token(kind: kind, start: place, end: place + (isPair ? 2 : 1))
  }
}
