/// A path to one value of a document, written the standard way: `/lines/3/price`.
///
/// - Source: RFC 6901.
struct JSONPointer {
  private var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(index: Int) {
    bytes.append(UInt8(ascii: "/"))
    bytes.append(contentsOf: String(index).utf8)
  }

  /// Adds a member; `~` and `/` inside its key are escaped.
  mutating func append(key: [UInt8]) {
    bytes.append(UInt8(ascii: "/"))
    for byte in key {
      switch byte {
      case UInt8(ascii: "~"): bytes.append(contentsOf: "~0".utf8)
      case UInt8(ascii: "/"): bytes.append(contentsOf: "~1".utf8)
      default: bytes.append(byte)
      }
    }
  }
}
