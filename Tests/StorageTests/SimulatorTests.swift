import Ledger
import Simulation
import Testing

@Suite("the simulator") struct SimulatorTests {
  @Test("the store and the coin model agree", arguments: 1...4 as ClosedRange<UInt64>)
  func agreement(seed: UInt64) throws {
    let (difference, counts) = try simulate(seed: seed, operations: 1_000)
    #expect(difference == nil)
    #expect(counts.accepted > 400)
    #expect(counts.failures > 0)
  }

  @Test("what people do meets every answer there is about them")
  func answers() throws {
    var met: Set<LedgerAnswer.Code> = []
    for seed in 1...3 as ClosedRange<UInt64> {
      let (difference, counts) = try simulate(seed: seed, operations: 4_000)
      #expect(difference == nil)
      met.formUnion(counts.answers.keys)
    }
    let unlike: Set<LedgerAnswer.Code> = [
      // Only a merge says so, or a request that is wrong by itself, or a purchase now and then.
      .limitReached, .budgetExhausted, .rewardExists, .merged, .alreadyMerged, .sameAccount,
      .badIdentifier, .badMoment, .badText, .tooMuch,
      .tooManyHolds, .settled,
    ]
    #expect(Set(LedgerAnswer.Code.allCases).subtracting(met).subtracting(unlike) == [])
  }

  @Test("every planted bug is found within 100,000 operations", arguments: PlantedBug.allCases)
  func findsBugs(bug: PlantedBug) throws {
    let (difference, counts) = try simulate(seed: 7, operations: 100_000, bug: bug)
    #expect(difference != nil)
    #expect(counts.operations < 100_000)
  }

  @Test("without a bug in it, what holds the bugs differs in nothing")
  func control() throws {
    let (difference, counts) = try simulate(seed: 7, operations: 1_000, isControl: true)
    #expect(difference == nil)
    #expect(counts.operations >= 1_000)
  }

  @Test("a seed runs the same every time")
  func reproduces() throws {
    let first = try simulate(seed: 3, operations: 500, bug: .capturesTwice)
    let second = try simulate(seed: 3, operations: 500, bug: .capturesTwice)
    #expect(first.difference == second.difference)
    #expect(first.counts.operations == second.counts.operations)
  }
}
