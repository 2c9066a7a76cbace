import CDisk
import Ledger
import Simulation
import Storage

/// How a store is opened for a trial.
package struct PlaySettings: Sendable {
  /// How sure a commit is to be on the disk before it is acknowledged.
  package enum Synchronous: String, CaseIterable, Sendable {
    /// As the ledger does it.
    case full = "FULL"
    /// Only before a checkpoint: a power cut loses what was acknowledged.
    case normal = "NORMAL"
    /// Never: a power cut may lose everything.
    case off = "OFF"
  }

  /// Anything but `full` is there to see that a trial can fail.
  package var synchronous = Synchronous.full
  /// Pages of the log after which it is written into the file; few, so that it happens often.
  package var checkpointPages = 40

  /// Whether a log that was left behind is written once more; not doing so is there to see that a
  /// trial can fail.
  package var renewsLog = true

  /// As the ledger does it, with many checkpoints.
  package init() {}
}

extension WorkPlan {
  /// Opens a store as settings say.
  func open(_ folder: String, _ settings: PlaySettings) throws(StorageError) -> LedgerStore {
    let held = try DataFolder(holding: folder)
    if settings.renewsLog { try held.renewLog() }
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder), .writing)
    try connection.execute("PRAGMA synchronous = \(settings.synchronous.rawValue)")
    try connection.execute("PRAGMA wal_autocheckpoint = \(settings.checkpointPages)")
    return try LedgerStore(connection, in: held, zone: Self.shop.zone, at: Self.beginning)
  }

  /// Does all batches in a folder, and marks each when it was answered.
  ///
  /// - Parameters:
  ///   - acknowledged: How many batches were answered before; counts on, also when it
  ///     throws.
  ///   - whenCommitFails: Called while the store is still open.
  /// - Throws: `store`.
  package func play(
    in folder: String, _ settings: PlaySettings = PlaySettings(), acknowledged: inout Int,
    whenCommitFails: () -> Void = {}
  ) throws(CrashProblem) {
    do throws(StorageError) {
      var store: LedgerStore? = try open(folder, settings)
      try store?.declare(Self.shop.declarations, conversions: Self.shop.conversions)
      for (place, batch) in batches.enumerated().dropFirst(acknowledged) {
        if batch.comesAfterReopening {
          // The old one is let go of first: a folder can be held once.
          store = nil
          store = try open(folder, settings)
        }
        guard let store else { throw StorageError.stopped }
        let answers = try committed(batch, on: store, whenCommitFails)
        if let difference = Self.difference(batch, answers) {
          throw StorageError.misuse(difference)
        }
        acknowledged = place + 1
        disk_mark(Int64(place + 1), nil, 0)
      }
    } catch {
      throw .store(error)
    }
  }

  private func committed(
    _ batch: Batch, on store: LedgerStore, _ whenItFails: () -> Void
  ) throws(StorageError) -> [Result<LedgerAnswer, StorageError>] {
    do throws(StorageError) {
      return try store.commit(batch.requests, at: batch.moment)
    } catch {
      whenItFails()
      throw error
    }
  }

  /// The first answer that is not the one planned.
  static func difference(
    _ batch: Batch, _ answers: [Result<LedgerAnswer, StorageError>]
  ) -> String? {
    for (place, answer) in answers.enumerated() where answer != .success(batch.answers[place]) {
      let request = batch.requests[place]
      return "\(request.id) was answered \(batch.answers[place]) and is now answered \(answer)"
    }
    return nil
  }
}
