package import LocalTime
package import Money

/// A compiled rule set: everything the evaluator reads that is not the cart or the shopper.
package struct Program: Sendable {
  /// In file order; the index is the campaign's identity.
  package var campaigns: [CampaignPlan] = []
  /// Campaigns by priority, higher first, then file order.
  package var applicationOrder: [Int32] = []
  /// 0 is `items`, 1 is `all_items`; a base precedes its users.
  package var selections: [SelectionPlan] = [.items, .allItems]
  package var memberships = MembershipTable()
  package var aggregates: [AggregatePlan] = []
  package var attributes: [AttributePlan] = []
  package var balances: [BalancePlan] = []
  package var zones: [ZoneTable] = []
  /// Campaigns that want no code and run on no event, in application order.
  package var codeFree: [Int32] = []
  /// Campaigns by code; codes are normalised.
  package var codeIndex = TextTable<[Int32]>()
  package var rounding = Rounding.halfAwayFromZero
  package var choosesByPriority = false
  package init() {}

  /// The campaign of a name.
  package func campaign(named name: String) -> Int32? { nameIndex[name.utf8] }

  /// Filled when the program is complete.
  package var nameIndex = TextTable<Int32>()
}

/// Which lines a selection takes.
package enum SelectionPlan: Hashable, Sendable {
  case items
  case allItems
  case narrowed(base: Int32, membership: Int32)
  case filtered(base: Int32, Expression)
}

/// Something summed over the lines of a selection, once per cart for all campaigns.
package struct AggregatePlan: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case quantity, kinds, subtotal, cheapestPrice, dearestPrice
  }
  package var kind: Kind
  package var selection: Int32
  package init(kind: Kind, selection: Int32) {
    self.kind = kind
    self.selection = selection
  }
}

/// A declared attribute.
package struct AttributePlan: Hashable, Sendable {
  package enum Owner: Hashable, Sendable { case item, customer, order }
  package enum Kind: String, Hashable, Sendable {
    case text, flag, number, count, money, percent, date
  }
  package var owner: Owner
  package var kind: Kind
  package var name: String
  package init(owner: Owner, kind: Kind, name: String) {
    self.owner = owner
    self.kind = kind
    self.name = name
  }
}

/// A declared balance.
package struct BalancePlan: Hashable, Sendable {
  package enum Redemption: Hashable, Sendable { case none, payment, discount }
  package var name: String
  package var isMoney: Bool
  package var currency: Currency?
  /// Minor units that `worthPer` points stand for; nil when no worth is given.
  package var worthMinorUnits: Int64?
  package var worthPer: Int64
  package var redemption: Redemption
  package var step: Int64?
  package var atLeast: Int64?
  package var atMostOfOrderPPM: Int64?
  package init(
    name: String, isMoney: Bool, currency: Currency?, worthMinorUnits: Int64?, worthPer: Int64,
    redemption: Redemption, step: Int64?, atLeast: Int64?, atMostOfOrderPPM: Int64?
  ) {
    self.name = name
    self.isMoney = isMoney
    self.currency = currency
    self.worthMinorUnits = worthMinorUnits
    self.worthPer = worthPer
    self.redemption = redemption
    self.step = step
    self.atLeast = atLeast
    self.atMostOfOrderPPM = atMostOfOrderPPM
  }
}
