import LocalTime
import Money

/// What the gates answer of a campaign.
enum GateAnswer {
  case admitted(Admission)
  case refused(Refusal)
}

extension Pricer {
  /// Asks everything that does not depend on other campaigns, in the order of the reasons.
  mutating func admit(_ campaign: Int32) -> GateAnswer {
    let plan = plan(campaign)
    var admission = Admission()
    admission.code = presentedCode(plan)
    func refused(_ reason: Refusal.Reason) -> GateAnswer {
      .refused(Refusal(reason: reason, code: admission.code))
    }
    if let currency = plan.currency, currency != cart.currency { return refused(.currency) }
    if shopper.declined.contains(campaign) { return refused(.declined) }
    guard isInAudience(plan) else { return refused(.audience) }
    if plan.wantsCode, admission.code == nil { return refused(.code) }
    if let phase = closedPhase(plan) {
      return .refused(Refusal(reason: .schedule, phase: phase, code: admission.code))
    }
    switch usesLeft(campaign, plan) {
    case .usedUp: return refused(.limit)
    case .left(let uses, let code):
      admission.remainingUses = uses
      admission.code = code ?? admission.code
    }
    admission.capLeft = capLeft(campaign, plan)
    if let left = admission.capLeft, left <= 0 { return refused(.cap) }
    return admitByConditions(plan, admission)
  }

  private mutating func admitByConditions(
    _ plan: CampaignPlan, _ admission: Admission
  ) -> GateAnswer {
    var admission = admission
    func refused(_ reason: Refusal.Reason) -> GateAnswer {
      .refused(
        Refusal(
          reason: reason, code: admission.code, remainingUses: admission.remainingUses))
    }
    for conjunct in plan.conjuncts where !conjunct.isDynamic {
      switch truth(conjunct.expression) {
      case .holds: continue
      case .fails: return refused(.condition)
      case .failed: return refused(.error)
      }
    }
    guard let tierValue = plan.tierValue else {
      admission.row = 0
      return .admitted(admission)
    }
    if tierValue.isDynamic { return .admitted(admission) }
    switch value(tierValue.expression) {
    case .failed: return refused(.error)
    case .number(let reached):
      admission.row = rowReached(plan, reached)
      return admission.row == nil ? refused(.condition) : .admitted(admission)
    case .missing, .flag, .texts: return refused(.condition)
    }
  }

  /// The highest row whose threshold is reached.
  func rowReached(_ plan: CampaignPlan, _ value: Rational) -> Int? {
    plan.rows.lastIndex { row in row.threshold.map { !(value < $0) } ?? true }
  }

  private func isInAudience(_ plan: CampaignPlan) -> Bool {
    if plan.needsIdentity, !shopper.isIdentified { return false }
    if !plan.gives, !shopper.isMember { return false }
    switch plan.audience {
    case .everyone: return true
    case .members: return shopper.isMember
    case .guests: return !shopper.isIdentified
    case .groups(let names): return isInGroup(names)
    case .customer(let id): return shopper.id.map { hasSameBytes($0, id) } ?? false
    }
  }

  /// The first code presented that the campaign accepts, as an index into the shopper's codes.
  private func presentedCode(_ plan: CampaignPlan) -> Int? {
    shopper.codes.firstIndex { plan.codes.contains($0) }
  }

  private enum UsesLeft {
    case usedUp
    /// The fewest that any limit leaves, and the code to be used.
    case left(Int64?, code: Int?)
  }

  private func usesLeft(_ campaign: Int32, _ plan: CampaignPlan) -> UsesLeft {
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
        let accepted = shopper.codes.indices.filter { plan.codes.contains(shopper.codes[$0]) }
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
  private func capLeft(_ campaign: Int32, _ plan: CampaignPlan) -> Int64? {
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
