/// Reads JSON that is written the plain way, without a tape between the bytes and their use.
///
/// Whatever is wrong or merely unusual makes it give up; the tape is then made after all, and its
/// reader tells what there is to tell. So all that is taken here is taken there too, with the same
/// meaning.
package struct PlainReader: Sendable {
  /// There is something that is not read here; whoever wants to know what reads the tape.
  package struct NotPlain: Error, Sendable {
    package init() {}
  }

  /// Where the bytes of a string stand in the text, its quotes left out.
  package struct Place: Sendable {
    package var start: Int
    package var count: Int
    /// Whether it has escapes, so that the bytes are not yet what they mean.
    package var isEscaped = false
    /// Whether it is known to be printable ASCII, without escapes.
    package var isPlain = true

    @inlinable
    init(start: Int, count: Int) {
      self.start = start
      self.count = count
    }
  }

  /// The byte to be read next.
  package var position: Int

  /// A reader from a byte on.
  package init(at position: Int = 0) { self.position = position }

  /// Moves over spaces, tabs and line ends.
  @inlinable
  package mutating func skipSpace(_ text: Span<UInt8>) {
    while position < text.count, text[position] <= 0x20 {
      switch text[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  /// Takes a byte if it comes next, after spaces.
  @inlinable @inline(__always)
  package mutating func take(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
    guard position < text.count else { return false }
    if text[position] == byte {
      position &+= 1
      return true
    }
    if text[position] > 0x20 { return false }
    var slow = self
    let isTaken = slow.takeAfterSpace(byte, text)
    self = slow
    return isTaken
  }

  @usableFromInline
  mutating func takeAfterSpace(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
    skipSpace(text)
    guard position < text.count, text[position] == byte else { return false }
    position += 1
    return true
  }

  /// Takes a byte that must come next, after spaces.
  @inlinable @inline(__always)
  package mutating func expect(_ byte: UInt8, _ text: Span<UInt8>) throws(NotPlain) {
    guard take(byte, text) else { throw NotPlain() }
  }

  /// Reads a key without escapes, and its colon.
  package mutating func key(_ text: Span<UInt8>) throws(NotPlain) -> Place {
    let key = try string(text)
    guard !key.isEscaped else { throw NotPlain() }
    try expect(UInt8(ascii: ":"), text)
    return key
  }

  /// Reads a string; its bytes are UTF-8.
  @inlinable @inline(__always)
  package mutating func string(_ text: Span<UInt8>) throws(NotPlain) -> Place {
    let start = position &+ 1
    if start <= text.count &- 8, text[position] == UInt8(ascii: "\"") {
      let count = plainBytes(word(text, at: start))
      if count < 8, text[start &+ count] == UInt8(ascii: "\"") {
        position = start &+ count &+ 1
        return Place(start: start, count: count)
      }
    }
    // A copy is handed on, so that nobody else sees where this reader stands.
    var slow = self
    let place = try slow.longString(text)
    self = slow
    return place
  }

  /// Reads a list of one string of up to seven bytes; nil for any other value, which is left.
  @inlinable @inline(__always)
  package mutating func shortOnlyString(_ text: Span<UInt8>) -> Place? {
    let start = position &+ 2
    guard start <= text.count &- 9, text[position] == UInt8(ascii: "["),
      text[position &+ 1] == UInt8(ascii: "\"")
    else { return nil }
    let count = plainBytes(word(text, at: start))
    let end = start &+ count
    guard count < 8, text[end] == UInt8(ascii: "\""), text[end &+ 1] == UInt8(ascii: "]") else {
      return nil
    }
    position = end &+ 2
    return Place(start: start, count: count)
  }

  /// Reads a string of any length.
  @usableFromInline
  mutating func longString(_ text: Span<UInt8>) throws(NotPlain) -> Place {
    try expect(UInt8(ascii: "\""), text)
    let start = position
    var place = start
    var isPlain = true
    while place < text.count {
      if place <= text.count &- 8 {
        let count = plainBytes(word(text, at: place))
        place += count
        if count == 8 { continue }
      }
      let byte = text[place]
      if byte == UInt8(ascii: "\"") {
        position = place + 1
        var string = Place(start: start, count: place - start)
        string.isPlain = isPlain
        return string
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(text, from: start) }
      let length = byte < 0x20 ? 0 : utf8SequenceLength(text, at: place)
      guard length > 0 else { throw NotPlain() }
      isPlain = isPlain && byte < 0x7F
      place += length
    }
    throw NotPlain()
  }

  /// Finds the end of a string with escapes, which are not checked here.
  private mutating func escapedString(
    _ text: Span<UInt8>, from start: Int
  ) throws(NotPlain) -> Place {
    var place = start
    while place < text.count {
      if text[place] == UInt8(ascii: "\"") {
        position = place + 1
        var string = Place(start: start, count: place - start)
        string.isEscaped = true
        string.isPlain = false
        return string
      }
      place += text[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    throw NotPlain()
  }

  /// The bytes that a string with escapes means.
  package func decoded(_ place: Place, _ text: Span<UInt8>) throws(NotPlain) -> [UInt8] {
    let document = try self.document(place.start - 1..<place.start + place.count + 1, text)
    guard let bytes = document.root.stringBytes else { throw NotPlain() }
    return bytes
  }

  /// A part of the text as a document of its own.
  package func document(
    _ range: Range<Int>, _ text: Span<UInt8>
  ) throws(NotPlain) -> JSONDocument {
    var bytes: [UInt8] = []
    bytes.append(addingCapacity: range.count) { bytes in
      bytes.append(text, from: range.lowerBound, count: range.count)
    }
    do { return try JSONDocument(parsing: bytes) } catch { throw NotPlain() }
  }

  /// Reads `true` or `false`.
  package mutating func flag(_ text: Span<UInt8>) throws(NotPlain) -> Bool {
    skipSpace(text)
    if holds("true", at: position, text) {
      position += 4
      return true
    }
    guard holds("false", at: position, text) else { throw NotPlain() }
    position += 5
    return false
  }

  /// Whether some bytes stand at a place.
  @inlinable @inline(__always)
  package func holds(_ word: StaticString, at place: Int, _ text: Span<UInt8>) -> Bool {
    guard place + word.utf8CodeUnitCount <= text.count else { return false }
    for offset in 0..<word.utf8CodeUnitCount where text[place + offset] != word.utf8Start[offset] {
      return false
    }
    return true
  }

  /// Moves over a value without checking it: whoever skips it has it read by the tape.
  package mutating func skipValue(_ text: Span<UInt8>) throws(NotPlain) {
    skipSpace(text)
    var depth = 0
    while position < text.count {
      switch text[position] {
      case UInt8(ascii: "\""):
        position += 1
        _ = try escapedString(text, from: position)
        if depth == 0 { return }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
        if depth == 0 {
          position += 1
          return
        }
      case UInt8(ascii: ",") where depth == 0: return
      default: break
      }
      position += 1
    }
    throw NotPlain()
  }
}
