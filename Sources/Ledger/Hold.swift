public import LocalTime

/// Value set aside for one checkout until a deadline.
///
/// It ends in exactly one way. While it is open, what it set aside neither expires nor can be spent
/// by anything else; what it gives back keeps the expiry it came with.
public struct Hold: Hashable, Sendable {
  /// How a hold can end.
  public enum Ending: String, Hashable, Sendable, CaseIterable {
    /// Captured to its last unit, or captured with the rest given back.
    case captured
    /// Given back by the caller.
    case released
    /// Given back because a new hold took its place.
    case replaced
    /// Given back because its deadline came.
    case expired
  }

  /// A part of one lot that a hold has set aside.
  public struct Part: Hashable, Sendable {
    /// The lot it is of.
    public var lot: LotID
    /// Smallest units of the balance; above zero.
    public var amount: Int64
    /// A part of a lot.
    public init(lot: LotID, amount: Int64) {
      self.lot = lot
      self.amount = amount
    }
  }

  /// The caller's id; unique in a store.
  public var id: String
  /// What is set aside.
  public var balance: BalanceID
  /// What was set aside at first, in the balance's smallest units; above zero.
  public var amount: Int64
  /// What captures have taken of it so far.
  public var captured: Int64
  /// The first moment at which it can no longer be captured.
  public var deadline: Instant
  /// What it still sets aside, in the order it will be spent.
  public var parts: [Part]

  /// A hold as it stands.
  public init(
    id: String, balance: BalanceID, amount: Int64, captured: Int64, deadline: Instant,
    parts: [Part]
  ) {
    self.id = id
    self.balance = balance
    self.amount = amount
    self.captured = captured
    self.deadline = deadline
    self.parts = parts
  }

  /// What can still be captured.
  public var left: Int64 { amount - captured }
}
