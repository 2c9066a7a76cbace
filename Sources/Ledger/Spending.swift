public import LocalTime

/// An account that pays for others: a budget of a department, store credit, a gift card.
///
/// It is spent from by somebody who is assigned to it, inside its window, and by nobody else: a
/// payment, a purchase or a hold says who that is. Plain redeeming names nobody, and is refused.
public struct SpendingAccount: Hashable, Sendable {
  /// The caller's id of the account.
  public var account: String
  /// What people call it: a purpose rather than a person, since it is nobody's record.
  public var name: String
  /// The balance it pays with.
  public var balance: String
  /// The first moment it can be used; nil for any.
  public var startsAt: Instant?
  /// The first moment it can no longer be used; nil for none.
  public var endsAt: Instant?

  /// A spending account.
  public init(
    account: String, name: String, balance: String, startsAt: Instant? = nil,
    endsAt: Instant? = nil
  ) {
    self.account = account
    self.name = name
    self.balance = balance
    self.startsAt = startsAt
    self.endsAt = endsAt
  }

  /// Whether it can be used at a moment.
  package func isUsable(at now: Instant) -> Bool {
    (startsAt.map { $0 <= now } ?? true) && (endsAt.map { now < $0 } ?? true)
  }
}

/// Who may spend from an account.
public struct SpendingAssignee: Hashable, Sendable {
  /// What the key names.
  public enum Scope: String, Hashable, Sendable, CaseIterable {
    /// Everybody of a buyer, such as a company.
    case buyer
    /// Whoever is in a group at the moment of spending.
    case group
    /// One account.
    case user
  }
  /// What the key names.
  public var scope: Scope
  /// The buyer, the group's name, or the user's account.
  public var key: String
  /// Somebody who may spend.
  public init(_ scope: Scope, _ key: String) {
    self.scope = scope
    self.key = key
  }
}

/// Somebody who spends, and what they belong to besides the groups their account is in.
public struct Spender: Hashable, Sendable {
  /// The user's account.
  public var user: String
  /// Groups that are kept elsewhere.
  public var groups: [String]
  /// The company the user buys for; nil for none.
  public var buyer: String?
  /// Somebody who spends.
  public init(_ user: String, groups: [String] = [], buyer: String? = nil) {
    self.user = user
    self.groups = groups
    self.buyer = buyer
  }
}

extension Spender {
  /// What is wrong with it whatever the ledger holds.
  var fault: LedgerAnswer.Code? {
    guard groups.count <= LedgerLimits.groupsMaximum else { return .tooMuch }
    let names = groups + [user] + [buyer].compactMap { $0 }
    return names.allSatisfy(isIdentifier) ? nil : .badIdentifier
  }
}

/// A part of what spending accounts pay for one order.
public struct SpendingPart: Hashable, Sendable {
  /// The spending account.
  public var account: String
  /// Smallest units of its balance; above zero.
  public var amount: Int64
  /// A part of a payment.
  public init(account: String, amount: Int64) {
    self.account = account
    self.amount = amount
  }
}

extension AccountBook {
  /// Spends value that is there, and beyond it up to a limit, which is owed then.
  ///
  /// - Parameter kind: Whether it stands alone or is a part of a purchase.
  public mutating func spend(
    _ amount: Int64, of balance: BalanceID, exceedingBy most: Int64,
    as kind: TransactionKind = .redeem, at now: Instant
  ) -> LedgerAnswer {
    let there = max(0, available(balance) + most)
    guard amount <= there else { return LedgerAnswer(.insufficient, amount: there) }
    var draft = TransactionDraft(kind, effectiveAt: now)
    debit(amount, of: balance, to: .redeemed, into: &draft)
    add(draft)
    return LedgerAnswer(.redeemed, amount: amount)
  }
}
