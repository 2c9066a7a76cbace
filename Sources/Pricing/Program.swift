package import LocalTime
package import Money

/// A compiled rule set: everything the evaluator reads that is not the cart or the shopper.
package struct Program: Sendable {
  /// In file order; the index is the campaign's identity.
  package var campaigns: [CampaignPlan] = []
  /// Campaigns by priority, higher first, then file order.
  package var applicationOrder: [Int32] = []
  /// The place of each campaign in it.
  package var ranks: [Int32] = []
  /// 0 is `items`, 1 is `all_items`; a base precedes its users.
  package var selections: [SelectionPlan] = [.items, .allItems]
  package var memberships = MembershipTable()
  package var measures: [MeasurePlan] = []
  package var attributes: [AttributePlan] = []
  package var balances: [BalancePlan] = []
  package var zones: [ZoneTable] = []
  /// What of each campaign is asked first, by campaign.
  package var gates: [GateRecord] = []
  /// The parts of all conditions, campaign by campaign.
  package var tests: [TestRecord] = []
  /// The effects of campaigns without tiers, campaign by campaign.
  package var effects: [EffectRecord] = []
  /// Where a cart finds the campaigns that may apply to it.
  package var index = CampaignIndex()
  package var rounding = Rounding.halfAwayFromZero
  package var choosesByPriority = false
  package init() {}

  /// The campaign of a name.
  package func campaign(named name: String) -> Int32? { nameIndex[name.utf8] }

  /// Whether conditions may read texts of lines: only those of selections look at single lines.
  package var looksAtLines: Bool {
    selections.contains {
      if case .filtered = $0 { true } else { false }
    }
  }

  /// The membership slot outside of which a selection is surely empty, and cannot even fail.
  package func slot(ofSelection selection: Int32) -> Int32? {
    switch selections[Int(selection)] {
    case .items, .allItems: nil
    case .narrowed(let base, let slot): isNarrowedOnly(base) ? slot : nil
    case .filtered(let base, _): isNarrowedOnly(base) ? self.slot(ofSelection: base) : nil
    }
  }

  /// The local day and second of a zone at a moment.
  func local(_ moment: Int64, _ zone: Int32) -> (date: CivilDate, second: Int32) {
    zone < 0 ? utc.local(at: moment) : zones[Int(zone)].local(at: moment)
  }

  private func isNarrowedOnly(_ selection: Int32) -> Bool {
    switch selections[Int(selection)] {
    case .items, .allItems: true
    case .narrowed(let base, _): isNarrowedOnly(base)
    case .filtered: false
    }
  }

  /// The names of all campaigns in their order.
  package var nameIndex = TextKeys()
}

/// Which lines a selection takes.
package enum SelectionPlan: Hashable, Sendable {
  case items
  case allItems
  case narrowed(base: Int32, membership: Int32)
  case filtered(base: Int32, Expression)
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

private let utc = ZoneTable(identifier: "UTC", transitions: [], offsets: [0])
