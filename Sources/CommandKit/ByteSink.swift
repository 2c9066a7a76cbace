import Synchronization

/// Where bytes go: a file descriptor, or memory for tests.
///
/// Bytes are gathered and written in large pieces. A reader that went away is no error: whatever
/// is written afterwards is dropped and `isClosed` tells who wants to stop early.
package final class ByteSink: Sendable {
  private enum Target {
    case descriptor(Int32)
    case memory
  }

  private struct State {
    var pending: [UInt8] = []
    var isClosed = false
    var failureNumber: Int32?
  }

  /// Whether a person is looking at it.
  package let isTerminal: Bool
  private let target: Target
  private let writesThrough: Bool
  private let state = Mutex(State())
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

  /// Whether nobody reads any more.
  package var isClosed: Bool { state.withLock { $0.isClosed } }

  /// The system's number of the first write error that was not a closed pipe.
  package var failureNumber: Int32? { state.withLock { $0.failureNumber } }

  /// What a sink in memory has received.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// What a sink in memory has received.
  package var bytes: [UInt8] { state.withLock { $0.pending } }

  /// Appends a text.
  package func write(_ text: String) { write(bytes: Array(text.utf8)) }

  /// Appends a text and a line end.
  package func writeLine(_ text: String = "") { write(text + "\n") }

  /// Appends bytes.
  package func write(bytes: [UInt8]) {
    state.withLock { state in
      guard !state.isClosed, state.failureNumber == nil else { return }
      state.pending.append(contentsOf: bytes)
      if writesThrough || state.pending.count >= ByteSink.pendingMaximum { handOn(&state) }
    }
  }

  /// Hands on what has been kept back.
  package func flush() { state.withLock { handOn(&$0) } }

  private func handOn(_ state: inout State) {
    guard case .descriptor(let descriptor) = target, !state.pending.isEmpty else { return }
    switch SystemCalls.writeAll(state.pending, to: descriptor) {
    case .done: break
    case .closed: state.isClosed = true
    case .failed(let number): state.failureNumber = number
    }
    state.pending.removeAll(keepingCapacity: true)
  }
}
