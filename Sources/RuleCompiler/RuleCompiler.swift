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
  private var measures = MeasureSlots()
  /// The slots of groups of values by their dimension and bytes, and room to write those down.
  private var membershipSlots = TextKeys()
  private var membershipKey: [UInt8] = []
  private var stackingGroups = TextKeys()
  private var constants = ConstantCache()
  /// Whether anything lowered since it was last false reads prices after discounts.
  var readsAfterDiscounts = false

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
    let checked = rules.campaigns
    // Read where they lie: a copy of each would cost more than what is made of it.
    let campaigns = checked.span
    var nameBytes = 0
    for place in campaigns.indices { nameBytes += campaigns[place].name.utf8.count }
    program.nameIndex.reserve(campaigns.count, bytes: nameBytes)
    for place in campaigns.indices { program.nameIndex.add(campaigns[place].name.utf8) }
    program.selections.reserveCapacity(rules.selections.count)
    measures.reserve(selections: rules.selections.count)
    for selection in rules.selections.dropFirst(2) {
      program.selections.append(plan(selection))
    }
    program.campaigns.reserveCapacity(campaigns.count)
    program.gates.reserveCapacity(campaigns.count)
    for place in campaigns.indices {
      var plan = CampaignPlan(name: checked[place].name, title: checked[place].title)
      fill(&plan, from: checked, at: place)
      program.add(consume plan)
    }
    program.tests = fitted(program.tests)
    program.effects = fitted(program.effects)
    program.measures = fitted(measures.plans)
    buildIndex()
    return program
  }

  /// The slot of a code that campaigns ask for; equal codes share one.
  mutating func codeSlot(_ code: [UInt8]) -> Int32 {
    program.index.codeSlots.add(code)
  }

  /// The slot of a group that campaigns are for.
  mutating func groupSlot(_ name: String) -> Int32 {
    program.index.groupSlots.add(name.utf8)
  }

  /// The slot of a sum over a selection; equal sums share one.
  mutating func aggregate(_ kind: AggregatePlan.Kind, of selection: SelectionID) -> Expression {
    measures.expression(AggregatePlan(kind: kind, selection: Int32(selection.index)))
  }

  /// The slot of something measured; equal measures share one.
  mutating func measure(_ plan: MeasurePlan) -> Expression { measures.expression(plan) }

  /// A number written out; equal ones share storage where they come close on one another.
  mutating func constant(_ numerator: Int64, over denominator: Int64 = 1) -> Expression {
    constants.expression(numerator, over: denominator)
  }

  /// The slot of a group of values; equal groups share one.
  mutating func membership(
    _ dimension: MembershipTable.Dimension, _ values: [String]
  ) -> Int32 {
    membershipKey.removeAll(keepingCapacity: true)
    membershipKey.append(UInt8(dimension.rawValue))
    for value in values {
      // Lengths stand before texts, so that no two groups read alike.
      var length = value.utf8.count
      repeat {
        membershipKey.append(UInt8(length & 0x7F) | (length > 0x7F ? 0x80 : 0))
        length >>= 7
      } while length > 0
      membershipKey.append(contentsOf: value.utf8)
    }
    let slot = membershipSlots.add(membershipKey)
    guard slot == program.memberships.count else { return slot }
    return program.memberships.add(dimension, values: values)
  }

  /// The number of a `best of` group.
  mutating func stackingGroup(_ name: String) -> Int32 {
    stackingGroups.add(name.utf8)
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

/// The same list without spare room: what is kept is kept for long.
func fitted<Element>(_ list: [Element]) -> [Element] {
  guard list.capacity > list.count + list.count / 8 else { return list }
  var fitted: [Element] = []
  fitted.reserveCapacity(list.count)
  fitted.append(contentsOf: list)
  return fitted
}
