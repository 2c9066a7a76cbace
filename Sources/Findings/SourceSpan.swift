/// A stretch of one rule file, in UTF-8 byte offsets; line and column are computed when shown.
public struct SourceSpan: Hashable, Sendable {
  /// Which file of the rule set, counted from zero in the order the files were given.
  public var file: Int32
  /// Offset of the first byte.
  public var start: Int32
  /// Offset one past the last byte; equal to `start` where something is missing.
  public var end: Int32

  /// A stretch from its file and byte offsets.
  public init(file: Int32, start: Int32, end: Int32) {
    self.file = file
    self.start = start
    self.end = end
  }

  /// The stretch from the start of this one to the end of a later one in the same file.
  package func through(_ later: SourceSpan) -> SourceSpan {
    SourceSpan(file: file, start: start, end: later.end)
  }

  /// The empty stretch right after this one: where something missing would stand.
  package var after: SourceSpan { SourceSpan(file: file, start: end, end: end) }
}
