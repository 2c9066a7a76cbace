public import Ledger
public import LocalTime

/// What one transaction changed of one balance of an account.
public struct AccountEntry: Hashable, Sendable {
  /// The number of the transaction.
  public var transaction: Int64
  /// What it was about.
  public var kind: TransactionKind
  /// The balance that changed.
  public var balance: BalanceID
  /// Smallest units, with a sign; never zero.
  public var amount: Int64
  /// What was posted of the balance afterwards.
  public var posted: Int64
  /// When it took effect.
  public var effectiveAt: Instant
  /// When it was written down.
  public var recordedAt: Instant
  /// Who asked for it; empty for what time has done.
  public var actor: String
  /// Why they did; empty for what time has done.
  public var reason: String
  /// The order or the hold that it was for; empty for none.
  public var about: String
}

/// Where reading an account's entries goes on: the next transaction of each balance.
public struct EntryPlace: Hashable, Sendable {
  /// Whose entries.
  let account: Int64
  /// The next transaction with an entry of each balance, by the balance's number.
  var next: [(balance: Int64, transaction: Int64)]

  public static func == (left: EntryPlace, right: EntryPlace) -> Bool { left.text == right.text }
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// The place in characters; nothing about it is for readers.
  public var text: String {
    "\(account)" + next.map { " \($0.balance) \($0.transaction)" }.joined()
  }

  /// A place that was written as a text; nil for what was not.
  public init?(_ text: String) {
    let numbers = text.split(separator: " ").map { Int64($0) }
    guard let first = numbers.first, let account = first, numbers.count % 2 == 1 else { return nil }
    next = []
    for place in stride(from: 1, to: numbers.count, by: 2) {
      guard let balance = numbers[place], let transaction = numbers[place + 1] else { return nil }
      next.append((balance, transaction))
    }
    self.account = account
  }

  init(account: Int64) {
    self.account = account
    next = []
  }
}

private let ends = SQLText(
  "SELECT kind, last_entry FROM balance WHERE account = $1 AND last_entry > 0 ORDER BY kind")
private let one = SQLText(
  """
  SELECT number, kind, request, actor, reason, recorded_at, effective_at, previous_hash, sides
  FROM ledger_transaction WHERE number = $1
  """)

extension LedgerReader {
  /// What changed of an account's balances, the latest first, and where it goes on; nil for an id
  /// that nobody has. A page costs what is on it, however much there is.
  ///
  /// Of accounts that were merged it is the other's, in which the merge is one entry of each balance.
  /// - Parameters:
  ///   - balance: One balance alone; nil for all.
  ///   - first: Where an earlier page ended; nil for the first.
  ///   - most: How many entries; no more than `LedgerLimits.foundMaximum` are returned.
  public func entries(
    of account: String, balance: BalanceID? = nil, from first: EntryPlace? = nil, most: Int
  ) throws(StorageError) -> (entries: [AccountEntry], next: EntryPlace?)? {
    guard let known = try connection.known(account) else { return nil }
    var place: EntryPlace
    if let first { place = first } else { place = try firstPlace(of: known.number, balance) }
    var found: [AccountEntry] = []
    var read: StoredTransaction?
    let most = max(0, min(most, LedgerLimits.foundMaximum))
    while found.count < most, let latest = place.latest {
      let number = place.next[latest].transaction
      if read?.number != number { read = try transaction(number) }
      guard let read, let entry = read.entry(of: place.account, place.next[latest].balance),
        entry.link.previous < number
      else { throw .corrupt("transaction \(number) has no such entry") }
      found.append(entry.entry)
      place.next[latest].transaction = entry.link.previous
      if entry.link.previous == 0 { place.next.remove(at: latest) }
    }
    return (found, place.next.isEmpty ? nil : place)
  }

  private func firstPlace(of account: AccountNumber, _ balance: BalanceID?)
    throws(StorageError) -> EntryPlace
  {
    var place = EntryPlace(account: account.value)
    let rows = try connection.rows(ends, [.integer(account.value)])
    while try rows.next() {
      guard balance.map({ $0.value == rows.integer(0) }) ?? true else { continue }
      place.next.append((rows.integer(0), rows.integer(1)))
    }
    return place
  }

  private func transaction(_ number: Int64) throws(StorageError) -> StoredTransaction? {
    let rows = try connection.rows(one, [.integer(number)])
    defer { rows.close() }
    guard try rows.next(), let sides = TransactionSides.unpacked(rows.bytes(8)) else { return nil }
    return StoredTransaction(rows, sides)
  }
}

extension EntryPlace {
  /// Where the latest of the next entries is; of one transaction that of the balance declared first.
  fileprivate var latest: Int? {
    next.indices.max {
      (next[$0].transaction, -next[$0].balance) < (next[$1].transaction, -next[$1].balance)
    }
  }
}

extension StoredTransaction {
  /// What it changed of a balance of an account, and where the entry before is.
  fileprivate func entry(of account: Int64, _ balance: Int64)
    -> (entry: AccountEntry, link: EntryLink)?
  {
    guard let kind = TransactionKind(rawValue: kind) else { return nil }
    for (entry, link) in zip(postings.entries, links)
    where entry.owner == account && entry.balance.value == balance {
      // What takes effect before it is written down is what time has done, and nobody asked for it.
      let isByTime = kind == .expiry || effectiveAt < recordedAt
      return (
        AccountEntry(
          transaction: number, kind: kind, balance: entry.balance, amount: entry.amount,
          posted: link.posted, effectiveAt: Instant(secondsSince1970: effectiveAt),
          recordedAt: Instant(secondsSince1970: recordedAt), actor: isByTime ? "" : actor,
          reason: isByTime ? "" : reason, about: about),
        link
      )
    }
    return nil
  }
}
