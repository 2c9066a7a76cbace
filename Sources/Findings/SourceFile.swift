/// The bytes of one rule file and where its lines begin.
public struct SourceFile: Sendable {
  /// The path as the user gave it; shown, never opened.
  public let path: String
  /// The text, UTF-8.
  public let bytes: [UInt8]
  /// Offset of the first byte of each line; LF, CRLF and CR all end a line.
  package let lineStarts: [Int32]

  /// A file from its path and bytes.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    // A file beyond what offsets can count is refused by the lexer, which looks at its size alone.
    let countable = min(bytes.count, Int(Int32.max))
    let text = bytes.span.extracting(first: countable)
    var endCount = 0
    for offset in text.indices { endCount += text[offset] == 0x0A || text[offset] == 0x0D ? 1 : 0 }
    var starts: [Int32] = [0]
    starts.reserveCapacity(endCount + 1)
    var offset = 0
    while offset < countable {
      let byte = text[offset]
      offset += 1
      guard byte <= 0x0D, byte == 0x0A || byte == 0x0D else { continue }
      if byte == 0x0D, offset < countable, text[offset] == 0x0A { offset += 1 }
      starts.append(Int32(offset))
    }
    lineStarts = starts
  }

  /// A file from its path and text.
  public init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }

  /// Line and column, both from 1, of a byte offset; the column counts characters.
  package func position(of offset: Int32) -> (line: Int, column: Int) {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = Int(lineStarts[low])
    let end = min(max(Int(offset), start), bytes.count)
    let column = bytes[start..<end].reduce(into: 1) { $0 += $1 & 0xC0 == 0x80 ? 0 : 1 }
    return (low + 1, column)
  }
}
