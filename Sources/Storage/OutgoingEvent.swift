import Ledger
public import LocalTime

/// Something that happened and that others want to be told of.
///
/// It says what it is about, never how much or who: whoever is told asks for the rest.
public struct OutgoingEvent: Hashable, Sendable {
  /// What happened. The names are part of the contract and never change.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A purchase was recorded; the subject is its id.
    case checkoutRecorded = "checkout.recorded"
    /// A purchase was undone.
    case checkoutVoided = "checkout.voided"
    /// Units of a purchase came back.
    case checkoutReturned = "checkout.returned"
    /// Value came in; the subject is the balance.
    case balanceIssued = "balance.issued"
    /// Value was spent outside a purchase.
    case balanceRedeemed = "balance.redeemed"
    /// A balance was corrected or set.
    case balanceAdjusted = "balance.adjusted"
    /// Value that was promised for later can be spent; the subject is the balance.
    case balanceMatured = "balance.matured"
    /// Value was not spent in time.
    case balanceExpired = "balance.expired"
    /// A hold was placed; the subject is its id.
    case holdPlaced = "hold.placed"
    /// Some or all of a hold was captured.
    case holdCaptured = "hold.captured"
    /// A hold was released.
    case holdReleased = "hold.released"
    /// The deadline of a hold came.
    case holdExpired = "hold.expired"
    /// Who somebody is to the shop changed; the subject is empty.
    case accountChanged = "account.changed"
  }

  /// Counted up from 1; two events of one account stand in the order they happened.
  public var place: Int64
  /// What happened.
  public var kind: Kind
  /// The caller's id of the account it happened to; nil for a guest's purchase.
  public var account: String?
  /// The order, hold or balance it is about.
  public var subject: String
  /// When it was written.
  public var recordedAt: Instant
}

private let insertOfAccount = SQLText(
  """
  INSERT INTO outgoing_event (place, kind, account, subject, recorded_at)
  VALUES ((SELECT coalesce(max(place), 0) + 1 FROM outgoing_event), $1,
    (SELECT coalesce(survivor, number) FROM account WHERE id = $2), $3, $4)
  """)
private let insertOfPurchase = SQLText(
  """
  INSERT INTO outgoing_event (place, kind, account, subject, recorded_at)
  VALUES ((SELECT coalesce(max(place), 0) + 1 FROM outgoing_event), $1,
    (SELECT account FROM purchase WHERE id = $2), $2, $3)
  """)
private let insertOfHold = SQLText(
  """
  INSERT INTO outgoing_event (place, kind, account, subject, recorded_at)
  VALUES ((SELECT coalesce(max(place), 0) + 1 FROM outgoing_event), $1,
    (SELECT account FROM hold WHERE id = $2), $2, $3)
  """)
private let eventsAfter = SQLText(
  """
  SELECT e.place, e.kind, account.id, e.subject, e.recorded_at,
    coalesce(account.survivor, e.account)
  FROM outgoing_event AS e LEFT JOIN account ON account.number = e.account
  WHERE e.place > $1 ORDER BY e.place LIMIT $2
  """)
private let lastEvent = SQLText("SELECT max(place) FROM outgoing_event")

extension LedgerStore {
  /// Writes down what a request did, in its commit, if anybody wants to be told.
  func announce(_ command: LedgerCommand, _ answer: LedgerAnswer, at now: Instant)
    throws(StorageError)
  {
    guard hasListeners, answer.isAccepted, let news = News(command) else { return }
    let moment = SQLValue.integer(now.secondsSince1970)
    let kind = SQLValue.text(news.kind.rawValue)
    switch news.owner {
    case .account(let id):
      try connection.run(
        insertOfAccount, [kind, id.map(SQLValue.text) ?? .null, .text(news.subject), moment])
    case .purchase: try connection.run(insertOfPurchase, [kind, .text(news.subject), moment])
    case .hold: try connection.run(insertOfHold, [kind, .text(news.subject), moment])
    }
    guard case .checkout(let record) = command else { return }
    for spend in record.spends {
      guard case .hold(let id, _) = spend.source else { continue }
      let captured = SQLValue.text(OutgoingEvent.Kind.holdCaptured.rawValue)
      try connection.run(insertOfHold, [captured, .text(id), moment])
    }
  }
}

/// What there is to tell of a command.
private struct News {
  /// How the account it happened to is found.
  enum Owner {
    case account(String?)
    case purchase
    case hold
  }
  var kind: OutgoingEvent.Kind
  var owner: Owner
  var subject: String

  /// Nil for what nobody is told of.
  init?(_ command: LedgerCommand) {
    switch command {
    case .account(let command):
      guard let account = command.account else { return nil }
      self.init(.accountChanged, .account(account), "")
    case .open(let account): self.init(.accountChanged, .account(account), "")
    case .issue(let issue): self.init(.balanceIssued, .account(issue.account), issue.balance)
    case .redeem(let account, let balance, _, _):
      self.init(.balanceRedeemed, .account(account), balance)
    case .adjust(let account, let balance, _, _, _), .set(let account, let balance, _, _):
      self.init(.balanceAdjusted, .account(account), balance)
    case .hold(let hold), .replaceHold(_, let hold): self.init(.holdPlaced, .hold, hold.id)
    case .capture(let hold, _, _): self.init(.holdCaptured, .hold, hold)
    case .release(let hold): self.init(.holdReleased, .hold, hold)
    case .checkout(let record):
      self.init(.checkoutRecorded, .account(record.account), record.order)
    case .void(let order, _): self.init(.checkoutVoided, .purchase, order)
    case .giveBack(let order, _, _, _): self.init(.checkoutReturned, .purchase, order)
    case .settle: return nil
    }
  }

  private init(_ kind: OutgoingEvent.Kind, _ owner: Owner, _ subject: String) {
    self.kind = kind
    self.owner = owner
    self.subject = subject
  }
}

extension LedgerReader {
  /// What happened after a place, in order, each with the number of its account.
  package func outgoingEvents(after place: Int64, most: Int) throws(StorageError)
    -> [(event: OutgoingEvent, account: Int64?)]
  {
    var events: [(event: OutgoingEvent, account: Int64?)] = []
    let rows = try connection.rows(eventsAfter, [.integer(place), .integer(Int64(most))])
    defer { rows.close() }
    while try rows.next() {
      guard let kind = OutgoingEvent.Kind(rawValue: rows.text(1)) else {
        throw .corrupt("an event of the unknown kind \(rows.text(1))")
      }
      let account = rows.text(2)
      events.append(
        (
          OutgoingEvent(
            place: rows.integer(0), kind: kind, account: account.isEmpty ? nil : account,
            subject: rows.text(3), recordedAt: Instant(secondsSince1970: rows.integer(4))),
          rows.optionalInteger(5)
        ))
    }
    return events
  }

  /// The place of the last thing that happened; zero before the first.
  package func lastOutgoingEvent() throws(StorageError) -> Int64 {
    try connection.number(lastEvent) ?? 0
  }
}
