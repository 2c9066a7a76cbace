extension Schema {
  /// Purchases keep what was bought in one place until something of it comes back, and transactions
  /// are found by their numbers alone: what follows what is said by the number and proved by the
  /// digests, and two more indexes over random bytes cost more than all else of a transaction.
  static let packing =
    [
      "ALTER TABLE purchase ADD COLUMN content BLOB",
      """
      CREATE TABLE packed_transaction (
        number INTEGER PRIMARY KEY, kind TEXT NOT NULL, request TEXT NOT NULL,
        actor TEXT NOT NULL, reason TEXT NOT NULL, recorded_at INTEGER NOT NULL,
        effective_at INTEGER NOT NULL, previous_hash BLOB NOT NULL, hash BLOB NOT NULL) STRICT
      """,
      """
      INSERT INTO packed_transaction SELECT number, kind, request, actor, reason, recorded_at,
        effective_at, previous_hash, hash FROM ledger_transaction ORDER BY number
      """,
      "DROP TABLE ledger_transaction",
      "ALTER TABLE packed_transaction RENAME TO ledger_transaction",
    ] + appendOnly("ledger_transaction")

  /// An audit goes through all uses at once, so that no purchase needs to write an index of them.
  static let unneeded = ["DROP INDEX redemption_use"]

  /// A transaction has its sides with it: they are read together, and a row for each with an index
  /// over all of them cost half of what a purchase did. What earlier versions wrote stays in rows.
  static let sides = [
    "ALTER TABLE ledger_transaction ADD COLUMN sides BLOB",
    "DROP INDEX posting_owner",
  ]

  /// Rows that name a purchase or a request come after it: a key that may be looked at later makes
  /// the database look for such rows whenever a purchase or a request is written.
  static let keys =
    [
      "ALTER TABLE redemption RENAME TO redemption_before",
      """
      CREATE TABLE redemption (
        purchase TEXT NOT NULL REFERENCES purchase (id), campaign TEXT NOT NULL,
        scope TEXT NOT NULL, scope_key TEXT NOT NULL, period TEXT NOT NULL,
        discount INTEGER NOT NULL CHECK (discount >= 0),
        PRIMARY KEY (purchase, campaign, scope, scope_key, period))
        STRICT, WITHOUT ROWID
      """,
      """
      INSERT INTO redemption (purchase, campaign, scope, scope_key, period, discount)
      SELECT purchase, campaign, scope, scope_key, period, discount FROM redemption_before
      """,
      "DROP TABLE redemption_before",
      "ALTER TABLE person_request RENAME TO person_request_before",
      "DROP INDEX person_request_account",
      "DROP INDEX person_request_named",
      """
      CREATE TABLE person_request (
        request TEXT PRIMARY KEY REFERENCES request (id),
        account INTEGER REFERENCES person (account), named TEXT, digest BLOB NOT NULL,
        CHECK ((account IS NULL) <> (named IS NULL))) STRICT
      """,
      """
      INSERT INTO person_request (request, account, named, digest)
      SELECT request, account, named, digest FROM person_request_before
      """,
      "DROP TABLE person_request_before",
      "CREATE INDEX person_request_account ON person_request (account) WHERE account IS NOT NULL",
      "CREATE INDEX person_request_named ON person_request (named) WHERE named IS NOT NULL",
    ] + appendOnly("redemption")

  /// The entries of an account and balance are a chain: a transaction says where the entry before
  /// is, and a balance where its last one is. A page of them then costs what is on it, and an entry
  /// no row of its own. `linkEntries` makes the chains of what is there.
  static let chained = [
    "ALTER TABLE balance ADD COLUMN last_entry INTEGER NOT NULL DEFAULT 0",
    "DROP TRIGGER ledger_transaction_refuses_update",
    "CREATE INDEX purchase_number ON purchase (number)",
  ]

  /// The version with which `linkEntries` belongs.
  static let chainedVersion: Int64 = 14

  /// When the chains are made, all sides are with their transactions, and none are rows.
  static let chainedAlone =
    ["DROP INDEX purchase_number", "DROP TRIGGER posting_refuses_delete", "DELETE FROM posting"]
    + unchanging("ledger_transaction")

  /// A list of three states to choose from is a table that is made anew for every row; what is
  /// compared with each costs nothing.
  static let states = [
    """
    CREATE TABLE plain_purchase (
      id TEXT PRIMARY KEY, account INTEGER REFERENCES account (number),
      recorded_at INTEGER NOT NULL, number INTEGER REFERENCES ledger_transaction (number),
      state TEXT NOT NULL CHECK (state = 'final' OR state = 'returned' OR state = 'voided'),
      body BLOB NOT NULL, content BLOB) STRICT
    """,
    """
    INSERT INTO plain_purchase (id, account, recorded_at, number, state, body, content)
    SELECT id, account, recorded_at, number, state, body, content FROM purchase
    """,
    "DROP TABLE purchase",
    "ALTER TABLE plain_purchase RENAME TO purchase",
    "CREATE INDEX purchase_account ON purchase (account, recorded_at)",
  ]
}
