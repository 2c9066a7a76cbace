package import Ledger
package import LocalTime
package import Storage

/// The real store in a folder, over a connection that can be told to fail.
package final class RealLedger: LedgerUnderTest {
  private let folder: String
  private let shop: SimulatedShop
  private var store: LedgerStore?
  private var reader: LedgerReader?
  /// When the next failure comes; shared with the connection of the moment.
  package let faults: FaultPlan

  /// Opens a new folder and declares the shop's balances.
  package init(folder: String, shop: SimulatedShop, at now: Instant) throws(StorageError) {
    self.folder = folder
    self.shop = shop
    self.faults = FaultPlan()
    try reopen(at: now)
    try store?.declare(shop.declarations, conversions: shop.conversions)
    try store?.declareGroups(shop.groups)
    try store?.declareCards(shop.cardPools)
    try store?.declareFields(shop.fields)
    try reopen(at: now)
  }

  package func reopen(at now: Instant) throws(StorageError) {
    store = nil
    reader = nil
    let held = try DataFolder(holding: folder)
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder), .writing)
    store = try LedgerStore(
      FailingConnection(connection, faults), in: held, zone: shop.zone, at: now)
    reader = try LedgerReader(folder: folder, zone: shop.zone)
  }

  package func commit(_ requests: [LedgerRequest], at now: Instant)
    throws(StorageError) -> [LedgerAnswer]
  {
    guard let store else { throw .stopped }
    var answers: [LedgerAnswer] = []
    for result in try store.commit(requests, at: now) {
      switch result {
      case .success(let answer): answers.append(answer)
      case .failure(let error): throw error
      }
    }
    return answers
  }

  /// Accounts whose books the store has at hand other than they are stored.
  package func outdatedBooks() throws(StorageError) -> [AccountNumber] {
    try store?.outdatedBooks().accounts ?? []
  }

  package func view(_ balance: String, of account: String, at now: Instant)
    throws(StorageError) -> BalanceView?
  {
    try reader?.view(balance, of: account, at: now)
  }

  package func lines(for question: Question, at now: Instant) throws(StorageError) -> [String] {
    try reader?.lines(for: question, at: now) ?? []
  }
}
