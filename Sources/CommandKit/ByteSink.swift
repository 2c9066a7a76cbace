/// Where bytes go: a file descriptor, or memory for tests.
///
/// Bytes are gathered and written in large pieces. A reader that went away is no error: whatever
/// is written afterwards is dropped and `isClosed` tells who wants to stop early.
package final class ByteSink {
  private enum Target {
    case descriptor(Int32)
    case memory
  }

  /// Whether a person is looking at it.
  package let isTerminal: Bool
  /// Whether nobody reads any more.
  package private(set) var isClosed = false
  /// The system's number of the first write error that was not a closed pipe.
  package private(set) var failureNumber: Int32?
  private let target: Target
  private let writesThrough: Bool
  private var pending: [UInt8] = []
  private static let pendingMaximum = 1 << 16

  /// A sink over an open descriptor; one that writes through keeps nothing back.
  package init(descriptor: Int32, writesThrough: Bool) {
    target = .descriptor(descriptor)
    isTerminal = SystemCalls.isTerminal(descriptor)
    self.writesThrough = writesThrough || isTerminal
  }

  /// A sink that keeps everything.
  package init(pretendingToBeTerminal isTerminal: Bool = false) {
    target = .memory
    self.isTerminal = isTerminal
    writesThrough = false
  }

  /// What a sink in memory has received.
  package var text: String { String(decoding: pending, as: UTF8.self) }

  /// What a sink in memory has received.
  package var bytes: [UInt8] { pending }

  /// Appends a text.
  package func write(_ text: String) { write(bytes: Array(text.utf8)) }

  /// Appends a text and a line end.
  package func writeLine(_ text: String = "") { write(text + "\n") }

  /// Appends bytes.
  package func write(bytes: [UInt8]) {
    guard !isClosed, failureNumber == nil else { return }
    pending.append(contentsOf: bytes)
    if writesThrough || pending.count >= ByteSink.pendingMaximum { flush() }
  }

  /// Hands on what has been kept back.
  package func flush() {
    guard case .descriptor(let descriptor) = target, !pending.isEmpty else { return }
    switch SystemCalls.writeAll(pending, to: descriptor) {
    case .done: break
    case .closed: isClosed = true
    case .failed(let number): failureNumber = number
    }
    pending.removeAll(keepingCapacity: true)
  }
}
