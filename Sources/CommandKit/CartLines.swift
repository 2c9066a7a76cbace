/// Lines of a stream as they come, in chunks of whole lines.
struct CartLines {
  /// Some lines in a row.
  struct Chunk: Sendable {
    /// The number of the first one, from 1.
    var firstNumber: Int
    /// Each without its line end; nil for one that is longer than a line may be.
    var lines: [ArraySlice<UInt8>?] = []
    /// Bytes of all of them, with their line ends.
    var byteCount = 0
  }

  /// Bytes a line may have; what is longer is told as an error and not kept.
  static let lineMaximum = 64 << 20
  private static let pieceSize = 256 << 10
  private static let chunkSize = 32 << 10

  private let source: ByteSource
  private let path: String
  private let lineMaximum: Int
  private var rest: [UInt8] = []
  private var isAtEnd = false
  /// Lines handed out so far.
  private(set) var lineCount = 0

  /// Lines of a source.
  init(_ source: ByteSource, path: String, lineMaximum: Int = CartLines.lineMaximum) {
    self.lineMaximum = lineMaximum
    self.source = source
    self.path = path
  }

  /// The lines that are there, waiting for one if there is none; no chunks at the end.
  mutating func next() throws(FileProblem) -> [Chunk] { split(try nextWholeLines()) }

  /// Bytes that end with a line end, or with the stream; what follows them is kept.
  private mutating func nextWholeLines() throws(FileProblem) -> [UInt8] {
    while true {
      let piece = isAtEnd ? [] : try source.read(atMost: Self.pieceSize, path: path)
      isAtEnd = isAtEnd || piece.isEmpty
      if let end = piece.lastIndex(of: 0x0A) {
        let text = rest + piece[...end]
        rest = Array(piece[(end + 1)...])
        return text
      }
      rest += piece
      if isAtEnd {
        defer { rest = [] }
        return rest
      }
      // A line without an end is cut here, so that it cannot fill the memory; `split` sees how
      // long it is and drops what still follows.
      if rest.count > lineMaximum { rest.removeSubrange((lineMaximum + 1)...) }
    }
  }

  private mutating func split(_ text: [UInt8]) -> [Chunk] {
    var chunks: [Chunk] = []
    var start = 0
    var chunk = Chunk(firstNumber: lineCount + 1)
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      chunk.lines.append(end - start > lineMaximum ? nil : text[start..<end])
      chunk.byteCount += end + 1 - start
      lineCount += 1
      start = end + 1
      if chunk.byteCount >= Self.chunkSize {
        chunks.append(chunk)
        chunk = Chunk(firstNumber: lineCount + 1)
      }
    }
    if !chunk.lines.isEmpty { chunks.append(chunk) }
    return chunks
  }
}
