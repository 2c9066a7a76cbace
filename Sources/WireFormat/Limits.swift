/// What one document may cost at most, so that hostile input cannot ask for more memory than planned.
package struct JSONLimits: Hashable, Sendable {
  /// Bytes of the whole text.
  package var bytesMaximum: Int
  /// Bytes of one string or key after its escapes are decoded.
  package var stringBytesMaximum: Int
  /// Arrays and objects that may stand inside each other.
  package var depthMaximum: Int
  /// Values and keys of the whole document.
  package var nodesMaximum: Int

  /// Limits that fit the largest cart the contract allows.
  package static let `default` = JSONLimits()

  /// Limits; each one that is not given has its default.
  ///
  /// Positions in a document are 32 bits wide, so no limit may pass two thousand million.
  package init(
    bytesMaximum: Int = 64 << 20, stringBytesMaximum: Int = 1 << 20, depthMaximum: Int = 64,
    nodesMaximum: Int = 8_000_000
  ) {
    precondition(bytesMaximum <= Int(Int32.max), "positions are 32 bits wide")
    self.bytesMaximum = bytesMaximum
    self.stringBytesMaximum = stringBytesMaximum
    self.depthMaximum = depthMaximum
    self.nodesMaximum = nodesMaximum
  }
}
