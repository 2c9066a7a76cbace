import Foundation
import Laws
import Testing

@Suite("a session and a quote of its cart") struct SessionLawTests {
  @Test("say the same, byte for byte, after every change of 1,500 carts") func sequences() async {
    let law = await SessionLaw.checking(
      sessions: 1_500, seed: AgreementTests.seed,
      workers: ProcessInfo.processInfo.activeProcessorCount)
    #expect(law.editCount > 15_000)
    #expect(law.refusedCount > 1_000)
    #expect(law.wholeCount * 2 < law.editCount, "\(law.wholeCount) of \(law.editCount)")
    #expect(law.mistakes.isEmpty, "\(law.mistakes.prefix(3).joined(separator: "\n"))")
  }
}
