import Ledger

extension LedgerReader {
  private static let transactions = SQLText(
    """
    SELECT number, kind, request, actor, reason, recorded_at, effective_at, previous_hash, hash
    FROM ledger_transaction ORDER BY number
    """)
  private static let postings = SQLText(
    "SELECT number, owner, kind, amount, lot FROM posting ORDER BY number, place")

  /// Reads all transactions in order, each with its sides, in one pass over each table.
  package func forEachTransaction(
    _ body: (_ transaction: StoredTransaction, _ hash: [UInt8]) throws(StorageError) -> Void
  ) throws(StorageError) {
    let rows = try connection.rows(Self.transactions, [])
    defer { rows.close() }
    let sides = try connection.rows(Self.postings, [])
    defer { sides.close() }
    var hasSide = try sides.next()
    while try rows.next() {
      var stored = StoredTransaction(
        number: rows.integer(0), kind: rows.text(1), request: rows.text(2),
        actor: rows.text(3), reason: rows.text(4), recordedAt: rows.integer(5),
        effectiveAt: rows.integer(6), previousHash: rows.bytes(7), postings: [])
      while hasSide, sides.integer(0) <= stored.number {
        stored.postings.append(
          Posting(
            owner: sides.integer(1), balance: BalanceID(sides.integer(2)),
            amount: sides.integer(3), lot: sides.optionalInteger(4).map { LotID($0) }))
        hasSide = try sides.next()
      }
      try body(stored, rows.bytes(8))
    }
  }
}
