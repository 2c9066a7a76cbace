extension Schema {
  /// One may stay in a group for any calendar term, not only for days.
  static let stays = [
    "ALTER TABLE member_group RENAME COLUMN days TO stay_count",
    """
    ALTER TABLE member_group ADD COLUMN stay_period TEXT
      CHECK (stay_period IN ('day', 'week', 'month', 'quarter', 'year'))
    """,
    "UPDATE member_group SET stay_period = 'day' WHERE stay_count IS NOT NULL",
  ]

  /// Who may ask over the network, what they were answered, and the rules that were in force.
  static let service = [
    """
    CREATE TABLE api_client (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL, created_at INTEGER NOT NULL,
      revoked_at INTEGER) STRICT
    """,
    """
    CREATE TABLE api_secret (
      client TEXT NOT NULL REFERENCES api_client (id), place INTEGER NOT NULL,
      digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32), created_at INTEGER NOT NULL,
      revoked_at INTEGER, PRIMARY KEY (client, place)) STRICT
    """,
    """
    CREATE TABLE kept_answer (
      request TEXT PRIMARY KEY REFERENCES request (id), status INTEGER NOT NULL,
      body BLOB NOT NULL) STRICT
    """,
    """
    CREATE TABLE rules_revision (
      number INTEGER PRIMARY KEY CHECK (number > 0), identity TEXT NOT NULL,
      published_at INTEGER NOT NULL, actor TEXT NOT NULL) STRICT
    """,
    """
    CREATE TABLE rules_file (
      revision INTEGER NOT NULL REFERENCES rules_revision (number), place INTEGER NOT NULL,
      path TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (revision, place)) STRICT
    """,
    """
    CREATE TABLE rules_list (
      revision INTEGER NOT NULL, file INTEGER NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL,
      PRIMARY KEY (revision, file, name),
      FOREIGN KEY (revision, file) REFERENCES rules_file (revision, place)) STRICT
    """,
  ]

  /// Prices that were promised.
  static let promises = [
    """
    CREATE TABLE promised_quote (
      id TEXT PRIMARY KEY, client TEXT NOT NULL, account TEXT,
      revision INTEGER NOT NULL REFERENCES rules_revision (number), priced_at TEXT NOT NULL,
      expires_at INTEGER NOT NULL, sent BLOB NOT NULL, priced BLOB NOT NULL,
      extras BLOB NOT NULL) STRICT
    """,
    "CREATE INDEX promised_quote_end ON promised_quote (expires_at)",
  ]
}
