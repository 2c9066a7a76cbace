extension Schema {
  /// Purchases, what belongs to their lines, and how often campaigns were used.
  static let purchases = [
    """
    CREATE TABLE purchase (
      id TEXT PRIMARY KEY, account INTEGER REFERENCES account (number),
      recorded_at INTEGER NOT NULL, number INTEGER REFERENCES ledger_transaction (number),
      state TEXT NOT NULL CHECK (state IN ('final', 'returned', 'voided')), body BLOB NOT NULL)
      STRICT
    """,
    "CREATE INDEX purchase_account ON purchase (account, recorded_at)",
    """
    CREATE TABLE purchase_line (
      purchase TEXT NOT NULL REFERENCES purchase (id), place INTEGER NOT NULL, id TEXT NOT NULL,
      quantity INTEGER NOT NULL CHECK (quantity > 0), paid INTEGER NOT NULL CHECK (paid >= 0),
      returned INTEGER NOT NULL CHECK (returned BETWEEN 0 AND quantity),
      PRIMARY KEY (purchase, place), UNIQUE (purchase, id))
      STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE purchase_part (
      purchase TEXT NOT NULL REFERENCES purchase (id), place INTEGER NOT NULL,
      campaign TEXT, kind INTEGER NOT NULL REFERENCES balance_kind (id),
      amount INTEGER NOT NULL CHECK (amount > 0),
      given_back INTEGER NOT NULL CHECK (given_back BETWEEN 0 AND amount),
      PRIMARY KEY (purchase, place))
      STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE purchase_share (
      purchase TEXT NOT NULL, part INTEGER NOT NULL, line INTEGER NOT NULL,
      amount INTEGER NOT NULL CHECK (amount > 0), PRIMARY KEY (purchase, part, line),
      FOREIGN KEY (purchase, part) REFERENCES purchase_part (purchase, place),
      FOREIGN KEY (purchase, line) REFERENCES purchase_line (purchase, place))
      STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE campaign_usage (
      campaign TEXT NOT NULL, scope TEXT NOT NULL, scope_key TEXT NOT NULL, period TEXT NOT NULL,
      uses INTEGER NOT NULL CHECK (uses >= 0), discount INTEGER NOT NULL CHECK (discount >= 0),
      uses_maximum INTEGER, discount_maximum INTEGER,
      PRIMARY KEY (campaign, scope, scope_key, period),
      CHECK (uses_maximum IS NULL OR uses <= uses_maximum),
      CHECK (discount_maximum IS NULL OR discount <= discount_maximum))
      STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE redemption (
      purchase TEXT NOT NULL REFERENCES purchase (id) DEFERRABLE INITIALLY DEFERRED,
      campaign TEXT NOT NULL,
      scope TEXT NOT NULL, scope_key TEXT NOT NULL, period TEXT NOT NULL,
      discount INTEGER NOT NULL CHECK (discount >= 0),
      PRIMARY KEY (purchase, campaign, scope, scope_key, period))
      STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX redemption_use ON redemption (campaign, scope, scope_key, period)",
    """
    CREATE TABLE purchase_return (
      request TEXT NOT NULL, purchase TEXT NOT NULL, line INTEGER NOT NULL,
      quantity INTEGER NOT NULL CHECK (quantity > 0), PRIMARY KEY (request, line),
      FOREIGN KEY (purchase, line) REFERENCES purchase_line (purchase, place))
      STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX purchase_return_line ON purchase_return (purchase, line)",
  ]
}
