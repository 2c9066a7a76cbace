import Foundation
import Laws

/// Compares the engine with the reference interpreter on random pairs of rules and carts.
///
/// `swift run -c release promo-laws --pairs 10000000 --seed 7 --jobs 2`
@main struct LawCommand {
  static func main() async {
    guard let options = Options(CommandLine.arguments.dropFirst()) else {
      show("usage: promo-laws [--pairs N] [--seed N] [--jobs N]")
      exit(2)
    }
    let trialCount = (options.pairs + Report.cartsPerTrial - 1) / Report.cartsPerTrial
    let step = max(1, trialCount / 100)
    let begin = ContinuousClock.now
    let report = await Report.comparing(
      pairs: options.pairs, seed: options.seed, workers: options.jobs
    ) { trials in
      guard trials % step == 0 else { return }
      let seconds = max(1, (ContinuousClock.now - begin).components.seconds)
      let pairs = trials * Report.cartsPerTrial
      show("\(trials * 100 / trialCount)% \(pairs) pairs, \(Int64(pairs) / seconds) a second")
    }
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

  private static func show(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}

/// What the command was asked.
private struct Options {
  var pairs = 100_000
  var seed: UInt64 = 1
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  init?(_ arguments: some Collection<String>) {
    var rest = Array(arguments)[...]
    while let name = rest.popFirst() {
      guard let text = rest.popFirst(), let value = UInt64(text) else { return nil }
      switch name {
      case "--pairs": pairs = Int(clamping: value)
      case "--seed": seed = value
      case "--jobs": jobs = max(1, Int(clamping: value))
      default: return nil
      }
    }
  }
}
