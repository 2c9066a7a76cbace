public import Ledger
public import LocalTime

/// Somebody who may spend from an account, and how far beyond what is there.
public struct SpendingAssignment: Hashable, Sendable {
  /// Who.
  public var assignee: SpendingAssignee
  /// In the balance's smallest units.
  public var exceedMaximum: Int64
}

private let membersAfter = SQLText(
  """
  SELECT account.id FROM membership JOIN account ON account.number = membership.account
  WHERE membership.member_group = $1 AND account.id > $2 AND membership.joined_at <= $3
    AND (membership.left_at IS NULL OR membership.left_at > $3)
    AND (membership.leaves_at IS NULL OR membership.leaves_at > $3)
  ORDER BY account.id LIMIT $4
  """)
private let allPools = SQLText(
  "SELECT name, prefix, width, first, last, has_check FROM card_pool ORDER BY name")
private let assignmentsTo = SQLText(
  """
  SELECT scope, scope_key, exceed_maximum FROM spending_assignment
  WHERE spending = (SELECT coalesce(survivor, number) FROM account WHERE id = $1)
  ORDER BY scope, scope_key LIMIT $2
  """)

extension LedgerReader {
  /// The accounts that are in a group at a moment, by their ids, after one of them.
  public func members(of group: String, after id: String, most: Int, at moment: Instant)
    throws(StorageError) -> [String]
  {
    var members: [String] = []
    let rows = try connection.rows(
      membersAfter,
      [.text(group), .text(id), .integer(moment.secondsSince1970), .integer(Int64(most))])
    defer { rows.close() }
    while try rows.next() { members.append(rows.text(0)) }
    return members
  }

  /// Every pool that cards are allocated from, by name.
  public func cardPools() throws(StorageError) -> [CardPool] {
    var pools: [CardPool] = []
    let rows = try connection.rows(allPools, [])
    defer { rows.close() }
    while try rows.next() {
      pools.append(
        CardPool(
          rows.text(0), prefix: rows.text(1), width: Int(rows.integer(2)),
          first: rows.integer(3), last: rows.integer(4), hasCheckDigit: rows.integer(5) != 0))
    }
    return pools
  }

  /// Who may spend from an account.
  public func assignments(to account: String, most: Int) throws(StorageError)
    -> [SpendingAssignment]
  {
    var found: [SpendingAssignment] = []
    let rows = try connection.rows(assignmentsTo, [.text(account), .integer(Int64(most))])
    defer { rows.close() }
    while try rows.next() {
      guard let scope = SpendingAssignee.Scope(rawValue: rows.text(0)) else {
        throw .corrupt("an assignment with the scope \(rows.text(0))")
      }
      found.append(
        SpendingAssignment(
          assignee: SpendingAssignee(scope, rows.text(1)), exceedMaximum: rows.integer(2)))
    }
    return found
  }
}
