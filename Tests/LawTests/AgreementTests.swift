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
}
