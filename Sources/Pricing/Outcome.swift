/// What became of one campaign, in the numbers that are at hand once a cart is priced; the words
/// and lists of a `Verdict` are made from more when somebody reads them.
package struct Outcome: BitwiseCopyable, Sendable {
  /// Nil when nothing kept it out.
  package var reason: Refusal.Reason?
  /// Whether it is answered; else it is kept for what it says of a code.
  package var isListed: Bool
  /// Whether it took something off or proposed a gift.
  package var hasGiven: Bool
  /// Minor units off lines and shipping.
  package var discount: Int64
  /// What is missing for its threshold.
  package var missing: MissingAmount?
}
