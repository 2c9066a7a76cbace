import CPostgreSQL
package import Storage

/// A connection to PostgreSQL, with which tests of the store run on it as they are.
///
/// It stands where the one to a SQLite file stands. What would be a file is a schema, and a file
/// without bytes. Definitions are spelled by the function `define` of spelling.sql; rows are read
/// and written by the statements that SQLite is given.
package final class PostgreSQLConnection: SQLConnection {
  /// What a connection may do.
  package enum Mode { case writing, reading }

  private var server: OpaquePointer?
  private var prepared: [ObjectIdentifier: String] = [:]
  private var texts: [SQLText] = []
  /// How many rows were added, changed or removed since the connection was opened.
  package private(set) var changeCount: Int64 = 0

  /// Opens what stands for a file; a writer makes it when it is not there.
  ///
  /// - Throws: `io`, `corrupt`.
  package init(path: String, _ mode: Mode) throws(StorageError) {
    server = PQconnectdb("")
    guard PQstatus(server) == CONNECTION_OK else { throw failure(nil) }
    let schema = "store_\(Self.number(of: path))"
    try ask("SET client_min_messages = warning")
    // Whoever reads sees one moment from BEGIN to COMMIT, as in SQLite.
    try ask("SET default_transaction_isolation = 'repeatable read'")
    try ask("SET search_path = \(schema), public")
    let isThere = try ask("SELECT 1 FROM pg_namespace WHERE nspname = '\(schema)'").rowCount > 0
    if mode == .reading {
      guard isThere else { throw .io("nothing stands for \(path)") }
      try ask("SET default_transaction_read_only = on")
      return
    }
    // A folder without a file is no ledger.
    guard let file = fopen(path, "a") else { throw .io("\(path) can not be made") }
    fclose(file)
    if !isThere {
      try ask("CREATE SCHEMA \(schema)")
      try ask(
        """
        CREATE VIEW sqlite_master AS SELECT 'table' AS type, tablename AS name FROM pg_tables
        WHERE schemaname = '\(schema)'
        """)
    }
  }

  deinit { PQfinish(server) }

  /// Runs statements that take no values and give no rows.
  package func execute(_ script: String) throws(StorageError) {
    if script.hasPrefix("PRAGMA") { return }
    if script == "COMMIT", PQtransactionStatus(server) == PQTRANS_INERROR {
      throw .misuse("a transaction that failed can not be committed")
    }
    let isDefinition = ["CREATE", "ALTER", "DROP"].contains { script.hasPrefix($0) }
    let asked = script == "BEGIN IMMEDIATE" ? "BEGIN" : script
    try ask(isDefinition ? "SELECT define($promo$\(asked)$promo$)" : asked)
  }

  /// Runs a statement with values and gives its rows.
  package func rows(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError)
    -> any SQLRows
  {
    try asked(statement, values)
  }

  /// Runs a statement that gives no rows, and says how many it changed.
  package func run(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError) -> Int {
    try asked(statement, values).changedCount
  }

  private func asked(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError)
    -> PostgreSQLRows
  {
    if statement.text == "PRAGMA integrity_check" { return try ask("SELECT 'ok'") }
    if statement.text.hasPrefix("PRAGMA wal_checkpoint") { return try ask("SELECT 0, 0, 0") }
    let name = try name(of: statement)
    let copies = values.map { value in Self.text(value).flatMap { strdup($0) } }
    defer { for copy in copies { free(copy) } }
    let pointers = copies.map { $0.map { UnsafePointer($0) } }
    let result = PQexecPrepared(server, name, Int32(values.count), pointers, nil, nil, 0)
    return try looked(at: result)
  }

  private func name(of statement: SQLText) throws(StorageError) -> String {
    let key = ObjectIdentifier(statement)
    if let known = prepared[key] { return known }
    let name = "s\(prepared.count)"
    _ = try looked(at: PQprepare(server, name, statement.text, 0, nil))
    prepared[key] = name
    texts.append(statement)
    return name
  }

  /// A number that tells paths apart: FNV-1a, which is short and has no seed.
  private static func number(of path: String) -> UInt64 {
    path.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func text(_ value: SQLValue) -> String? {
    switch value {
    case .null: return nil
    case .integer(let number): return String(number)
    case .text(let text): return text
    case .bytes(let bytes):
      let digits = Array("0123456789abcdef".utf8)
      var hexadecimal = Array("\\x".utf8)
      for byte in bytes {
        hexadecimal.append(digits[Int(byte >> 4)])
        hexadecimal.append(digits[Int(byte & 15)])
      }
      return String(decoding: hexadecimal, as: UTF8.self)
    }
  }

  @discardableResult
  private func ask(_ text: String) throws(StorageError) -> PostgreSQLRows {
    try looked(at: PQexec(server, text))
  }

  private func looked(at result: OpaquePointer?) throws(StorageError) -> PostgreSQLRows {
    let status = PQresultStatus(result)
    guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY].contains(status) else {
      defer { PQclear(result) }
      throw failure(result)
    }
    let rows = PostgreSQLRows(result)
    if status == PGRES_COMMAND_OK { changeCount += Int64(rows.changedCount) }
    return rows
  }

  private func failure(_ result: OpaquePointer?) -> StorageError {
    // The letters of PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY, which Swift can not see.
    let code = PQresultErrorField(result, 67).map { String(cString: $0) } ?? ""
    let message = PQresultErrorField(result, 77) ?? PQerrorMessage(server)
    let detail = message.map { String(cString: $0) } ?? "no memory"
    return switch code.prefix(2) {
    case "23": .constraint(detail)
    case "40", "55": .locked(detail)
    case "53": .full
    case "": .io(detail)
    default: .misuse("\(code) \(detail)")
    }
  }
}

/// The rows of an answer, all of which are there.
final class PostgreSQLRows: SQLRows {
  private var result: OpaquePointer?
  private var row: Int32 = -1
  let rowCount: Int32
  let changedCount: Int

  init(_ result: OpaquePointer?) {
    self.result = result
    rowCount = PQntuples(result)
    changedCount = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
  }

  deinit { PQclear(result) }

  func next() throws(StorageError) -> Bool {
    row += 1
    return row < rowCount
  }

  func close() { row = rowCount }

  private func field(_ column: Int) -> String? {
    precondition(row >= 0 && row < rowCount, "a row is asked of which there is none")
    guard PQgetisnull(result, row, Int32(column)) == 0 else { return nil }
    return PQgetvalue(result, row, Int32(column)).map { String(cString: $0) }
  }

  func integer(_ column: Int) -> Int64 { optionalInteger(column) ?? 0 }

  func optionalInteger(_ column: Int) -> Int64? {
    guard let text = field(column) else { return nil }
    guard let number = Int64(text) else { preconditionFailure("\(text) is no whole number") }
    return number
  }

  func text(_ column: Int) -> String { field(column) ?? "" }

  func bytes(_ column: Int) -> [UInt8] {
    guard let text = field(column) else { return [] }
    precondition(text.hasPrefix("\\x"), "\(text) is no bytes")
    let digits = text.utf8.dropFirst(2).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
