import Findings

extension Lexer {
  /// Reads a text in double quotes; it ends on its own line.
  mutating func readText() {
    let start = offset
    var end = start + 1
    var hasEscapes = false
    var problems: [Finding] = []
    while end < bytes.count, bytes[end] != UInt8(ascii: "\""), !isLineEnd(bytes[end]) {
      switch bytes[end] {
      case UInt8(ascii: "\\"):
        hasEscapes = true
        end = checkEscape(at: end, &problems)
      case 0x00..<0x20, 0x7F...0xFF:
        end += checkInsideText(at: end, &problems)
      default: end += 1
      }
    }
    let isClosed = end < bytes.count && bytes[end] == UInt8(ascii: "\"")
    if isClosed {
      end += 1
    } else {
      end = trimmed(start, end)
      // One open quote is one mistake, whatever stands between it and the end of the line.
      problems = [unterminated(start, end)]
    }
    if end - start > Limits.textBytes, problems.isEmpty {
      problems = [finding(.textTooLong, start, end, ["limit": "\(Limits.textBytes)"])]
    }
    var token = Token(kind: .string, start: start, end: end, value: hasEscapes ? 1 : 0)
    token.isMended = problems.contains { $0.severity == .error }
    for problem in problems { report(problem) }
    append(token)
  }

  private func unterminated(_ start: Int, _ end: Int) -> Finding {
    let quote = SourceSpan(file: file, start: Int32(start), end: Int32(start + 1))
    let place = SourceSpan(file: file, start: Int32(end), end: Int32(end))
    let edit = Repair.Edit(span: place, replacement: "\"")
    return Finding(
      code: .unterminatedText, span: quote,
      repairs: [Repair(title: "close it with `\"`", edits: [edit], isSafe: false)])
  }

  /// The end without the blanks before it, and without the brace that closes a block on its line.
  private func trimmed(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start + 1, isBlank(bytes[end - 1]) { end -= 1 }
    return end
  }

  /// Checks the escape that begins at an offset; returns the offset behind it.
  private func checkEscape(at start: Int, _ problems: inout [Finding]) -> Int {
    switch byte(at: start + 1) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "n"): return start + 2
    case UInt8(ascii: "u"):
      let digits = start + 3
      var end = digits
      while end < bytes.count, hexValue(bytes[end]) != nil { end += 1 }
      let isClosed = byte(at: start + 2) == UInt8(ascii: "{") && byte(at: end) == UInt8(ascii: "}")
      if isClosed, unicodeScalar(digits, end) != nil { return end + 1 }
      end = isClosed ? end + 1 : max(start + 2, min(end, bytes.count))
      problems.append(finding(.badUnicodeEscape, start, end, ["found": text(start, end)]))
      return end
    default:
      var end = min(start + 2, bytes.count)
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
      if end > start + 1, isLineEnd(bytes[start + 1]) { end = start + 1 }
      problems.append(finding(.unknownEscape, start, end, ["found": text(start, end)]))
      return end
    }
  }

  private func unicodeScalar(_ start: Int, _ end: Int) -> Unicode.Scalar? {
    guard (1...8).contains(end - start) else { return nil }
    let value = bytes[start..<end].reduce(UInt32(0)) { $0 << 4 | UInt32(hexValue($1) ?? 0) }
    return Unicode.Scalar(value)
  }

  private func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// A name as it is known: of a word with a mistake in it, what its author most likely meant.
  static func name(of token: Token, in bytes: [UInt8]) -> String {
    let written = bytes[Int(token.start)..<Int(token.end)]
    guard token.isMended else { return String(decoding: written, as: UTF8.self) }
    let letters = String(decoding: written, as: UTF8.self).lowercased().unicodeScalars.filter {
      $0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0)
    }
    return String(String.UnicodeScalarView(letters))
  }

  /// The text of a string token, with its escapes resolved; empty for one that is not there, which
  /// may stand behind the last byte.
  static func text(of token: Token, in bytes: [UInt8]) -> String {
    guard token.end > token.start else { return "" }
    let start = Int(token.start) + 1
    var end = Int(token.end)
    if end > start, bytes[end - 1] == UInt8(ascii: "\"") { end -= 1 }
    if token.value == 0 { return String(decoding: bytes[start..<max(start, end)], as: UTF8.self) }
    var text: [UInt8] = []
    var offset = start
    while offset < end {
      guard bytes[offset] == UInt8(ascii: "\\"), offset + 1 < end else {
        text.append(bytes[offset])
        offset += 1
        continue
      }
      switch bytes[offset + 1] {
      case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "u"):
        let digits = bytes[(offset + 2)..<end].dropFirst().prefix { $0 != UInt8(ascii: "}") }
        let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0xFFFD
        text += Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
        offset += digits.count + 2
      default: text.append(bytes[offset + 1])
      }
      offset += 2
    }
    return String(decoding: text, as: UTF8.self)
  }
}
