import Ledger
import LocalTime

extension LedgerStore {
  private static let insertTransaction = SQLText(
    """
    INSERT INTO ledger_transaction (number, kind, request, actor, reason, recorded_at,
      effective_at, previous_hash, hash, sides)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    """)

  /// Appends a transaction to the chain.
  func append(_ draft: TransactionDraft, for request: LedgerRequest, at now: Instant)
    throws(StorageError)
  {
    let transaction = StoredTransaction(
      number: tail.transaction + 1, kind: draft.kind.rawValue, request: request.id,
      actor: request.actor, reason: request.reason, recordedAt: now.secondsSince1970,
      effectiveAt: draft.effectiveAt.secondsSince1970, previousHash: tail.hash,
      postings: draft.postings)
    let hash = HashChain.digest(transaction)
    try connection.run(
      Self.insertTransaction,
      [
        .integer(transaction.number), .text(transaction.kind), .text(transaction.request),
        .text(transaction.actor), .text(transaction.reason), .integer(transaction.recordedAt),
        .integer(transaction.effectiveAt), .bytes(transaction.previousHash), .bytes(hash),
        .bytes(TransactionSides.packed(transaction.postings)),
      ])
    tail.transaction = transaction.number
    tail.hash = hash
  }
}
