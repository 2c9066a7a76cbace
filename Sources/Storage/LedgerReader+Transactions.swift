import Ledger

extension LedgerReader {
  private static let transactions = SQLText(
    """
    SELECT number, kind, request, actor, reason, recorded_at, effective_at, previous_hash, hash,
      sides
    FROM ledger_transaction ORDER BY number
    """)
  private static let postings = SQLText(
    "SELECT number, owner, kind, amount, lot FROM posting ORDER BY number, place")

  /// Reads all transactions in order, each with its sides, in one pass over each table.
  ///
  /// - Throws: What it throws that is called, and `corrupt` for sides that can not be read.
  package func forEachTransaction(
    _ body: (_ transaction: StoredTransaction, _ hash: [UInt8]) throws(StorageError) -> Void
  ) throws(StorageError) {
    try forEachStored { (stored, hash, isReadable) throws(StorageError) in
      guard isReadable else {
        throw .corrupt("the sides of transaction \(stored.number) can not be read")
      }
      try body(stored, hash)
    }
  }

  /// The same with those whose sides can not be read, which are left out.
  func forEachStored(
    _ body: (StoredTransaction, _ hash: [UInt8], _ isReadable: Bool) throws(StorageError) -> Void
  ) throws(StorageError) {
    let rows = try connection.rows(Self.transactions, [])
    defer { rows.close() }
    let sides = try connection.rows(Self.postings, [])
    defer { sides.close() }
    var hasSide = try sides.next()
    while try rows.next() {
      let packed = rows.bytes(9)
      let unpacked = packed.isEmpty ? [] : TransactionSides.unpacked(packed)
      var stored = StoredTransaction(
        number: rows.integer(0), kind: rows.text(1), request: rows.text(2),
        actor: rows.text(3), reason: rows.text(4), recordedAt: rows.integer(5),
        effectiveAt: rows.integer(6), previousHash: rows.bytes(7), postings: unpacked ?? [])
      while hasSide, sides.integer(0) <= stored.number {
        stored.postings.append(sides.side(after: 1))
        hasSide = try sides.next()
      }
      try body(stored, rows.bytes(8), unpacked != nil)
    }
  }
}
