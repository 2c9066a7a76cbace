import Foundation
package import Ledger
import LocalTime
package import Storage

/// The moment simulations begin at.
private let beginning = Instant(secondsSince1970: 1_800_000_000)

/// Runs a seed in a folder of its own, which is removed afterwards.
///
/// - Parameters:
///   - bug: A mistake to put in; then no failures of the disk are planned.
///   - isControl: Goes the way of the mistakes without one, to show that the way itself is clean.
package func simulate(
  seed: UInt64, operations: Int, bug: PlantedBug? = nil, isControl: Bool = false
) throws(StorageError) -> (difference: String?, counts: SimulationCounts) {
  let folder = NSTemporaryDirectory() + "simulation-" + UUID().uuidString
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let shop = SimulatedShop()
  let real = try RealLedger(folder: folder, shop: shop, at: beginning)
  guard bug != nil || isControl else {
    var simulation = Simulation(
      real, faults: real.faults, shop: shop, seed: seed, at: beginning)
    let report = try simulation.run(operations: operations)
    let audit = try LedgerReader(folder: folder, zone: shop.zone).audit()
    let outdated = try real.outdatedBooks()
    let kept = outdated.isEmpty ? nil : "accounts \(outdated) are kept other than stored"
    return (report.difference ?? kept ?? audit.differences.first, report.counts)
  }
  var simulation = Simulation(
    BuggyLedger(real, bug), faults: nil, shop: shop, seed: seed, at: beginning)
  let report = try simulation.run(operations: operations)
  return (report.difference, report.counts)
}

/// What a run did.
package struct SimulationCounts: Sendable {
  package var operations = 0
  package var accepted = 0
  package var batches = 0
  package var reads = 0
  package var repeats = 0
  package var failures = 0
  package var restarts = 0
  /// How often each answer was expected.
  package var answers: [LedgerAnswer.Code: Int] = [:]

  /// No run yet.
  package init() {}

  /// Adds what another run did.
  package static func += (total: inout SimulationCounts, run: SimulationCounts) {
    total.operations += run.operations
    total.accepted += run.accepted
    total.batches += run.batches
    total.reads += run.reads
    total.repeats += run.repeats
    total.failures += run.failures
    total.restarts += run.restarts
    total.answers.merge(run.answers, uniquingKeysWith: +)
  }

  /// One line for a person.
  package var line: String {
    "\(operations) operations (\(accepted) accepted), \(batches) commits, \(reads) reads, "
      + "\(repeats) repeats, \(failures) failed writes, \(restarts) restarts"
  }
}
