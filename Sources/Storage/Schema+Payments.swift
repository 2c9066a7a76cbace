extension Schema {
  /// How purchases are to be paid, as it was settled before them, what other systems did for it, and
  /// which purchase each was named by first.
  static let payments =
    [
      """
      CREATE TABLE payment (
        client TEXT NOT NULL, id TEXT NOT NULL, quote TEXT NOT NULL, account TEXT,
        created_at INTEGER NOT NULL, digest BLOB NOT NULL, parts BLOB NOT NULL,
        PRIMARY KEY (client, id)) STRICT
      """,
      "CREATE INDEX payment_quote ON payment (client, quote)",
      "CREATE INDEX payment_account ON payment (account) WHERE account IS NOT NULL",
      """
      CREATE TABLE payment_transaction (
        client TEXT NOT NULL, payment TEXT NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL,
        tender INTEGER NOT NULL, kind TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0),
        succeeded INTEGER NOT NULL CHECK (succeeded IN (0, 1)), code TEXT NOT NULL,
        message TEXT NOT NULL, reference TEXT NOT NULL, recorded_at INTEGER NOT NULL,
        PRIMARY KEY (client, payment, place), UNIQUE (client, payment, id),
        FOREIGN KEY (client, payment) REFERENCES payment (client, id)) STRICT, WITHOUT ROWID
      """,
      """
      CREATE TABLE payment_use (
        client TEXT NOT NULL, payment TEXT NOT NULL, purchase TEXT NOT NULL,
        PRIMARY KEY (client, payment),
        FOREIGN KEY (client, payment) REFERENCES payment (client, id)) STRICT, WITHOUT ROWID
      """,
    ] + ["payment", "payment_transaction", "payment_use"].flatMap(unchanging)
}
