/// What the parser knows about where lines may begin; kept only for the formatter.
struct Layout {
  /// How a block in braces is laid out.
  enum Block: UInt8 {
    /// One entry a line, always.
    case tall
    /// On one line if the author wrote it so and it fits.
    case asWritten
  }

  /// Indices of tokens that begin an item at the top of the file.
  var items: Set<Int> = []
  /// Indices of tokens that begin an entry of the block around them.
  var entries: Set<Int> = []
  /// Blocks by the index of their opening brace.
  var blocks: [Int: Block] = [:]
  /// Indices of `and`, `or` and `+`, behind which a long line breaks best.
  var breaks: Set<Int> = []
  /// Indices of words in whose front a long line may break.
  var breaksBefore: Set<Int> = []
}

extension Parser {
  mutating func noteItem() { layout?.items.insert(index) }
  mutating func noteEntry() { layout?.entries.insert(index) }
  mutating func noteBreak() { layout?.breaks.insert(index) }
  mutating func noteBreakBefore() { layout?.breaksBefore.insert(index) }

  /// Reads `{`, entries until `}`, and `}`.
  mutating func block(
    _ style: Layout.Block, _ entry: (inout Parser) throws(Mismatch) -> Void
  ) throws(Mismatch) {
    layout?.blocks[index] = style
    try require(.leftBrace)
    while !sees(.rightBrace) {
      noteEntry()
      try entry(&self)
    }
    try require(.rightBrace)
  }
}
