import Dispatch
import Synchronization

/// Requests that are being done, so that one that is sent twice at once is done by one thread alone.
final class RunningRequests: Sendable {
  private struct Running: Sendable {
    let isOver = DispatchGroup()
    var waiting = 0
  }

  private let running = Mutex<[String: Running]>([:])
  private let milliseconds: Int

  /// - Parameter milliseconds: How long a request waits for its twin.
  init(waiting milliseconds: Int) { self.milliseconds = milliseconds }

  /// Waits until no twin of a request is being done, and begins with it.
  ///
  /// - Returns: False when that takes too long, or too many wait for it already.
  func begin(_ id: String) -> Bool {
    let end = DispatchTime.now() + .milliseconds(milliseconds)
    while true {
      let (twin, isFull) = running.withLock { running -> (DispatchGroup?, Bool) in
        guard let twin = running[id] else {
          let mine = Running()
          mine.isOver.enter()
          running[id] = mine
          return (nil, false)
        }
        guard twin.waiting < ServiceLimits.twinsMaximum else { return (nil, true) }
        running[id]?.waiting += 1
        return (twin.isOver, false)
      }
      if isFull { return false }
      guard let twin else { return true }
      guard twin.wait(timeout: end) == .success else {
        running.withLock { if $0[id]?.isOver === twin { $0[id]?.waiting -= 1 } }
        return false
      }
    }
  }

  /// Is done with a request, and lets its twins go on.
  func end(_ id: String) {
    running.withLock { $0.removeValue(forKey: id) }?.isOver.leave()
  }
}
