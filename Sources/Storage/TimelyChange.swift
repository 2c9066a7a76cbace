import Ledger
public import LocalTime

/// Something that time alone has done to an account, as its book has settled it.
struct TimelyChange: Hashable {
  /// What it is told as.
  var kind: OutgoingEvent.Kind
  /// The hold, or the balance.
  var subject: String
}

private let insertEvent = SQLText(
  """
  INSERT INTO outgoing_event (place, kind, account, subject, recorded_at)
  VALUES ((SELECT coalesce(max(place), 0) + 1 FROM outgoing_event), $1, $2, $3, $4)
  """)

extension LedgerStore {
  /// Adds something about an account to what is told, if anybody listens.
  func tell(
    _ kind: OutgoingEvent.Kind, of subject: String, to account: AccountNumber, at now: Instant
  ) throws(StorageError) {
    guard hasListeners else { return }
    try connection.run(
      insertEvent,
      [
        .text(kind.rawValue), .integer(account.value), .text(subject),
        .integer(now.secondsSince1970),
      ])
  }

  /// Adds what time has done to what is told, in the commit that writes it down.
  func announce(_ book: AccountBook, since before: AccountBook, at now: Instant)
    throws(StorageError)
  {
    guard hasListeners else { return }
    for change in book.timelyChanges(since: before, programme) {
      try tell(change.kind, of: change.subject, to: book.account, at: now)
    }
  }
}

extension AccountBook {
  /// What time has done to the book since it was loaded, each once, in a fixed order.
  fileprivate func timelyChanges(since before: AccountBook, _ programme: LoyaltyProgramme)
    -> [TimelyChange]
  {
    var changes: [TimelyChange] = []
    func add(_ kind: OutgoingEvent.Kind, _ subject: String?) {
      guard let subject else { return }
      let change = TimelyChange(kind: kind, subject: subject)
      if !changes.contains(change) { changes.append(change) }
    }
    for end in endedHolds where end.ending == .expired { add(.holdExpired, end.hold.id) }
    for draft in drafts where draft.kind == .expiry {
      add(.balanceExpired, draft.postings.first.flatMap { programme.terms($0.balance)?.name })
    }
    for end in endedRewards where end.ending == .issued {
      // What is earned at once was never promised.
      guard before.rewards.contains(where: { $0.key == end.reward.key }) else { continue }
      add(.balanceMatured, programme.terms(end.reward.key.balance)?.name)
    }
    return changes
  }
}

private let due = SQLText("SELECT count(*) FROM account WHERE next_change_at <= $1")

extension LedgerReader {
  /// On how many accounts something is due that no book has settled yet.
  public func dueAccounts(at now: Instant) throws(StorageError) -> Int64 {
    try connection.number(due, [.integer(now.secondsSince1970)]) ?? 0
  }
}
