/// A parsed JSON text: its bytes, and one flat tape of entries that point into them.
///
/// Nothing is boxed per value; strings and numbers are decoded when asked for. An object's members
/// lie on the tape as key, value, key, value.
package struct JSONDocument: Sendable {
  /// The text as it came.
  let bytes: [UInt8]
  /// Values and keys in the order of the text; the first one is the root.
  let nodes: [JSONNode]

  /// Reads one whole document.
  ///
  /// - Throws: `JSONError` with the first thing that is wrong, in any of its codes.
  /// - Complexity: O(bytes), without recursion.
  package init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
    var parser = JSONParser(limits: limits)
    try parser.parse(bytes.span)
    self.bytes = bytes
    nodes = parser.nodes
  }

  /// The outermost value.
  package var root: JSONValue { JSONValue(document: self, index: 0) }
}
