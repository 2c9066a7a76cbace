/// Lines of a stream in windows of bounded size, each window cut into chunks of whole lines.
struct CartLines {
  /// Some lines in a row.
  struct Chunk: Sendable {
    /// The number of the first one, from 1.
    var firstNumber: Int
    /// Each without its line end; nil for one that is longer than a line may be.
    var lines: [ArraySlice<UInt8>?]
  }

  /// Bytes a line may have; what is longer is told as an error and not kept.
  static let lineMaximum = 64 << 20
  private static let pieceSize = 256 << 10
  private static let chunkSize = 32 << 10

  private let source: ByteSource
  private let path: String
  private let windowSize: Int
  private let lineMaximum: Int
  private var rest: [UInt8] = []
  private var isAtEnd = false
  /// Lines handed out so far.
  private(set) var lineCount = 0
  /// Bytes read so far.
  private(set) var byteCount = 0

  /// Lines of a source, in windows of about that many bytes.
  init(
    _ source: ByteSource, path: String, windowSize: Int,
    lineMaximum: Int = CartLines.lineMaximum
  ) {
    self.lineMaximum = lineMaximum
    self.source = source
    self.path = path
    self.windowSize = windowSize
  }

  /// The chunks of the next window; none at the end.
  mutating func nextWindow() throws(FileProblem) -> [Chunk] {
    var chunks: [Chunk] = []
    var size = 0
    while size < windowSize, !isAtEnd || !rest.isEmpty {
      let text = try nextWholeLines()
      size += text.count
      split(text, into: &chunks)
    }
    return chunks
  }

  /// Bytes that end with a line end, or with the stream; what follows them is kept.
  private mutating func nextWholeLines() throws(FileProblem) -> [UInt8] {
    while true {
      let piece = isAtEnd ? [] : try source.read(atMost: Self.pieceSize, path: path)
      byteCount += piece.count
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

  private mutating func split(_ text: [UInt8], into chunks: inout [Chunk]) {
    var start = 0
    var chunk = Chunk(firstNumber: lineCount + 1, lines: [])
    var chunkStart = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      chunk.lines.append(end - start > lineMaximum ? nil : text[start..<end])
      lineCount += 1
      start = end + 1
      if start - chunkStart >= Self.chunkSize {
        chunks.append(chunk)
        chunk = Chunk(firstNumber: lineCount + 1, lines: [])
        chunkStart = start
      }
    }
    if !chunk.lines.isEmpty { chunks.append(chunk) }
  }
}
