import Ledger
import LocalTime

extension LedgerStore {
  private static let insertLot = SQLText(
    """
    INSERT INTO lot (id, account, kind, expires_at, original, remaining, held)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    """)
  /// Leaves the owner alone: to point a row at another row costs a copy of every page it is on.
  private static let updateLot = SQLText(
    "UPDATE lot SET remaining = $2, held = $3 WHERE id = $1")
  private static let refillLot = SQLText(
    "UPDATE lot SET remaining = $2, held = $3, account = $4 WHERE id = $1")
  private static let insertReward = SQLText(
    """
    INSERT INTO reward
      (for_order, campaign, kind, place, account, amount, due_at, expires_at, state)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    """)
  private static let lowerReward = SQLText(
    """
    UPDATE reward SET amount = $5
    WHERE for_order = $1 AND campaign = $2 AND kind = $3 AND place = $4 AND state = 'pending'
    """)
  private static let endReward = SQLText(
    """
    UPDATE reward SET state = $5
    WHERE for_order = $1 AND campaign = $2 AND kind = $3 AND place = $4 AND state = 'pending'
    """)
  private static let insertBalance = SQLText(
    """
    INSERT INTO balance (account, kind, posted, held, pending, debt, lifetime, last_entry, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
    """)
  private static let updateBalance = SQLText(
    """
    UPDATE balance SET posted = $3, held = $4, pending = $5, debt = $6, lifetime = $7,
      last_entry = $8, version = version + 1
    WHERE account = $1 AND kind = $2
    """)
  /// What most purchases change; a check of a column that stays is not made again.
  private static let updatePosted = SQLText(
    """
    UPDATE balance SET posted = $3, lifetime = $4, last_entry = $5, version = version + 1
    WHERE account = $1 AND kind = $2
    """)
  private static let setNextChange = SQLText(
    "UPDATE account SET next_change_at = $2 WHERE number = $1")

  /// Writes what was decided about an account.
  ///
  /// - Parameters:
  ///   - book: After the decisions; is told the last entry of each balance.
  ///   - before: As it was loaded.
  ///   - order: A purchase that keeps itself what comes of it at once.
  func write(
    _ book: inout AccountBook, before: AccountBook, packing order: String?,
    for request: LedgerRequest, at now: Instant
  ) throws(StorageError) {
    try writeLots(book, before: before)
    try writeHolds(book, before: before, at: now)
    try writeRewards(book, before: before, packing: order)
    var ends = EntryEnds([before])
    for draft in book.drafts { try append(draft, for: request, at: now, &ends) }
    for end in ends.moved {
      let place = book.standings.firstIndex { $0.balance == end.balance }
      if let place { book.standings[place].lastEntry = end.last }
    }
    for standing in book.standings { try writeBalance(standing.balance, book, before) }
    if book.nextChange != before.nextChange {
      try connection.run(
        Self.setNextChange,
        [.integer(book.account.value), SQLValue(book.nextChange?.secondsSince1970)])
    }
  }

  private func writeLots(_ book: AccountBook, before: AccountBook) throws(StorageError) {
    for lot in book.lots + book.emptiedLots {
      if lot.id >= before.nextLot {
        try connection.run(
          Self.insertLot,
          [
            .integer(lot.id.value), .integer(book.account.value), .integer(lot.balance.value),
            SQLValue(lot.expiresAt?.secondsSince1970), .integer(lot.original),
            .integer(lot.remaining), .integer(lot.held),
          ])
        continue
      }
      let amounts: [SQLValue] = [
        .integer(lot.id.value), .integer(lot.remaining), .integer(lot.held),
      ]
      if let known = before.lot(lot.id) {
        if known != lot { try connection.run(Self.updateLot, amounts) }
      } else {
        // A lot that was empty may have been another's before accounts were merged.
        try connection.run(Self.refillLot, amounts + [.integer(book.account.value)])
      }
    }
    tail.lot = book.nextLot.value - 1
  }

  private func writeRewards(_ book: AccountBook, before: AccountBook, packing order: String?)
    throws(StorageError)
  {
    for reward in book.rewards { try write(reward, "pending", of: book.account, before) }
    for end in book.endedRewards {
      let key = end.reward.key
      let isKnown = before.rewards.contains { $0.key == key }
      let isOfOrder = order.map { $0.utf8.elementsEqual(key.order.utf8) } ?? false
      if !isKnown, isOfOrder, end.ending == .issued { continue }
      try write(end.reward, end.ending.rawValue, of: book.account, before)
      guard isKnown else { continue }
      try connection.run(Self.endReward, values(of: key) + [.text(end.ending.rawValue)])
    }
  }

  /// Writes a promise that is new, as it stands, or the amount of one that came to less.
  private func write(
    _ reward: PendingReward, _ state: String, of account: AccountNumber, _ before: AccountBook
  ) throws(StorageError) {
    if let known = before.rewards.first(where: { $0.key == reward.key }) {
      // A promise of which nothing is left keeps the amount it had, and ends as cancelled.
      guard known != reward, reward.amount > 0 else { return }
      try connection.run(Self.lowerReward, values(of: reward.key) + [.integer(reward.amount)])
      return
    }
    try connection.run(
      Self.insertReward,
      values(of: reward.key) + [
        .integer(account.value), .integer(reward.amount),
        .integer(reward.dueAt.secondsSince1970),
        SQLValue(reward.expiresAt?.secondsSince1970), .text(state),
      ])
  }

  private func values(of key: RewardKey) -> [SQLValue] {
    [
      .text(key.order), .text(key.campaign), .integer(key.balance.value), .integer(key.place),
    ]
  }

  private func writeBalance(
    _ balance: BalanceID, _ book: AccountBook, _ before: AccountBook
  ) throws(StorageError) {
    let (new, old) = (BalanceRow(balance, of: book), BalanceRow(balance, of: before))
    guard new != old || book.begins(balance, after: before) else { return }
    let isKnown = before.standings.contains { $0.balance == balance }
    let key: [SQLValue] = [.integer(book.account.value), .integer(balance.value)]
    let written: Int
    if isKnown, new.held == old.held, new.pending == old.pending, new.debt == old.debt {
      written = try connection.run(
        Self.updatePosted,
        key + [.integer(new.posted), .integer(new.lifetime), .integer(new.lastEntry)])
    } else {
      written = try connection.run(
        isKnown ? Self.updateBalance : Self.insertBalance,
        key + [
          .integer(new.posted), .integer(new.held), .integer(new.pending), .integer(new.debt),
          .integer(new.lifetime), .integer(new.lastEntry),
        ])
    }
    guard written == 1 else { throw .corrupt("a balance that was read is not there") }
  }
}

extension AccountBook {
  /// Whether a balance has entries that had none: what came in and went at once leaves nothing else.
  func begins(_ balance: BalanceID, after before: AccountBook) -> Bool {
    guard !before.standings.contains(where: { $0.balance == balance }) else { return false }
    return drafts.contains { draft in
      draft.postings.contains { $0.owner == account.value && $0.balance == balance }
    }
  }

  /// A lot of a book that was loaded, whose lots are in the order of their ids.
  fileprivate func lot(_ id: LotID) -> Lot? {
    var places = lots.startIndex..<lots.endIndex
    while !places.isEmpty {
      let middle = places.lowerBound + places.count / 2
      if lots[middle].id == id { return lots[middle] }
      places =
        lots[middle].id < id ? middle + 1..<places.upperBound : places.lowerBound..<middle
    }
    return nil
  }
}

/// What is kept of a balance so that reading it needs no sums.
struct BalanceRow: Hashable {
  var posted: Int64
  var held: Int64
  var pending: Int64
  var debt: Int64
  var lifetime: Int64
  var lastEntry: Int64

  /// The figures of a balance in a book.
  init(_ balance: BalanceID, of book: AccountBook) {
    posted = book.posted(balance)
    held = book.held(balance)
    pending = book.pending(balance)
    debt = book.debt(balance)
    lifetime = book.lifetime(balance)
    lastEntry = book.standings.first { $0.balance == balance }?.lastEntry ?? 0
  }
}
