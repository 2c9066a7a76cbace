import CSQLite

/// A connection to a SQLite file.
package final class SQLiteConnection: SQLConnection {
  /// What a connection may do.
  package enum Mode { case writing, reading }

  /// Nothing here asks how much memory SQLite has, so it need not keep count.
  private static let countsNoBytes = sqlite3_count_no_bytes() == SQLITE_OK

  private var database: OpaquePointer?
  /// By the places of their texts.
  private var prepared: [SQLiteStatement?] = []
  /// The statement that was asked last; readers ask the same one again and again.
  private var last: (text: SQLText, statement: SQLiteStatement)?

  /// Opens a file; a writer makes it when it is not there.
  ///
  /// A writer's commits are on disk before they are acknowledged, and it alone checkpoints: SQLite
  /// before 3.51.3 can damage a log that two connections write.
  /// - Throws: `io`, `corrupt`, `full`.
  package init(path: String, _ mode: Mode) throws(StorageError) {
    let flags =
      mode == .writing
      ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
      : SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    _ = Self.countsNoBytes
    let code = sqlite3_open_v2(path, &database, flags, nil)
    guard code == SQLITE_OK else {
      let error = failure(code)
      sqlite3_close_v2(database)
      database = nil
      throw error
    }
    sqlite3_busy_timeout(database, 10_000)
    try execute("PRAGMA foreign_keys = ON")
    try execute("PRAGMA trusted_schema = OFF")
    guard mode == .writing else { return }
    guard try answer(to: "PRAGMA journal_mode = WAL") == "wal" else {
      throw .io("\(path) can not be kept with a log beside it")
    }
    try execute("PRAGMA synchronous = FULL")
    try execute("PRAGMA secure_delete = ON")
    // Room for what purchases of all customers touch, so that few pages are read or written twice:
    // 64 MiB in memory, and as much in the log.
    try execute("PRAGMA wal_autocheckpoint = 16000")
    try execute("PRAGMA cache_size = -65536")
    try execute("PRAGMA temp_store = MEMORY")
  }

  deinit {
    for statement in prepared { statement?.finalize() }
    sqlite3_close_v2(database)
  }

  /// The first text that a statement gives; empty when it gives none.
  private func answer(to statement: String) throws(StorageError) -> String {
    let rows = try bound(SQLText(statement), [])
    defer { rows.close() }
    return try rows.next() ? rows.text(0) : ""
  }

  /// Runs statements that take no values and give no rows.
  package func execute(_ script: String) throws(StorageError) {
    let code = sqlite3_exec(database, script, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Runs a statement with values and gives its rows.
  package func rows(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError)
    -> any SQLRows
  {
    try bound(statement, values)
  }

  /// Runs a statement that gives no rows, and says how many it changed.
  package func run(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError) -> Int {
    let rows = try bound(statement, values)
    defer { rows.close() }
    while try rows.next() {}
    return Int(sqlite3_changes64(database))
  }

  /// How many rows were added, changed or removed since the connection was opened.
  package var changeCount: Int64 { sqlite3_total_changes64(database) }

  private func bound(_ text: SQLText, _ values: [SQLValue]) throws(StorageError)
    -> SQLiteStatement
  {
    if let last, last.text === text {
      try last.statement.bind(values)
      return last.statement
    }
    let statement = try statement(text)
    last = (text, statement)
    try statement.bind(values)
    return statement
  }

  private func statement(_ text: SQLText) throws(StorageError) -> SQLiteStatement {
    if text.place < prepared.count, let known = prepared[text.place] { return known }
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(
      database, text.text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle else { throw failure(code) }
    let statement = SQLiteStatement(handle, of: self)
    let missing = text.place + 1 - prepared.count
    if missing > 0 { prepared += Array(repeating: nil, count: missing) }
    prepared[text.place] = statement
    return statement
  }

  /// What an error code of SQLite means to us.
  func failure(_ code: Int32) -> StorageError {
    let detail =
      database.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? "no memory"
    return switch code & 0xFF {
    case SQLITE_FULL: .full
    case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt(detail)
    case SQLITE_CONSTRAINT: .constraint(detail)
    case SQLITE_BUSY, SQLITE_LOCKED: .locked(detail)
    case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_NOMEM, SQLITE_PERM: .io(detail)
    default: .misuse(detail)
    }
  }
}
