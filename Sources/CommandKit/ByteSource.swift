/// Where bytes come from: a file descriptor, or memory for tests.
package final class ByteSource {
  private enum Origin {
    case descriptor(Int32, isOwned: Bool)
    case memory([UInt8])
  }

  /// How many bytes there are in all, where that is known beforehand.
  package let byteCount: Int?
  private let origin: Origin
  private var offset = 0

  /// A source over an open descriptor that somebody else closes.
  package init(descriptor: Int32) {
    origin = .descriptor(descriptor, isOwned: false)
    byteCount = SystemCalls.regularFileSize(descriptor)
  }

  /// A source of bytes at hand.
  package init(bytes: [UInt8]) {
    origin = .memory(bytes)
    byteCount = bytes.count
  }

  /// Opens a file; `-` is not special here.
  package init(opening path: String) throws(FileProblem) {
    let descriptor: Int32
    switch SystemCalls.openForReading(path) {
    case .success(let opened): descriptor = opened
    case .failure(let error): throw FileProblem(path: path, verb: .read, errorNumber: error.number)
    }
    origin = .descriptor(descriptor, isOwned: true)
    byteCount = SystemCalls.regularFileSize(descriptor)
  }

  deinit {
    if case .descriptor(let descriptor, isOwned: true) = origin { SystemCalls.close(descriptor) }
  }

  /// The next bytes, at least one and at most `count`; none at the end.
  package func read(atMost count: Int, path: String) throws(FileProblem) -> [UInt8] {
    switch origin {
    case .memory(let bytes):
      let end = min(bytes.count, offset + count)
      defer { offset = end }
      return Array(bytes[offset..<end])
    case .descriptor(let descriptor, _):
      switch SystemCalls.read(descriptor, atMost: count) {
      case .success(let bytes): return bytes
      case .failure(let error):
        throw FileProblem(path: path, verb: .read, errorNumber: error.number)
      }
    }
  }

  /// Everything that is left.
  package func readToEnd(path: String) throws(FileProblem) -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let piece = try read(atMost: 1 << 16, path: path)
      if piece.isEmpty { return all }
      all.append(contentsOf: piece)
    }
  }
}
