import CDisk
import Foundation

/// Does a plan's work in a new folder while everything done to its files is logged.
package struct Recording {
  private let plan: WorkPlan
  private let requests: Int

  /// A recording of a plan that was made for so many requests.
  package init(_ plan: WorkPlan, _ requests: Int) {
    self.plan = plan
    self.requests = requests
  }

  /// Records; a log that is there is written on, and the work it tells of is gone on with.
  ///
  /// - Parameter failingSync: The sync that fails, counted from 1; the process ends there and then,
  ///   as one does that nobody asked to clean up. Nil for none.
  /// - Throws: `unreadable` when calls can not be watched or the log not be made, `store`.
  package func run(
    _ folder: String, log: String, _ settings: PlaySettings = PlaySettings(),
    failingSync: Int? = nil
  ) throws(CrashProblem) {
    guard disk_can_be_watched() != 0 else {
      throw .unreadable("this system's calls can not be watched")
    }
    var acknowledged = (try? DiskLog(file: log))?.lastMark ?? 0
    guard disk_watch(folder, log) == 0 else { throw .unreadable("\(log) can not be made") }
    defer { disk_unwatch() }
    let words = Array("\(plan.seed) \(requests)".utf8)
    disk_mark(0, words, Int32(words.count))
    if let failingSync {
      disk_fail_at(Int64(failingSync), EIO, Int32(DISK_FAILS_SYNC.rawValue))
    }
    try plan.play(in: folder, settings, acknowledged: &acknowledged) { _exit(4) }
  }

  /// Makes the plan again that a log was recorded with.
  ///
  /// - Throws: `unreadable` for a log that does not say it.
  package static func plan(of log: DiskLog) throws -> WorkPlan {
    let words = (log.firstWords ?? "").split(separator: " ")
    guard words.count == 2, let seed = UInt64(words[0]), let requests = Int(words[1]) else {
      throw CrashProblem.unreadable("the log does not say how it was recorded")
    }
    return try WorkPlan(seed: seed, requests: requests)
  }
}
