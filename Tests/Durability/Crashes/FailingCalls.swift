import CDisk
import Foundation
import Storage

/// Lets every call that changes a file fail once, one in each run of a plan.
package struct FailingCalls {
  /// How a call fails.
  package enum Way: String, CaseIterable, Sendable {
    /// The device gives an error.
    case broken
    /// There is no room.
    case full
    /// A write stops in its middle, and the rest is to be written again.
    case halved
  }

  /// What was tried.
  package struct Report: Sendable {
    /// Calls that failed.
    package var places = 0
    /// Of these, how many the store told the caller of.
    package var told = 0
    /// The first thing that was wrong; nil when nothing was.
    package var violation: String?

    /// One line for a person.
    package var line: String {
      "\(places) calls failed, one in each run; \(told) were told, the others made good"
    }
  }

  private let plan: WorkPlan

  /// Failures in a plan's work.
  package init(_ plan: WorkPlan) { self.plan = plan }

  /// Tries one call after another until a run has no more.
  ///
  /// - Parameters:
  ///   - step: Every so manieth call is tried.
  ///   - folder: Where data folders can be made quickly; nil for where the system says.
  package func run(_ way: Way, every step: Int = 1, in folder: String?) throws -> Report {
    var report = Report()
    var place = 1
    while true {
      let trial = try TrialFolder(in: folder)
      var acknowledged = 0
      var problem: CrashProblem?
      disk_watch(trial.path, nil)
      disk_fail_at(
        Int64(place), way == .full ? ENOSPC : EIO,
        Int32(way == .halved ? DISK_HALVES.rawValue : DISK_FAILS.rawValue))
      do throws(CrashProblem) {
        try plan.play(in: trial.path, acknowledged: &acknowledged)
      } catch {
        problem = error
      }
      let hasFailed = disk_has_failed() != 0
      disk_unwatch()
      guard hasFailed else {
        report.violation = problem.map { "nothing failed, but: \($0)" }
        return report
      }
      report.places += 1
      if problem != nil { report.told += 1 }
      let finding = unclear(problem, way) ?? wrong(trial, acknowledged)
      if let finding {
        report.violation =
          "call \(place), \(way.rawValue), after \(acknowledged) commits: \(finding)"
        return report
      }
      place += step
    }
  }

  /// What is wrong with the error that the caller was told; nil when it is a clear one.
  private func unclear(_ problem: CrashProblem?, _ way: Way) -> String? {
    switch (problem, way) {
    case (nil, _), (.store(.io), .broken), (.store(.io), .full), (.store(.full), .full): nil
    case (let problem?, _): "told as: \(problem)"
    }
  }

  private func wrong(_ trial: TrialFolder, _ acknowledged: Int) -> String? {
    do throws(CrashProblem) {
      _ = try CrashCheck(plan).run(trial.path, acknowledged: acknowledged)
      return nil
    } catch {
      return "\(error)"
    }
  }
}
