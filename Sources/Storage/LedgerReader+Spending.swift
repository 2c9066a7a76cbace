public import Ledger
public import LocalTime

/// A spending account as somebody who may use it sees it.
public struct SpendingView: Hashable, Sendable {
  /// What it was opened as.
  public var spending: SpendingAccount
  /// What is there; below zero while something is owed.
  public var available: Int64
  /// How far this spender may go beyond what is there.
  public var exceedMaximum: Int64
}

private let canonical = SQLText(
  """
  SELECT coalesce(kept.id, named.id) FROM account AS named
  LEFT JOIN account AS kept ON kept.number = named.survivor WHERE named.id = $1
  """)
private let memberships = SQLText(
  """
  SELECT DISTINCT membership.member_group FROM account
  JOIN membership ON membership.account = account.number
  WHERE account.id = $1 AND membership.joined_at <= $2
    AND (membership.left_at IS NULL OR membership.left_at > $2)
    AND (membership.leaves_at IS NULL OR membership.leaves_at > $2)
  ORDER BY membership.member_group
  """)

extension SQLConnection {
  /// Everything by which somebody may spend at a moment: the account, its groups, the buyer.
  func assignees(of spender: Spender, at now: Instant) throws(StorageError)
    -> [SpendingAssignee]
  {
    let names = try rows(canonical, [.text(spender.user)])
    let user = try names.next() ? names.text(0) : spender.user
    names.close()
    var found = [SpendingAssignee(.user, user)]
    let groups = try rows(memberships, [.text(user), .integer(now.secondsSince1970)])
    while try groups.next() { found.append(SpendingAssignee(.group, groups.text(0))) }
    found += spender.groups.map { SpendingAssignee(.group, $0) }
    if let buyer = spender.buyer { found.append(SpendingAssignee(.buyer, buyer)) }
    return found
  }
}

private let spendingNumber = SQLText(
  "SELECT coalesce(survivor, number) FROM account WHERE id = $1")

extension LedgerReader {
  /// A spending account by its id; nil when there is none.
  public func spendingAccount(_ id: String) throws(StorageError) -> SpendingAccount? {
    guard let number = try connection.number(spendingNumber, [.text(id)]) else { return nil }
    return try connection.spending(AccountNumber(number))
  }

  /// The spending accounts that somebody can use at a moment: the first to end first, those without
  /// an end last, and among equals in the order they were opened.
  public func spendingAccounts(usableBy spender: Spender, at now: Instant)
    throws(StorageError) -> [SpendingView]
  {
    try connection.execute("BEGIN")
    defer { try? connection.execute("COMMIT") }
    guard let user = try connection.known(spender.user), !user.isDisabled, !user.isErased else {
      return []
    }
    var most: [AccountNumber: Int64] = [:]
    for assignee in try connection.assignees(of: spender, at: now) {
      for (account, exceed) in try connection.assignments(of: assignee) {
        most[account] = max(most[account] ?? 0, exceed)
      }
    }
    var found: [SpendingView] = []
    for (account, exceed) in most.sorted(by: { $0.key < $1.key }) {
      guard let spending = try connection.spending(account), spending.isUsable(at: now),
        try isDisabled(spending.account) == false,
        let view = try viewInSnapshot(spending.balance, of: spending.account, at: now)
      else { continue }
      found.append(
        SpendingView(spending: spending, available: view.available, exceedMaximum: exceed))
    }
    return found.enumerated().sorted { left, right in
      let ends = [left, right].map { $0.element.spending.endsAt?.secondsSince1970 ?? .max }
      return (ends[0], left.offset) < (ends[1], right.offset)
    }.map(\.element)
  }
}
