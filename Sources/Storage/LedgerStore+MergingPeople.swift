import Ledger
import LocalTime

private let moveLookups = SQLText(
  """
  INSERT INTO person_lookup (kind, digest, account)
  SELECT kind, digest, CAST($2 AS BIGINT) FROM person_lookup WHERE account = $1 AND kind <> 'external_id'
  ON CONFLICT (kind, digest, account) DO NOTHING
  """)
private let moveExternal = SQLText(
  "UPDATE person_lookup SET account = $2 WHERE account = $1 AND kind = 'external_id'")
private let moveRequests = SQLText(
  "UPDATE person_request SET account = $2 WHERE account = $1")
private let endPerson = SQLText("UPDATE person SET state = $2 WHERE account = $1")
private let beginErased = SQLText(
  "INSERT INTO person (account, version, state) VALUES ($1, 1, 'erased')")
/// What is removed so that nothing tells who an account was of.
private let removals =
  [
    SQLText("DELETE FROM person_record WHERE account = $1"),
    SQLText("DELETE FROM person_secret WHERE account = $1"),
    SQLText("DELETE FROM person_lookup WHERE account = $1"),
    SQLText("DELETE FROM person_request WHERE account = $1"),
    SQLText(
      """
      DELETE FROM person_request
      WHERE named IN (SELECT id FROM account WHERE number = $1 OR survivor = $1)
      """),
    SQLText(
      """
      DELETE FROM promised_quote
      WHERE account IN (SELECT id FROM account WHERE number = $1 OR survivor = $1)
      """),
    SQLText(
      """
      DELETE FROM payment_transaction WHERE EXISTS (
        SELECT 1 FROM payment JOIN account ON account.id = payment.account
        WHERE payment.client = payment_transaction.client
          AND payment.id = payment_transaction.payment
          AND (account.number = $1 OR account.survivor = $1))
      """),
    SQLText(
      """
      DELETE FROM payment_use WHERE EXISTS (
        SELECT 1 FROM payment JOIN account ON account.id = payment.account
        WHERE payment.client = payment_use.client AND payment.id = payment_use.payment
          AND (account.number = $1 OR account.survivor = $1))
      """),
    SQLText(
      """
      DELETE FROM payment
      WHERE account IN (SELECT id FROM account WHERE number = $1 OR survivor = $1)
      """),
  ]
/// What the caller kept with purchases may name anybody.
private let wipeBodies = SQLText("UPDATE purchase SET body = $2 WHERE account = $1")

/// What waits to be told of an account waits with what is to be told of the one it became.
private let moveDeliveries = SQLText(
  "UPDATE webhook_delivery SET account = $2 WHERE account = $1")

extension LedgerStore {
  /// Joins what is known of two persons who are one: the record kept gets the fields it lacks.
  func takeOver(_ merged: AccountNumber, into kept: AccountNumber, at now: Instant)
    throws(StorageError)
  {
    var version = try connection.person(of: kept)?.version
    var names: [String] = []
    if let person = try connection.person(of: merged) {
      (version, names) = try takeOver(person, into: kept)
      forgetting = Forgetting()
    }
    try connection.run(moveDeliveries, [.integer(merged.value), .integer(kept.value)])
    try note(.merged, of: merged, other: kept, at: now)
    try note(.absorbed, of: kept, names: names, other: merged, version: version, at: now)
  }

  private func takeOver(_ person: Person, into kept: AccountNumber) throws(StorageError)
    -> (version: Int64?, names: [String])
  {
    let mine = try connection.record(of: person.account)
    var known = try connection.person(of: kept)
    if known == nil, let secret = try connection.secret(of: person.account) {
      // Nobody was known there: the person moves with a key made of their own.
      try insertPerson(kept, enrolledAt: nil, random: secret)
      known = try connection.person(of: kept)
    } else {
      known?.version += 1
    }
    guard var known else { throw .corrupt("a person without a key") }
    let before = try connection.record(of: kept)
    var record = before
    for (name, value) in mine.fields where record.fields[name] == nil {
      record.fields[name] = value
    }
    known.enrolledAt = [known.enrolledAt, person.enrolledAt].compactMap { $0 }.min()
    let both: [SQLValue] = [.integer(person.account.value), .integer(kept.value)]
    try connection.run(moveExternal, both)
    try connection.run(moveLookups, both)
    try connection.run(moveRequests, both)
    try update(known)
    try write(record, before: before, of: kept)
    try moveCards(of: person.account, to: kept)
    for removal in removals { try connection.run(removal, [both[0]]) }
    try connection.run(endPerson, [both[0], .text("merged")])
    return (known.version, record.fields.keys.filter { before.fields[$0] == nil }.sorted())
  }

  /// Forgets a person: key, record, look-ups, what was kept with purchases, and what they could
  /// spend from; the books know a number alone, and stay.
  func erase(_ id: String, for request: LedgerRequest, at now: Instant) throws(StorageError)
    -> LedgerAnswer
  {
    guard let account = try number(of: id) else { return LedgerAnswer(.unknownAccount) }
    guard try connection.spending(account) == nil else { return LedgerAnswer(.wrongKind) }
    let person = try connection.person(of: account)
    if person?.isErased == true { return LedgerAnswer(.erased) }
    let answer = try onBook(of: account, for: request, at: now) { book in
      book.holds.isEmpty
        ? LedgerAnswer(.erased) : LedgerAnswer(.openHolds, amount: Int64(book.holds.count))
    }
    guard answer.isAccepted else { return answer }
    let owner = SQLValue.integer(account.value)
    try retireCards(of: account)
    for removal in removals { try connection.run(removal, [owner]) }
    try connection.run(wipeBodies, [owner, .bytes([])])
    try endAssignments(of: try countedID(of: id), at: now)
    if person == nil {
      try connection.run(beginErased, [owner])
    } else {
      try connection.run(endPerson, [owner, .text("erased")])
    }
    try note(.erased, of: account, at: now)
    forgetting = Forgetting()
    return answer
  }
}
