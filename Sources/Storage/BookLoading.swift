import Ledger
import LocalTime

private let lots = SQLText(
  """
  SELECT id, kind, expires_at, original, remaining, held FROM lot
  WHERE account = $1 AND remaining > 0 ORDER BY id
  """)
private let holds = SQLText(
  """
  SELECT id, kind, amount, captured, deadline FROM hold
  WHERE account = $1 AND is_open = 1 ORDER BY id
  """)
private let parts = SQLText(
  """
  SELECT hold.id, hold_part.lot, hold_part.amount FROM hold
  JOIN hold_part ON hold_part.hold = hold.id
  WHERE hold.account = $1 AND hold.is_open = 1 ORDER BY hold.id, hold_part.place
  """)
private let rewards = SQLText(
  """
  SELECT for_order, campaign, kind, amount, due_at, expires_at, place FROM reward
  WHERE account = $1 AND state = 'pending' ORDER BY for_order, campaign, kind, place
  """)
private let standings = SQLText(
  "SELECT kind, debt, lifetime, last_entry FROM balance WHERE account = $1 ORDER BY kind")

/// Reads the book of an account; the next lot gets the number after the last of the store.
func loadBook(
  of account: AccountNumber, from connection: any SQLConnection, lastLot: Int64
) throws(StorageError) -> AccountBook {
  let owner = [SQLValue.integer(account.value)]
  var standing: [AccountBook.Standing] = []
  let rows = try connection.rows(standings, owner)
  while try rows.next() {
    standing.append(
      AccountBook.Standing(
        balance: BalanceID(rows.integer(0)), debt: rows.integer(1), lifetime: rows.integer(2),
        lastEntry: rows.integer(3)))
  }
  return AccountBook(
    account: account, lots: try readLots(connection, owner),
    holds: try readHolds(connection, owner), rewards: try readRewards(connection, owner),
    standings: standing, nextLot: LotID(lastLot + 1))
}

private func readLots(_ connection: any SQLConnection, _ account: [SQLValue])
  throws(StorageError) -> [Lot]
{
  var found: [Lot] = []
  let rows = try connection.rows(lots, account)
  while try rows.next() {
    found.append(
      Lot(
        id: LotID(rows.integer(0)), balance: BalanceID(rows.integer(1)),
        expiresAt: rows.moment(2), original: rows.integer(3), remaining: rows.integer(4),
        held: rows.integer(5)))
  }
  return found
}

private func readHolds(_ connection: any SQLConnection, _ account: [SQLValue])
  throws(StorageError) -> [Hold]
{
  var found: [Hold] = []
  let rows = try connection.rows(holds, account)
  while try rows.next() {
    found.append(
      Hold(
        id: rows.text(0), balance: BalanceID(rows.integer(1)), amount: rows.integer(2),
        captured: rows.integer(3), deadline: Instant(secondsSince1970: rows.integer(4)),
        parts: []))
  }
  guard !found.isEmpty else { return [] }
  let pieces = try connection.rows(parts, account)
  while try pieces.next() {
    let id = pieces.text(0)
    guard let index = found.firstIndex(where: { $0.id.utf8.elementsEqual(id.utf8) }) else {
      continue
    }
    found[index].parts.append(
      Hold.Part(lot: LotID(pieces.integer(1)), amount: pieces.integer(2)))
  }
  return found
}

private func readRewards(_ connection: any SQLConnection, _ account: [SQLValue])
  throws(StorageError) -> [PendingReward]
{
  var found: [PendingReward] = []
  let rows = try connection.rows(rewards, account)
  while try rows.next() {
    found.append(
      PendingReward(
        key: RewardKey(
          order: rows.text(0), campaign: rows.text(1), balance: BalanceID(rows.integer(2)),
          place: rows.integer(6)),
        amount: rows.integer(3), dueAt: Instant(secondsSince1970: rows.integer(4)),
        expiresAt: rows.moment(5)))
  }
  return found
}

extension SQLRows {
  /// A moment of the row; nil for null.
  func moment(_ column: Int) -> Instant? {
    optionalInteger(column).map { Instant(secondsSince1970: $0) }
  }
}
