import Foundation
import Synchronization

/// Time on a core that the writer of a queue takes, seen whenever it asks what time it is.
final class WriterTime: Sendable {
  private struct Look {
    var thread: pthread_t
    var time: Double
  }

  private struct State {
    var last: Look?
    var seconds: Double = 0
  }

  private let state = Mutex(State())

  /// Seconds so far, up to the last time it was asked.
  var seconds: Double { state.withLock { $0.seconds } }

  /// Adds the time since the last look, unless another thread has become the writer since.
  func look() {
    let now = Look(thread: pthread_self(), time: CPUClock.thread)
    state.withLock { state in
      if let last = state.last, last.thread == now.thread { state.seconds += now.time - last.time }
      state.last = now
    }
  }
}
