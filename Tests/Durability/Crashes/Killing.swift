import Foundation
import Ledger
import Simulation
import Storage

/// Kills a serving process at random instants, and asks everything it answered again.
package struct Killing {
  /// What was tried.
  package struct Report: Sendable {
    /// Processes that were killed.
    package var rounds = 0
    /// Answers that were written down before.
    package var acknowledged = 0
    /// The first thing that was wrong; nil when nothing was.
    package var violation: String?

    /// One line for a person.
    package var line: String {
      "\(rounds) processes killed after \(acknowledged) acknowledged requests, none of them lost"
    }
  }

  /// Rounds on one data folder.
  private static let roundsTogether = 10

  private let program: String
  private let seed: UInt64

  /// Kills a program that serves when its first word is `serve`.
  package init(program: String, seed: UInt64) {
    self.program = program
    self.seed = seed
  }

  /// Kills so many times.
  ///
  /// - Parameters:
  ///   - folder: Where data folders are made; nil for where the system says.
  ///   - isOver: Asked before each round; nothing more is tried when it is.
  package func run(rounds: Int, in folder: String?, isOver: () -> Bool = { false }) throws
    -> Report
  {
    var report = Report()
    var random = SimulationRandom(seed: seed)
    while report.rounds < rounds, report.violation == nil, !isOver() {
      let trial = try TrialFolder(in: folder)
      let workSeed = random.next() >> 1
      var known = 0
      for _ in 0..<min(Self.roundsTogether, rounds - report.rounds) where !isOver() {
        try killOnce(trial, workSeed, after: random.number(10...250))
        let answers = Serving.read(trial.beside("answers"))
        report.rounds += 1
        report.acknowledged += answers.count - known
        known = answers.count
        report.violation = try finding(trial, workSeed, answers).map {
          "seed \(seed), round \(report.rounds): \($0)"
        }
        if report.violation != nil { break }
      }
    }
    return report
  }

  private func killOnce(_ trial: TrialFolder, _ workSeed: UInt64, after milliseconds: Int64)
    throws
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [
      "serve", "--data", trial.path, "--answers", trial.beside("answers"), "--seed",
      "\(workSeed)",
    ]
    try process.run()
    usleep(UInt32(milliseconds) * 1_000)
    guard process.isRunning else {
      throw CrashProblem.unreadable("the serving process ended by itself")
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Asks every request again that was answered, and audits.
  private func finding(
    _ trial: TrialFolder, _ workSeed: UInt64, _ answers: [Acknowledgement]
  ) throws -> String? {
    let shop = WorkPlan.shop
    let store = try LedgerStore(
      folder: trial.path, zone: shop.zone, at: WorkPlan.beginning)
    let known = Set(answers)
    for (client, last) in Serving.places(answers).enumerated() {
      var work = ClientWork(seed: workSeed, client: client)
      var requests: [LedgerRequest] = []
      while work.count < last { requests.append(work.next()) }
      let again = try store.commit(requests, at: WorkPlan.beginning)
      for (place, result) in again.enumerated() {
        let one = Acknowledgement(client: client, place: place + 1, try result.get())
        if !known.contains(one) { return "now answered: \(one.line)" }
      }
    }
    return try LedgerReader(folder: trial.path, zone: shop.zone).audit().differences.first
  }
}
