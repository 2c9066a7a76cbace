extension Schema {
  /// How purchases are to be paid, as it was settled before them, and what other systems did for it.
  static let payments =
    [
      """
      CREATE TABLE payment (
        id TEXT PRIMARY KEY, client TEXT NOT NULL, quote TEXT NOT NULL,
        created_at INTEGER NOT NULL, sent BLOB NOT NULL, tenders BLOB NOT NULL) STRICT
      """,
      "CREATE INDEX payment_quote ON payment (client, quote)",
      """
      CREATE TABLE payment_transaction (
        payment TEXT NOT NULL REFERENCES payment (id), place INTEGER NOT NULL, id TEXT NOT NULL,
        tender INTEGER NOT NULL, kind TEXT NOT NULL, amount INTEGER NOT NULL,
        succeeded INTEGER NOT NULL CHECK (succeeded IN (0, 1)), code TEXT NOT NULL,
        message TEXT NOT NULL, reference TEXT NOT NULL, recorded_at INTEGER NOT NULL,
        PRIMARY KEY (payment, place), UNIQUE (payment, id)) STRICT, WITHOUT ROWID
      """,
    ] + appendOnly("payment") + appendOnly("payment_transaction")
}
