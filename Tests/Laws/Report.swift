import Synchronization

/// What comparing many pairs of rules and carts came to.
package struct Report: Sendable {
  /// Carts priced by both evaluators.
  package var pairCount = 0
  /// Rule sets of which nothing passed the checker.
  package var refusedTrialCount = 0
  package var campaignCount = 0
  /// Campaigns that the checker refused.
  package var refusedCampaignCount = 0
  package var mismatchCount = 0
  /// The first mismatches as text, made small.
  package var mismatches: [String] = []

  package init() {}

  /// How many carts are tried on each rule set.
  package static let cartsPerTrial = 20
  /// How many mismatches are made small and told in full, by each worker; of one kind one a trial.
  private static let toldPerWorker = 60

  mutating func add(_ other: Report) {
    pairCount += other.pairCount
    refusedTrialCount += other.refusedTrialCount
    campaignCount += other.campaignCount
    refusedCampaignCount += other.refusedCampaignCount
    mismatchCount += other.mismatchCount
    mismatches += other.mismatches
  }

  private mutating func add(_ trial: Trial) {
    campaignCount += trial.rules.campaignCount
    refusedCampaignCount += trial.refusedCount
    var told: Set<String> = []
    for visit in trial.visits {
      pairCount += 1
      guard let difference = trial.difference(on: visit) else { continue }
      mismatchCount += 1
      if mismatches.count < Report.toldPerWorker, told.insert(difference.kind).inserted {
        mismatches.append(Mismatch(trial, visit, difference).description)
      }
    }
  }

  /// Compares the evaluators on at least so many pairs, on several workers.
  ///
  /// Which trials are run depends on the seed alone, never on the number of workers.
  package static func comparing(
    pairs: Int, seed: UInt64, workers: Int, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async -> Report {
    let trialCount = (pairs + cartsPerTrial - 1) / cartsPerTrial
    return await withTaskGroup(of: Report.self) { group in
      let counter = SharedCounter()
      for _ in 0..<max(1, workers) {
        group.addTask {
          var report = Report()
          while let index = counter.next(below: trialCount) {
            var dice = Dice(seed: seed &+ UInt64(index) &* 0x9E37_79B9)
            if let trial = Trial(seed: dice.next(), visitCount: cartsPerTrial) {
              report.add(trial)
            } else {
              report.refusedTrialCount += 1
            }
            progress(index + 1)
          }
          return report
        }
      }
      var report = Report()
      for await part in group { report.add(part) }
      return report
    }
  }
}

/// Hands out numbers to workers, each once.
final class SharedCounter: Sendable {
  private let taken = Atomic<Int>(0)

  func next(below end: Int) -> Int? {
    let number = taken.add(1, ordering: .relaxed).oldValue
    return number < end ? number : nil
  }
}
