import Simulation
import Testing

@Suite("the simulator") struct SimulatorTests {
  @Test("the store and the coin model agree", arguments: 1...4 as ClosedRange<UInt64>)
  func agreement(seed: UInt64) throws {
    let (difference, counts) = try simulate(seed: seed, operations: 1_000)
    #expect(difference == nil)
    #expect(counts.accepted > 500)
    #expect(counts.failures > 0)
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
