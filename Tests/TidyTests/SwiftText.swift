/// A Swift text split into what the compiler reads and what people read, byte for byte in place.
struct SwiftText: Sendable {
  /// The text with comments and the insides of strings blanked; lines stay where they are.
  private(set) var code: [UInt8]
  /// The text with all but comments blanked.
  private(set) var comments: [UInt8]

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    code = bytes
    comments = bytes.map { $0 == newLine ? $0 : space }
    readCode(untilParenthesis: false)
  }

  /// Reads code to its end, or inside a string to the parenthesis that ends an interpolation.
  private mutating func readCode(untilParenthesis: Bool) {
    var depth = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "/") where starts(with: "//"):
        while place < bytes.count, bytes[place] != newLine { readCommentByte() }
        continue
      case UInt8(ascii: "/") where starts(with: "/*"):
        while place < bytes.count, !starts(with: "*/") { readCommentByte() }
      case UInt8(ascii: "\""), UInt8(ascii: "#"):
        if let fences = fencesOfString() {
          readString(fences: fences)
          continue
        }
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        if untilParenthesis, depth == 0 { return }
        depth -= 1
      default: break
      }
      place += 1
    }
  }

  private mutating func readCommentByte() {
    comments[place] = bytes[place]
    blank()
  }

  /// How many `#` stand before the quote at hand; nil when there is no string here.
  private func fencesOfString() -> Int? {
    var end = place
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - place : nil
  }

  private mutating func readString(fences: Int) {
    place += fences
    let isLong = starts(with: "\"\"\"")
    let quotes = isLong ? 3 : 1
    place += quotes
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\"") where !isLong || starts(with: "\"\"\""):
        guard hasFences(fences, at: place + quotes) else { break }
        place += quotes + fences
        return
      case UInt8(ascii: "\\") where hasFences(fences, at: place + 1):
        for _ in 0..<fences + 1 { blank() }
        guard place < bytes.count else { return }
        if bytes[place] == UInt8(ascii: "(") {
          blank()
          readCode(untilParenthesis: true)
          guard place < bytes.count else { return }
        }
      default: break
      }
      blank()
    }
  }

  private func hasFences(_ count: Int, at start: Int) -> Bool {
    start + count <= bytes.count
      && bytes[start..<start + count].allSatisfy { $0 == UInt8(ascii: "#") }
  }

  private func starts(with text: StaticString) -> Bool {
    guard place + text.utf8CodeUnitCount <= bytes.count else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[place + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  private mutating func blank() {
    if bytes[place] != newLine { code[place] = space }
    place += 1
  }
}

/// The byte between two lines.
let newLine = UInt8(ascii: "\n")
/// The byte that stands for what is left out.
let space = UInt8(ascii: " ")

/// One line of a text, as bytes.
typealias Line = ArraySlice<UInt8>

/// Letters, digits and `_`, and every byte of a letter beyond ASCII.
func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
    true
  default: false
  }
}

/// The words of a line: runs of letters, digits and `_`.
func words(of line: Line) -> [String] {
  line.split { !isWordByte($0) }.map { String(decoding: $0, as: UTF8.self) }
}
