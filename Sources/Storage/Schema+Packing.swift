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
}
