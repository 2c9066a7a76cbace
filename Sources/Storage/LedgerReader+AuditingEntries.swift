import Ledger

private let lots = SQLText("SELECT id, remaining FROM lot ORDER BY id")
private let lotCount = SQLText("SELECT count(*) FROM lot")
private let balances = SQLText(
  """
  SELECT balance.account, balance.kind, balance.posted, balance.lifetime,
    balance.last_entry, account.id || ' ' || balance_kind.name
  FROM balance JOIN account ON account.number = balance.account
  JOIN balance_kind ON balance_kind.id = balance.kind
  ORDER BY balance.account, balance.kind
  """)
private let survivors = SQLText(
  "SELECT number, survivor FROM account WHERE survivor IS NOT NULL")
private let issued = SQLText(
  """
  SELECT coalesce(account.survivor, account.number), reward.kind, sum(reward.amount)
  FROM reward JOIN account ON account.number = reward.account WHERE reward.state = 'issued'
  GROUP BY coalesce(account.survivor, account.number), reward.kind
  """)

/// What the sides of all transactions come to, by balance and by lot.
struct AuditedEntries {
  private struct Key: Hashable {
    var owner: Int64
    var balance: Int64
  }

  private var posted: [Key: Int64] = [:]
  /// The last transaction with an entry of each balance.
  private var lastEntries: [Key: Int64] = [:]
  /// Everything ever earned: rewards that were issued, and conversions.
  private var earned: [Key: Int64] = [:]
  /// By the numbers of lots, which count up from one.
  private var lotSums: [Int64]
  private var survivorOf: [Int64: Int64] = [:]
  private var strangers: [Int64] = []

  /// Begins with what other rows say that was earned.
  init(_ connection: any SQLConnection) throws(StorageError) {
    // A lot whose number is far beyond their count is damage, and is told of as one that is not there.
    let count = try connection.number(lotCount) ?? 0
    lotSums = Array(repeating: 0, count: Int(count) * 2 + 1_000_000)
    let merged = try connection.rows(survivors, [])
    while try merged.next() { survivorOf[merged.integer(0)] = merged.integer(1) }
    let rewards = try connection.rows(issued, [])
    while try rewards.next() {
      earned[Key(owner: rewards.integer(0), balance: rewards.integer(1))] = rewards.integer(2)
    }
  }

  /// Adds what came at once with a purchase.
  mutating func addEarned(_ amount: Int64, of balance: BalanceID, by owner: Int64) {
    earned[Key(owner: owner, balance: balance.value), default: 0] &+= amount
  }

  /// Adds the sides of a transaction, and says whether its links lead to the entries before it.
  mutating func add(_ transaction: StoredTransaction) -> Bool {
    let before = transaction.postings.entries.map { entry in
      let key = Key(owner: entry.owner, balance: entry.balance.value)
      let posted = (posted[key] ?? 0) &+ entry.amount
      let previous = lastEntries.updateValue(transaction.number, forKey: key)
      return EntryLink(previous: previous ?? 0, posted: posted)
    }
    for side in transaction.postings where side.owner > 0 {
      let key = Key(owner: side.owner, balance: side.balance.value)
      posted[key, default: 0] &+= side.amount
      if side.amount > 0, transaction.kind == TransactionKind.conversion.rawValue {
        let keeper = Key(owner: survivorOf[side.owner] ?? side.owner, balance: key.balance)
        earned[keeper, default: 0] &+= side.amount
      }
      guard let lot = side.lot?.value else { continue }
      if lotSums.indices.contains(Int(lot)) {
        lotSums[Int(lot)] &+= side.amount
      } else {
        strangers.append(transaction.number)
      }
    }
    return transaction.links == before
  }

  /// Tells of each balance and each lot that is not what its entries come to.
  mutating func compare(_ connection: any SQLConnection, _ tell: (String) -> Void)
    throws(StorageError)
  {
    let rows = try connection.rows(balances, [])
    while try rows.next() {
      let key = Key(owner: rows.integer(0), balance: rows.integer(1))
      let (kept, lifetime, name) = (rows.integer(2), rows.integer(3), rows.text(5))
      let sum = posted.removeValue(forKey: key) ?? 0
      if kept != sum { tell("\(name): posted \(kept), sum of postings \(sum)") }
      let last = lastEntries[key] ?? 0
      if rows.integer(4) != last {
        tell("\(name): last entry \(rows.integer(4)), the last that there is \(last)")
      }
      let all = earned.removeValue(forKey: key) ?? 0
      if lifetime != all {
        tell("\(name): lifetime \(lifetime), rewards issued, and conversions into it \(all)")
      }
    }
    let others = posted.sorted {
      ($0.key.owner, $0.key.balance) < ($1.key.owner, $1.key.balance)
    }
    for (key, sum) in others {
      tell("account \(key.owner) balance \(key.balance): no balance, but postings of \(sum)")
    }
    try compareLots(connection, tell)
  }

  private mutating func compareLots(_ connection: any SQLConnection, _ tell: (String) -> Void)
    throws(StorageError)
  {
    let rows = try connection.rows(lots, [])
    while try rows.next() {
      let (lot, remaining) = (rows.integer(0), rows.integer(1))
      let isKnown = lotSums.indices.contains(Int(lot))
      let sum = isKnown ? lotSums[Int(lot)] : 0
      if isKnown { lotSums[Int(lot)] = 0 }
      if remaining != sum {
        tell("lot \(lot): remaining \(remaining), came in plus entries \(sum)")
      }
    }
    for (lot, sum) in lotSums.enumerated() where sum != 0 {
      tell("lot \(lot): is not there, came in plus entries \(sum)")
    }
    for number in strangers { tell("transaction \(number): an entry of a lot that is not there") }
  }
}
