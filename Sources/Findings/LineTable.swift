import Synchronization

/// Where the lines of a file begin, found once and shared by all copies of the file.
final class LineTable: Sendable {
  /// Empty until it is asked for; then at least the first line is there.
  private let found = Mutex<[Int32]>([])

  /// Offset of the first byte of each line.
  func starts(in bytes: [UInt8]) -> [Int32] {
    found.withLock { starts in
      if starts.isEmpty { starts = LineTable.find(in: bytes) }
      return starts
    }
  }

  private static func find(in bytes: [UInt8]) -> [Int32] {
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
    return starts
  }
}
