import Crashes
import Foundation

/// Does what the words ask; ends in `ok` with counts, or in the first violation and 1.
func runDurability(_ words: [String]) -> Int32 {
  guard let arguments = DurabilityArguments(words) else {
    say(DurabilityArguments.usage, to: .standardError)
    return 2
  }
  do {
    if let violation = try run(arguments) {
      say("violation: \(violation)", to: .standardOutput)
      return 1
    }
    return 0
  } catch {
    say("durability: \(error)", to: .standardError)
    return 2
  }
}

/// The first violation; nil when everything is right.
private func run(_ arguments: DurabilityArguments) throws -> String? {
  let end = Date().addingTimeInterval(Double(arguments.seconds))
  let isOver = { Date() > end }
  switch arguments.verb {
  case .record:
    let plan = try WorkPlan(seed: arguments.seed, requests: arguments.requests)
    try Recording(plan, arguments.requests).run(
      arguments.data, log: arguments.log, arguments.settings, failingSync: arguments.failingSync)
    say(
      "recorded: \(arguments.requests) requests in \(plan.batches.count) commits, "
        + "synchronous \(arguments.settings.synchronous.rawValue)", to: .standardOutput)
    return nil
  case .cut:
    let log = try DiskLog(file: arguments.log)
    let states = arguments.state.map { $0..<$0 + 1 } ?? 0..<arguments.states
    let report = try PowerCuts(log, Recording.plan(of: log), seed: arguments.seed)
      .run(states, in: arguments.scratch, isOver: isOver)
    return ending(report.violation, report.line)
  case .kill:
    let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    let report = try Killing(program: program, seed: arguments.seed)
      .run(rounds: arguments.rounds, in: arguments.scratch, isOver: isOver)
    return ending(report.violation, report.line)
  case .serve:
    try Serving(
      folder: arguments.data, acknowledgements: arguments.answers, seed: arguments.seed
    ).run()
    return nil
  case .fail:
    let plan = try WorkPlan(seed: arguments.seed, requests: arguments.requests)
    for way in FailingCalls.Way.allCases {
      let report = try FailingCalls(plan).run(
        way, every: arguments.step, in: arguments.scratch)
      if let violation = ending(report.violation, "\(way.rawValue): \(report.line)") {
        return violation
      }
    }
    return nil
  }
}

private func ending(_ violation: String?, _ line: String) -> String? {
  if violation == nil { say("ok: \(line)", to: .standardOutput) }
  return violation
}

private func say(_ line: String, to handle: FileHandle) {
  handle.write(Data((line + "\n").utf8))
}
