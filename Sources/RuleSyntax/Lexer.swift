package import Findings

/// Cuts the bytes of a rule file into tokens.
///
/// It knows no words of the language and never gives up: what cannot stand in a rule text is
/// reported once and becomes the token its author most likely meant.
package struct Lexer {
  let bytes: [UInt8]
  let file: Int32
  var offset = 0
  var opensLine = true
  /// Whether tokens come from between the markers of a merge conflict.
  var isInConflict = false
  package internal(set) var tokens: [Token] = []
  package private(set) var comments: [Comment] = []
  package private(set) var findings: [Finding] = []
  /// Errors beyond those that are kept.
  private(set) var unreportedCount = 0
  /// Whether bytes that are no UTF-8 have been reported.
  var hasBadUTF8 = false

  /// A lexer for one file; call `run` once.
  package init(_ file: SourceFile, index: Int32) {
    bytes = file.bytes
    self.file = index
  }

  /// Reads the whole file; the last token is always the end of the file.
  ///
  /// - Parameter closely: Whether each token is read with every mistake in mind, as otherwise only
  ///   what is not plain is; it comes to the same and takes longer.
  package mutating func run(closely: Bool = false) {
    tokens.reserveCapacity(bytes.count / 5 + 1_026)
    if acceptsEncoding() {
      while offset < bytes.count {
        if !closely { readPlain() }
        if offset < bytes.count { readNext() }
      }
    }
    append(Token(kind: .endOfFile, start: bytes.count, end: bytes.count))
  }

  private mutating func readNext() {
    let byte = bytes[offset]
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"): offset += 1
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): endLine()
    case UInt8(ascii: "#"): readComment()
    case UInt8(ascii: "a")...UInt8(ascii: "z"): readWord()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): readUpperCase()
    case UInt8(ascii: "$"): readDollar()
    case UInt8(ascii: "\""): readText()
    default: readMark(byte)
    }
  }

  /// Adds a token at the end of the list.
  mutating func append(_ token: Token) {
    var token = token
    token.opensLine = opensLine
    if isInConflict { token.isMended = true }
    opensLine = false
    tokens.append(token)
    offset = Int(token.end)
  }

  /// Keeps a finding; far beyond what is ever told apart it only counts.
  mutating func report(_ finding: Finding) {
    if isFull { unreportedCount += 1 } else { findings.append(finding) }
  }

  /// Gives the finding noted last another repair.
  mutating func mend(last repair: Repair) { findings[findings.count - 1].repairs = [repair] }

  /// Whether so much is wrong that no more is kept.
  var isFull: Bool { findings.count >= 20 * Limits.errorsPerFile }

  /// Reports an error and adds the token its author most likely meant.
  mutating func append(mended token: Token, _ finding: Finding) {
    var token = token
    token.isMended = true
    report(finding)
    append(token)
  }

  private mutating func endLine() {
    offset += byte(at: offset) == 0x0D && byte(at: offset + 1) == 0x0A ? 2 : 1
    opensLine = true
    readConflictMarker()
  }

  private mutating func readComment() {
    let start = offset
    while offset < bytes.count, !isLineEnd(bytes[offset]) {
      if bytes[offset] < 0x20 || bytes[offset] >= 0x7F {
        offset += checkOutsideText(at: offset)
      } else {
        offset += 1
      }
    }
    comments.append(
      Comment(start: Int32(start), end: Int32(offset), opensLine: opensLine))
  }

  /// Reads a comment that begins as in other languages.
  private mutating func readForeignComment() {
    report(finding(.foreignMark, offset, offset + 2, ["found": "//"], write: "#"))
    readComment()
  }

  private mutating func readWord() {
    let start = offset
    let (end, spelling) = Lexer.word(at: start, in: bytes)
    if end < bytes.count, !isBlank(bytes[end]), !isLineEnd(bytes[end]) {
      if bytes[end] < 0x20 || bytes[end] >= 0x7F, readBrokenWord() { return }
      let isForeign = scalar(at: end, if: { $0.properties.isAlphabetic }) != nil
      if isForeign || isUpperCase(bytes[end]) { return readUpperCase() }
    }
    var token = Token(kind: .word, start: start, end: end)
    // No word of the language ends with a digit, as most names do.
    if !isDigit(bytes[end - 1]), end - start <= Keyword.Spelling.lengthMaximum {
      token.keyword = Keyword.find(spelling)
    }
    if end - start > Limits.nameLength {
      let facts = ["length": "\(end - start)", "limit": "\(Limits.nameLength)"]
      append(mended: token, finding(.nameTooLong, start, end, facts))
    } else {
      append(token)
    }
  }

  /// The end of the word that begins at an offset, and how it is spelt, in one pass over it.
  private static func word(
    at start: Int, in bytes: [UInt8]
  ) -> (end: Int, spelling: Keyword.Spelling) {
    let text = bytes.span
    var spelling = Keyword.Spelling()
    var end = start
    while end < text.count {
      let byte = text[end]
      guard byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F else { break }
      spelling.put(byte, at: end - start)
      end += 1
    }
    return (end, spelling)
  }

  private mutating func readMark(_ byte: UInt8) {
    let next = self.byte(at: offset + 1)
    let isFollowedByEqual = next == UInt8(ascii: "=")
    if let foreign = foreignMark() {
      return append(mended: foreign.token, foreign.finding)
    }
    switch byte {
    case UInt8(ascii: "{"): append(mark: .leftBrace, 1)
    case UInt8(ascii: "}"): append(mark: .rightBrace, 1)
    case UInt8(ascii: "("): append(mark: .leftParen, 1)
    case UInt8(ascii: ")"): append(mark: .rightParen, 1)
    case UInt8(ascii: "="): append(mark: .equal, 1)
    case UInt8(ascii: "!") where isFollowedByEqual: append(mark: .notEqual, 2)
    case UInt8(ascii: "<"):
      append(mark: isFollowedByEqual ? .lessOrEqual : .less, isFollowedByEqual ? 2 : 1)
    case UInt8(ascii: ">"):
      append(mark: isFollowedByEqual ? .greaterOrEqual : .greater, isFollowedByEqual ? 2 : 1)
    case UInt8(ascii: "+"): append(mark: .plus, 1)
    case UInt8(ascii: "-"): append(mark: .minus, 1)
    case UInt8(ascii: "*"): append(mark: .star, 1)
    case UInt8(ascii: "/") where next == byte: readForeignComment()
    case UInt8(ascii: "/"): append(mark: .slash, 1)
    case UInt8(ascii: ","): append(mark: .comma, 1)
    case UInt8(ascii: "."): readDot()
    case UInt8(ascii: ":"): append(mark: .colon, 1)
    case UInt8(ascii: ";") where endsLine(behind: offset + 1):
      report(finding(.unexpectedCharacter, offset, offset + 1, ["found": ";"]))
      offset += 1
    default: readStrangeCharacter()
    }
  }

  /// Whether nothing but blanks stands between a place and the end of its line.
  private func endsLine(behind start: Int) -> Bool {
    let end = blanksEnd(start)
    return end >= bytes.count || isLineEnd(bytes[end])
  }

  mutating func append(mark kind: Token.Kind, _ length: Int) {
    append(Token(kind: kind, start: offset, end: offset + length))
  }
}

extension Lexer {
  /// The byte at an offset; zero past the end.
  func byte(at offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// An error from its place and facts, with at most one repair: writing something else there.
  func finding(
    _ code: FindingCode, _ start: Int, _ end: Int, _ facts: [String: String] = [:],
    write replacement: String? = nil
  ) -> Finding {
    let span = SourceSpan(file: file, start: Int32(start), end: Int32(end))
    if isFull { return Finding(code: code, span: span) }
    var facts = facts
    if code == .malformedNumber, facts["rule"] == nil {
      facts["rule"] = "digits stand on both sides of one point"
    }
    var repairs: [Repair] = []
    if let replacement {
      facts["fix"] = replacement
      let title = replacement.allSatisfy { $0 == " " } ? "remove it" : "write `\(replacement)`"
      let edit = Repair.Edit(span: span, replacement: replacement)
      repairs = [Repair(title: title, edits: [edit], isSafe: true)]
    }
    return Finding(code: code, span: span, facts: facts, repairs: repairs)
  }

  /// Some bytes of the file as text for a message.
  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  func isUpperCase(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  func isLowerCase(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
  func isWordByte(_ byte: UInt8) -> Bool {
    isLowerCase(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
  }
  func isLetter(_ byte: UInt8) -> Bool { isLowerCase(byte) || isUpperCase(byte) }

  /// The end of the run of digits that begins at an offset.
  func digitsEnd(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    return end
  }

  /// The end of the run of blanks that begins at an offset.
  func blanksEnd(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, isBlank(bytes[end]) { end += 1 }
    return end
  }
}
