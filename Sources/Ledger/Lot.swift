public import LocalTime

/// Value that came in at one time and goes at one time; spending takes the earliest to go first.
public struct Lot: Hashable, Sendable {
  /// Which lot.
  public var id: LotID
  /// What it is of.
  public var balance: BalanceID
  /// The first moment at which it can no longer be spent; nil when it stays.
  public var expiresAt: Instant?
  /// What came in, in the balance's smallest units; above zero.
  public var original: Int64
  /// What is still there, set aside or not; zero to `original`.
  public var remaining: Int64
  /// The part of `remaining` that holds have set aside.
  public var held: Int64

  /// A lot as it stands.
  public init(
    id: LotID, balance: BalanceID, expiresAt: Instant?, original: Int64, remaining: Int64,
    held: Int64
  ) {
    self.id = id
    self.balance = balance
    self.expiresAt = expiresAt
    self.original = original
    self.remaining = remaining
    self.held = held
  }

  /// What can be spent or set aside.
  public var free: Int64 { remaining - held }

  /// Whether it is spent before another lot: the earlier to expire, then the older.
  package func goesBefore(_ other: Lot) -> Bool {
    switch (expiresAt, other.expiresAt) {
    case (let mine?, let theirs?) where mine != theirs: mine < theirs
    case (_?, nil): true
    case (nil, _?): false
    default: id < other.id
    }
  }
}
