import Money

extension Program {
  /// Adds a campaign, and writes down what of it is asked first.
  package mutating func add(_ plan: consuming CampaignPlan) {
    var gate = GateRecord()
    gate.serveOnly(plan.currency)
    gate.flags = flags(of: plan)
    if plan.isNeverActive {
      (gate.opens, gate.closes) = (.max, .min)
    } else if gate.flags.contains(.hasSchedule) {
      let schedules = plan.schedules
      gate.opens = schedules.map { $0.from ?? .min }.min() ?? .min
      gate.closes = schedules.map { Program.surelyOver($0) }.max() ?? .max
    }
    var earliest: Stage?
    plan.rows.forEach { row in
      if !row.gives.isEmpty { gate.flags.formUnion(.gives) }
      if !row.earns.isEmpty { gate.flags.formUnion(.earns) }
      row.gives.forEach { give in
        if give.isGift { gate.flags.formUnion(.hasGifts) }
        guard let stage = give.stage else { return }
        gate.stages.formUnion(StageSet(stage))
        earliest = min(earliest ?? stage, stage)
      }
    }
    gate.readStage = gate.flags.contains(.gives) ? earliest ?? .shipping : .redeem
    if gate.flags.contains(.hasBounds) {
      for limit in plan.limits where limit.bound == .order {
        gate.roundsMaximum = min(gate.roundsMaximum, limit.count)
      }
    }
    let start = Int32(tests.count)
    plan.conjuncts.forEach { tests.append(TestRecord($0)) }
    gate.tests = start..<Int32(tests.count)
    if !gate.flags.contains(.hasTiers) {
      let first = Int32(effects.count)
      plan.rows[0].gives.forEach { effects.append(EffectRecord($0, rounding)) }
      gate.effects = first..<Int32(effects.count)
    }
    if isOneThreshold(gate) {
      gate.flags.formUnion(.isOneThreshold)
      gate.unit = tests[Int(start)].unit
    }
    gates.append(gate)
    campaigns.append(plan)
  }

  private func isOneThreshold(_ gate: GateRecord) -> Bool {
    guard gate.flags.isDisjoint(with: .beyondOneThreshold), gate.flags.contains(.gives),
      gate.tests.count == 1
    else { return false }
    let test = tests[Int(gate.tests.lowerBound)]
    return test.kind != .expression && test.unit != nil && test.constant > 0
  }

  /// What it has beside its effects.
  private func flags(of plan: CampaignPlan) -> GateFlags {
    var flags: GateFlags = []
    if plan.usesOriginalBase { flags.formUnion(.usesOriginalBase) }
    if plan.conjuncts.contains(where: { $0.isDynamic }) { flags.formUnion(.hasLateTests) }
    let admission = plan.admission
    if !admission.codeSlots.isEmpty || !admission.codePools.isEmpty { flags.formUnion(.wantsCode) }
    if admission.audience != .everyone { flags.formUnion(.isForSome) }
    if admission.audience == .groups { flags.formUnion(.isForGroups) }
    let schedules = admission.schedules
    if plan.isNeverActive || !schedules.isEmpty { flags.formUnion(.hasSchedule) }
    let isPlain = schedules.count == 1 && schedules[0].isPlain
    if plan.isNeverActive || !schedules.isEmpty && !isPlain { flags.formUnion(.hasHours) }
    guard plan.hasTerms else { return flags }
    let terms = plan.terms
    if plan.needsIdentity { flags.formUnion(.needsIdentity) }
    if !terms.limits.isEmpty || !terms.caps.isEmpty { flags.formUnion(.hasBounds) }
    if let tiers = terms.tierValue {
      flags.formUnion(.hasTiers)
      if tiers.isDynamic { flags.formUnion(.hasLateTests) }
    }
    if terms.stacking.restricts { flags.formUnion(.restricts) }
    if terms.event != nil { flags.formUnion(.runsOnEvent) }
    if terms.stacking.isAloneOnItems || !terms.stacking.bestOfOnItems.isEmpty {
      flags.formUnion(.stacksOnItems)
    }
    return flags
  }

  /// A moment from which on a schedule cannot hold; a night that began before its end runs on.
  private static func surelyOver(_ schedule: SchedulePlan) -> Int64 {
    guard let until = schedule.until else { return .max }
    return schedule.isPlain ? until : until + 2 * 86_400
  }
}

extension EffectRecord {
  /// The record of one effect.
  fileprivate init(_ give: GivePlan, _ rounding: Rounding) {
    self.init(kind: .plan, stage: give.stage)
    switch give {
    case .unitPercent(.constant(let fraction), .all(let selection)) where fraction.isFraction:
      become(fraction: fraction, off: selection, rounding: rounding)
    case .unitPercent(
      .constant(let fraction),
      .every(isCheapest: true, count: 1, groupSize: let size, of: let selection))
    where fraction.isFraction && size > 0:
      become(fraction: fraction, offEvery: size, of: selection, rounding: rounding)
    case .orderOff(.percent(.constant(let fraction))) where fraction.isFraction:
      kind = .fractionOffOrder
      amount = fraction
    case .orderOff(.money(.constant(let money))) where money.isWhole && !(money < .zero):
      kind = .moneyOffOrder
      amount = money
    default: break
    }
  }
}

extension Rational {
  fileprivate var isFraction: Bool { numerator >= 0 && numerator <= denominator }
}

extension TestRecord {
  /// The record of one part of a condition.
  fileprivate init(_ conjunct: Conjunct) {
    self.init(
      kind: .expression, isLate: conjunct.isDynamic, unit: conjunct.threshold?.unit,
      measure: -1, constant: 0)
    guard let threshold = conjunct.threshold, case .measure(let slot) = threshold.value,
      threshold.constant.isWhole, let constant = Int64(exactly: threshold.constant.numerator),
      constant < .max
    else { return }
    measure = slot
    switch threshold.comparison {
    case .equal:
      kind = .equals
      self.constant = constant
    case .greater:
      kind = .reaches
      self.constant = constant + 1
      isStrict = true
    default:
      kind = .reaches
      self.constant = constant
    }
  }
}

extension GivePlan {
  fileprivate var isGift: Bool { if case .gift = self { true } else { false } }
}
