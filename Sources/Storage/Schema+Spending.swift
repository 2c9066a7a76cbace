extension Schema {
  /// Codes that can be used once, and accounts that pay for others.
  static let codesAndSpending = [
    """
    CREATE TABLE code_pool (
      name TEXT PRIMARY KEY, codes INTEGER NOT NULL CHECK (codes > 0)) STRICT
    """,
    """
    CREATE TABLE code (
      digest BLOB PRIMARY KEY CHECK (length(digest) = 16),
      pool TEXT NOT NULL REFERENCES code_pool (name), used_at INTEGER, used_for TEXT,
      CHECK ((used_at IS NULL) = (used_for IS NULL))) STRICT
    """,
    "CREATE INDEX code_used ON code (used_for) WHERE used_for IS NOT NULL",
    """
    CREATE TABLE spending_account (
      account INTEGER PRIMARY KEY REFERENCES account (number), name TEXT NOT NULL,
      kind INTEGER NOT NULL REFERENCES balance_kind (id), starts_at INTEGER, ends_at INTEGER,
      CHECK (starts_at < ends_at)) STRICT
    """,
    """
    CREATE TABLE spending_assignment (
      scope TEXT NOT NULL CHECK (scope IN ('buyer', 'group', 'user')), scope_key TEXT NOT NULL,
      spending INTEGER NOT NULL REFERENCES spending_account (account),
      exceed_maximum INTEGER NOT NULL CHECK (exceed_maximum >= 0),
      PRIMARY KEY (scope, scope_key, spending)) STRICT
    """,
  ]
}
