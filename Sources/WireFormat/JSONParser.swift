/// The reader's state: where it is, what it has found, and which arrays and objects are open.
///
/// It is a loop over three questions (a value, a key, or what follows a value) and never calls
/// itself, so the depth of a document costs no stack.
struct JSONParser {
  /// What may come next.
  enum Expectation { case value, firstElement, key, firstKey, separator }

  /// An array or object that has not ended yet.
  struct OpenContainer {
    var node: Int
    var isObject: Bool
    /// Values that have begun in it.
    var count: Int32 = 0
    /// The entry of the key read last, for objects.
    var key = 0
    /// Whether its keys have a table, which is then the last one while it is innermost.
    var hasKeyTable = false
  }

  let limits: JSONLimits
  var position = 0
  var nodes: [JSONNode] = []
  var open: [OpenContainer] = []
  /// The keys of open objects that have too many to compare one by one, outermost first.
  var keyTables: [KeyTable] = []
  /// Whether the last thing that began in the innermost container is a value that goes on.
  var isInsideValue = true

  init(limits: JSONLimits) {
    self.limits = limits
  }

  /// Reads the whole text into `nodes`.
  mutating func parse(_ text: Span<UInt8>) throws(JSONError) {
    if text.count > limits.bytesMaximum {
      throw failure(.tooLarge, at: limits.bytesMaximum, "the text is too long", in: text)
    }
    if text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF {
      throw failure(.badEncoding, at: 0, "leave the byte order mark out", in: text)
    }
    // A guess that is right for objects with short keys saves most of the copying while growing.
    nodes.reserveCapacity(min(text.count / 10 + 2, limits.nodesMaximum))
    var expectation = Expectation.value
    repeat {
      skipSpace(text)
      switch expectation {
      case .value: expectation = try readValue(text)
      case .firstElement:
        if position < text.count && text[position] == UInt8(ascii: "]") {
          expectation = closeContainer()
        } else {
          expectation = try readElement(text)
        }
      case .key, .firstKey:
        expectation = try readKey(text, mayClose: expectation == .firstKey)
      case .separator: expectation = try readSeparator(text)
      }
    } while !(open.isEmpty && expectation == .separator)
    skipSpace(text)
    if position < text.count {
      isInsideValue = false
      throw failure(.trailingBytes, at: position, "the document has already ended", in: text)
    }
  }

  /// Moves over spaces, tabs and line ends.
  private mutating func skipSpace(_ text: Span<UInt8>) {
    var place = position
    while place < text.count {
      switch text[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      default:
        position = place
        return
      }
    }
    position = place
  }

  /// Counts a new element of the innermost array and reads it.
  private mutating func readElement(_ text: Span<UInt8>) throws(JSONError) -> Expectation {
    open[open.count - 1].count += 1
    isInsideValue = true
    return try readValue(text)
  }

  /// Reads what begins a value: all of it, or the bracket of a container.
  private mutating func readValue(_ text: Span<UInt8>) throws(JSONError) -> Expectation {
    guard position < text.count else {
      throw failure(.unexpectedEnd, at: position, "a value is missing", in: text)
    }
    switch text[position] {
    case UInt8(ascii: "\""): try readString(text)
    case UInt8(ascii: "{"): return try openContainer(text, isObject: true)
    case UInt8(ascii: "["): return try openContainer(text, isObject: false)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber(text)
    case UInt8(ascii: "t"): try readWord("true", kind: .yes, text)
    case UInt8(ascii: "f"): try readWord("false", kind: .no, text)
    case UInt8(ascii: "n"): try readWord("null", kind: .null, text)
    default: throw failure(.expectedValue, at: position, "a value must stand here", in: text)
    }
    isInsideValue = false
    return .separator
  }

  private mutating func openContainer(
    _ text: Span<UInt8>, isObject: Bool
  ) throws(JSONError) -> Expectation {
    if open.count >= limits.depthMaximum {
      throw failure(
        .tooDeep, at: position,
        "at most \(limits.depthMaximum) arrays and objects may stand inside each other", in: text)
    }
    open.append(OpenContainer(node: nodes.count, isObject: isObject))
    try append(isObject ? .object : .array, from: position, to: position + 1, text)
    position += 1
    isInsideValue = false
    return isObject ? .firstKey : .firstElement
  }

  private mutating func closeContainer() -> Expectation {
    position += 1
    if let container = open.popLast() {
      if container.hasKeyTable { keyTables.removeLast() }
      nodes[container.node].end = Int32(truncatingIfNeeded: position)
      nodes[container.node].next = Int32(truncatingIfNeeded: nodes.count)
      nodes[container.node].count = container.count
    }
    isInsideValue = false
    return .separator
  }

  /// Reads a key and its colon, or the brace that ends an object without members.
  private mutating func readKey(
    _ text: Span<UInt8>, mayClose: Bool
  ) throws(JSONError) -> Expectation {
    guard position < text.count else {
      throw failure(.unexpectedEnd, at: position, "an object is not closed", in: text)
    }
    if mayClose && text[position] == UInt8(ascii: "}") { return closeContainer() }
    guard text[position] == UInt8(ascii: "\"") else {
      throw failure(.expectedKey, at: position, "a key in double quotes must stand here", in: text)
    }
    let key = nodes.count
    try readString(text)
    let isNew = addKey(key, text)
    isInsideValue = true
    if !isNew {
      let start = Int(nodes[key].start) - 1
      throw failure(.duplicateKey, at: start, "this object already has this key", in: text)
    }
    skipSpace(text)
    guard position < text.count else {
      throw failure(.unexpectedEnd, at: position, "a key has no value", in: text)
    }
    guard text[position] == UInt8(ascii: ":") else {
      throw failure(.unexpectedCharacter, at: position, "a colon must follow the key", in: text)
    }
    position += 1
    return .value
  }

  /// Reads what follows a value inside a container: a comma or the end.
  private mutating func readSeparator(_ text: Span<UInt8>) throws(JSONError) -> Expectation {
    let isObject = open[open.count - 1].isObject
    guard position < text.count else {
      let what = isObject ? "an object is not closed" : "an array is not closed"
      throw failure(.unexpectedEnd, at: position, what, in: text)
    }
    switch text[position] {
    case UInt8(ascii: ","):
      position += 1
      if isObject { return .key }
      skipSpace(text)
      return try readElement(text)
    case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
      return closeContainer()
    default:
      let what = isObject ? "a comma or } must stand here" : "a comma or ] must stand here"
      throw failure(.unexpectedCharacter, at: position, what, in: text)
    }
  }

  private mutating func readWord(
    _ word: StaticString, kind: JSONNode.Kind, _ text: Span<UInt8>
  ) throws(JSONError) {
    let start = position
    for offset in 0..<word.utf8CodeUnitCount {
      guard start + offset < text.count else {
        throw failure(.unexpectedEnd, at: text.count, "\(word) is cut off", in: text)
      }
      guard text[start + offset] == word.utf8Start[offset] else {
        throw failure(.expectedValue, at: start, "a value must stand here", in: text)
      }
    }
    position = start + word.utf8CodeUnitCount
    try append(kind, from: start, to: position, text)
  }

  /// Puts an entry on the tape.
  mutating func append(
    _ kind: JSONNode.Kind, from start: Int, to end: Int, _ text: Span<UInt8>
  ) throws(JSONError) {
    guard nodes.count < limits.nodesMaximum else {
      throw failure(.tooLarge, at: start, "the document has too many values", in: text)
    }
    nodes.append(
      JSONNode(
        kind: kind, start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end),
        next: Int32(truncatingIfNeeded: nodes.count + 1), count: 0))
  }
}
