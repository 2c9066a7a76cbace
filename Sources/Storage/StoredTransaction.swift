package import Ledger

/// A transaction as it is written, and read back.
package struct StoredTransaction: Hashable, Sendable {
  /// Counted up from 1 without a gap.
  package var number: Int64
  /// The raw value of its kind.
  package var kind: String
  /// The request it was written for.
  package var request: String
  package var actor: String
  package var reason: String
  /// Seconds since 1970 at which it was written; never goes back.
  package var recordedAt: Int64
  /// Seconds since 1970 at which it took effect.
  package var effectiveAt: Int64
  /// The digest of the transaction before it.
  package var previousHash: [UInt8]
  /// Its sides, in order.
  package var postings: [Posting]
  /// The order or the hold that it is for; empty for none. No digest is made of it.
  package var about: String
  /// Where each account's entry before is, of every entry in order. No digest is made of it.
  package var links: [EntryLink]
}
