extension Schema {
  /// Who accounts are: keys, sealed records and look-ups apart from the books, and the feed.
  static let people =
    [
      "ALTER TABLE account ADD COLUMN survivor INTEGER REFERENCES account (number)",
      "CREATE INDEX account_survivor ON account (survivor) WHERE survivor IS NOT NULL",
      "CREATE INDEX campaign_usage_key ON campaign_usage (scope_key) WHERE scope = 'customer'",
      """
      CREATE TABLE store_secret (
        name TEXT PRIMARY KEY, bytes BLOB NOT NULL CHECK (length(bytes) = 32)) STRICT
      """,
      "CREATE TABLE field_kind (name TEXT PRIMARY KEY, kind TEXT NOT NULL) STRICT",
      """
      CREATE TABLE person (
        account INTEGER PRIMARY KEY REFERENCES account (number),
        version INTEGER NOT NULL CHECK (version > 0), enrolled_at INTEGER,
        state TEXT NOT NULL CHECK (state IN ('active', 'merged', 'erased'))) STRICT
      """,
      """
      CREATE TABLE person_secret (
        account INTEGER PRIMARY KEY REFERENCES person (account),
        bytes BLOB NOT NULL CHECK (length(bytes) = 32)) STRICT
      """,
      """
      CREATE TABLE person_record (
        account INTEGER PRIMARY KEY REFERENCES person_secret (account), sealed BLOB NOT NULL)
        STRICT
      """,
    ] + findingPeople

  private static let findingPeople = [
    """
    CREATE TABLE person_lookup (
      kind TEXT NOT NULL CHECK (kind IN ('card', 'external_id', 'email', 'phone')),
      digest BLOB NOT NULL, account INTEGER NOT NULL REFERENCES person (account),
      PRIMARY KEY (kind, digest, account)) STRICT
    """,
    "CREATE INDEX person_lookup_account ON person_lookup (account)",
    """
    CREATE UNIQUE INDEX person_lookup_external ON person_lookup (digest)
      WHERE kind = 'external_id'
    """,
    """
    CREATE TABLE person_request (
      request TEXT PRIMARY KEY REFERENCES request (id) DEFERRABLE INITIALLY DEFERRED,
      account INTEGER NOT NULL REFERENCES person (account), digest BLOB NOT NULL) STRICT
    """,
    "CREATE INDEX person_request_account ON person_request (account)",
    """
    CREATE TABLE account_change (
      place INTEGER PRIMARY KEY CHECK (place > 0),
      account INTEGER NOT NULL REFERENCES account (number), kind TEXT NOT NULL,
      names TEXT NOT NULL, other INTEGER REFERENCES account (number), version INTEGER,
      recorded_at INTEGER NOT NULL) STRICT
    """,
  ]
}
