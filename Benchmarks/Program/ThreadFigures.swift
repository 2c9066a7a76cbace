import Dispatch
import Promo
import Synchronization

/// What a second thread brings: one cart is one thread's work, so it is given to whole carts.
///
/// The reference is asked the same, in alternation: what it gains is what the machine has to give,
/// since two threads share its memory and, on some, its cores.
enum ThreadFigures {
  private enum Till { case engine, reference }

  static func measure(_ bench: Bench) throws(BenchProblem) -> [Figure] {
    var times: [Till: (alone: [Double], together: [Double])] = [:]
    for _ in 0..<5 {
      for till in [Till.engine, .reference] {
        times[till, default: ([], [])].alone.append(time(bench, till, threads: 1))
        times[till, default: ([], [])].together.append(time(bench, till, threads: 2))
      }
    }
    func gain(_ till: Till) throws(BenchProblem) -> Double {
      guard let (alone, together) = times[till], !(alone + together).contains(0) else {
        throw .unpriced("W5 on threads")
      }
      return Timing.median(zip(alone, together).map { 2 * $0 / $1 })
    }
    return [
      Figure(
        name: FigureName.threads, value: try gain(.engine), unit: "x one",
        note: "wall time; two carts at once, each on its thread"),
      Figure(
        name: FigureName.referenceThreads, value: try gain(.reference), unit: "x one",
        note: "what the machine gives, in alternation with ours"),
    ]
  }

  /// Wall time from the moment all threads are warm until the last is done; zero when it fails.
  private static func time(_ bench: Bench, _ till: Till, threads: Int) -> Double {
    let waiting = Atomic(threads)
    let failures = Atomic(0)
    let results = Mutex<[(start: Double, end: Double)]>([])
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      func measure(_ price: () -> Void) {
        let times = ThreadFigures.times(waiting, price)
        results.withLock { $0.append(times) }
      }
      do {
        switch till {
        case .engine:
          var engine = try bench.engine()
          measure { engine.price() }
        case .reference:
          let reference = ReferenceUnderTest(bench.workload)
          measure { reference.price() }
        }
      } catch {
        waiting.subtract(1, ordering: .acquiringAndReleasing)
        failures.add(1, ordering: .relaxed)
      }
    }
    guard failures.load(ordering: .relaxed) == 0 else { return 0 }
    let times = results.withLock { $0 }
    let end = times.map(\.end).max() ?? 0
    return end - (times.map(\.start).min() ?? 0)
  }

  /// When one thread began to price its carts, once all were warm, and when it was done.
  private static func times(
    _ waiting: borrowing Atomic<Int>, _ price: () -> Void
  ) -> (start: Double, end: Double) {
    let runs = 4
    price()
    waiting.subtract(1, ordering: .acquiringAndReleasing)
    while waiting.load(ordering: .acquiring) > 0 {}
    let start = Clock.wall
    for _ in 0..<runs { price() }
    return (start, Clock.wall)
  }
}
