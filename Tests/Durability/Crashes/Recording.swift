import CDisk

/// Does a plan's work in a new folder while everything done to its files is logged.
package struct Recording {
  private let plan: WorkPlan
  private let requests: Int

  /// A recording of a plan that was made for so many requests.
  package init(_ plan: WorkPlan, _ requests: Int) {
    self.plan = plan
    self.requests = requests
  }

  /// Records; the folder must not be there yet.
  ///
  /// - Throws: `unreadable` when calls can not be watched or the log not be made, `store`.
  package func run(_ folder: String, log: String, _ settings: PlaySettings = PlaySettings())
    throws(CrashProblem)
  {
    guard disk_can_be_watched() != 0 else {
      throw .unreadable("this system's calls can not be watched")
    }
    guard disk_watch(folder, log) == 0 else { throw .unreadable("\(log) can not be made") }
    defer { disk_unwatch() }
    let words = Array("\(plan.seed) \(requests)".utf8)
    disk_mark(0, words, Int32(words.count))
    var acknowledged = 0
    try plan.play(in: folder, settings, acknowledged: &acknowledged)
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
