/// How even the times of single carts are.
///
/// Timer ticks and what else the system does in between count as the thread's own time. Beside the
/// engine stands work that needs no memory and always takes as long: what is uneven about it is the
/// machine's doing, and no engine is more even than that.
enum TailFigures {
  /// Times single carts of W2 on this thread, without the time that asking the clock takes.
  static func measure(_ bench: Bench) throws(BenchProblem) -> [Figure] {
    var engine = try bench.engine()
    let reference = ReferenceUnderTest(bench.workload)
    let ours = times { engine.price() }
    let theirs = times { reference.price() }
    var spin = Spin(nanoseconds: Timing.quantile(ours, 0.5))
    let machine = times { spin.turn() }
    return figures(ours, "W2, one cart, ", FigureName.tail)
      + figures(theirs, "W2, one cart of the reference, ", "W2 tail of the reference")
      + figures(machine, "idle work as long as one cart, ", "tail of the machine alone")
  }

  private static func figures(_ times: [Double], _ name: String, _ tail: String) -> [Figure] {
    let median = Timing.quantile(times, 0.5)
    return [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)].map { label, part in
      Figure(name: name + label, value: Timing.quantile(times, part) / 1e3, unit: "us")
    } + [
      Figure(
        name: tail, value: Timing.quantile(times, 0.999) / median, unit: "x the median",
        note: "\(times.count) carts")
    ]
  }

  /// Sorted times of single runs: as many as fit into some seconds, at most a million.
  private static func times(_ work: () -> Void) -> [Double] {
    var idle = (0..<10_000).map { _ in
      let start = Clock.thread
      return Clock.thread - start
    }
    idle.sort()
    let overhead = Timing.quantile(idle, 0.5)
    let once = Timing.median(of: work)
    let count = max(100_000, min(1_000_000, Int(4e9 / (once + overhead))))
    var times = [Double](repeating: 0, count: count)
    for index in times.indices {
      let start = Clock.thread
      work()
      times[index] = max(0, Clock.thread - start - overhead)
    }
    times.sort()
    return times
  }
}

/// Work that needs no memory and always takes as long.
private struct Spin {
  private var dice = Dice(seed: 1)
  private var turns = 1_000
  private var sum: UInt64 = 0

  /// Work that takes about so long.
  init(nanoseconds: Double) {
    let each = Timing.median { turn() } / Double(turns)
    turns = max(1, Int(nanoseconds / each))
  }

  /// Does the work once.
  @inline(never)
  mutating func turn() {
    for _ in 0..<turns { sum ^= dice.next() }
  }
}
