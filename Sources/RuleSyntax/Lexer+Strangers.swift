import Findings

extension Lexer {
  /// Skips a byte order mark; refuses what is too large or in another encoding.
  mutating func acceptsEncoding() -> Bool {
    if bytes.count > Limits.fileBytes {
      let facts = ["size": "\(bytes.count)", "limit": "\(Limits.fileBytes)"]
      report(finding(.fileTooLarge, 0, 0, facts))
      return false
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      report(finding(.notUTF8, 0, 2, ["encoding": "UTF-16"]))
      return false
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    readConflictMarker()
    return true
  }

  /// The character at an offset and its length in bytes; nil when the bytes are not UTF-8.
  func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    var decoder = UTF8()
    var iterator = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    return (scalar, scalar.utf8.count)
  }
}

extension Lexer {
  /// Reads a character that begins no token.
  mutating func readStrangeCharacter() {
    let start = offset
    if bytes[start] < 0x20 || bytes[start] == 0x7F {
      report(controlCharacter(start))
      offset += 1
      return
    }
    if bytes[start] < 0x80 {
      let token = Token(kind: .unknown, start: start, end: start + 1)
      let facts = ["found": text(start, start + 1)]
      return append(mended: token, finding(.unexpectedCharacter, start, start + 1, facts))
    }
    if readCurrencySign() { return }
    guard let (scalar, length) = scalar(at: start) else {
      offset += reportBadUTF8(start)
      return append(Token(kind: .unknown, start: start, end: offset))
    }
    if Self.isInvisible(scalar) {
      report(invisible(.invisibleCharacter, scalar, start, length))
      offset += length
    } else if scalar.properties.isWhitespace {
      report(finding(.foreignMark, start, start + length, ["found": "blank"], write: " "))
      offset += length
    } else if scalar.properties.isAlphabetic {
      readUpperCase()
    } else {
      var end = start + length
      while let next = self.scalar(at: end, if: { !$0.properties.isAlphabetic }) { end += next }
      let facts = ["found": text(start, end)]
      append(
        mended: Token(kind: .unknown, start: start, end: end),
        finding(.unexpectedCharacter, start, end, facts))
    }
  }

  /// The length of a visible character outside ASCII, if one stands here and it is wanted.
  func scalar(at offset: Int, if isWanted: (Unicode.Scalar) -> Bool) -> Int? {
    guard offset < bytes.count, bytes[offset] >= 0x80, let next = scalar(at: offset),
      isWanted(next.scalar), !next.scalar.properties.isWhitespace, !Self.isInvisible(next.scalar)
    else { return nil }
    return next.length
  }

  /// Reads a currency code, or a word with letters that no word of ours has.
  mutating func readUpperCase() {
    let start = offset
    var end = start
    while end < bytes.count {
      if isWordByte(bytes[end]) || isUpperCase(bytes[end]) {
        end += 1
      } else if let length = scalar(at: end, if: { $0.properties.isAlphabetic }) {
        end += length
      } else {
        break
      }
    }
    if end == start { end += 1 }
    if end - start == 3, isCode(at: start) {
      var code = Token(kind: .code, start: start, end: end)
      code.currency = bytes[start..<end].reduce(0) { $0 << 8 | UInt32($1) }
      return append(code)
    }
    let found = text(start, end)
    let lower = Array(found.lowercased().utf8)
    let isMendable = lower.allSatisfy(isWordByte) && lower.first.map(isLowerCase) == true
    var token = Token(kind: isMendable ? .word : .unknown, start: start, end: end)
    token.keyword = isMendable ? Keyword.find(lower[...]) : nil
    let fix: String?
    switch wanted {
    case .word: fix = isMendable ? found.lowercased() : nil
    case .text:
      token.kind = .string
      fix = "\"\(found)\""
    case .number: fix = nil
    }
    var problem = finding(.upperCase, start, end, ["found": found], write: fix)
    // A word that is no word of ours may be a text whose quotes are missing.
    if wanted == .word, token.keyword == nil, !problem.repairs.isEmpty {
      problem.repairs[0].isSafe = false
    }
    append(mended: token, problem)
  }

  private enum Wanted { case word, text, number }

  /// What the token before asks for.
  private var wanted: Wanted {
    guard let last = tokens.last else { return .word }
    switch last.kind {
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return .number
    case .notEqual: return .text
    case .equal: return tokens.dropLast(2).last?.keyword == .set ? .word : .text
    case .word: break
    default: return .word
    }
    switch last.keyword {
    case .code, .codes, .message, .hint, .timezone, .contains, .category, .brand, .tag, .sku,
      .vendor, .gift:
      return .text
    case .with: return [.starts, .ends].contains(tokens.dropLast().last?.keyword) ? .text : .word
    default: return .word
    }
  }

  /// Three upper-case letters that are no word of the language.
  func isCode(at start: Int) -> Bool {
    guard start + 3 <= bytes.count, bytes[start..<start + 3].allSatisfy(isUpperCase) else {
      return false
    }
    return Keyword.find(bytes[start..<start + 3].map { $0 | 0x20 }[...]) == nil
  }

  /// A mark that other languages or word processors write, as the token it stands for.
  func foreignMark() -> (token: Token, finding: Finding)? {
    let next = byte(at: offset + 1)
    switch bytes[offset] {
    case UInt8(ascii: "="): if !(UInt8(ascii: "<")...UInt8(ascii: ">") ~= next) { return nil }
    case UInt8(ascii: "<"): if next != UInt8(ascii: ">") { return nil }
    case UInt8(ascii: "&"), UInt8(ascii: "|"): if next != bytes[offset] { return nil }
    case UInt8(ascii: "'"), 0x80...0xFF: break
    default: return nil
    }
    for (written, kind, ours) in Self.foreignMarks
    where bytes[offset...].starts(with: written.utf8) {
      let end = offset + written.utf8.count
      var token = Token(kind: kind, start: offset, end: end)
      if kind == .word { token.keyword = Keyword(rawValue: ours) }
      let facts = ["found": written]
      return (token, finding(.foreignMark, offset, end, facts, write: ours))
    }
    return foreignQuote()
  }

  private static let foreignMarks: [(String, Token.Kind, String)] = [
    ("==", .equal, "="), ("<>", .notEqual, "!="), ("=<", .lessOrEqual, "<="),
    ("=>", .greaterOrEqual, ">="), ("&&", .word, "and"), ("||", .word, "or"),
    ("≥", .greaterOrEqual, ">="), ("≤", .lessOrEqual, "<="), ("≠", .notEqual, "!="),
    ("×", .star, "*"), ("÷", .slash, "/"), ("−", .minus, "-"), ("–", .minus, "-"),
    ("—", .minus, "-"), ("；", .comma, ","), ("，", .comma, ","), ("：", .colon, ":"),
    ("（", .leftParen, "("), ("）", .rightParen, ")"),
  ]

  /// A text in quotes that are not straight double ones.
  private func foreignQuote() -> (token: Token, finding: Finding)? {
    let pairs = [
      ("“", "”"), ("”", "”"), ("„", "“"), ("„", "”"), ("‘", "’"), ("«", "»"), ("'", "'"),
    ]
    for (open, close) in pairs where bytes[offset...].starts(with: open.utf8) {
      var end = offset + open.utf8.count
      while end < bytes.count, !isLineEnd(bytes[end]), bytes[end] != UInt8(ascii: "\""),
        !bytes[end...].starts(with: close.utf8)
      {
        end += 1
      }
      guard bytes[min(end, bytes.count)...].starts(with: close.utf8) else { continue }
      let inner = text(offset + open.utf8.count, end)
      end += close.utf8.count
      let token = Token(kind: .string, start: offset, end: end)
      let facts = ["found": open]
      return (token, finding(.foreignMark, offset, end, facts, write: "\"\(inner)\""))
    }
    return nil
  }

  /// The sign of a currency; the code is nil for a dollar sign behind its number.
  func currencySign(at offset: Int) -> (text: String, code: String?, length: Int)? {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "$") || bytes[offset] >= 0xC2 else {
      return nil
    }
    for (sign, code) in Self.currencySigns where bytes[offset...].starts(with: sign.utf8) {
      return (sign, code, sign.utf8.count)
    }
    return nil
  }

  private static let currencySigns: [(String, String?)] = [
    ("$", nil), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₹", "INR"), ("₩", "KRW"),
    ("₽", "RUB"), ("₺", "TRY"), ("₴", "UAH"), ("₪", "ILS"), ("₫", "VND"), ("฿", "THB"),
    ("₱", "PHP"), ("₦", "NGN"),
  ]

  /// Steps over the marker lines that version control leaves in a file with a conflict.
  mutating func readConflictMarker() {
    guard offset < bytes.count else { return }
    let byte = bytes[offset]
    guard UInt8(ascii: "<")...UInt8(ascii: ">") ~= byte || byte == UInt8(ascii: "|"),
      bytes[offset...].prefix(7).count == 7, bytes[offset...].prefix(7).allSatisfy({ $0 == byte })
    else { return }
    let opens = byte == UInt8(ascii: "<")
    let closes = byte == UInt8(ascii: ">")
    guard opens || isInConflict else { return }
    let start = offset
    while offset < bytes.count, !isLineEnd(bytes[offset]) { offset += 1 }
    if opens, !isInConflict {
      report(finding(.mergeConflict, start, offset))
    }
    isInConflict = !closes
    guard !opens, !closes else { return }
    // The other side says the same thing differently; reading both would report it twice.
    while offset < bytes.count,
      !(isLineEnd(bytes[offset - 1]) && bytes[offset...].starts(with: ">>>>>>>".utf8))
    {
      offset += 1
    }
    while offset < bytes.count, !isLineEnd(bytes[offset]) { offset += 1 }
    isInConflict = false
  }
}
