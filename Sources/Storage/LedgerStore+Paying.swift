import Ledger
import LocalTime

private let exceed = SQLText(
  """
  SELECT exceed_maximum FROM spending_assignment
  WHERE scope = $1 AND scope_key = $2 AND spending = $3
  """)

/// A spending account that somebody may use at a moment.
struct UsableSpending {
  var account: AccountNumber
  var balance: BalanceID
  /// How far the one who spends may go beyond what is there.
  var exceedMaximum: Int64
}

/// Whether somebody may use a spending account, or why not.
enum SpendingPermission {
  case usable(UsableSpending)
  case refused(LedgerAnswer)
}

extension LedgerStore {
  /// Pays from one spending account after another, all parts or none.
  func pay(
    _ parts: [SpendingPart], by spender: Spender, for request: LedgerRequest, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    let before = tail
    try connection.execute("SAVEPOINT payment")
    var sum: Int64 = 0
    for part in parts {
      let answer = try pay(part, by: spender, for: request, at: now)
      sum += answer.amount
      if answer.isAccepted { continue }
      tail = before
      try connection.execute("ROLLBACK TO payment")
      try connection.execute("RELEASE payment")
      return answer
    }
    try connection.execute("RELEASE payment")
    return LedgerAnswer(.redeemed, amount: sum)
  }

  private func pay(
    _ part: SpendingPart, by spender: Spender, for request: LedgerRequest, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    switch try permission(toUse: part.account, by: spender, at: now) {
    case .refused(let refusal): return refusal
    case .usable(let spending):
      var answer = try onBook(of: spending.account, for: request, at: now) { book in
        book.spend(
          part.amount, of: spending.balance, exceedingBy: spending.exceedMaximum, at: now)
      }
      if !answer.isAccepted { answer.subject = part.account }
      return answer
    }
  }

  /// Whether somebody may use a spending account now: by an assignment, and inside its window.
  func permission(toUse id: String, by spender: Spender, at now: Instant)
    throws(StorageError) -> SpendingPermission
  {
    if let refusal = try refusal(of: spender) { return .refused(refusal) }
    guard let known = try owner(of: id) else {
      return .refused(LedgerAnswer(.unknownAccount, subject: id))
    }
    guard let spending = try connection.spending(known.number),
      let terms = programme.terms(named: spending.balance)
    else { return .refused(LedgerAnswer(.wrongKind, subject: id)) }
    if let refusal = known.refusal(ofUsing: id, to: .earn) { return .refused(refusal) }
    var most: Int64?
    for assignee in try connection.assignees(of: spender, at: now) {
      let place: [SQLValue] = [
        .text(assignee.scope.rawValue), .text(assignee.key), .integer(known.number.value),
      ]
      if let found = try connection.number(exceed, place) { most = max(most ?? 0, found) }
    }
    guard let most else { return .refused(LedgerAnswer(.notAssigned, subject: id)) }
    guard spending.isUsable(at: now) else {
      return .refused(LedgerAnswer(.outsideWindow, subject: id))
    }
    return .usable(
      UsableSpending(account: known.number, balance: terms.id, exceedMaximum: most))
  }

  private func refusal(of spender: Spender) throws(StorageError) -> LedgerAnswer? {
    guard let user = try owner(of: spender.user) else {
      return LedgerAnswer(.unknownAccount, subject: spender.user)
    }
    return user.refusal(ofUsing: spender.user, to: .earn)
  }
}
