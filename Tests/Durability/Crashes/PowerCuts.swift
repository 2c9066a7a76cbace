import Foundation
import Simulation

/// Cuts the power at random instants of a recorded run.
package struct PowerCuts {
  /// What was tried.
  package struct Report: Sendable {
    /// Instants that were tried.
    package var states = 0
    /// Of these, how many found nothing at all on the disk.
    package var empty = 0
    /// Of these, how many found the batch that was not answered yet.
    package var ahead = 0
    /// Batches that were answered before the cuts, together.
    package var acknowledged = 0
    /// The first thing that was wrong; nil when nothing was.
    package var violation: String?

    /// One line for a person.
    package var line: String {
      "\(states) power cuts after \(acknowledged) acknowledged commits, none of them lost; "
        + "\(ahead) kept the commit under way, \(empty) found no file yet"
    }
  }

  private let log: DiskLog
  private let plan: WorkPlan
  private let seed: UInt64

  /// Cuts of a log that was made with a plan.
  package init(_ log: DiskLog, _ plan: WorkPlan, seed: UInt64) {
    self.log = log
    self.plan = plan
    self.seed = seed
  }

  /// Tries states until one is wrong.
  ///
  /// - Parameters:
  ///   - states: Numbers of the states to try; each has an instant and losses of its own.
  ///   - folder: Where data folders can be made quickly; nil for where the system says.
  ///   - isOver: Asked before each state; nothing more is tried when it is.
  package func run(_ states: Range<Int>, in folder: String?, isOver: () -> Bool = { false })
    throws -> Report
  {
    var report = Report()
    let trial = try TrialFolder(in: folder)
    let check = CrashCheck(plan)
    var disk = Disk(log)
    var played = 0
    for state in states.map(state).sorted() {
      guard !isOver() else { return report }
      while played < state.instant {
        try disk.play(log.events[played])
        played += 1
      }
      var random = state.random
      let files = disk.afterPowerCut(&random)
      try trial.become(files)
      report.states += 1
      report.acknowledged += disk.lastMark
      if files?.isEmpty ?? true { report.empty += 1 }
      do throws(CrashProblem) {
        if try check.run(trial.path, acknowledged: disk.lastMark) == .after { report.ahead += 1 }
      } catch {
        report.violation = "seed \(seed), state \(state.number): \(error)"
        return report
      }
    }
    return report
  }

  private func state(_ number: Int) -> State {
    var random = SimulationRandom(seed: seed &* 0x9E37_79B9 &+ UInt64(number))
    let instant = Int(random.number(0...Int64(log.events.count)))
    return State(number: number, instant: instant, random: random)
  }

  /// A state to try; it is the same whichever others are tried.
  private struct State: Comparable {
    var number: Int
    var instant: Int
    var random: SimulationRandom

    static func < (left: State, right: State) -> Bool {
      (left.instant, left.number) < (right.instant, right.number)
    }
    static func == (left: State, right: State) -> Bool { left.number == right.number }
  }
}
