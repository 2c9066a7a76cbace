import Foundation
import Laws
import Testing

@Suite("a session and a quote of its cart") struct SessionLawTests {
  @Test("say the same, byte for byte, after every change of 2,000 carts") func sequences() async {
    let law = await SessionLaw.checking(
      sessions: 2_000, seed: AgreementTests.seed,
      workers: ProcessInfo.processInfo.activeProcessorCount)
    #expect(law.editCount > 15_000)
    #expect(law.refusedCount > 800)
    #expect(law.mistakes.isEmpty, "\(law.mistakes.prefix(3).joined(separator: "\n"))")
  }
}
