import Ledger
import Storage

/// A ledger with very many entries.
enum LargeLedger {
  static let accounts = 100_000
  private static let together = 20_000

  /// Makes one, with settings that are quick and not safe.
  static func build(_ shop: BenchmarkShop, entries: Int, progress: (String) -> Void)
    throws(StorageError)
  {
    let held = try DataFolder(holding: shop.folder)
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: shop.folder), .writing)
    for setting in [
      "synchronous = OFF", "cache_size = -3000000", "wal_autocheckpoint = 100000",
      "secure_delete = OFF",
    ] {
      try connection.execute("PRAGMA \(setting)")
    }
    let store = try LedgerStore(
      connection, in: held, zone: BenchmarkShop.zone, at: BenchmarkShop.now)
    try store.declare([BalanceDeclaration(name: "points", currency: nil)], conversions: [])
    var batch: [LedgerRequest] = []
    func send(_ id: Int, _ command: LedgerCommand) throws(StorageError) {
      batch.append(LedgerRequest(id: "r-\(id)", actor: "shop", command))
      if batch.count == together { try flush() }
    }
    func flush() throws(StorageError) {
      for result in try store.commit(batch, at: BenchmarkShop.now) { _ = try result.get() }
      batch = []
    }
    for account in 0..<accounts { try send(-account, .open(account: "m-\(account)")) }
    for number in 0..<entries / 2 {
      let account = "m-\(number % accounts)"
      try send(
        number + 1,
        number / accounts % 2 == 0
          ? .adjust(
            account: account, balance: "points", by: 100, expiresAt: nil, allowsDebt: false)
          : .redeem(account: account, balance: "points", amount: 60, takesWhatThereIs: true))
      if number % 500_000 == 499_999 { progress("  \((number + 1) * 2) entries") }
    }
    try flush()
  }

  /// Seconds until a folder is open for writing and for reading.
  static func openSeconds(_ shop: BenchmarkShop) throws(StorageError) -> Double {
    let start = ContinuousClock.now
    let store = try LedgerStore(
      folder: shop.folder, zone: BenchmarkShop.zone, at: BenchmarkShop.now)
    _ = try LedgerReader(folder: shop.folder, zone: BenchmarkShop.zone)
      .available("points", of: "m-1", at: BenchmarkShop.now)
    let time = start.duration(to: .now) / Duration.seconds(1)
    precondition(!store.isEmpty, "accounts were opened")
    return time
  }
}
