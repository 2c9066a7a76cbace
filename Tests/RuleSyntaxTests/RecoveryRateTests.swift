import Foundation
import Testing

/// How often one changed token gives exactly one error.
///
/// A sample of the tokens of all rule files is changed; with `PROMO_MUTATIONS=all` every one is.
@Suite("one mistake, one error") struct RecoveryRateTests {
  @Test(
    "nearly always, over the rule files of the project",
    arguments: [
      (Mutations.Kind.deletion, 980), (.doubling, 960), (.replacement, 960),
    ])
  func rate(kind: Mutations.Kind, perMille: Int) {
    let isExhaustive = ProcessInfo.processInfo.environment["PROMO_MUTATIONS"] == "all"
    var random = SeededRandom(1)
    var total = Mutations.Tally()
    let texts =
      [FirstFile.text, EveryForm.text] + Corpus.shipped.sorted { $0.key < $1.key }.map(\.value)
    for text in texts {
      let tally = Mutations.tally(kind, of: text, every: isExhaustive ? 1 : 41, random: &random)
      total.invalid += tally.invalid
      total.withOneError += tally.withOneError
      total.others += tally.others
    }
    #expect(total.invalid > 250)
    #expect(total.perMille >= perMille, "\(total.others.joined(separator: "\n"))")
  }
}
