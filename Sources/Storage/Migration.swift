package import LocalTime

extension Schema {
  private static let known = SQLText("SELECT max(version) FROM migration")
  private static let done = SQLText(
    "INSERT INTO migration (version, recorded_at) VALUES ($1, $2)")
  private static let tables = SQLText(
    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration'")
  private static let strangers = SQLText(
    "SELECT count(*) FROM sqlite_master WHERE type = 'table'")

  /// Brings a store to the version of this program, one step in one commit after another.
  ///
  /// - Parameter last: The version to stop at; that of this program unless an older one is wanted.
  /// - Throws: `newerVersion`, and `corrupt` for a file with tables that are not ours.
  package static func migrate(
    _ connection: any SQLConnection, at now: Instant, to last: Int64 = version
  ) throws(StorageError) {
    if try connection.number(tables) == 0 {
      guard try connection.number(strangers) == 0 else {
        throw .corrupt("it has tables of another program")
      }
      try connection.execute(
        """
        CREATE TABLE migration (
          version INTEGER PRIMARY KEY, recorded_at INTEGER NOT NULL) STRICT
        """)
    }
    try check(connection)
    var current = try connection.number(known) ?? 0
    // A step may put a table in the place of another to which rows of a third one point.
    guard current < last else { return }
    try connection.execute("PRAGMA foreign_keys = OFF")
    while current < last {
      try connection.execute("BEGIN IMMEDIATE")
      for statement in migrations[Int(current)] { try connection.execute(statement) }
      current += 1
      if current == chainedVersion { try linkEntries(connection) }
      try connection.run(done, [.integer(current), .integer(now.secondsSince1970)])
      try connection.execute("COMMIT")
    }
    try connection.execute("PRAGMA foreign_keys = ON")
  }

  /// Refuses a store that can not be read as it is.
  ///
  /// - Throws: `newerVersion`, `olderVersion`, and `corrupt` for a file with other tables or none.
  static func checkReading(_ connection: any SQLConnection) throws(StorageError) {
    guard try connection.number(tables) != 0 else { throw .corrupt("it has no ledger's tables") }
    try check(connection)
    let found = try connection.number(known) ?? 0
    guard found == version else { throw .olderVersion(found: found, known: version) }
  }

  /// Refuses a store that a newer program wrote.
  static func check(_ connection: any SQLConnection) throws(StorageError) {
    let found = try connection.number(known) ?? 0
    guard found <= version else { throw .newerVersion(found: found, known: version) }
  }
}
