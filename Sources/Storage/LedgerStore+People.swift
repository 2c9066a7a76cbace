public import Ledger
import LocalTime

/// What is known of the person of an account, apart from the record.
struct Person {
  var account: AccountNumber
  var version: Int64
  var enrolledAt: Int64?
  var isErased: Bool
}

private let person = SQLText(
  "SELECT version, enrolled_at, state FROM person WHERE account = $1")
private let secret = SQLText("SELECT bytes FROM person_secret WHERE account = $1")
private let record = SQLText("SELECT sealed FROM person_record WHERE account = $1")
private let storeSecret = SQLText("SELECT bytes FROM store_secret WHERE name = 'lookup'")

extension SQLConnection {
  /// Who an account is of; nil when nobody was made known for it.
  func person(of account: AccountNumber) throws(StorageError) -> Person? {
    let rows = try rows(Storage.person, [.integer(account.value)])
    defer { rows.close() }
    guard try rows.next() else { return nil }
    return Person(
      account: account, version: rows.integer(0), enrolledAt: rows.optionalInteger(1),
      isErased: rows.text(2) == "erased")
  }

  /// The key of a person; nil when there is none, or none any more.
  func secret(of account: AccountNumber) throws(StorageError) -> [UInt8]? {
    try bytes(Storage.secret, [.integer(account.value)])
  }

  /// The key of all look-ups; nil before anybody was made known.
  func lookupSecret() throws(StorageError) -> [UInt8]? { try bytes(storeSecret, []) }

  /// What is known of a person, opened with their key.
  func record(of account: AccountNumber) throws(StorageError) -> PersonRecord {
    guard let secret = try secret(of: account),
      let sealed = try bytes(Storage.record, [.integer(account.value)])
    else { return PersonRecord() }
    return try PersonRecord(PersonSeal.open(sealed, for: place(of: account), key: secret))
  }

  /// What a person's record is sealed for.
  func place(of account: AccountNumber) -> String { "account \(account.value)" }

  /// The text of the first column of the first row; nil when there is none.
  func text(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError) -> String? {
    let rows = try rows(statement, values)
    defer { rows.close() }
    return try rows.next() ? rows.text(0) : nil
  }

  /// The bytes of the first column of the first row; nil when there is none.
  func bytes(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError) -> [UInt8]? {
    let rows = try rows(statement, values)
    defer { rows.close() }
    return try rows.next() ? rows.bytes(0) : nil
  }
}

extension LedgerStore {
  private static let insertPerson = SQLText(
    """
    INSERT INTO person (account, version, enrolled_at, state) VALUES ($1, 1, $2, 'active')
    """)
  private static let updatePerson = SQLText(
    "UPDATE person SET version = $2, enrolled_at = $3 WHERE account = $1")
  private static let insertSecret = SQLText(
    "INSERT INTO person_secret (account, bytes) VALUES ($1, $2)")
  private static let insertStoreSecret = SQLText(
    "INSERT INTO store_secret (name, bytes) VALUES ('lookup', $1)")
  private static let upsertRecord = SQLText(
    """
    INSERT INTO person_record (account, sealed) VALUES ($1, $2)
    ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed
    """)
  private static let insertLookup = SQLText(
    """
    INSERT INTO person_lookup (kind, digest, account) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING
    """)
  private static let removeLookup = SQLText(
    "DELETE FROM person_lookup WHERE kind = $1 AND digest = $2 AND account = $3")
  private static let insertField = SQLText(
    """
    INSERT INTO field_kind (name, kind) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING
    """)
  private static let fields = SQLText("SELECT name, kind FROM field_kind ORDER BY name")

  /// Lets records have fields of the shop's own.
  ///
  /// - Throws: `constraint` for a bad name, too many fields, or a field of another kind by then.
  public func declareFields(_ declared: [FieldDeclaration]) throws(StorageError) {
    var known = try declaredFields()
    for field in declared {
      guard field.hasGoodName, field.name != LookupKind.card.rawValue else {
        throw .constraint("a field can not be named so")
      }
      guard known[field.name, default: field.kind] == field.kind else {
        throw .constraint("field \(field.name) can not change its kind")
      }
      known[field.name] = field.kind
    }
    guard known.count <= LedgerLimits.fieldsMaximum else {
      throw .constraint("more than \(LedgerLimits.fieldsMaximum) fields")
    }
    let standard = FieldDeclaration.standard.map(\.name)
    try inOneCommit { () throws(StorageError) in
      for (name, kind) in known where !standard.contains(name) {
        try connection.run(Self.insertField, [.text(name), .text(kind.rawValue)])
      }
    }
  }

  /// All fields a record may have.
  func declaredFields() throws(StorageError) -> [String: FieldKind] {
    var known: [String: FieldKind] = [:]
    for field in FieldDeclaration.standard { known[field.name] = field.kind }
    let rows = try connection.rows(Self.fields, [])
    while try rows.next() { known[rows.text(0)] = FieldKind(rawValue: rows.text(1)) }
    return known
  }

  /// Does something in a commit of its own, or not at all.
  ///
  /// - Throws: `stopped` after an earlier failure; after one here that no check of the store made,
  ///   every later call throws it.
  func inOneCommit(_ body: () throws(StorageError) -> Void) throws(StorageError) {
    guard !isStopped else { throw .stopped }
    do throws(StorageError) {
      try connection.execute("BEGIN IMMEDIATE")
      try body()
      try connection.execute("COMMIT")
    } catch {
      if case .constraint = error {} else { isStopped = true }
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  /// The key of all look-ups, made of random bytes if there is none yet.
  ///
  /// The system's own random bytes go in too: those of a caller may be known to others, as those
  /// that become codes are.
  func lookupSecret(orFrom random: [UInt8]) throws(StorageError) -> [UInt8] {
    if let known = try connection.lookupSecret() { return known }
    let made = PersonSeal.digest(Array("store".utf8), key: random + (try systemRandom(32)))
    try connection.run(Self.insertStoreSecret, [.bytes(made)])
    return made
  }

  /// Begins to know a person, with a key of their own.
  func insertPerson(_ account: AccountNumber, enrolledAt: Int64?, random: [UInt8])
    throws(StorageError)
  {
    let key = PersonSeal.digest(Array("person \(account.value)".utf8), key: random)
    try connection.run(Self.insertPerson, [.integer(account.value), SQLValue(enrolledAt)])
    try connection.run(Self.insertSecret, [.integer(account.value), .bytes(key)])
  }

  /// Counts a version of a person.
  func update(_ person: Person) throws(StorageError) {
    try connection.run(
      Self.updatePerson,
      [.integer(person.account.value), .integer(person.version), SQLValue(person.enrolledAt)])
  }

  /// Seals a record under its person's key, and lets the person be found by it.
  func write(_ record: PersonRecord, before: PersonRecord, of account: AccountNumber)
    throws(StorageError)
  {
    guard let secret = try connection.secret(of: account),
      let lookups = try connection.lookupSecret()
    else { throw .corrupt("a person without a key") }
    let sealed = try PersonSeal.seal(
      record.bytes, for: connection.place(of: account), key: secret)
    try connection.run(Self.upsertRecord, [.integer(account.value), .bytes(sealed)])
    for kind in LookupKind.allCases {
      let old = before.digest(kind, key: lookups)
      let new = record.digest(kind, key: lookups)
      guard old != new else { continue }
      let place = SQLValue.text(kind.rawValue)
      let owner = SQLValue.integer(account.value)
      if let old { try connection.run(Self.removeLookup, [place, .bytes(old), owner]) }
      if let new { try connection.run(Self.insertLookup, [place, .bytes(new), owner]) }
    }
  }
}

extension LookupKind {
  /// What stands in the place of a text wherever accounts are found by it; nil when it can be none.
  func digest(of text: String, key: [UInt8]) -> [UInt8]? {
    normal(text).map { PersonSeal.digest(Array($0.utf8), for: rawValue, key: key) }
  }
}

extension PersonRecord {
  /// What stands for the field of a kind wherever accounts are found by it; nil without the field.
  func digest(_ kind: LookupKind, key: [UInt8]) -> [UInt8]? {
    guard case .text(let text) = fields[kind.rawValue] else { return nil }
    return kind.digest(of: text, key: key)
  }
}
