public import LocalTime

/// A reward that was promised and is not spendable yet.
public struct PendingReward: Hashable, Sendable {
  /// How a promise can end.
  public enum Ending: String, Hashable, Sendable, CaseIterable {
    /// It became spendable.
    case issued
    /// The order was voided or returned first.
    case cancelled
  }

  /// What it was promised for.
  public var key: RewardKey
  /// Smallest units of its balance; above zero.
  public var amount: Int64
  /// The first moment at which it can be spent.
  public var dueAt: Instant
  /// When what was issued goes; nil when it stays.
  public var expiresAt: Instant?

  /// A promise.
  public init(key: RewardKey, amount: Int64, dueAt: Instant, expiresAt: Instant?) {
    self.key = key
    self.amount = amount
    self.dueAt = dueAt
    self.expiresAt = expiresAt
  }
}
