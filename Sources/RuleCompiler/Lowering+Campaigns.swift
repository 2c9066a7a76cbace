import LocalTime
import Money
import Pricing
import RuleChecking
import RuleSyntax

extension Lowering {
  /// The compiled form of a checked campaign.
  mutating func plan(_ campaign: CheckedCampaign) -> CampaignPlan {
    var plan = CampaignPlan(name: campaign.name, title: campaign.title)
    plan.currency = rules.files[campaign.file].currency
    plan.zone = zoneOfFile[campaign.file]
    plan.audience = audience(campaign.audience)
    if case .groups(let names) = plan.audience { plan.groupSlots = names.map { groupSlot($0) } }
    plan.conjuncts = conjuncts(campaign.conditions)
    plan.codeSlots = campaign.codes.map { codeSlot(normalizedCode($0)) }
    plan.codePools = campaign.codePools
    plan.isNeverActive = campaign.isNeverActive
    plan.schedules = campaign.schedules.map { schedule($0, zone: plan.zone) }
    plan.limits = campaign.limits.map { LimitPlan(count: $0.count, bound: bound($0.bound)) }
    plan.caps = campaign.caps.map {
      CapPlan(amount: $0.amount, balance: $0.balance.map { Int32($0) }, bound: bound($0.bound))
    }
    plan.priority = campaign.priority
    plan.stacking = stacking(campaign.stacking)
    plan.usesOriginalBase = campaign.usesOriginalBase
    plan.message = campaign.message.map(template)
    plan.hint = campaign.hint.map(template)
    plan.event = campaign.event
    if let tiers = campaign.tiers {
      plan.tierValue = TierValue(
        expression: lower(tiers.by), isDynamic: readsAfterDiscounts(tiers.by),
        unit: thresholdUnit(tiers.by), display: kind(of: tiers.by.type))
      plan.rows = tiers.rows.map { row in
        RowPlan(
          threshold: number(row.threshold), gives: row.gives.map { give($0) },
          earns: row.earns.map { earn($0) })
      }
    } else {
      plan.rows = [
        RowPlan(
          threshold: nil, gives: campaign.gives.map { give($0) },
          earns: campaign.earns.map { earn($0) })
      ]
    }
    return plan
  }

  private func audience(_ audience: CheckedAudience) -> Audience {
    switch audience {
    case .everyone: .everyone
    case .members: .members
    case .guests: .guests
    case .groups(let names): .groups(names)
    case .customer(let id): .customer(id)
    }
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

  private func schedule(_ schedule: ScheduleSyntax, zone: Int32) -> SchedulePlan {
    var plan = SchedulePlan()
    switch schedule.from {
    case .date(let date):
      plan.from = moment(civil(date), second: 0, zone)
      plan.beginsWithDay = true
    case .dateTime(let dateTime): plan.from = moment(dateTime, zone)
    case nil: break
    }
    switch schedule.end {
    case .through(let date):
      plan.until = moment(civil(date).adding(days: 1), second: 0, zone)
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

  private func moment(_ dateTime: DateTimeLiteral, _ zone: Int32) -> Int64 {
    moment(civil(dateTime.date), second: Int32(dateTime.time.minuteOfDay * 60), zone)
  }

  private func moment(_ date: CivilDate, second: Int32, _ zone: Int32) -> Int64 {
    guard zone >= 0 else { return Int64(date.dayNumber) * 86_400 + Int64(second) }
    return program.zones[Int(zone)].instant(of: date, second: second).secondsSince1970
  }

  private func civil(_ date: DateLiteral) -> CivilDate {
    guard let civil = CivilDate(year: date.year, month: date.month, day: date.day) else {
      preconditionFailure("a date that does not exist is refused by the lexer")
    }
    return civil
  }
}
