import LocalTime
import Money
import Pricing
import RuleChecking
import RuleSyntax

extension Lowering {
  /// Makes a plan that has its names the compiled form of a checked campaign.
  ///
  /// The campaign is read where it lies, field by field: to copy it whole takes as long as to
  /// compile it.
  mutating func fill(_ plan: inout CampaignPlan, from campaigns: [CheckedCampaign], at place: Int) {
    let file = campaigns[place].file
    plan.currency = rules.files[file].currency
    plan.zone = zoneOfFile[file]
    plan.conjuncts = conjuncts(campaigns[place].conditions)
    plan.isNeverActive = campaigns[place].isNeverActive
    plan.priority = campaigns[place].priority
    plan.usesOriginalBase = campaigns[place].usesOriginalBase
    if let admission = admission(campaigns, place, zone: plan.zone) { plan.admission = admission }
    if CheckedCampaign.hasTerms(campaigns, place) { plan.terms = terms(campaigns[place]) }
    if let tiers = campaigns[place].tiers {
      plan.rows = shortList(tiers.rows.count) { place in
        let row = tiers.rows[place]
        return self.row(row.threshold, row.gives, row.earns)
      }
    } else {
      plan.rows = .one(row(nil, campaigns[place].gives, campaigns[place].earns))
    }
  }

  private mutating func row(
    _ threshold: CheckedConstant?, _ gives: [CheckedGive], _ earns: [CheckedEarn]
  ) -> RowPlan {
    let plans: ShortList<GivePlan>
    if gives.count == 1 {
      let only = gives.span
      plans = .one(give(only[0].kind))
    } else {
      plans = shortList(gives.count) { give(gives[$0].kind) }
    }
    return RowPlan(
      threshold: threshold.map { constant($0) }, gives: plans,
      earns: earns.isEmpty ? [] : earns.map { earn($0) })
  }

  /// Whom a campaign lets in and when; nil for everyone at any time.
  private mutating func admission(
    _ campaigns: [CheckedCampaign], _ place: Int, zone: Int32
  ) -> CampaignPlan.Admission? {
    let audience = campaigns[place].audience
    let codes = campaigns[place].codes
    if codes.isEmpty, campaigns[place].codePools.isEmpty, campaigns[place].schedules.isEmpty,
      case .everyone = audience
    {
      return nil
    }
    var admission = CampaignPlan.Admission()
    switch audience {
    case .everyone: break
    case .members: admission.audience = .members
    case .guests: admission.audience = .guests
    case .groups(let names):
      admission.audience = .groups
      admission.groupSlots = shortList(names.count) { groupSlot(names[$0]) }
    case .customer(let id): admission.audience = .customer(id)
    }
    let pools = campaigns[place].codePools
    admission.codeSlots = shortList(codes.count + pools.count) { place in
      place < codes.count
        ? codeSlot(normalizedCode(codes[place])) : codeSlot(poolKey(pools[place - codes.count]))
    }
    admission.codePools = pools
    admission.schedules = campaigns[place].schedules.map { schedule($0, zone: zone) }
    return admission
  }

  /// What bounds a campaign, what it says and with whom it shares an order.
  private mutating func terms(_ campaign: CheckedCampaign) -> CampaignPlan.Terms {
    var terms = CampaignPlan.Terms()
    if let tiers = campaign.tiers {
      readsAfterDiscounts = false
      let value = lower(tiers.by)
      terms.tierValue = TierValue(
        expression: value, isDynamic: readsAfterDiscounts,
        unit: thresholdUnit(tiers.by), display: kind(of: tiers.by.type))
    }
    terms.limits = campaign.limits.map { LimitPlan(count: $0.count, bound: bound($0.bound)) }
    terms.caps = campaign.caps.map {
      CapPlan(amount: $0.amount, balance: $0.balance.map { Int32($0) }, bound: bound($0.bound))
    }
    if campaign.stacking.isAnything { terms.stacking = stacking(campaign.stacking) }
    terms.message = campaign.message.map(template)
    terms.hint = campaign.hint.map(template)
    terms.event = campaign.event
    return terms
  }

  private func bound(_ bound: BoundSyntax) -> BoundPlan {
    switch bound {
    case .order: .order
    case .customer(let unit): .customer(per: unit.map { period($0) })
    case .code(let unit): .code(per: unit.map { period($0) })
    case .total(let unit): .total(per: unit.map { period($0) })
    }
  }

  private mutating func stacking(_ stacking: CheckedStacking) -> StackingPlan {
    var plan = StackingPlan()
    plan.isAlone = stacking.isAlone
    plan.isAloneOnItems = stacking.isAloneOnItems
    plan.with = stacking.with.map { names in
      names.compactMap { program.nameIndex[$0.utf8] }.sorted()
    }
    plan.bestOf = stacking.bestOf.map { stackingGroup($0) }
    plan.bestOfOnItems = stacking.bestOfOnItems.map { stackingGroup($0) }
    return plan
  }

  private func template(_ template: CheckedTemplate) -> TextTemplate {
    TextTemplate(
      parts: template.parts.map { part in
        switch part {
        case .text(let text): .text(text)
        case .saved: .saved
        case .missing: .missing
        case .title: .title
        case .code: .code
        case .remainingUses: .remainingUses
        }
      })
  }

  private mutating func schedule(_ schedule: ScheduleSyntax, zone: Int32) -> SchedulePlan {
    var plan = SchedulePlan()
    switch schedule.from {
    case .date(let date):
      plan.from = moment(Lowering.civil(date), second: 0, zone)
      plan.beginsWithDay = true
    case .dateTime(let dateTime): plan.from = moment(dateTime, zone)
    case nil: break
    }
    switch schedule.end {
    case .through(let date):
      plan.until = moment(Lowering.civil(date).adding(days: 1), second: 0, zone)
      plan.endsWithDay = true
    case .until(let dateTime): plan.until = moment(dateTime, zone)
    case nil: break
    }
    if !schedule.days.isEmpty {
      plan.weekdays = schedule.days.reduce(0) { $0 | 1 << UInt8($1.rawValue) }
    }
    if let hours = schedule.hours {
      plan.betweenStart = Int32(hours.from.minuteOfDay * 60)
      plan.betweenEnd = Int32(hours.until.minuteOfDay * 60)
    }
    return plan
  }

  private mutating func moment(_ dateTime: DateTimeLiteral, _ zone: Int32) -> Int64 {
    moment(Lowering.civil(dateTime.date), second: Int32(dateTime.time.minuteOfDay * 60), zone)
  }

  private mutating func moment(_ date: CivilDate, second: Int32, _ zone: Int32) -> Int64 {
    guard zone >= 0 else { return Int64(date.dayNumber) * 86_400 + Int64(second) }
    return program.zones[Int(zone)].instant(of: date, second: second).secondsSince1970
  }

  private static func civil(_ date: DateLiteral) -> CivilDate {
    guard let civil = CivilDate(year: date.year, month: date.month, day: date.day) else {
      preconditionFailure("a date that does not exist is refused by the lexer")
    }
    return civil
  }
}

extension CheckedStacking {
  /// Whether any `stack` is there.
  fileprivate var isAnything: Bool {
    isAlone || isAloneOnItems || with != nil || !bestOf.isEmpty || !bestOfOnItems.isEmpty
  }
}

extension CheckedCampaign {
  /// Whether one of some campaigns has any bounds, texts or wishes about others.
  fileprivate static func hasTerms(_ campaigns: [CheckedCampaign], _ place: Int) -> Bool {
    if campaigns[place].tiers != nil || !campaigns[place].limits.isEmpty { return true }
    if !campaigns[place].caps.isEmpty || campaigns[place].stacking.isAnything { return true }
    return campaigns[place].message != nil || campaigns[place].hint != nil
      || campaigns[place].event != nil
  }
}
