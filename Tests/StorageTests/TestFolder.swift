import Foundation
import Ledger
import LocalTime
import Storage

/// A data folder that goes when the test ends.
final class TestFolder {
  let path: String

  init(in parent: String = NSTemporaryDirectory()) throws {
    path = parent + "ledger-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// UTC, without changes.
let utc = ZoneTable(identifier: "UTC", transitions: [], offsets: [0])

/// A moment some seconds after the one tests begin at.
func moment(_ seconds: Int64) -> Instant { Instant(secondsSince1970: 1_800_000_000 + seconds) }

/// Asks one thing of a store, under an id of its own.
extension LedgerStore {
  func perform(_ command: LedgerCommand, id: String = UUID().uuidString, at seconds: Int64 = 0)
    throws -> LedgerAnswer
  {
    let answers = try commit(
      [LedgerRequest(id: id, actor: "test", command)], at: moment(seconds))
    return try answers[0].get()
  }
}

/// A store with points and cashback, and an account m-1.
func openStore(in folder: TestFolder, conversions: [ConversionDeclaration] = []) throws
  -> sending LedgerStore
{
  let store = try LedgerStore(folder: folder.path, zone: utc, at: moment(0))
  try store.declare(
    [
      BalanceDeclaration(name: "points", currency: nil),
      BalanceDeclaration(name: "cashback", currency: "USD"),
    ], conversions: conversions)
  if store.isEmpty { _ = try store.perform(.open(account: "m-1")) }
  return store
}
