import Findings

/// What cannot be seen, or is no character at all.
extension Lexer {
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

  /// Reads a word with something in it that cannot be seen, as the word it looks like.
  ///
  /// Whatever is hidden in it is one mistake. False where the word at hand has nothing of the kind.
  mutating func readBrokenWord() -> Bool {
    let start = offset
    var end = start
    var letters: [UInt8] = []
    var hidden: [(start: Int, end: Int)] = []
    while true {
      while isWordByte(byte(at: end)), end < bytes.count {
        letters.append(bytes[end])
        end += 1
      }
      let behind = hiddenEnd(end)
      guard behind > end, behind < bytes.count, isWordByte(bytes[behind]) else { break }
      hidden.append((end, behind))
      end = behind
    }
    guard let first = hidden.first else { return false }
    var token = Token(kind: .word, start: start, end: end)
    token.keyword = Keyword.find(letters[...])
    token.isMended = true
    let count = findings.count
    _ = checkOutsideText(at: first.start)
    if findings.count > count {
      let edits = hidden.map { gap in
        Repair.Edit(span: finding(.controlCharacter, gap.start, gap.end).span, replacement: "")
      }
      let written = String(decoding: letters, as: UTF8.self)
      mend(last: Repair(title: "write `\(written)`", edits: edits, isSafe: true))
    }
    append(token)
    return true
  }

  /// The end of a run of bytes that show nothing, or belong to no character.
  private func hiddenEnd(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, !isLineEnd(bytes[end]), !isBlank(bytes[end]) {
      if bytes[end] < 0x20 || bytes[end] == 0x7F {
        end += 1
      } else if bytes[end] >= 0x80 {
        guard let (scalar, length) = scalar(at: end) else {
          end += 1
          continue
        }
        guard Self.isInvisible(scalar) else { break }
        end += length
      } else {
        break
      }
    }
    return end
  }

  /// Bytes that are no UTF-8 are one mistake of the file, however many there are.
  mutating func reportBadUTF8(_ offset: Int) -> Int {
    if !hasBadUTF8 {
      hasBadUTF8 = true
      report(finding(.notUTF8, offset, offset + 1, ["encoding": "another encoding"]))
    }
    return 1
  }

  func controlCharacter(_ offset: Int) -> Finding {
    finding(.controlCharacter, offset, offset + 1, ["found": Self.name(UInt32(bytes[offset]))])
  }

  func invisible(
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
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }
}
