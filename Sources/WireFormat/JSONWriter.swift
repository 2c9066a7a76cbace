/// Appends JSON to a buffer of bytes, value by value.
///
/// The caller says what comes in order; commas, colons, line ends and escapes are the writer's
/// work. Calls in an order that no document has are programmer mistakes and stop the program.
package struct JSONWriter: ~Copyable {
  /// How a document is laid out.
  package enum Style: Hashable, Sendable {
    /// On one line without spaces, for lines of a batch.
    case compact
    /// A value a line, indented by two spaces, for people.
    case pretty
  }

  /// Arrays and objects that may stand inside each other, as many as a reader takes.
  private static let depthMaximum = 64

  private var output: GrowingBytes
  private let style: Style
  /// How many arrays and objects are open.
  private var depth = 0
  /// A bit for each of them, that of the innermost one lowest: whether it is an object.
  private var objects: UInt64 = 0
  /// Likewise, whether it has something in it.
  private var filled: UInt64 = 0
  private var hasKey = false
  private var isComplete = false

  /// An empty buffer; with a guess of its size it need not grow.
  package init(style: Style = .compact, reservingBytes capacity: Int = 0) {
    self.style = style
    output = GrowingBytes(capacity: capacity)
  }

  /// A copy of what has been written.
  package var bytes: [UInt8] { output.bytes }

  /// How many bytes have been written.
  package var byteCount: Int { output.count }

  /// Ends the document with a line end, after which another one may follow.
  package mutating func endLine() {
    precondition(isComplete, "a line holds one whole document")
    output.append(UInt8(ascii: "\n"))
    isComplete = false
  }

  /// Forgets what has been written and keeps the room for it.
  package mutating func removeAll() {
    output.removeAll()
    (depth, objects, filled) = (0, 0, 0)
    hasKey = false
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
    precondition(depth > 0 && objects & 1 == 1, "keys belong to objects")
    precondition(!hasKey, "every key has one value")
    hasKey = true
    let comma = filled & 1 == 0 ? 0 : UInt8(ascii: ",")
    filled |= 1
    guard style == .compact else {
      if comma != 0 { output.append(comma) }
      breakLine()
      output.append(quoted: name, after: 0, before: UInt8(ascii: ":"))
      output.append(UInt8(ascii: " "))
      return
    }
    output.append(quoted: name, after: comma, before: UInt8(ascii: ":"))
  }

  /// Writes a text.
  package mutating func string(_ text: String) {
    beforeValue()
    output.append(quoted: text, after: 0, before: 0)
    afterValue()
  }

  /// Writes an integer as a number.
  package mutating func number(_ value: Int64) { number(value, decimals: 0) }

  /// Writes an exact decimal as a number: 15 with one decimal is `1.5`.
  package mutating func number(_ value: Int64, decimals: Int) {
    beforeValue()
    precondition((0...18).contains(decimals), "an amount has at most eighteen decimals")
    output.append(value, decimals: decimals)
    afterValue()
  }

  /// Writes an amount as a string of its decimal digits: 1275 with two decimals is `"12.75"`.
  package mutating func decimal(_ minorUnits: Int64, decimals: Int) {
    beforeValue()
    precondition((0...18).contains(decimals), "an amount has at most eighteen decimals")
    output.fill(40) { room in
      room.append(UInt8(ascii: "\""))
      room.append(AmountDigits(minorUnits, decimals: decimals))
      room.append(UInt8(ascii: "\""))
    }
    afterValue()
  }

  /// Writes a flag.
  package mutating func bool(_ value: Bool) {
    beforeValue()
    output.fill(8) { if value { $0.append("true") } else { $0.append("false") } }
    afterValue()
  }

  /// Writes the word `null`.
  package mutating func null() {
    beforeValue()
    output.fill(8) { $0.append("null") }
    afterValue()
  }

  /// Writes a value that is compact JSON already.
  package mutating func raw(_ json: [UInt8]) {
    beforeValue()
    output.append(json.span)
    afterValue()
  }

  /// Writes a value piece by piece, which together are compact JSON.
  package mutating func value(_ write: (inout GrowingBytes) -> Void) {
    precondition(style == .compact, "pieces are laid out as they are")
    beforeValue()
    write(&output)
    afterValue()
  }

  private mutating func begin(isObject: Bool) {
    beforeValue()
    precondition(depth < Self.depthMaximum, "a document is at most 64 deep")
    output.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
    depth += 1
    objects = objects &<< 1 | (isObject ? 1 : 0)
    filled = filled &<< 1
    hasKey = false
  }

  private mutating func end(isObject: Bool) {
    precondition(
      depth > 0 && (objects & 1 == 1) == isObject, "what ends is what was begun last")
    precondition(!hasKey, "every key has one value")
    let isEmpty = filled & 1 == 0
    depth -= 1
    objects = objects &>> 1
    filled = filled &>> 1
    if !isEmpty { breakLine() }
    output.append(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    afterValue()
  }

  @inline(__always)
  private mutating func beforeValue() {
    precondition(!isComplete, "a document has one outermost value")
    guard depth > 0 else { return }
    precondition((objects & 1 == 1) == hasKey, "a value in an object has a key")
    guard !hasKey else { return }
    if filled & 1 == 1 { output.append(UInt8(ascii: ",")) }
    filled |= 1
    breakLine()
  }

  @inline(__always)
  private mutating func afterValue() {
    hasKey = false
    if depth == 0 { isComplete = true }
  }

  private mutating func breakLine() {
    guard style == .pretty else { return }
    output.append(UInt8(ascii: "\n"))
    for _ in 0..<depth { output.fill(2) { $0.append("  ") } }
  }
}
