public import Ledger
public import LocalTime

/// An account that was found, with what was asked for.
public struct AccountRecord: Hashable, Sendable {
  /// The caller's id of it.
  public var id: String
  /// When the person became a member; nil for others.
  public var enrolledAt: Instant?
  /// Counts the changes of the record; what `update` asks for.
  public var version: Int64
  /// Whether the account neither earns nor spends.
  public var isDisabled: Bool
  /// The fields asked for that the record has.
  public var fields: [String: FieldValue]
  /// The balances asked for that are declared.
  public var balances: [String: BalanceView]
  /// Card numbers, if asked for.
  public var cards: [String]
}

extension LedgerReader {
  private static let byLookup = SQLText(
    "SELECT account FROM person_lookup WHERE kind = $1 AND digest = $2 ORDER BY account")
  private static let hasLookup = SQLText(
    """
    SELECT count(*) FROM person_lookup WHERE kind = $1 AND digest = $2 AND account = $3
    """)
  private static let number = SQLText(
    "SELECT coalesce(survivor, number) FROM account WHERE id = $1")

  /// The accounts that answer to everything a query asks for, in the order they were opened.
  ///
  /// A query that asks for nothing, or for what can not be, finds nothing.
  /// - Parameter most: How many to return; no more than `LedgerLimits.foundMaximum` are.
  public func search(
    _ query: AccountQuery, returning selection: AccountSelection = AccountSelection(),
    most: Int = LedgerLimits.foundMaximum, at now: Instant
  ) throws(StorageError) -> [AccountRecord] {
    try connection.execute("BEGIN")
    defer { try? connection.execute("COMMIT") }
    var found: [AccountRecord] = []
    for number in try numbers(query, most: max(0, min(most, LedgerLimits.foundMaximum))) {
      if let record = try record(of: number, selection, at: now) { found.append(record) }
    }
    return found
  }

  /// What is known of an account; nil when nobody is known under the id.
  public func account(
    _ id: String, returning selection: AccountSelection = AccountSelection(fields: nil),
    at now: Instant
  ) throws(StorageError) -> AccountRecord? {
    try connection.execute("BEGIN")
    defer { try? connection.execute("COMMIT") }
    guard let number = try connection.number(Self.number, [.text(id)]) else { return nil }
    return try record(of: AccountNumber(number), selection, at: now)
  }

  private func numbers(_ query: AccountQuery, most: Int) throws(StorageError)
    -> [AccountNumber]
  {
    guard let key = try connection.lookupSecret() else { return [] }
    var terms: [(kind: LookupKind, digest: [UInt8])] = []
    // The kind that finds the fewest accounts comes first.
    for kind in LookupKind.allCases {
      guard let text = query.terms[kind] else { continue }
      guard let digest = kind.digest(of: text, key: key) else { return [] }
      terms.append((kind, digest))
    }
    guard let first = terms.first else { return [] }
    var found: [AccountNumber] = []
    let rows = try connection.rows(
      Self.byLookup, [.text(first.kind.rawValue), .bytes(first.digest)])
    defer { rows.close() }
    while found.count < most, try rows.next() {
      let number = AccountNumber(rows.integer(0))
      var isWanted = true
      for term in terms.dropFirst() where isWanted {
        isWanted = try answers(number, to: term.kind, term.digest)
      }
      if isWanted { found.append(number) }
    }
    return found
  }

  private func answers(_ account: AccountNumber, to kind: LookupKind, _ digest: [UInt8])
    throws(StorageError) -> Bool
  {
    try connection.number(
      Self.hasLookup, [.text(kind.rawValue), .bytes(digest), .integer(account.value)]) != 0
  }

  private func record(of number: AccountNumber, _ selection: AccountSelection, at now: Instant)
    throws(StorageError) -> AccountRecord?
  {
    guard let person = try connection.person(of: number), !person.isErased,
      let id = try accountID(of: number)
    else { return nil }
    var found = AccountRecord(
      id: id, enrolledAt: person.enrolledAt.map { Instant(secondsSince1970: $0) },
      version: person.version, isDisabled: try isDisabled(id) ?? false, fields: [:],
      balances: [:], cards: [])
    if selection.fields?.isEmpty != true {
      let record = try connection.record(of: number)
      found.fields = record.fields.filter { selection.fields?.contains($0.key) ?? true }
    }
    if selection.hasCards { found.cards = try connection.cards(of: number).map(\.number) }
    for name in selection.balances {
      found.balances[name] = try viewInSnapshot(name, of: id, at: now)
    }
    return found
  }
}
