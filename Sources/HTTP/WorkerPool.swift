import Dispatch
import Synchronization

/// Threads that do work which may wait, such as for the disk, while others read and write sockets.
final class WorkerPool: Sendable {
  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var next = 0
    var isStopping = false
  }

  private let state = Mutex(State())
  private let hasWork = DispatchSemaphore(value: 0)
  private let count: Int
  private let waitingMaximum: Int

  /// A pool whose threads do not run yet.
  init(count: Int, waitingMaximum: Int) {
    self.count = count
    self.waitingMaximum = waitingMaximum
  }

  /// Starts the threads; false when the system does not give them all.
  func start() -> Bool {
    (0..<count).allSatisfy { _ in startThread { self.workUntilStopped() } }
  }

  /// Has some thread do it; false when too much waits already.
  func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
    let isTaken = state.withLock { state in
      guard state.waiting.count - state.next < waitingMaximum, !state.isStopping else {
        return false
      }
      state.waiting.append(work)
      return true
    }
    if isTaken { hasWork.signal() }
    return isTaken
  }

  /// Lets the threads end after what they are at.
  func stop() {
    state.withLock { $0.isStopping = true }
    for _ in 0..<count { hasWork.signal() }
  }

  private func workUntilStopped() {
    while true {
      hasWork.wait()
      let (work, isOver) = state.withLock { state -> ((@Sendable () -> Void)?, Bool) in
        guard state.next < state.waiting.count else { return (nil, state.isStopping) }
        let work = state.waiting[state.next]
        state.next += 1
        if state.next == state.waiting.count {
          state.waiting.removeAll(keepingCapacity: true)
          state.next = 0
        }
        return (work, false)
      }
      if isOver { return }
      work?()
    }
  }
}
