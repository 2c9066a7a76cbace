import Ledger
import LocalTime

private let upsert = SQLText(
  """
  INSERT INTO spending_account (account, name, kind, starts_at, ends_at)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (account) DO UPDATE SET name = excluded.name, starts_at = excluded.starts_at,
    ends_at = excluded.ends_at
  """)
private let terms = SQLText(
  """
  SELECT account.id, s.name, k.name, s.starts_at, s.ends_at FROM spending_account AS s
  JOIN account ON account.number = s.account JOIN balance_kind AS k ON k.id = s.kind
  WHERE s.account = $1
  """)
private let assign = SQLText(
  """
  INSERT INTO spending_assignment (scope, scope_key, spending, exceed_maximum)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (scope, scope_key, spending) DO UPDATE SET exceed_maximum = excluded.exceed_maximum
  """)
private let unassign = SQLText(
  "DELETE FROM spending_assignment WHERE scope = $1 AND scope_key = $2 AND spending = $3")
private let assigned = SQLText(
  """
  SELECT spending, exceed_maximum FROM spending_assignment WHERE scope = $1 AND scope_key = $2
  """)
private let moveAssignments = SQLText(
  """
  INSERT INTO spending_assignment (scope, scope_key, spending, exceed_maximum)
  SELECT scope, CAST($2 AS TEXT), spending, exceed_maximum FROM spending_assignment
  WHERE scope = 'user' AND scope_key = $1
  ON CONFLICT (scope, scope_key, spending) DO NOTHING
  """)
private let dropAssignments = SQLText(
  "DELETE FROM spending_assignment WHERE scope = 'user' AND scope_key = $1")

extension SQLConnection {
  /// What a spending account was opened as; nil when the account is none.
  func spending(_ account: AccountNumber) throws(StorageError) -> SpendingAccount? {
    let rows = try rows(terms, [.integer(account.value)])
    defer { rows.close() }
    guard try rows.next() else { return nil }
    return SpendingAccount(
      account: rows.text(0), name: rows.text(1), balance: rows.text(2),
      startsAt: rows.moment(3), endsAt: rows.moment(4))
  }

  /// The accounts an assignee may spend from, each with how far beyond what is there.
  func assignments(of assignee: SpendingAssignee) throws(StorageError)
    -> [(account: AccountNumber, exceedMaximum: Int64)]
  {
    var found: [(account: AccountNumber, exceedMaximum: Int64)] = []
    let rows = try rows(assigned, [.text(assignee.scope.rawValue), .text(assignee.key)])
    while try rows.next() { found.append((AccountNumber(rows.integer(0)), rows.integer(1))) }
    return found
  }
}

extension LedgerStore {
  /// Opens a spending account, or changes its name and when it can be used.
  func open(_ spending: SpendingAccount, at now: Instant) throws(StorageError) -> LedgerAnswer {
    guard let terms = programme.terms(named: spending.balance) else {
      return LedgerAnswer(.unknownBalance)
    }
    let known = try number(of: spending.account)
    if let known, try connection.spending(known)?.balance != spending.balance {
      return LedgerAnswer(.wrongKind, subject: spending.account)
    }
    let number: AccountNumber
    if let known { number = known } else { number = try add(spending.account, at: now) }
    try connection.run(
      upsert,
      [
        .integer(number.value), .text(spending.name), .integer(terms.id.value),
        SQLValue(spending.startsAt?.secondsSince1970),
        SQLValue(spending.endsAt?.secondsSince1970),
      ])
    try note(.spending, of: number, at: now)
    return LedgerAnswer(.opened)
  }

  /// Lets somebody spend from an account, beyond what is there up to a limit; nil takes it back.
  func assign(
    _ id: String, to assignee: SpendingAssignee, exceedMaximum: Int64?, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    guard let account = try number(of: id) else { return LedgerAnswer(.unknownAccount) }
    guard try connection.spending(account) != nil else { return LedgerAnswer(.wrongKind) }
    if assignee.scope == .user, try number(of: assignee.key) == nil {
      return LedgerAnswer(.unknownAccount, subject: assignee.key)
    }
    let place = try place(of: assignee) + [.integer(account.value)]
    if let exceedMaximum {
      try connection.run(Storage.assign, place + [.integer(exceedMaximum)])
    } else if try connection.run(unassign, place) == 0 {
      return LedgerAnswer(.notAssigned)
    }
    try note(.spending, of: account, at: now)
    return LedgerAnswer(exceedMaximum == nil ? .unassigned : .assigned)
  }

  private func place(of assignee: SpendingAssignee) throws(StorageError) -> [SQLValue] {
    let key = assignee.scope == .user ? try countedID(of: assignee.key) : assignee.key
    return [.text(assignee.scope.rawValue), .text(key)]
  }

  /// Lets an account spend from what another that became a part of it could.
  func moveAssignments(of merged: String, to kept: String) throws(StorageError) {
    try connection.run(Storage.moveAssignments, [.text(merged), .text(kept)])
    try connection.run(dropAssignments, [.text(merged)])
  }

  /// Ends what an account may spend from, since nobody does any more.
  func endAssignments(of user: String, at now: Instant) throws(StorageError) {
    for (account, _) in try connection.assignments(of: SpendingAssignee(.user, user)) {
      try note(.spending, of: account, at: now)
    }
    try connection.run(dropAssignments, [.text(user)])
  }
}
