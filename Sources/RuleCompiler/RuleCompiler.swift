package import LocalTime
import Money
package import Pricing
package import RuleChecking
import RuleSyntax

/// Turns checked rules into a program: names become slots, equal sums are shared, campaigns are
/// put where the cart will look for them.
package enum RuleCompiler {
  /// Compiles a rule set.
  ///
  /// - Parameters:
  ///   - rules: Without errors; campaigns that had some are not in it.
  ///   - zones: Every time zone the files name, by name.
  package static func compile(
    _ rules: CheckedRules, zones: [String: ZoneTable]
  ) -> Program {
    var lowering = Lowering(rules: rules, zones: zones)
    return lowering.run()
  }
}

/// The work of one compilation.
struct Lowering {
  let rules: CheckedRules
  var program = Program()
  /// Index into `Program.zones` of each file; −1 is UTC.
  var zoneOfFile: [Int32] = []
  private var measureSlots: [MeasurePlan: Int32] = [:]
  private var membershipSlots: [MembershipKey: Int32] = [:]
  private var stackingGroups = TextTable<Int32>()

  init(rules: CheckedRules, zones: [String: ZoneTable]) {
    self.rules = rules
    program.rounding = rules.roundsHalfToEven ? .halfToEven : .halfAwayFromZero
    program.choosesByPriority = rules.choosesByPriority
    var slots: [String: Int32] = [:]
    for file in rules.files {
      guard let name = file.timezone, let zone = zones[name] else {
        zoneOfFile.append(-1)
        continue
      }
      if slots[name] == nil {
        slots[name] = Int32(program.zones.count)
        program.zones.append(zone)
      }
      zoneOfFile.append(slots[name] ?? -1)
    }
  }

  mutating func run() -> Program {
    program.attributes = rules.attributes.map(plan)
    program.balances = rules.balances.map(plan)
    for (index, campaign) in rules.campaigns.enumerated() {
      program.nameIndex[campaign.name.utf8] = Int32(index)
    }
    for selection in rules.selections.dropFirst(2) {
      program.selections.append(plan(selection))
    }
    for campaign in rules.campaigns { program.campaigns.append(plan(campaign)) }
    buildIndex()
    return program
  }

  /// The slot of a code that campaigns ask for; equal codes share one.
  mutating func codeSlot(_ code: [UInt8]) -> Int32 {
    if let slot = program.index.codeSlots[code] { return slot }
    let slot = Int32(program.index.codeSlots.count)
    program.index.codeSlots[code] = slot
    return slot
  }

  /// The slot of a group that campaigns are for.
  mutating func groupSlot(_ name: String) -> Int32 {
    if let slot = program.index.groupSlots[name.utf8] { return slot }
    let slot = Int32(program.index.groupSlots.count)
    program.index.groupSlots[name.utf8] = slot
    return slot
  }

  /// The slot of a sum over a selection; equal sums share one.
  mutating func aggregate(_ kind: AggregatePlan.Kind, of selection: SelectionID) -> Expression {
    measure(.aggregate(AggregatePlan(kind: kind, selection: Int32(selection.index))))
  }

  /// The slot of something measured; equal measures share one.
  mutating func measure(_ plan: MeasurePlan) -> Expression {
    if let slot = measureSlots[plan] { return .measure(slot) }
    let slot = Int32(program.measures.count)
    program.measures.append(plan)
    measureSlots[plan] = slot
    return .measure(slot)
  }

  /// The slot of a group of values; equal groups share one.
  mutating func membership(_ key: MembershipKey) -> Int32 {
    if let slot = membershipSlots[key] { return slot }
    let slot = program.memberships.add(key.dimension, values: key.values)
    membershipSlots[key] = slot
    return slot
  }

  /// The number of a `best of` group.
  mutating func stackingGroup(_ name: String) -> Int32 {
    if let number = stackingGroups[name.utf8] { return number }
    let number = Int32(stackingGroups.count)
    stackingGroups[name.utf8] = number
    return number
  }

  private mutating func plan(_ selection: CheckedSelection) -> SelectionPlan {
    switch selection {
    case .items: .items
    case .allItems: .allItems
    case .narrowed(let base, let dimension, let values):
      .narrowed(
        base: Int32(base.index),
        membership: membership(MembershipKey(dimension: plan(dimension), values: values)))
    case .filtered(let base, let condition):
      .filtered(base: Int32(base.index), lower(condition))
    }
  }

  private func plan(_ attribute: CheckedAttribute) -> AttributePlan {
    let owner: AttributePlan.Owner =
      switch attribute.owner {
      case .item: .item
      case .customer: .customer
      case .order: .order
      }
    let kind: AttributePlan.Kind =
      switch attribute.kind {
      case .text: .text
      case .flag: .flag
      case .number: .number
      case .count: .count
      case .money: .money
      case .percent: .percent
      case .date: .date
      }
    return AttributePlan(owner: owner, kind: kind, name: attribute.name)
  }

  private func plan(_ balance: CheckedBalance) -> BalancePlan {
    let redemption: BalancePlan.Redemption =
      switch balance.redemption {
      case .none: .none
      case .payment: .payment
      case .discount: .discount
      }
    return BalancePlan(
      name: balance.name, isMoney: balance.isMoney, currency: balance.currency,
      worthMinorUnits: balance.worthMinorUnits, worthPer: balance.worthPer,
      redemption: redemption, step: balance.step, atLeast: balance.atLeast,
      atMostOfOrderPPM: balance.atMostOfOrderPPM)
  }
}

/// A group of values that lines can be in; values are told apart by their bytes.
struct MembershipKey: Hashable {
  var dimension: MembershipTable.Dimension
  var values: [String]

  static func == (left: MembershipKey, right: MembershipKey) -> Bool {
    left.dimension == right.dimension && left.values.count == right.values.count
      && zip(left.values, right.values).allSatisfy { hasSameBytes($0, $1) }
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(dimension)
    for value in values { for byte in value.utf8 { hasher.combine(byte) } }
  }
}
