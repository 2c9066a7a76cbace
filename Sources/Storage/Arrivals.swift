import Dispatch
import Synchronization

/// Counts what is expected, and lets one thread wait until all of it has come.
final class Arrivals: Sendable {
  private struct State: Sendable {
    var expected = 0
    var isWaitedFor = false
  }

  private let state = Mutex(State())
  /// Signalled once for each wait that ends because nothing is expected any more.
  private let areAllHere = DispatchSemaphore(value: 0)

  /// One more is expected.
  func begin() { state.withLock { $0.expected += 1 } }

  /// One has come, or will not.
  func end() {
    let isLast = state.withLock { state in
      state.expected -= 1
      guard state.expected == 0, state.isWaitedFor else { return false }
      state.isWaitedFor = false
      return true
    }
    if isLast { areAllHere.signal() }
  }

  /// Waits until nothing is expected any more, at most so long.
  func wait(milliseconds: Int) {
    let mustWait = state.withLock { state in
      state.isWaitedFor = state.expected > 0
      return state.isWaitedFor
    }
    guard mustWait else { return }
    guard areAllHere.wait(timeout: .now() + .milliseconds(milliseconds)) == .timedOut else {
      return
    }
    let isLate = state.withLock { state in
      defer { state.isWaitedFor = false }
      return !state.isWaitedFor
    }
    // The last one came while the time ran out; its signal is not left for another wait.
    if isLate { areAllHere.wait() }
  }
}
