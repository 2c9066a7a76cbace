import Ledger

extension LedgerReader {
  private static let transactions = SQLText(
    """
    SELECT number, kind, request, actor, reason, recorded_at, effective_at, previous_hash, hash,
      sides
    FROM ledger_transaction ORDER BY number
    """)

  /// Reads all transactions in order, each with its sides, in one pass.
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
    while try rows.next() {
      let sides = TransactionSides.unpacked(rows.bytes(9))
      try body(StoredTransaction(rows, sides), rows.bytes(8), sides != nil)
    }
  }
}

extension StoredTransaction {
  /// A transaction whose number, kind, request, actor, reason, moments and digest before are the
  /// first columns of a row.
  init(_ rows: any SQLRows, _ sides: TransactionSides?) {
    self.init(
      number: rows.integer(0), kind: rows.text(1), request: rows.text(2), actor: rows.text(3),
      reason: rows.text(4), recordedAt: rows.integer(5), effectiveAt: rows.integer(6),
      previousHash: rows.bytes(7), postings: sides?.postings ?? [], about: sides?.about ?? "",
      links: sides?.links ?? [])
  }
}
