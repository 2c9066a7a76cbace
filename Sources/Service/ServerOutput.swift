#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a command of the server writes: a descriptor, or memory for tests.
package final class ServerOutput {
  private let descriptor: Int32?
  private var pending: [UInt8] = []
  /// Whether something could not be written.
  package private(set) var hasFailed = false

  /// Writes to an open descriptor, in large pieces; nil keeps everything.
  package init(descriptor: Int32?) { self.descriptor = descriptor }

  /// What an output in memory has received.
  package var text: String { String(decoding: pending, as: UTF8.self) }

  /// Appends a text and a line end.
  package func writeLine(_ line: String) { write(Array(line.utf8) + [0x0A]) }

  /// Appends bytes.
  package func write(_ bytes: [UInt8]) {
    pending += bytes
    if pending.count >= 1 << 16 { flush() }
  }

  /// Hands everything to the system.
  package func flush() {
    guard let descriptor else { return }
    var written = 0
    while written < pending.count, !hasFailed {
      let count = pending[written...].withUnsafeBytes {
        systemWrite(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 { written += count } else if errno != EINTR { hasFailed = true }
    }
    pending.removeAll(keepingCapacity: true)
  }
}

private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}

/// Ends the process, and leaves to the system what it still has.
///
/// Libraries that clean up at an orderly exit do so while other threads end, which they do not bear.
func endProcess(_ code: Int32) -> Never { _exit(code) }
