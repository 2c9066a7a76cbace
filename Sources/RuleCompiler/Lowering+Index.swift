import Money
import Pricing

extension Lowering {
  /// Writes what decides each campaign first, and puts it in the lists where a cart will look.
  mutating func buildIndex() {
    orderCampaigns()
    for index in program.campaigns.indices { addGate(Int32(index)) }
    var lists = PostingLists(program: program)
    for index in program.campaigns.indices where !program.gates[index].flags.contains(.runsOnEvent)
    {
      lists.post(Int32(index))
    }
    lists.write(into: &program)
  }

  /// Campaigns by priority, higher first, then in the order of the files.
  private mutating func orderCampaigns() {
    let campaigns = program.campaigns
    program.applicationOrder = campaigns.indices.sorted {
      let (first, second) = (campaigns[$0].priority, campaigns[$1].priority)
      return first != second ? first > second : $0 < $1
    }.map { Int32($0) }
    program.ranks = Array(repeating: 0, count: campaigns.count)
    for (rank, campaign) in program.applicationOrder.enumerated() {
      program.ranks[Int(campaign)] = Int32(rank)
    }
  }

  private mutating func addGate(_ campaign: Int32) {
    let plan = program.campaigns[Int(campaign)]
    var gate = GateRecord()
    gate.serveOnly(plan.currency)
    gate.flags = flags(of: plan)
    if plan.isNeverActive {
      (gate.opens, gate.closes) = (.max, .min)
    } else if !plan.schedules.isEmpty {
      gate.opens = plan.schedules.map { $0.from ?? .min }.min() ?? .min
      gate.closes = plan.schedules.map(surelyOver).max() ?? .max
    }
    let stages = plan.rows.flatMap(\.gives).compactMap(\.stage)
    for stage in stages { gate.stages.insert(StageSet(stage)) }
    gate.readStage = plan.gives ? stages.min() ?? .shipping : .redeem
    for limit in plan.limits where limit.bound == .order {
      gate.roundsMaximum = min(gate.roundsMaximum, limit.count)
    }
    let start = Int32(program.tests.count)
    program.tests += plan.conjuncts.map { TestRecord($0) }
    gate.tests = start..<Int32(program.tests.count)
    if plan.tierValue == nil {
      let first = Int32(program.effects.count)
      for give in plan.rows[0].gives {
        program.effects.append(EffectRecord(give, program.rounding))
      }
      gate.effects = first..<Int32(program.effects.count)
    }
    if isOneThreshold(gate) { gate.flags.insert(.isOneThreshold) }
    program.gates.append(gate)
  }

  private func isOneThreshold(_ gate: GateRecord) -> Bool {
    let others: GateFlags = [
      .wantsCode, .needsIdentity, .isForSome, .hasHours, .hasBounds, .hasTiers, .hasLateTests,
      .runsOnEvent,
    ]
    guard gate.flags.isDisjoint(with: others), gate.flags.contains(.gives), gate.tests.count == 1
    else { return false }
    let test = program.tests[Int(gate.tests.lowerBound)]
    return test.kind != .expression && test.unit != nil && test.constant > 0
  }

  private func flags(of plan: CampaignPlan) -> GateFlags {
    var flags: GateFlags = []
    if plan.wantsCode { flags.insert(.wantsCode) }
    if plan.needsIdentity { flags.insert(.needsIdentity) }
    if plan.gives { flags.insert(.gives) }
    if plan.audience != .everyone { flags.insert(.isForSome) }
    if case .groups = plan.audience { flags.insert(.isForGroups) }
    if plan.isNeverActive || !plan.schedules.isEmpty { flags.insert(.hasSchedule) }
    let isPlain = plan.schedules.count == 1 && plan.schedules[0].isPlain
    if plan.isNeverActive || !plan.schedules.isEmpty && !isPlain { flags.insert(.hasHours) }
    if !plan.limits.isEmpty || !plan.caps.isEmpty { flags.insert(.hasBounds) }
    if plan.tierValue != nil { flags.insert(.hasTiers) }
    if plan.conjuncts.contains(where: \.isDynamic) || plan.tierValue?.isDynamic == true {
      flags.insert(.hasLateTests)
    }
    for give in plan.rows.lazy.flatMap(\.gives) {
      if case .gift = give { flags.insert(.hasGifts) }
    }
    if plan.stacking.restricts { flags.insert(.restricts) }
    if plan.usesOriginalBase { flags.insert(.usesOriginalBase) }
    if plan.event != nil { flags.insert(.runsOnEvent) }
    if plan.rows.contains(where: { !$0.earns.isEmpty }) { flags.insert(.earns) }
    if plan.stacking.isAloneOnItems || !plan.stacking.bestOfOnItems.isEmpty {
      flags.insert(.stacksOnItems)
    }
    return flags
  }

  /// A moment from which on a schedule cannot hold; a night that began before its end runs on.
  private func surelyOver(_ schedule: SchedulePlan) -> Int64 {
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
  fileprivate var isFraction: Bool { !(self < .zero) && !(.one < self) }
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
