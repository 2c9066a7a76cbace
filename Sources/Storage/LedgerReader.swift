public import Ledger
public import LocalTime

/// Reads a data folder beside its writer; it sees what is committed and never changes anything.
///
/// It belongs to one thread at a time; open one for each thread that reads.
public final class LedgerReader {
  let connection: any SQLConnection
  /// Accounts that were asked for before, of which only the numbers are sure to be so still.
  private var numbers = BookShelf()
  /// The balances that were declared when the reader was opened.
  public let programme: LoyaltyProgramme

  /// Opens a data folder for reading.
  ///
  /// - Throws: `noFolder`, `noLedger`, `olderVersion`, `newerVersion`, `corrupt`, `io`.
  public convenience init(folder path: String, zone: ZoneTable) throws(StorageError) {
    try DataFolder.check(path)
    try self.init(
      SQLiteConnection(path: DataFolder.databasePath(in: path), .reading), zone: zone)
  }

  /// A reader over a connection.
  package init(_ connection: any SQLConnection, zone: ZoneTable) throws(StorageError) {
    try Schema.checkReading(connection)
    self.connection = connection
    self.programme = try readProgramme(connection, zone: zone)
  }

  /// The row of an account that was not merged into another.
  private static let row = SQLText(
    """
    SELECT balance.posted, balance.held, account.next_change_at
    FROM account LEFT JOIN balance ON balance.account = account.number AND balance.kind = $2
    WHERE account.number = $1 AND account.survivor IS NULL
    """)
  private static let number = SQLText(
    "SELECT coalesce(survivor, number) FROM account WHERE id = $1")
  private static let id = SQLText("SELECT id FROM account WHERE number = $1")
  private static let version = SQLText(
    "SELECT version FROM balance WHERE account = $1 AND kind = $2")

  /// The caller's id of an account; nil for a number that no account has.
  package func accountID(of account: AccountNumber) throws(StorageError) -> String? {
    let rows = try connection.rows(Self.id, [.integer(account.value)])
    defer { rows.close() }
    return try rows.next() ? rows.text(0) : nil
  }

  /// What an account can spend of a balance at a moment; nil for an unknown account or balance.
  ///
  /// The quick question: one row answers it unless something fell due since it was written.
  public func available(_ balance: String, of account: String, at now: Instant)
    throws(StorageError) -> Int64?
  {
    guard let terms = programme.terms(named: balance) else { return nil }
    guard let number = try self.number(of: account) else { return nil }
    let rows = try connection.rows(Self.row, [.integer(number), .integer(terms.id.value)])
    defer { rows.close() }
    // An account that was merged since its number was looked up is a part of another now.
    guard try rows.next() else { return try view(balance, of: account, at: now)?.available }
    if let next = rows.moment(2), next <= now {
      rows.close()
      return try view(balance, of: account, at: now)?.available
    }
    return rows.integer(0) - rows.integer(1)
  }

  /// The number of an account, which stays the same unless the account is merged into another.
  private func number(of account: String) throws(StorageError) -> Int64? {
    if let known = numbers.owner(of: account) { return known.number.value }
    guard let known = try connection.known(account) else { return nil }
    numbers.keep(known, of: account)
    return known.number.value
  }

  /// What an account has of a balance at a moment; nil for an unknown account or balance.
  ///
  /// It is what a command at that moment would find, whether or not anything ran since.
  public func view(_ balance: String, of account: String, at now: Instant)
    throws(StorageError) -> BalanceView?
  {
    try connection.execute("BEGIN")
    defer { try? connection.execute("COMMIT") }
    return try viewInSnapshot(balance, of: account, at: now)
  }

  /// The same inside a snapshot that was begun.
  func viewInSnapshot(_ balance: String, of account: String, at now: Instant)
    throws(StorageError) -> BalanceView?
  {
    guard let terms = programme.terms(named: balance) else { return nil }
    guard let number = try connection.number(Self.number, [.text(account)]) else { return nil }
    var book = try loadBook(of: AccountNumber(number), from: connection, lastLot: 0)
    let version =
      try connection.number(Self.version, [.integer(number), .integer(terms.id.value)]) ?? 0
    book.settle(at: now, programme)
    return book.view(of: terms.id, version: version)
  }
}
