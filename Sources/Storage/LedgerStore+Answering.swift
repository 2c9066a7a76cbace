import Ledger
import LocalTime

extension LedgerStore {
  private static let known = SQLText(
    "SELECT digest, code, amount, rest, number, subject FROM request WHERE id = $1")
  private static let remember = SQLText(
    """
    INSERT INTO request (id, digest, recorded_at, code, amount, rest, number, subject)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    """)

  /// Does a request once: a repeat is answered as the first time, and changes nothing.
  func answer(to checked: CheckedRequest, at now: Instant) throws(StorageError) -> LedgerAnswer {
    if let fault = checked.fault { return LedgerAnswer(fault) }
    let request = checked.request
    let digest = checked.digest
    if let earlier = try earlierAnswer(to: request, digest) { return earlier }
    let last = tail.transaction
    var answer = try decide(request, at: now)
    if tail.transaction != last { answer.transaction = tail.transaction }
    try announce(request.command, answer, at: now)
    try connection.run(
      Self.remember,
      [
        .text(request.id), .bytes(digest), .integer(now.secondsSince1970),
        .text(answer.code.rawValue), .integer(answer.amount), .integer(answer.rest),
        SQLValue(answer.transaction), .text(answer.subject),
      ])
    try rememberPersonal(request)
    tail.moment = now
    return answer
  }

  private func earlierAnswer(to request: LedgerRequest, _ digest: [UInt8]) throws(StorageError)
    -> LedgerAnswer?
  {
    let rows = try connection.rows(Self.known, [.text(request.id)])
    defer { rows.close() }
    guard try rows.next() else { return nil }
    guard rows.bytes(0) == digest, try isSamePersonal(request) else {
      return LedgerAnswer(.requestMismatch)
    }
    let name = rows.text(1)
    guard let code = LedgerAnswer.Code(rawValue: name) else {
      throw .corrupt("an answer with the unknown code \(name)")
    }
    return LedgerAnswer(
      code, amount: rows.integer(2), rest: rows.integer(3), transaction: rows.optionalInteger(4),
      subject: rows.text(5))
  }

  private func decide(_ request: LedgerRequest, at now: Instant) throws(StorageError)
    -> LedgerAnswer
  {
    switch request.command {
    case .account(let command):
      return try withShelf(for: command) { () throws(StorageError) in
        try self.answer(to: command, for: request, at: now)
      }
    case .open(let account): return try open(account, at: now)
    case .settle(let most): return try settleDue(most, for: request, at: now)
    case .capture(let hold, _, _), .release(let hold):
      return try end(hold, for: request, at: now)
    case .checkout(let record): return try self.record(record, for: request, at: now)
    case .void(let order, let policy):
      return try void(order, policy, for: request, at: now)
    case .giveBack(let order, let lines, let policy, let credit):
      return try giveBack(order, lines, policy, credit, for: request, at: now)
    case .hold(let hold): return try place(hold, for: request, at: now)
    case .replaceHold(let old, let hold):
      return try replace(old, by: hold, for: request, at: now)
    case .issue(let issue): return try self.issue(issue, for: request, at: now)
    case .redeem(let account, let balance, let amount, let takesWhatThereIs):
      if let refusal = try refusal(ofUsing: account, to: .spend) { return refusal }
      return try onBalance(balance, of: account, for: request, at: now) { book, id in
        book.redeem(amount, of: id, takesWhatThereIs: takesWhatThereIs, at: now)
      }
    case .adjust(let account, let balance, let change, let expiresAt, let allowsDebt):
      let programme = programme
      return try onBalance(balance, of: account, for: request, at: now) { book, id in
        book.adjust(
          id, by: change, expiresAt: expiresAt, allowsDebt: allowsDebt, at: now, programme)
      }
    case .set(let account, let balance, let amount, let version):
      return try set(balance, of: account, to: amount, ifVersion: version, for: request, at: now)
    }
  }
}
