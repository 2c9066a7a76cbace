package import Ledger
package import LocalTime
package import Simulation
package import Storage

/// Batches of requests that a seed decides, with what a store that nobody disturbs makes of them.
package struct WorkPlan: Sendable {
  /// Requests of one commit.
  package struct Batch: Sendable {
    /// In the order they take effect.
    package var requests: [LedgerRequest]
    /// When.
    package var moment: Instant
    /// One for each request.
    package var answers: [LedgerAnswer]
    /// How the store stands afterwards.
    package var standing: Standing
    /// Whether the store is let go of and opened again before it.
    package var comesAfterReopening: Bool
  }

  /// What differs between any two moments of a store's life.
  package struct Standing: Hashable, Sendable {
    /// Requests that were answered.
    package var requests: Int64 = 0
    /// Transactions that were written.
    package var transactions: Int64 = 0
    /// The digest of the last of them, which holds all before it.
    package var hash: [UInt8] = []
    /// Every row that says what there is now, put into one text.
    package var rows = ""
  }

  /// The moment work begins at.
  package static let beginning = Instant(secondsSince1970: 1_800_000_000)

  /// What the shop declares.
  package static let shop = SimulatedShop()
  /// What was asked for.
  package let seed: UInt64
  /// In order.
  package private(set) var batches: [Batch] = []

  /// Plans at least so many requests, by doing them once in a folder that nobody keeps.
  ///
  /// - Throws: `CrashProblem.store`, and what making a folder throws.
  package init(seed: UInt64, requests count: Int) throws {
    self.seed = seed
    let folder = try TrialFolder()
    let store = try LedgerStore(folder: folder.path, zone: Self.shop.zone, at: Self.beginning)
    try store.declare(Self.shop.declarations, conversions: Self.shop.conversions)
    let reader = try LedgerReader(folder: folder.path, zone: Self.shop.zone)
    var workload = Workload(seed: seed, Self.shop)
    var random = SimulationRandom(seed: ~seed)
    var now = Self.beginning
    var planned = 0
    while planned < count {
      now = Instant(secondsSince1970: now.secondsSince1970 + random.number(0...30))
      var requests: [LedgerRequest] = []
      for _ in 0..<random.number(1...6) {
        let command =
          random.happens(onceIn: 30)
          ? LedgerCommand.settle(accountsMaximum: 3)
          : workload.command(at: now) { balance, account in
            (try? reader.view(balance, of: account, at: now)?.version) ?? 0
          }
        requests.append(
          LedgerRequest(id: workload.name("r"), actor: "durability", command))
      }
      planned += requests.count
      let answers = try store.commit(requests, at: now).map { try $0.get() }
      batches.append(
        Batch(
          requests: requests, moment: now, answers: answers,
          standing: try Standing(of: folder.path),
          comesAfterReopening: random.happens(onceIn: 25)))
    }
  }

  /// How a store stands after so many batches.
  func standing(after count: Int) -> Standing {
    count == 0 ? Standing() : batches[min(count, batches.count) - 1].standing
  }

  /// When so many batches were done.
  func moment(after count: Int) -> Instant {
    count == 0 ? Self.beginning : batches[min(count, batches.count) - 1].moment
  }
}

extension WorkPlan.Standing {
  private static let requests = SQLText("SELECT count(*) FROM request")
  private static let last = SQLText(
    "SELECT number, hash FROM ledger_transaction ORDER BY number DESC LIMIT 1")
  private static let balances = SQLText(
    """
    SELECT account || ' ' || kind || ' ' || posted || ' ' || held || ' ' || pending || ' ' || debt
      || ' ' || lifetime || ' ' || version FROM balance ORDER BY account, kind
    """)
  private static let holds = SQLText(
    "SELECT id || ' ' || captured || ' ' || is_open FROM hold ORDER BY id")
  private static let purchases = SQLText("SELECT id || ' ' || state FROM purchase ORDER BY id")

  /// Reads how a store stands.
  package init(of folder: String) throws(StorageError) {
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder), .reading)
    requests = try connection.number(Self.requests) ?? 0
    let rows = try connection.rows(Self.last, [])
    if try rows.next() {
      transactions = rows.integer(0)
      hash = rows.bytes(1)
    }
    rows.close()
    for statement in [Self.balances, Self.holds, Self.purchases] {
      let rows = try connection.rows(statement, [])
      while try rows.next() { self.rows += rows.text(0) + "\n" }
    }
  }
}
