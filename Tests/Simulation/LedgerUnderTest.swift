package import Ledger
package import LocalTime
package import Storage

/// What a simulation asks its questions of: the real store, or one with a bug put in.
package protocol LedgerUnderTest {
  /// Does requests in one batch.
  mutating func commit(_ requests: [LedgerRequest], at now: Instant) throws(StorageError)
    -> [LedgerAnswer]
  /// Reads a balance.
  mutating func view(_ balance: String, of account: String, at now: Instant)
    throws(StorageError) -> BalanceView?
  /// Reads anything, as lines.
  mutating func lines(for question: Question, at now: Instant) throws(StorageError) -> [String]
  /// Lets go of the store and opens it again.
  mutating func reopen(at now: Instant) throws(StorageError)
}
