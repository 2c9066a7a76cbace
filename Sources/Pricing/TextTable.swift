/// A dictionary keyed by bytes, since `String` equality would join texts that differ in bytes.
package struct TextTable<Value: Sendable>: Sendable {
  private var storage: [TextKey: Value] = [:]
  package init() {}

  package subscript(key: some Sequence<UInt8>) -> Value? {
    get { storage[TextKey(key)] }
    set { storage[TextKey(key)] = newValue }
  }

  package subscript(key: some Sequence<UInt8>, default value: Value) -> Value {
    get { storage[TextKey(key)] ?? value }
    set { storage[TextKey(key)] = newValue }
  }

  /// How many keys it holds.
  package var count: Int { storage.count }
}

/// The bytes of a text, hashed and compared as bytes.
private struct TextKey: Hashable, Sendable {
  let bytes: [UInt8]
  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
}

/// Whether two texts are the same bytes.
package func hasSameBytes(_ left: String, _ right: String) -> Bool {
  let (bytes, others) = (left.utf8.span, right.utf8.span)
  guard bytes.count == others.count else { return false }
  for place in bytes.indices where bytes[place] != others[place] { return false }
  return true
}

/// The form in which codes are compared: no outer blanks, ASCII letters lowered.
package func normalizedCode(_ code: String) -> [UInt8] {
  let bytes = code.utf8.drop(while: isBlank)
  var kept = Array(bytes)
  while let last = kept.last, isBlank(last) { kept.removeLast() }
  return kept.map(loweredASCII)
}

/// What stands among the codes for every code of a generated pool: no code begins with a blank.
package func poolKey(_ pool: String) -> [UInt8] { [0x20] + Array(pool.utf8) }

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

/// An ASCII letter in lower case, any other byte as it is.
func loweredASCII(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}
