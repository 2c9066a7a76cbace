import Dispatch
import Synchronization

/// Lines for operators, whole ones from many threads.
///
/// Who has a line written does not wait for whoever reads it: a reader that stands still holds up one
/// thread, which does nothing else. Lines that find no room are counted, and the count is a line.
final class LogLines: Sendable {
  private struct State: Sendable {
    var waiting: [String] = []
    var dropped = 0
    var isWriting = false
  }

  private struct Shared: @unchecked Sendable { var output: ServerOutput }

  private let state = Mutex(State())
  private let output: Mutex<Shared>
  private let thread = DispatchQueue(label: "log")

  /// Lines for a file that is open.
  init(descriptor: Int32) {
    output = Mutex(Shared(output: ServerOutput(descriptor: descriptor)))
  }

  /// Has a line written.
  func write(_ line: String) {
    let mustStart = state.withLock { state in
      guard state.waiting.count < ServiceLimits.logLinesMaximum else {
        state.dropped += 1
        return false
      }
      state.waiting.append(line)
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if mustStart { thread.async { self.writeAll() } }
  }

  /// Waits until everything is written, unless nobody reads it.
  func end() {
    let isWritten = DispatchSemaphore(value: 0)
    thread.async { isWritten.signal() }
    _ = isWritten.wait(timeout: .now() + .seconds(2))
  }

  private func writeAll() {
    while true {
      let (lines, dropped) = state.withLock { state -> ([String], Int) in
        defer { (state.waiting, state.dropped) = ([], 0) }
        state.isWriting = !state.waiting.isEmpty || state.dropped > 0
        return (state.waiting, state.dropped)
      }
      if lines.isEmpty, dropped == 0 { return }
      output.withLock {
        for line in lines { $0.output.writeLine(line) }
        if dropped > 0 { $0.output.writeLine("{\"dropped\":\(dropped)}") }
        $0.output.flush()
      }
    }
  }
}
