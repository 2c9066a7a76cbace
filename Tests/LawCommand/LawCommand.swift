import Foundation
import Laws

/// Compares the engine with the reference interpreter on random pairs of rules and carts, or sessions
/// with quotes of their carts.
///
/// `swift run -c release promo-laws --pairs 10000000 --seed 7 --jobs 2`
/// `swift run -c release promo-laws --sessions 1000000 --seed 7 --jobs 2`
@main struct LawCommand {
  static func main() async {
    guard let options = Options(CommandLine.arguments.dropFirst()) else {
      show("usage: promo-laws [--pairs N | --sessions N] [--seed N] [--jobs N]")
      exit(2)
    }
    if let sessions = options.sessions {
      await runSessions(sessions, options)
    } else {
      await runPairs(options)
    }
  }

  private static func runPairs(_ options: Options) async {
    let trialCount = (options.pairs + Report.cartsPerTrial - 1) / Report.cartsPerTrial
    let report = await Report.comparing(
      pairs: options.pairs, seed: options.seed, workers: options.jobs,
      progress: progress(of: trialCount, Report.cartsPerTrial, "pairs"))
    for mismatch in report.mismatches { print(mismatch + "\n") }
    print(
      """
      pairs \(report.pairCount)
      campaigns \(report.campaignCount), refused \(report.refusedCampaignCount)
      rule sets wholly refused \(report.refusedTrialCount)
      mismatches \(report.mismatchCount)
      """)
    exit(report.mismatchCount == 0 ? 0 : 1)
  }

  private static func runSessions(_ sessions: Int, _ options: Options) async {
    let trialCount = (sessions + SessionLaw.sessionsPerTrial - 1) / SessionLaw.sessionsPerTrial
    let law = await SessionLaw.checking(
      sessions: sessions, seed: options.seed, workers: options.jobs,
      progress: progress(of: trialCount, SessionLaw.sessionsPerTrial, "sessions"))
    for mistake in law.mistakes.prefix(20) { print(mistake) }
    print(
      """
      sessions \(law.sessionCount)
      changes \(law.editCount), refused \(law.refusedCount), of the whole cart \(law.wholeCount)
      mistakes \(law.mistakes.count)
      """)
    exit(law.mistakes.isEmpty ? 0 : 1)
  }

  private static func progress(
    of trialCount: Int, _ each: Int, _ name: String
  ) -> @Sendable (Int) -> Void {
    let step = max(1, trialCount / 100)
    let begin = ContinuousClock.now
    return { trials in
      guard trials % step == 0 else { return }
      let seconds = max(1, (ContinuousClock.now - begin).components.seconds)
      let done = trials * each
      show("\(trials * 100 / trialCount)% \(done) \(name), \(Int64(done) / seconds) a second")
    }
  }

  private static func show(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}

/// What the command was asked.
private struct Options {
  var pairs = 100_000
  /// Nil where pairs are asked for.
  var sessions: Int?
  var seed: UInt64 = 1
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  init?(_ arguments: some Collection<String>) {
    var rest = Array(arguments)[...]
    while let name = rest.popFirst() {
      guard let text = rest.popFirst(), let value = UInt64(text) else { return nil }
      switch name {
      case "--pairs": pairs = Int(clamping: value)
      case "--sessions": sessions = Int(clamping: value)
      case "--seed": seed = value
      case "--jobs": jobs = max(1, Int(clamping: value))
      default: return nil
      }
    }
  }
}
