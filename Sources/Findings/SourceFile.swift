/// The bytes of one rule file and where its lines begin.
public struct SourceFile: Sendable {
  /// The path as the user gave it; shown, never opened.
  public let path: String
  /// The text, UTF-8.
  public let bytes: [UInt8]
  /// Found when a place is first asked for: most files are compiled and never shown.
  private let lines = LineTable()

  /// Offset of the first byte of each line; LF, CRLF and CR all end a line.
  package var lineStarts: [Int32] { lines.starts(in: bytes) }

  /// A file from its path and bytes.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// A file from its path and text.
  public init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }

  /// Line and column, both from 1, of a byte offset; the column counts characters.
  package func position(of offset: Int32) -> (line: Int, column: Int) {
    let lineStarts = lineStarts
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
