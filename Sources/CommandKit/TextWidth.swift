/// Columns a text takes in a terminal: one a character, two for those that are drawn wide.
func columnCount(of text: String) -> Int {
  text.reduce(0) { $0 + ($1.isWide ? 2 : 1) }
}

/// The text followed by spaces up to a width.
func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - columnCount(of: text)))
}

/// The text after spaces up to a width.
func paddedLeft(_ text: String, to width: Int) -> String {
  String(repeating: " ", count: max(0, width - columnCount(of: text))) + text
}

/// The text if it fits a width, else its beginning and a mark that more was there.
func clipped(_ text: String, to width: Int, mark: String) -> String {
  guard columnCount(of: text) > width else { return text }
  var room = width - columnCount(of: mark)
  var result = ""
  for character in text {
    room -= character.isWide ? 2 : 1
    if room < 0 { break }
    result.append(character)
  }
  return room < 0 && result.isEmpty && width < columnCount(of: mark) ? "" : result + mark
}

/// The text without outer spaces.
func trimmed(_ text: String) -> Substring {
  let start = text.drop { $0 == " " }
  return start.lastIndex { $0 != " " }.map { start[...$0] } ?? start
}

/// A byte with its ASCII letter made small.
func asciiLowercase(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}

/// A count with its noun, which takes an `s` for everything but one.
func counted(_ count: Int, _ noun: String) -> String {
  "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
}

/// The words of a text on lines of at most a width; a longer word has a line of its own.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if !line.isEmpty, columnCount(of: line) + 1 + columnCount(of: String(word)) > width {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? String(word) : " \(word)"
  }
  return line.isEmpty ? lines : lines + [line]
}

/// The text without anything that could move the cursor, recolour or reorder what is shown.
func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: \.isUnprintable) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    result.append(scalar.isUnprintable ? "?" : scalar)
  }
  return String(result)
}

extension Unicode.Scalar {
  /// Controls, line separators, marks that change the direction of writing, and what hides.
  fileprivate var isUnprintable: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069,
      0xFEFF, 0xE0000...0xE007F:
      true
    default: false
    }
  }
}

extension Character {
  /// Whether terminals give it two columns: East Asian wide letters and pictures.
  fileprivate var isWide: Bool {
    guard let value = unicodeScalars.first?.value, value >= 0x1100 else { return false }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return true
    default: return unicodeScalars.dropFirst().first?.value == 0xFE0F
    }
  }
}
