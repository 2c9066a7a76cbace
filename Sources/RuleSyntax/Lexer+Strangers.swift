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

  /// Reports what may stand neither in a comment nor between tokens; returns its length.
  mutating func checkOutsideText(at offset: Int) -> Int {
    if bytes[offset] < 0x80 {
      if !isBlank(bytes[offset]) { report(controlCharacter(offset)) }
      return 1
    }
    guard let (scalar, length) = scalar(at: offset) else { return reportBadUTF8(offset) }
    if Self.isInvisible(scalar) {
      report(invisible(.invisibleCharacter, scalar, offset, length))
    }
    return length
  }

  /// Reports what may not stand in a text, and warns of what cannot be seen in it.
  mutating func checkInsideText(at offset: Int, _ problems: inout [Finding]) -> Int {
    if bytes[offset] < 0x80 {
      problems.append(controlCharacter(offset))
      return 1
    }
    guard let (scalar, length) = scalar(at: offset) else { return reportBadUTF8(offset) }
    if Self.isInvisible(scalar) {
      var problem = invisible(.invisibleInText, scalar, offset, length)
      problem.severity = .warning
      problem.repairs = []
      problems.append(problem)
    }
    return length
  }

  /// Bytes that are no UTF-8 are one mistake of the file, however many there are.
  private mutating func reportBadUTF8(_ offset: Int) -> Int {
    if !hasBadUTF8 {
      hasBadUTF8 = true
      report(finding(.notUTF8, offset, offset + 1, ["encoding": "another encoding"]))
    }
    return 1
  }

  private func controlCharacter(_ offset: Int) -> Finding {
    finding(.controlCharacter, offset, offset + 1, ["found": Self.name(UInt32(bytes[offset]))])
  }

  private func invisible(
    _ code: FindingCode, _ scalar: Unicode.Scalar, _ offset: Int, _ length: Int
  ) -> Finding {
    var problem = finding(code, offset, offset + length, ["found": Self.name(scalar.value)])
    let edit = Repair.Edit(span: problem.span, replacement: "")
    problem.repairs = [Repair(title: "remove it", edits: [edit], isSafe: true)]
    return problem
  }

  private static func name(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// Characters that change how a text looks without being seen: zero width, direction, tags.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
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
    if end - start == 3, bytes[start..<end].allSatisfy(isUpperCase) {
      var code = Token(kind: .code, start: start, end: end)
      code.currency = bytes[start..<end].reduce(0) { $0 << 8 | UInt32($1) }
      return append(code)
    }
    let found = text(start, end)
    let lower = Array(found.lowercased().utf8)
    let isMendable = lower.allSatisfy(isWordByte) && lower.first.map(isLowerCase) == true
    var token = Token(kind: isMendable ? .word : .unknown, start: start, end: end)
    token.keyword = isMendable ? Keyword.find(lower[...]) : nil
    let fix = isMendable ? found.lowercased() : nil
    var problem = finding(.upperCase, start, end, ["found": found], write: fix)
    // A word that is no word of ours may be a text whose quotes are missing.
    if token.keyword == nil, !problem.repairs.isEmpty { problem.repairs[0].isSafe = false }
    append(mended: token, problem)
  }

  /// A mark that other languages or word processors write, as the token it stands for.
  func foreignMark() -> (token: Token, finding: Finding)? {
    let next = byte(at: offset + 1)
    switch bytes[offset] {
    case UInt8(ascii: "="): if !"=<>".utf8.contains(next) { return nil }
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
    guard let byte = bytes[offset...].first, "<=>|".utf8.contains(byte),
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
