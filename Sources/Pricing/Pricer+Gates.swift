import LocalTime
import Money

extension Pricer {
  /// Asks everything that does not depend on other campaigns, in the order of the reasons, and
  /// writes what it finds into the campaign's state.
  mutating func admit(_ campaign: Int32) {
    let flags = program.gates[Int(campaign)].flags
    if flags.contains(.wantsCode) { campaigns[campaign].code = presentedCode(campaign) }
    campaigns[campaign].refusal = refusal(of: campaign)
  }

  private mutating func refusal(of campaign: Int32) -> Refusal.Reason? {
    let gate = program.gates[Int(campaign)]
    let flags = gate.flags
    if !gate.serves(cart.currency) { return .currency }
    if !shopper.declined.isEmpty, shopper.declined.contains(campaign) { return .declined }
    if flags.contains(.needsIdentity), !shopper.isIdentified { return .audience }
    if !flags.contains(.gives), !shopper.isMember { return .audience }
    if flags.contains(.isForSome), !isInAudience(campaign) { return .audience }
    if flags.contains(.wantsCode), campaigns[campaign].code == nil { return .code }
    if flags.contains(.hasSchedule), !isOpen(campaign, gate.opens, gate.closes) { return .schedule }
    if flags.contains(.hasBounds), let reason = boundRefusal(campaign) { return reason }
    if gate.tests.isEmpty, !flags.contains(.hasTiers) {
      campaigns[campaign].admittedRow = 0
      return nil
    }
    return conditionRefusal(campaign)
  }

  private mutating func isOpen(_ campaign: Int32, _ opens: Int64, _ closes: Int64) -> Bool {
    let isWithin = opens <= now && now < closes
    if isWithin, !program.gates[Int(campaign)].flags.contains(.hasHours) { return true }
    guard let phase = closedPhase(campaign) else { return true }
    campaigns[campaign].phase = phase
    return false
  }

  private mutating func boundRefusal(_ campaign: Int32) -> Refusal.Reason? {
    switch usesLeft(campaign) {
    case .usedUp: return .limit
    case .left(let uses, let code):
      campaigns[campaign].remainingUses = uses
      campaigns[campaign].code = code ?? campaigns[campaign].code
    }
    let left = capLeft(campaign)
    campaigns[campaign].admittedCap = left
    return left.map { $0 <= 0 } ?? false ? .cap : nil
  }

  private mutating func conditionRefusal(_ campaign: Int32) -> Refusal.Reason? {
    let gate = program.gates[Int(campaign)]
    for test in gate.tests where !program.tests[Int(test)].isLate {
      switch truth(ofTest: test, campaign) {
      case .holds: continue
      case .fails: return .condition
      case .failed: return .error
      }
    }
    guard gate.flags.contains(.hasTiers),
      let tierValue = program.campaigns[Int(campaign)].tierValue
    else {
      campaigns[campaign].admittedRow = 0
      return nil
    }
    if tierValue.isDynamic { return nil }
    switch value(tierValue.expression) {
    case .failed: return .error
    case .number(let reached):
      campaigns[campaign].admittedRow = rowReached(campaign, reached)
      return campaigns[campaign].admittedRow == nil ? .condition : nil
    case .missing, .flag, .texts: return .condition
    }
  }

  /// Whether one part of a campaign's conditions holds.
  mutating func truth(ofTest test: Int32, _ campaign: Int32) -> Truth {
    let record = program.tests[Int(test)]
    if record.kind == .expression {
      let part = Int(test - program.gates[Int(campaign)].tests.lowerBound)
      return truth(program.campaigns[Int(campaign)].conjuncts[part].expression)
    }
    switch measurement(record.measure) {
    case .missing: return .fails
    case .failed: return .failed
    case .number(let number):
      return Truth(
        record.kind == .equals ? number == record.constant : number >= record.constant)
    }
  }

  /// The highest row whose threshold is reached.
  mutating func rowReached(_ campaign: Int32, _ value: Rational) -> Int? {
    let rows = program.campaigns[Int(campaign)].rows
    return rows.indices.last { row in rows[row].threshold.map { !(value < $0) } ?? true }
  }

  /// Whether the shopper is of those a campaign is for.
  mutating func isInAudience(_ campaign: Int32) -> Bool {
    if program.gates[Int(campaign)].flags.contains(.isForGroups) {
      for place in shopper.groupSlots.indices
      where program.campaigns[Int(campaign)].groupSlots.contains(shopper.groupSlots[place]) {
        return true
      }
      return false
    }
    switch program.campaigns[Int(campaign)].audience {
    case .everyone, .groups: return true
    case .members: return shopper.isMember
    case .guests: return !shopper.isIdentified
    case .customer(let id): return shopper.id.map { hasSameBytes($0, id) } ?? false
    }
  }

  /// The first code presented that the campaign accepts, as an index into the shopper's codes.
  private mutating func presentedCode(_ campaign: Int32) -> Int? {
    for place in shopper.codeSlots.indices {
      let slot = shopper.codeSlots[place]
      if slot >= 0, program.campaigns[Int(campaign)].codeSlots.contains(slot) { return place }
    }
    return nil
  }

  private enum UsesLeft {
    case usedUp
    /// The fewest that any limit leaves, and the code to be used.
    case left(Int64?, code: Int?)
  }

  private mutating func usesLeft(_ campaign: Int32) -> UsesLeft {
    let plan = program.campaigns[Int(campaign)]
    var fewest: Int64?
    let codeLimit = plan.limits.compactMap { limit -> Int64? in
      if case .code = limit.bound { return limit.count }
      return nil
    }.min()
    var usedCode: Int?
    for limit in plan.limits {
      let left: Int64
      switch limit.bound {
      case .order: continue
      case .customer(let period):
        left = limit.count - Int64(redemptions(of: plan, in: period).count)
      case .total:
        left = limit.count - (shopper.usage[campaign]?.redemptions ?? 0)
      case .code:
        let usage = shopper.usage[campaign]?.codes
        let accepted = shopper.codes.indices.filter {
          plan.codeSlots.contains(shopper.codeSlots[$0])
        }
        let withUses = accepted.first {
          (usage?[shopper.codes[$0]] ?? 0) < codeLimit ?? limit.count
        }
        guard let code = withUses else { return .usedUp }
        usedCode = code
        left = limit.count - (usage?[shopper.codes[code]] ?? 0)
      }
      if left <= 0 { return .usedUp }
      fewest = min(fewest ?? left, left)
    }
    return .left(fewest, code: usedCode)
  }

  /// The customer's earlier uses of a campaign in the calendar period that holds now.
  func redemptions(of plan: CampaignPlan, in period: CalendarPeriod?) -> [RedemptionFacts] {
    let own = shopper.redemptions.filter { hasSameBytes($0.campaign, plan.name) }
    guard let period else { return own }
    let start = period.start(holding: today(plan.zone))
    return own.filter { period.start(holding: local($0.at, plan.zone).date) == start }
  }

  /// What the money caps of a campaign leave for this order; nil without one.
  private mutating func capLeft(_ campaign: Int32) -> Int64? {
    let plan = program.campaigns[Int(campaign)]
    var left: Int64?
    for cap in plan.caps where cap.balance == nil {
      let used: Int64 =
        switch cap.bound {
        case .order, .code: 0
        case .customer(let period):
          redemptions(of: plan, in: period).reduce(0) { saturatingSum($0, $1.discount) }
        case .total: shopper.usage[campaign]?.discount ?? 0
        }
      left = min(left ?? .max, max(0, cap.amount - used))
    }
    return left
  }
}

/// A sum that stays at the largest value instead of overflowing.
package func saturatingSum(_ left: Int64, _ right: Int64) -> Int64 {
  let (sum, overflow) = left.addingReportingOverflow(right)
  return overflow ? .max : sum
}
