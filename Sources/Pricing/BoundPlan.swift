package import LocalTime

/// Whose uses or money are bounded.
package enum BoundPlan: Hashable, Sendable {
  case order
  case customer(per: CalendarPeriod?)
  case code(per: CalendarPeriod?)
  case total(per: CalendarPeriod?)

  package var isPerCustomer: Bool {
    if case .customer = self { return true }
    return false
  }
}

/// `limit N …`.
package struct LimitPlan: Hashable, Sendable {
  package var count: Int64
  package var bound: BoundPlan
  package init(count: Int64, bound: BoundPlan) {
    self.count = count
    self.bound = bound
  }

  /// Whether it counts the uses of a code.
  package var isPerCode: Bool {
    if case .code = bound { return true }
    return false
  }
}

/// `cap AMOUNT …`.
package struct CapPlan: Hashable, Sendable {
  package var amount: Int64
  /// Index into `Program.balances`; nil for money given.
  package var balance: Int32?
  package var bound: BoundPlan
  package init(amount: Int64, balance: Int32?, bound: BoundPlan) {
    self.amount = amount
    self.balance = balance
    self.bound = bound
  }
}
