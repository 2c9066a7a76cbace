import Ledger
import Simulation
import Storage

/// What a store must be like after it was cut off in the middle of a plan.
package struct CrashCheck {
  /// What was found where nothing is wrong.
  package enum Finding: Hashable, Sendable {
    /// The batch that was not answered is not there.
    case before
    /// The batch that was not answered is there.
    case after
  }

  private let plan: WorkPlan
  /// Batches that are done after opening again, to see that work goes on.
  private static let batchesAfterwards = 2

  /// A check of a plan's work.
  package init(_ plan: WorkPlan) { self.plan = plan }

  /// Opens a folder, asks everything again, goes on with the plan, and audits.
  ///
  /// - Parameter acknowledged: Batches that were answered.
  /// - Throws: `violation` when one of them is gone, when a later one is there by half, when
  ///   something is done twice, and when the books are wrong; `store` when it can not be opened.
  package func run(_ folder: String, acknowledged: Int) throws(CrashProblem) -> Finding {
    do throws(StorageError) {
      let store = try LedgerStore(
        folder: folder, zone: WorkPlan.shop.zone, at: plan.moment(after: acknowledged))
      let found = try WorkPlan.Standing(of: folder)
      let before = plan.standing(after: acknowledged)
      guard found == before || found == plan.standing(after: acknowledged + 1) else {
        throw StorageError.misuse(
          "after \(acknowledged) batches \(before.requests) requests and "
            + "\(before.transactions) transactions were answered; found are \(found.requests) and "
            + "\(found.transactions)\(found.rows == before.rows ? "" : ", with other balances")")
      }
      try store.declare(WorkPlan.shop.declarations, conversions: WorkPlan.shop.conversions)
      try repeatAll(acknowledged, on: store)
      try goOn(after: acknowledged, on: store, folder)
      let report = try LedgerReader(folder: folder, zone: WorkPlan.shop.zone).audit()
      if let first = report.differences.first { throw StorageError.misuse("audit: \(first)") }
      return found == before ? .before : .after
    } catch {
      if case .misuse(let what) = error { throw .violation(what) }
      throw .store(error)
    }
  }

  private func repeatAll(_ acknowledged: Int, on store: LedgerStore) throws(StorageError) {
    for batch in plan.batches.prefix(acknowledged) {
      let answers = try store.commit(batch.requests, at: batch.moment)
      if let difference = WorkPlan.difference(batch, answers) {
        throw .misuse("sent again, \(difference)")
      }
    }
  }

  private func goOn(after acknowledged: Int, on store: LedgerStore, _ folder: String)
    throws(StorageError)
  {
    for batch in plan.batches.dropFirst(acknowledged).prefix(Self.batchesAfterwards) {
      let answers = try store.commit(batch.requests, at: batch.moment)
      if let difference = WorkPlan.difference(batch, answers) {
        throw .misuse("going on, \(difference)")
      }
      guard try WorkPlan.Standing(of: folder) == batch.standing else {
        throw .misuse("going on after \(acknowledged) batches, the store stands otherwise")
      }
    }
  }
}
