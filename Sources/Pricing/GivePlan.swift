package import LocalTime
package import Money

/// Which units of a selection an effect touches; all but `all` are deals.
package enum Pick: Hashable, Sendable {
  case all(Int32)
  indirect case ranked(isCheapest: Bool, count: Int64, of: Int32)
  indirect case every(isCheapest: Bool, count: Int64, groupSize: Int64, of: Int32)
  indirect case per(isCheapest: Bool, count: Int64, of: Int32, triggerCount: Int64, triggers: Int32)

  /// Whether units are used up by it.
  package var isDeal: Bool {
    if case .all = self { return false }
    return true
  }

  /// The selection the rewards come from.
  package var selection: Int32 {
    switch self {
    case .all(let selection), .ranked(_, _, let selection), .every(_, _, _, let selection),
      .per(_, _, let selection, _, _):
      selection
    }
  }
}

/// How much comes off one amount.
package enum AmountPlan: Hashable, Sendable {
  /// Minor units.
  case money(Expression)
  /// A fraction of what the units cost.
  case percent(Expression)

  package var expression: Expression {
    switch self {
    case .money(let expression), .percent(let expression): expression
    }
  }
}

/// One `give`.
package enum GivePlan: Hashable, Sendable {
  /// A fraction off each unit's price.
  case unitPercent(Expression, Pick)
  /// Minor units off each unit's price.
  case unitMoney(Expression, Pick)
  /// A fixed unit price.
  case unitPrice(Int64, Pick)
  case subtotalOff(AmountPlan, Pick)
  case bundle(Int64, [BundleSlot])
  case orderOff(AmountPlan)
  case shippingOff(AmountPlan)
  case shippingPrice(Int64)
  indirect case gift(sku: String, quantity: Int64)

  package var stage: Stage? {
    switch self {
    case .unitPercent, .unitMoney, .unitPrice, .subtotalOff, .bundle: .items
    case .orderOff: .order
    case .shippingOff, .shippingPrice: .shipping
    case .gift: nil
    }
  }

  /// The amount to be computed, if it is not written out.
  package var expression: Expression? {
    switch self {
    case .unitPercent(let expression, _), .unitMoney(let expression, _): expression
    case .subtotalOff(let amount, _), .orderOff(let amount), .shippingOff(let amount):
      amount.expression
    case .unitPrice, .bundle, .shippingPrice, .gift: nil
    }
  }
}

/// One slot of a bundle.
package struct BundleSlot: Hashable, Sendable {
  package var count: Int64
  package var selection: Int32
  package init(count: Int64, selection: Int32) {
    self.count = count
    self.selection = selection
  }
}

/// The stages a quote goes through.
package enum Stage: Int, CaseIterable, Comparable, Hashable, BitwiseCopyable, Sendable {
  case items, order, shipping, redeem

  package static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
}

/// One `earn`.
package struct EarnPlan: Hashable, Sendable {
  package enum Base: Hashable, Sendable {
    case order(withShipping: Bool)
    case selection(Int32)
  }
  package enum Kind: Hashable, Sendable {
    case fixed(Int64)
    case perAmount(Int64, perMinorUnits: Int64, of: Base)
    case perUnits(Int64, per: Int64, of: Int32)
    case percent(Rational, of: Base)
    /// A nil selection is the order.
    case times(Rational, on: Int32?)
  }
  package var kind: Kind
  package var balance: Int32
  package var after: CalendarTerm?
  package var expiresIn: CalendarTerm?
  package init(
    kind: Kind, balance: Int32, after: CalendarTerm?, expiresIn: CalendarTerm?
  ) {
    self.kind = kind
    self.balance = balance
    self.after = after
    self.expiresIn = expiresIn
  }
}

/// A length of calendar time.
package struct CalendarTerm: Hashable, Sendable {
  package var count: Int32
  package var period: CalendarPeriod
  package init(count: Int32, period: CalendarPeriod) {
    self.count = count
    self.period = period
  }
}
