import Dispatch
import Synchronization

/// Requests that are being done, so that one that is sent twice at once is done by one thread alone.
final class RunningRequests: Sendable {
  private struct State: Sendable {
    /// What is being done, by its id; each is left when it is over.
    var running: [String: DispatchGroup] = [:]
    /// Requests that wait, for whichever twin: each keeps a thread from other work.
    var waiting = 0
  }

  private let state = Mutex(State())
  private let milliseconds: Int

  /// - Parameter milliseconds: How long a request waits for its twin.
  init(waiting milliseconds: Int) { self.milliseconds = milliseconds }

  /// Waits until no twin of a request is being done, and begins with it.
  ///
  /// - Returns: False when that takes too long, or too many wait for it already.
  func begin(_ id: String) -> Bool {
    let end = DispatchTime.now() + .milliseconds(milliseconds)
    while true {
      let (twin, isFull) = state.withLock { state -> (DispatchGroup?, Bool) in
        guard let twin = state.running[id] else {
          let mine = DispatchGroup()
          mine.enter()
          state.running[id] = mine
          return (nil, false)
        }
        guard state.waiting < ServiceLimits.twinsMaximum else { return (nil, true) }
        state.waiting += 1
        return (twin, false)
      }
      if isFull { return false }
      guard let twin else { return true }
      let isOver = twin.wait(timeout: end) == .success
      state.withLock { $0.waiting -= 1 }
      if !isOver { return false }
    }
  }

  /// Is done with a request, and lets its twins go on.
  func end(_ id: String) {
    state.withLock { $0.running.removeValue(forKey: id) }?.leave()
  }
}
