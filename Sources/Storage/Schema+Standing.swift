extension Schema {
  /// Accounts that are disabled, parts of purchases that other accounts paid, several rewards of
  /// one campaign and balance, and what a refused request said of somebody nobody knows.
  static let standing = [
    "ALTER TABLE account ADD COLUMN disabled_at INTEGER",
    "ALTER TABLE purchase_part ADD COLUMN account INTEGER REFERENCES account (number)",
    "ALTER TABLE purchase_part ADD COLUMN number INTEGER REFERENCES ledger_transaction (number)",
    "ALTER TABLE reward RENAME TO reward_without_place",
    "DROP INDEX reward_account",
    """
    CREATE TABLE reward (
      for_order TEXT NOT NULL, campaign TEXT NOT NULL,
      kind INTEGER NOT NULL REFERENCES balance_kind (id),
      place INTEGER NOT NULL CHECK (place >= 0),
      account INTEGER NOT NULL REFERENCES account (number),
      amount INTEGER NOT NULL CHECK (amount > 0), due_at INTEGER NOT NULL, expires_at INTEGER,
      state TEXT NOT NULL CHECK (state IN ('pending', 'issued', 'cancelled')),
      PRIMARY KEY (for_order, campaign, kind, place))
      STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO reward (for_order, campaign, kind, place, account, amount, due_at, expires_at, state)
    SELECT for_order, campaign, kind, 0, account, amount, due_at, expires_at, state
    FROM reward_without_place
    """,
    "DROP TABLE reward_without_place",
    "CREATE INDEX reward_account ON reward (account) WHERE state = 'pending'",
    "ALTER TABLE person_request RENAME TO person_request_of_known",
    "DROP INDEX person_request_account",
    """
    CREATE TABLE person_request (
      request TEXT PRIMARY KEY REFERENCES request (id) DEFERRABLE INITIALLY DEFERRED,
      account INTEGER REFERENCES person (account), named TEXT, digest BLOB NOT NULL,
      CHECK ((account IS NULL) <> (named IS NULL))) STRICT
    """,
    """
    INSERT INTO person_request (request, account, digest)
    SELECT request, account, digest FROM person_request_of_known
    """,
    "DROP TABLE person_request_of_known",
    "CREATE INDEX person_request_account ON person_request (account) WHERE account IS NOT NULL",
    "CREATE INDEX person_request_named ON person_request (named) WHERE named IS NOT NULL",
  ]
}
