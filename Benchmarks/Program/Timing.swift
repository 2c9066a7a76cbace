/// Times of one run in nanoseconds of process time: medians of batches.
enum Timing {
  /// How long a batch lasts at least, and how many there are of runs that are quick and slow.
  private static let batch = 10e6
  private static let slow = 300e6
  private static let batchCount = 15
  private static let slowBatchCount = 5
  /// How many ratios are taken, and how much shorter than a batch each side of one is.
  private static let pairCount = 201
  private static let pairsPerBatch = 4

  /// Times two ways of doing the same work in alternation, so that what disturbs one disturbs the
  /// other too.
  static func race(_ first: () -> Void, _ second: () -> Void) -> (first: Double, second: Double) {
    let firstRuns = runs(first)
    let secondRuns = runs(second)
    let isSlow = firstRuns.time > slow || secondRuns.time > slow
    var times: (first: [Double], second: [Double]) = ([], [])
    for batch in 0..<(isSlow ? slowBatchCount : batchCount) {
      if batch & 1 == 0 { times.first.append(time(firstRuns.count, first)) }
      times.second.append(time(secondRuns.count, second))
      if batch & 1 == 1 { times.first.append(time(firstRuns.count, first)) }
    }
    return (median(times.first), median(times.second))
  }

  /// How many times as long the second of two ways takes: the middle one of the ratios of many
  /// short batches, each of one way right beside one of the other, so that what slows the machine
  /// for longer than a moment slows both.
  static func ratio(_ first: () -> Void, _ second: () -> Void) -> Double {
    let (one, other) = (runs(first).count, runs(second).count)
    let counts = (max(1, one / pairsPerBatch), max(1, other / pairsPerBatch))
    return median(
      (0..<pairCount).map { pair in
        if pair & 1 == 0 {
          let before = time(counts.0, first)
          return time(counts.1, second) / before
        }
        return time(counts.1, second) / time(counts.0, first)
      })
  }

  /// Times one way of doing some work.
  static func median(of work: () -> Void) -> Double {
    let runs = runs(work)
    let count = runs.time > slow ? slowBatchCount : batchCount
    return median((0..<count).map { _ in time(runs.count, work) })
  }

  /// The middle one of some times.
  static func median(_ times: [Double]) -> Double { quantile(times.sorted(), 0.5) }

  /// The time that a part of the others does not exceed.
  static func quantile(_ sorted: [Double], _ part: Double) -> Double {
    sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
  }

  /// How many runs make a batch, and what one takes.
  private static func runs(_ work: () -> Void) -> (count: Int, time: Double) {
    work()
    var count = 1
    while true {
      let all = time(count, work) * Double(count)
      if all >= batch / 4 { return (max(1, Int(batch / all * Double(count))), all / Double(count)) }
      count *= 4
    }
  }

  private static func time(_ count: Int, _ work: () -> Void) -> Double {
    let start = Clock.process
    for _ in 0..<count { work() }
    return (Clock.process - start) / Double(count)
  }
}
