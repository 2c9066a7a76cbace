/// Appends JSON to a buffer of bytes, value by value.
///
/// The caller says what comes in order; commas, colons, line ends and escapes are the writer's
/// work. Calls in an order that no document has are programmer mistakes and stop the program.
package struct JSONWriter: Sendable {
  /// How a document is laid out.
  package enum Style: Hashable, Sendable {
    /// On one line without spaces, for lines of a batch.
    case compact
    /// A value a line, indented by two spaces, for people.
    case pretty
  }

  /// An array or object that has not ended yet.
  private struct OpenContainer {
    var isObject: Bool
    var isEmpty = true
    var hasKey = false
  }

  /// What has been written.
  package private(set) var bytes: [UInt8] = []
  private let style: Style
  /// The innermost open container, and those around it; nothing is open when there are none.
  private var innermost = OpenContainer(isObject: false)
  private var outer: [OpenContainer] = []
  private var isComplete = false

  /// An empty buffer; with a guess of its size it need not grow.
  package init(style: Style = .compact, reservingBytes capacity: Int = 0) {
    self.style = style
    bytes.reserveCapacity(capacity)
  }

  /// Whether one whole document has been written.
  package var isFinished: Bool { isComplete }

  /// Ends the document with a line end, after which another one may follow.
  package mutating func endLine() {
    precondition(isComplete, "a line holds one whole document")
    bytes.append(UInt8(ascii: "\n"))
    isComplete = false
  }

  /// Forgets what has been written and keeps the room for it.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    innermost = OpenContainer(isObject: false)
    outer.removeAll(keepingCapacity: true)
    isComplete = false
  }

  /// Begins an object; keys and values follow until its end.
  package mutating func beginObject() { begin(isObject: true) }

  /// Ends the innermost open object.
  package mutating func endObject() { end(isObject: true) }

  /// Begins an array; values follow until its end.
  package mutating func beginArray() { begin(isObject: false) }

  /// Ends the innermost open array.
  package mutating func endArray() { end(isObject: false) }

  /// Names the value that follows, inside an object.
  package mutating func key(_ name: String) {
    precondition(!outer.isEmpty && innermost.isObject, "keys belong to objects")
    precondition(!innermost.hasKey, "every key has one value")
    innermost.hasKey = true
    let isFirst = innermost.isEmpty
    innermost.isEmpty = false
    guard style == .compact else {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      breakLine()
      appendQuoted(name)
      bytes.append(contentsOf: [UInt8(ascii: ":"), UInt8(ascii: " ")])
      return
    }
    appendQuoted(name, after: isFirst ? nil : UInt8(ascii: ","), before: UInt8(ascii: ":"))
  }

  /// Writes a text.
  package mutating func string(_ text: String) {
    beforeValue()
    appendQuoted(text)
    afterValue()
  }

  /// Writes an integer as a number.
  package mutating func number(_ value: Int64) {
    beforeValue()
    appendDigits(of: value, decimals: 0)
    afterValue()
  }

  /// Writes an exact decimal as a number: 15 with one decimal is `1.5`.
  package mutating func number(_ value: Int64, decimals: Int) {
    beforeValue()
    appendDigits(of: value, decimals: decimals)
    afterValue()
  }

  /// Writes an amount as a string of its decimal digits: 1275 with two decimals is `"12.75"`.
  package mutating func decimal(_ minorUnits: Int64, decimals: Int) {
    beforeValue()
    precondition((0...18).contains(decimals), "an amount has at most eighteen decimals")
    bytes.append(addingCapacity: 26) { room in
      room.append(UInt8(ascii: "\""))
      room.append(minorUnits, decimals: decimals)
      room.append(UInt8(ascii: "\""))
    }
    afterValue()
  }

  /// Writes a flag.
  package mutating func bool(_ value: Bool) {
    beforeValue()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
    afterValue()
  }

  /// Writes the word `null`.
  package mutating func null() {
    beforeValue()
    bytes.append(contentsOf: "null".utf8)
    afterValue()
  }

  /// Writes a value that is compact JSON already.
  package mutating func raw(_ json: [UInt8]) {
    beforeValue()
    bytes.append(contentsOf: json)
    afterValue()
  }

  private mutating func begin(isObject: Bool) {
    beforeValue()
    bytes.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
    outer.append(innermost)
    innermost = OpenContainer(isObject: isObject)
  }

  private mutating func end(isObject: Bool) {
    precondition(
      !outer.isEmpty && innermost.isObject == isObject, "what ends is what was begun last")
    precondition(!innermost.hasKey, "every key has one value")
    let isEmpty = innermost.isEmpty
    innermost = outer.removeLast()
    if !isEmpty { breakLine() }
    bytes.append(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    afterValue()
  }

  private mutating func beforeValue() {
    precondition(!isComplete, "a document has one outermost value")
    guard !outer.isEmpty else { return }
    precondition(innermost.isObject == innermost.hasKey, "a value in an object has a key")
    guard !innermost.isObject else { return }
    if innermost.isEmpty { innermost.isEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
    breakLine()
  }

  private mutating func afterValue() {
    innermost.hasKey = false
    if outer.isEmpty { isComplete = true }
  }

  private mutating func breakLine() {
    guard style == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in outer { bytes.append(contentsOf: [0x20, 0x20]) }
  }

  /// Appends a text between quotes, and a byte before and one behind them.
  private mutating func appendQuoted(
    _ text: String, after first: UInt8? = nil, before last: UInt8? = nil
  ) {
    let utf8 = text.utf8.span
    guard isPlainJSON(utf8) else {
      if let first { bytes.append(first) }
      bytes.append(UInt8(ascii: "\""))
      appendEscaped(text, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
      if let last { bytes.append(last) }
      return
    }
    bytes.append(addingCapacity: utf8.count + 4) { room in
      if let first { room.append(first) }
      room.append(UInt8(ascii: "\""))
      room.append(utf8, from: 0, count: utf8.count)
      room.append(UInt8(ascii: "\""))
      if let last { room.append(last) }
    }
  }

  private mutating func appendDigits(of value: Int64, decimals: Int) {
    precondition((0...18).contains(decimals), "an amount has at most eighteen decimals")
    bytes.append(addingCapacity: 24) { $0.append(value, decimals: decimals) }
  }
}
