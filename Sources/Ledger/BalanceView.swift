public import LocalTime

/// What an account has of a balance at a moment.
public struct BalanceView: Hashable, Sendable {
  /// Value that goes at a moment.
  public struct Expiring: Hashable, Sendable {
    /// Smallest units; above zero.
    public var amount: Int64
    /// The first moment at which they can no longer be spent.
    public var at: Instant
    /// Value that goes at a moment.
    public init(amount: Int64, at: Instant) {
      self.amount = amount
      self.at = at
    }
  }

  /// The sum of all postings; below zero when the account owes.
  public var posted: Int64
  /// What can be spent or set aside; below zero while the account owes.
  public var available: Int64
  /// What open holds set aside.
  public var held: Int64
  /// What is promised for later.
  public var pending: Int64
  /// All that ever came in as a reward.
  public var lifetime: Int64
  /// Of what can be spent, what goes first; nil when nothing goes.
  public var expiringNext: Expiring?
  /// Counts the changes of this balance; what `set` asks for.
  public var version: Int64

  /// A view from its figures.
  public init(
    posted: Int64, available: Int64, held: Int64, pending: Int64, lifetime: Int64,
    expiringNext: Expiring?, version: Int64
  ) {
    self.posted = posted
    self.available = available
    self.held = held
    self.pending = pending
    self.lifetime = lifetime
    self.expiringNext = expiringNext
    self.version = version
  }
}

extension AccountBook {
  /// A balance as it stands in a book that was settled.
  public func view(of balance: BalanceID, version: Int64) -> BalanceView {
    var next: BalanceView.Expiring?
    for lot in lots where lot.balance == balance && lot.free > 0 {
      guard let at = lot.expiresAt else { continue }
      if let first = next, first.at < at { continue }
      let same = next.flatMap { $0.at == at ? $0.amount : nil } ?? 0
      next = BalanceView.Expiring(amount: same + lot.free, at: at)
    }
    return BalanceView(
      posted: posted(balance), available: available(balance), held: held(balance),
      pending: pending(balance), lifetime: lifetime(balance), expiringNext: next,
      version: version)
  }
}
