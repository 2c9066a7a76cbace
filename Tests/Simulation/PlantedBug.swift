package import Ledger
package import LocalTime
package import Storage

/// Mistakes a ledger could make; a simulation that misses one of them proves nothing.
package enum PlantedBug: String, CaseIterable, Sendable {
  /// Spends and sets aside what is not there.
  case dropsBalanceCheck = "drop-balance-check"
  /// Takes a captured amount a second time.
  case capturesTwice = "capture-twice"
  /// Lets things go a second too early.
  case expiresEarly = "expire-early"
  /// Says that a hold was given back, and keeps it.
  case forgetsRelease = "forget-release"
  /// Does a request again when it is sent again.
  case repeatsRequests = "repeat-requests"
  /// Finds people by what was typed alone, as it was typed.
  case searchesAsTyped = "search-as-typed"
  /// Changes a record of which somebody else has changed a version since.
  case ignoresVersions = "ignore-versions"
  /// Lets a purchase use a code that another has used.
  case usesCodesTwice = "use-codes-twice"
  /// Shows a change of the feed again after the store was opened anew.
  case repeatsChanges = "repeat-changes"
}

/// A ledger with a mistake put in between the caller and the real one.
package struct BuggyLedger: LedgerUnderTest {
  private var inner: RealLedger
  private let bug: PlantedBug?
  private var added = 0
  private var wasReopened = false
  /// Holds that were placed, to place them again.
  private var holds: [String: LedgerCommand.PlaceHold] = [:]

  /// The real ledger with a bug; nil for none, which must then behave as the real one.
  package init(_ inner: RealLedger, _ bug: PlantedBug?) {
    self.inner = inner
    self.bug = bug
  }

  package mutating func commit(_ requests: [LedgerRequest], at now: Instant)
    throws(StorageError) -> [LedgerAnswer]
  {
    var answers: [LedgerAnswer] = []
    for request in requests { answers.append(try answer(to: request, at: now)) }
    return answers
  }

  package mutating func view(_ balance: String, of account: String, at now: Instant)
    throws(StorageError) -> BalanceView?
  {
    try inner.view(balance, of: account, at: shifted(now))
  }

  package mutating func lines(for question: Question, at now: Instant) throws(StorageError)
    -> [String]
  {
    switch (bug, question) {
    case (.searchesAsTyped, .search(let query, _, _)):
      let typed = query.terms[.email] ?? ""
      if typed.contains(where: { $0.isUppercase || $0 == " " }) { return [] }
    case (.repeatsChanges, .changes(let place, let most)) where wasReopened && place > 0:
      return try inner.lines(for: .changes(after: place - 1, most: most), at: now)
    default: break
    }
    return try inner.lines(for: question, at: shifted(now))
  }

  package mutating func reopen(at now: Instant) throws(StorageError) {
    wasReopened = true
    try inner.reopen(at: shifted(now))
  }

  private func shifted(_ now: Instant) -> Instant {
    Instant(secondsSince1970: now.secondsSince1970 + (bug == .expiresEarly ? 1 : 0))
  }

  private mutating func answer(to request: LedgerRequest, at now: Instant) throws(StorageError)
    -> LedgerAnswer
  {
    switch (bug, request.command) {
    case (.repeatsRequests, _):
      added += 1
      var other = request
      other.id += "-\(added)"
      return try one(other, at: now)
    default: break
    }
    let answer = try one(request, at: shifted(now))
    if case .hold(let hold) = request.command, answer.code == .held { holds[hold.id] = hold }
    switch (bug, answer.code, request.command) {
    case (.dropsBalanceCheck, .insufficient, .redeem(let account, let balance, let amount, _)):
      _ = try one(
        extra(
          .adjust(
            account: account, balance: balance, by: -amount, expiresAt: nil, allowsDebt: true)),
        at: now)
      return LedgerAnswer(.redeemed, amount: amount)
    case (.forgetsRelease, .released, .release(let id)):
      if var kept = holds[id] {
        added += 1
        kept.id = "bug-\(added)"
        kept.amount = answer.amount
        _ = try one(extra(.hold(kept)), at: now)
      }
      return answer
    case (.capturesTwice, .captured, .capture(let hold, let amount, _)):
      _ = try one(extra(.capture(hold: hold, amount: amount, remainder: .kept)), at: now)
      return answer
    case (
      .ignoresVersions, .staleVersion, .account(.update(let account, .some, let changes))
    ):
      return try one(
        extra(.account(.update(account: account, ifVersion: nil, changes: changes))), at: now)
    case (.usesCodesTwice, .codeAlreadyUsed, .checkout(var record)):
      for place in record.uses.indices {
        record.uses[place].claims.removeAll { $0.scope == .code }
      }
      return try one(extra(.checkout(record)), at: now)
    default: return answer
    }
  }

  private mutating func extra(_ command: LedgerCommand) -> LedgerRequest {
    added += 1
    return LedgerRequest(id: "bug-\(added)", actor: "bug", command)
  }

  private mutating func one(_ request: LedgerRequest, at now: Instant) throws(StorageError)
    -> LedgerAnswer
  {
    try inner.commit([request], at: now)[0]
  }
}
