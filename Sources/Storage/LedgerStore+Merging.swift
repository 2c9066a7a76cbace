import Ledger
import LocalTime

private let identity = SQLText("SELECT number, survivor FROM account WHERE id = $1")
private let sumBalances = SQLText(
  """
  INSERT INTO balance (account, kind, posted, held, pending, debt, lifetime, last_entry, version)
  SELECT CAST($2 AS BIGINT), kind, posted, held, pending, debt, lifetime, 0, 1
  FROM balance WHERE account = $1
  ON CONFLICT (account, kind) DO UPDATE SET posted = balance.posted + excluded.posted,
    held = balance.held + excluded.held, pending = balance.pending + excluded.pending,
    debt = balance.debt + excluded.debt, lifetime = balance.lifetime + excluded.lifetime,
    version = balance.version + 1
  """)
private let emptyBalances = SQLText(
  """
  UPDATE balance SET posted = 0, held = 0, pending = 0, debt = 0, lifetime = 0,
    version = version + 1
  WHERE account = $1
  """)
/// What is of an account and becomes another's, each by one statement.
private let moves = [
  SQLText("UPDATE lot SET account = $2 WHERE account = $1 AND remaining > 0"),
  SQLText("UPDATE hold SET account = $2 WHERE account = $1 AND is_open = 1"),
  SQLText("UPDATE reward SET account = $2 WHERE account = $1 AND state = 'pending'"),
  SQLText("UPDATE purchase SET account = $2 WHERE account = $1"),
  SQLText(
    "UPDATE account SET survivor = $2, next_change_at = NULL WHERE number = $1 OR survivor = $1"),
]
private let setLastEntry = SQLText(
  "UPDATE balance SET last_entry = $3 WHERE account = $1 AND kind = $2")
private let setNextChange = SQLText("UPDATE account SET next_change_at = $2 WHERE number = $1")
private let mainID = SQLText("SELECT id FROM account WHERE number = $1")
private let uniteUsage = SQLText(
  """
  INSERT INTO campaign_usage (campaign, scope, scope_key, period, uses, discount)
  SELECT campaign, scope, CAST($2 AS TEXT), period, uses, discount FROM campaign_usage
  WHERE scope = 'customer' AND scope_key = $1
  ON CONFLICT (campaign, scope, scope_key, period) DO UPDATE SET
    uses = campaign_usage.uses + excluded.uses,
    discount = campaign_usage.discount + excluded.discount,
    uses_maximum = NULL, discount_maximum = NULL
  """)
private let dropUsage = SQLText(
  "DELETE FROM campaign_usage WHERE scope = 'customer' AND scope_key = $1")

extension LedgerStore {
  /// Puts everything of one account into another, in one transaction that sums to zero.
  ///
  /// Lots keep their expiry, open holds and promises follow, uses of campaigns are counted
  /// together, and what the record of the other lacks is taken over.
  func merge(_ id: String, into other: String, for request: LedgerRequest, at now: Instant)
    throws(StorageError) -> LedgerAnswer
  {
    var numbers: [AccountNumber] = []
    for id in [id, other] {
      let rows = try connection.rows(identity, [.text(id)])
      defer { rows.close() }
      guard try rows.next() else { return LedgerAnswer(.unknownAccount, subject: id) }
      guard rows.optionalInteger(1) == nil else {
        return LedgerAnswer(.alreadyMerged, subject: id)
      }
      numbers.append(AccountNumber(rows.integer(0)))
    }
    let (merged, kept) = (numbers[0], numbers[1])
    guard merged != kept else { return LedgerAnswer(.sameAccount) }
    for (number, id) in zip(numbers, [id, other]) {
      if try connection.person(of: number)?.isErased == true {
        return LedgerAnswer(.accountErased, subject: id)
      }
      if try connection.spending(number) != nil {
        return LedgerAnswer(.wrongKind, subject: id)
      }
      if let refusal = try refusal(ofUsing: id, to: .earn) { return refusal }
    }
    for number in numbers {
      _ = try onBook(of: number, for: request, at: now) { _ in LedgerAnswer(.settled) }
    }
    let book = try loadBook(of: merged, from: connection, lastLot: tail.lot)
    let keeper = try loadBook(of: kept, from: connection, lastLot: tail.lot)
    guard book.fits(with: keeper) else { return LedgerAnswer(.tooMuch) }
    let draft = book.handOver(to: kept, at: now)
    var ends = EntryEnds([book, keeper])
    if !draft.postings.isEmpty { try append(draft, for: request, at: now, &ends) }
    try moveAll(of: merged, to: kept)
    for end in ends.moved {
      try connection.run(
        setLastEntry, [.integer(end.owner), .integer(end.balance.value), .integer(end.last)])
    }
    try uniteUses(of: id, with: other)
    try moveAssignments(of: id, to: other)
    try moveMemberships(of: merged, to: kept, at: now)
    try takeOver(merged, into: kept, at: now)
    _ = try onBook(of: kept, for: request, at: now) { book in
      book.repayDebts(at: now)
      return LedgerAnswer(.settled)
    }
    return LedgerAnswer(.merged)
  }

  private func moveAll(of merged: AccountNumber, to kept: AccountNumber) throws(StorageError) {
    let both: [SQLValue] = [.integer(merged.value), .integer(kept.value)]
    try connection.run(sumBalances, both)
    try connection.run(emptyBalances, [both[0]])
    for move in moves { try connection.run(move, both) }
    let book = try loadBook(of: kept, from: connection, lastLot: tail.lot)
    try connection.run(
      setNextChange, [both[1], SQLValue(book.nextChange?.secondsSince1970)])
  }

  private func uniteUses(of merged: String, with kept: String) throws(StorageError) {
    try connection.run(uniteUsage, [.text(merged), .text(kept)])
    try connection.run(dropUsage, [.text(merged)])
  }

  /// The customer under whose id uses are counted: of a merged account, the other's.
  func countedID(of customer: String) throws(StorageError) -> String {
    try owner(of: customer)?.countedID ?? customer
  }
}
