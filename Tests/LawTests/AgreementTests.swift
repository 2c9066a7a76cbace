import Foundation
import Laws
import Testing

@Suite("the engine and the reference interpreter") struct AgreementTests {
  /// The seed of the pairs; another one may be asked for from outside.
  static let seed = ProcessInfo.processInfo.environment["LAWS_SEED"].flatMap(UInt64.init) ?? 1

  @Test("agree on every field of 20,000 quotes") func agreement() async {
    let report = await Report.comparing(
      pairs: 20_000, seed: Self.seed, workers: ProcessInfo.processInfo.activeProcessorCount)
    #expect(report.pairCount > 19_000)
    #expect(report.refusedCampaignCount * 5 < report.campaignCount)
    #expect(report.mismatchCount == 0)
    for mismatch in report.mismatches.prefix(3) { Issue.record("\(mismatch)") }
  }

  @Test(
    "seeds on which they once differed",
    arguments: [
      4_101_065_666_330_102_374, 5_912_209_734_751_664_182, 7_626_324_018_138_868_424,
    ] as [UInt64])
  func seeds(_ seed: UInt64) throws {
    let trial = try #require(Trial(seed: seed, visitCount: Report.cartsPerTrial))
    for visit in trial.visits {
      let difference = trial.difference(on: visit)
      #expect(difference == nil, "\(difference.map(String.init(describing:)) ?? "")")
    }
  }
}
