import Ledger
import LocalTime

extension LedgerStore {
  private static let insertTransaction = SQLText(
    """
    INSERT INTO ledger_transaction (number, kind, request, actor, reason, recorded_at,
      effective_at, previous_hash, hash, sides)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    """)

  /// Appends a transaction to the chain, and its entries to those of their accounts.
  ///
  /// - Parameter ends: Of the books that the transaction is about.
  func append(
    _ draft: TransactionDraft, for request: LedgerRequest, at now: Instant,
    _ ends: inout EntryEnds
  ) throws(StorageError) {
    let number = tail.transaction + 1
    let about = draft.about.isEmpty ? request.command.about(draft.kind) : draft.about
    let sides = TransactionSides(
      postings: draft.postings, about: about, links: ends.add(draft.postings, number: number))
    let transaction = StoredTransaction(
      number: number, kind: draft.kind.rawValue, request: request.id,
      actor: request.actor, reason: request.reason, recordedAt: now.secondsSince1970,
      effectiveAt: draft.effectiveAt.secondsSince1970, previousHash: tail.hash,
      postings: draft.postings, about: about, links: sides.links)
    let hash = HashChain.digest(transaction)
    try connection.run(
      Self.insertTransaction,
      [
        .integer(transaction.number), .text(transaction.kind), .text(transaction.request),
        .text(transaction.actor), .text(transaction.reason), .integer(transaction.recordedAt),
        .integer(transaction.effectiveAt), .bytes(transaction.previousHash), .bytes(hash),
        .bytes(sides.packed),
      ])
    tail.transaction = transaction.number
    tail.hash = hash
  }
}

extension LedgerCommand {
  /// The order or the hold that a transaction of the command is for; empty for none.
  fileprivate func about(_ kind: TransactionKind) -> String {
    switch (self, kind) {
    case (.checkout(let record), .checkout): record.order
    case (.void(let order, _), .void), (.giveBack(let order, _, _, _), .giveBack): order
    case (.capture(let hold, _, _), .capture): hold
    default: ""
    }
  }
}
