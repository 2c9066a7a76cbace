/// An account as the ledger knows it: a number that says nothing about the person.
public struct AccountNumber: Hashable, Comparable, Sendable {
  /// Counted up from 1 in the order accounts were opened.
  public var value: Int64
  /// An account from its number.
  public init(_ value: Int64) { self.value = value }
  public static func < (left: AccountNumber, right: AccountNumber) -> Bool {
    left.value < right.value
  }
}

/// A declared balance, such as points, by its number in one store.
public struct BalanceID: Hashable, Comparable, Sendable {
  /// Counted up from 1 in the order balances were declared.
  public var value: Int64
  /// A balance from its number.
  public init(_ value: Int64) { self.value = value }
  public static func < (left: BalanceID, right: BalanceID) -> Bool { left.value < right.value }
}

/// A lot: value that came in at one time and goes at one time.
public struct LotID: Hashable, Comparable, Sendable {
  /// Counted up from 1; a later lot has a higher number.
  public var value: Int64
  /// A lot from its number.
  public init(_ value: Int64) { self.value = value }
  public static func < (left: LotID, right: LotID) -> Bool { left.value < right.value }
}

/// What a pending reward was promised for; one order owes one reward for it at most once.
///
/// A campaign may promise an order several rewards of one balance, on different terms.
///
/// Two keys are the same when their texts are, byte for byte, as a store has it.
public struct RewardKey: Hashable, Comparable, Sendable {
  /// The caller's id of the order, or of the event, that earned it.
  public var order: String
  /// The campaign that gives it.
  public var campaign: String
  /// The balance it goes to.
  public var balance: BalanceID
  /// Zero for the first reward of the campaign in the balance, then counted up.
  public var place: Int64
  /// What an order is promised by a campaign in a balance.
  public init(order: String, campaign: String, balance: BalanceID, place: Int64 = 0) {
    self.order = order
    self.campaign = campaign
    self.balance = balance
    self.place = place
  }
  public static func == (left: RewardKey, right: RewardKey) -> Bool {
    left.balance == right.balance && left.place == right.place
      && left.order.utf8.elementsEqual(right.order.utf8)
      && left.campaign.utf8.elementsEqual(right.campaign.utf8)
  }
  public func hash(into hasher: inout Hasher) {
    for byte in order.utf8 { hasher.combine(byte) }
    hasher.combine(balance)
  }
  public static func < (left: RewardKey, right: RewardKey) -> Bool {
    if left.order.utf8.elementsEqual(right.order.utf8) == false {
      return left.order.utf8.lexicographicallyPrecedes(right.order.utf8)
    }
    if left.campaign.utf8.elementsEqual(right.campaign.utf8) == false {
      return left.campaign.utf8.lexicographicallyPrecedes(right.campaign.utf8)
    }
    return (left.balance, left.place) < (right.balance, right.place)
  }
}
