/// One rule file: its path, its text, and the lists of skus that it names.
public struct RuleSource: Hashable, Sendable {
  /// The path as the user gave it; shown, and its last part goes into the rules' identity.
  public var path: String
  /// The text, UTF-8.
  public var bytes: [UInt8]
  /// The bytes of each list that the text reads with `listed in`, by the name it says.
  public var lists: [String: [UInt8]]

  /// A file from its path, its bytes and its lists.
  public init(path: String, bytes: [UInt8], lists: [String: [UInt8]] = [:]) {
    self.path = path
    self.bytes = bytes
    self.lists = lists
  }

  /// A file from its path and text.
  public init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }

  /// The skus of a list: one a line, without outer spaces; empty lines count for nothing.
  package static func skus(inList bytes: [UInt8]) -> [String] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    return text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).compactMap { line in
      let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
      guard let first = line.firstIndex(where: { !isSpace($0) }),
        let last = line.lastIndex(where: { !isSpace($0) })
      else { return nil }
      return String(decoding: line[first...last], as: UTF8.self)
    }
  }

  /// The names that stand behind `listed in`, each once, in the order of the text.
  ///
  /// This looks at words alone, so it also serves a text with mistakes in it; who reads a name too
  /// many from a damaged text has read a file in vain and nothing worse.
  static func listNames(in bytes: [UInt8]) -> [String] {
    var names: [String] = []
    var words: (last: ArraySlice<UInt8>, latest: ArraySlice<UInt8>) = ([], [])
    var place = 0
    while place < bytes.count {
      let start = place
      switch bytes[place] {
      case UInt8(ascii: "#"):
        while place < bytes.count && bytes[place] != 0x0A && bytes[place] != 0x0D { place += 1 }
      case UInt8(ascii: "\""):
        let text = textInQuotes(bytes, at: &place)
        if words.last.elementsEqual("listed".utf8) && words.latest.elementsEqual("in".utf8),
          !text.contains(UInt8(ascii: "\\"))
        {
          let name = String(decoding: text, as: UTF8.self)
          if !names.contains(name) { names.append(name) }
        }
        words = ([], [])
      case let byte where isWordByte(byte):
        while place < bytes.count && isWordByte(bytes[place]) { place += 1 }
        words = (words.latest, bytes[start..<place])
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      default:
        words = ([], [])
        place += 1
      }
    }
    return names
  }
}

/// The inside of a text in quotes, which ends at its quote or with its line.
private func textInQuotes(_ bytes: [UInt8], at place: inout Int) -> ArraySlice<UInt8> {
  place += 1
  let start = place
  while place < bytes.count && bytes[place] != 0x0A && bytes[place] != 0x0D {
    if bytes[place] == UInt8(ascii: "\"") {
      place += 1
      return bytes[start..<place - 1]
    }
    place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
  }
  place = min(place, bytes.count)
  return []
}

private func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
    true
  default: false
  }
}
