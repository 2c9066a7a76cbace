extension JSONParser {
  /// Reads a string or key, whose opening quote stands at `position`.
  mutating func readString(_ text: Span<UInt8>) throws(JSONError) {
    let start = position + 1
    var place = start
    var decodedCount = 0
    var kind = JSONNode.Kind.plainString
    while true {
      let run = plainRunEnd(text, from: place)
      decodedCount += run - place
      place = run
      guard place < text.count else {
        throw failure(.unexpectedEnd, at: text.count, "a string is not closed", in: text)
      }
      let byte = text[place]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        kind = .escapedString
        let escape = try readEscape(text, at: place)
        place += escape.length
        decodedCount += escape.decodedLength
      } else if byte < 0x20 {
        throw failure(
          .controlCharacter, at: place, "write control characters as escapes", in: text)
      } else {
        let length = utf8SequenceLength(text, at: place)
        guard length > 0 else {
          throw failure(.badEncoding, at: place, "these bytes are not UTF-8", in: text)
        }
        place += length
        decodedCount += length
      }
    }
    if decodedCount > limits.stringBytesMaximum {
      throw failure(.tooLarge, at: start - 1, "a string is too long", in: text)
    }
    position = place + 1
    try append(kind, from: start, to: place, text)
  }

  /// Checks one escape, or a pair of them for a character beyond the basic plane.
  private func readEscape(
    _ text: Span<UInt8>, at place: Int
  ) throws(JSONError) -> (length: Int, decodedLength: Int) {
    guard place + 1 < text.count else {
      throw failure(.unexpectedEnd, at: text.count, "a string is not closed", in: text)
    }
    guard text[place + 1] == UInt8(ascii: "u") else {
      if simpleEscape(text[place + 1]) != nil { return (2, 1) }
      throw failure(.badEscape, at: place, "there is no such escape", in: text)
    }
    let unit = try readHexDigits(text, escapeAt: place)
    guard unit & 0xF800 == 0xD800 else { return (6, unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3) }
    let low = place + 6
    let isFollowed =
      unit < 0xDC00 && low + 1 < text.count && text[low] == UInt8(ascii: "\\")
      && text[low + 1] == UInt8(ascii: "u")
    guard isFollowed, try readHexDigits(text, escapeAt: low) & 0xFC00 == 0xDC00 else {
      let what = "this is one half of a surrogate pair without the other"
      throw failure(.loneSurrogate, at: place, what, in: text)
    }
    return (12, 4)
  }

  private func readHexDigits(_ text: Span<UInt8>, escapeAt place: Int) throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for offset in 2..<6 {
      guard place + offset < text.count else {
        throw failure(.unexpectedEnd, at: text.count, "a string is not closed", in: text)
      }
      guard let digit = hexDigitValue(text[place + offset]) else {
        throw failure(.badEscape, at: place, "four hexadecimal digits must follow \\u", in: text)
      }
      unit = unit << 4 | digit
    }
    return unit
  }

  /// Notes a key in its object and says whether the object did not have it yet.
  ///
  /// Few keys are compared one by one, which needs no memory; from then on a table keeps the whole
  /// document linear.
  mutating func addKey(_ key: Int, _ text: Span<UInt8>) -> Bool {
    let innermost = open.count - 1
    open[innermost].count += 1
    open[innermost].key = key
    if open[innermost].count <= KeyTable.smallestCount {
      return !earlierKeys(of: innermost, before: key, contain: key, text)
    }
    // The table is out of its place while it changes, so that it is never copied.
    var keys = innermostKeys(before: key, text)
    let isNew = keys.insert(key, nodes: nodes.span, text: text)
    keyTables.append(keys)
    return isNew
  }

  private mutating func innermostKeys(before key: Int, _ text: Span<UInt8>) -> KeyTable {
    let innermost = open.count - 1
    if open[innermost].hasKeyTable { return keyTables.removeLast() }
    open[innermost].hasKeyTable = true
    return firstKeys(of: innermost, before: key, text)
  }

  private func earlierKeys(
    of container: Int, before end: Int, contain key: Int, _ text: Span<UInt8>
  ) -> Bool {
    var earlier = open[container].node + 1
    while earlier < end {
      if spellsSame(nodes[earlier], nodes[key], in: text) { return true }
      earlier = Int(nodes[earlier + 1].next)
    }
    return false
  }

  private func firstKeys(of container: Int, before end: Int, _ text: Span<UInt8>) -> KeyTable {
    var keys = KeyTable()
    var earlier = open[container].node + 1
    while earlier < end {
      _ = keys.insert(earlier, nodes: nodes.span, text: text)
      earlier = Int(nodes[earlier + 1].next)
    }
    return keys
  }
}

/// The first byte from `start` on that is not plain printable ASCII of a string.
func plainRunEnd(_ text: Span<UInt8>, from start: Int) -> Int {
  var place = start
  while place < text.count {
    let byte = text[place]
    // One subtraction sorts out control characters and everything beyond ASCII.
    if byte &- 0x20 >= 0x60 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
      break
    }
    place += 1
  }
  return place
}
