import Dispatch
import Promo
import Synchronization

/// What a second thread brings: one cart is one thread's work, so it is given to whole carts.
enum ThreadFigures {
  static func measure(_ bench: Bench) throws(BenchProblem) -> [Figure] {
    let runs = 4
    var alone: [Double] = []
    var together: [Double] = []
    for _ in 0..<3 {
      alone.append(time(bench, threads: 1, runs: runs))
      together.append(time(bench, threads: 2, runs: runs))
    }
    let (one, two) = (Timing.median(alone), Timing.median(together))
    guard one > 0, two > 0 else { throw .unpriced("W5 on threads") }
    return [
      Figure(
        name: FigureName.threads, value: 2 * one / two, unit: "x one",
        note: "wall time; two carts at once, each on its thread")
    ]
  }

  /// Wall time from the moment all threads are warm until the last is done; zero when it fails.
  private static func time(_ bench: Bench, threads: Int, runs: Int) -> Double {
    let waiting = Atomic(threads)
    let failures = Atomic(0)
    let results = Mutex<[(start: Double, end: Double)]>([])
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      do {
        var engine = try bench.engine()
        engine.price()
        waiting.subtract(1, ordering: .acquiringAndReleasing)
        while waiting.load(ordering: .acquiring) > 0 {}
        let start = Clock.wall
        for _ in 0..<runs { engine.price() }
        let end = Clock.wall
        results.withLock { $0.append((start, end)) }
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
}
