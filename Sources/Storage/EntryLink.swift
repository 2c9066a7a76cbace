/// What leads from an account's entry to the one before it: the chain of one balance.
package struct EntryLink: Hashable, Sendable {
  /// The transaction with the entry before; zero for the first.
  package var previous: Int64
  /// What is posted after this one.
  package var posted: Int64
}
