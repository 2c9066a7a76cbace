extension CostCensus {
  /// Counts a campaign whose records say all there is, without a look at its plan.
  ///
  /// False, and nothing is counted, where there is more to it; `count` comes to the same.
  mutating func countPlain(_ campaign: Int) -> Bool {
    let gate = program.gates[campaign]
    guard gate.flags.isDisjoint(with: .beyondRecords), hasPlainEffects(gate),
      !gate.tests.contains(where: { program.tests[Int($0)].kind == .expression })
    else { return false }
    for test in gate.tests {
      use(measure: program.tests[Int(test)].measure, campaign)
    }
    var steps = 0
    for place in gate.effects {
      let effect = program.effects[Int(place)]
      switch effect.kind {
      case .fractionOffUnits:
        use(selection: effect.selection, by: .campaign(campaign))
        steps += hasClaims ? CostCensus.cutting : 1
      case .fractionOffGroups:
        use(selection: effect.selection, by: .campaign(campaign))
        steps += 2 + CostCensus.sorting
      case .fractionOffOrder, .moneyOffOrder:
        use(selection: 0, by: .campaign(campaign))
        steps += hasClaims ? CostCensus.sharing : 2
        stepsOfPricing = max(stepsOfPricing, 3)
      case .plan: preconditionFailure("a plan is no plain effect")
      }
    }
    if gate.flags.contains(.gives) { stepsPerPricing[campaign] = steps }
    return true
  }

  /// Whether all that a campaign without tiers gives is written out in records; such effects
  /// never fail.
  func hasPlainEffects(_ gate: GateRecord) -> Bool {
    guard !gate.flags.contains(.hasTiers) else { return false }
    return !gate.effects.contains { program.effects[Int($0)].kind == .plan }
  }

  /// Counts a campaign, and notes what it uses that is computed once for a cart.
  mutating func count(_ campaign: Int, _ plan: CampaignPlan) {
    let flags = program.gates[campaign].flags
    var bounds = Bounds(flags)
    if flags.contains(.hasBounds) { bounds.note(plan) }
    var lateSteps = 0
    let isLate = flags.contains(.hasLateTests)
    for part in plan.conjuncts.indices {
      let expression = plan.conjuncts[part].expression
      use(expression, campaign)
      if isLate { lateSteps = saturatingSum(lateSteps, stepsOfReading(expression)) }
    }
    if flags.contains(.hasTiers), let value = plan.tierValue {
      use(value.expression, campaign)
      lateSteps = saturatingSum(lateSteps, stepsOfReading(value.expression))
    }
    var dearestGives = 0
    var dearestEarns = 0
    for place in plan.rows.indices {
      let row = plan.rows[place]
      var giveSteps = 0
      for effect in row.gives.indices {
        let give = row.gives[effect]
        use(give, campaign)
        giveSteps = saturatingSum(giveSteps, steps(give, bounds))
        if give.stage == .order { stepsOfPricing = max(stepsOfPricing, 3) }
      }
      dearestGives = max(dearestGives, giveSteps)
      for earn in row.earns { use(earn.kind, campaign) }
      dearestEarns = max(
        dearestEarns, row.earns.reduce(0) { saturatingSum($0, steps($1)) })
    }
    if flags.contains(.gives) {
      stepsPerPricing[campaign] = saturatingSum(dearestGives, lateSteps)
      stepsOnce[campaign] = dearestEarns
    } else {
      stepsOnce[campaign] = saturatingSum(dearestEarns, lateSteps)
    }
  }

  /// What of a campaign makes each of its effects dearer.
  private struct Bounds {
    var capping = 0
    var counting = 0
    /// Whether caps, limits or original prices have a part in what it gives.
    var areAny: Bool
    var hasTiers: Bool

    init(_ flags: GateFlags) {
      areAny = !flags.isDisjoint(with: .bounded)
      hasTiers = flags.contains(.hasTiers)
    }

    /// Notes the caps and limits there are.
    mutating func note(_ plan: CampaignPlan) {
      if plan.caps.contains(where: { $0.balance == nil }) { capping = CostCensus.sharing }
      if plan.limits.contains(where: { $0.bound == .order }) { counting = CostCensus.sorting }
    }
  }

  /// What an effect takes each time it is priced.
  private func steps(_ give: GivePlan, _ bounds: Bounds) -> Int {
    let reading = give.expression.map(stepsOfReading) ?? 0
    let own: Int
    switch give {
    case .unitPercent(_, let pick), .unitMoney(_, let pick), .unitPrice(_, let pick):
      let cutting = pick.isDeal || isOnePass(give, bounds) ? 0 : CostCensus.cutting - 1
      own = steps(pick) + cutting + bounds.capping + (pick.isDeal ? 0 : bounds.counting)
    case .subtotalOff(_, let pick):
      let amount = CostCensus.cutting + CostCensus.sharing
      own = steps(pick) + CostCensus.parts * amount + bounds.capping
    case .bundle(_, let slots):
      // In each round a slot may look at what every slot before it has taken.
      let looks = saturatingProduct(slots.count, slots.count + 1)
      own = saturatingSum(
        slots.count * (1 + CostCensus.sorting + CostCensus.cutting) + bounds.capping,
        saturatingProduct(looks, CostCensus.round))
    case .orderOff:
      let isPlain = !bounds.areAny && !hasClaims
      own = isPlain ? 2 : CostCensus.sharing + bounds.capping
    case .shippingOff, .shippingPrice, .gift: own = 0
    }
    return saturatingSum(own, reading)
  }

  /// Whether it is a percentage that is written out and cuts whole lines in one pass.
  private func isOnePass(_ give: GivePlan, _ bounds: Bounds) -> Bool {
    guard case .unitPercent(let expression, _) = give, expression.isConstant else { return false }
    return !bounds.areAny && !hasClaims && !bounds.hasTiers
  }

  private func steps(_ pick: Pick) -> Int {
    switch pick {
    case .all: 1
    case .ranked: 1 + CostCensus.sorting
    case .every: 2 + CostCensus.sorting
    case .per: 2 * (1 + CostCensus.sorting)
    }
  }

  /// What an earning takes once for a cart.
  private func steps(_ earn: EarnPlan) -> Int {
    switch earn.kind {
    case .fixed: 0
    case .times: 1
    case .perAmount, .perUnits, .percent: 3 + multiplierCounts[Int(earn.balance)]
    }
  }

  /// What reading prices after discounts takes, wherever an expression does.
  private func stepsOfReading(_ expression: Expression) -> Int {
    if expression.isConstant { return 0 }
    var steps = 0
    expression.forEachPart { if case .subtotalAfterDiscounts = $0 { steps += 2 } }
    return steps
  }

  private mutating func use(_ give: GivePlan, _ campaign: Int) {
    if let expression = give.expression { use(expression, campaign) }
    switch give {
    case .unitPercent(_, let pick), .unitMoney(_, let pick), .unitPrice(_, let pick),
      .subtotalOff(_, let pick):
      use(selection: pick.selection, by: .campaign(campaign))
      if case .per(_, _, _, _, let triggers) = pick {
        use(selection: triggers, by: .campaign(campaign))
      }
    case .bundle(_, let slots):
      for slot in slots { use(selection: slot.selection, by: .campaign(campaign)) }
    case .orderOff: use(selection: 0, by: .campaign(campaign))
    case .shippingOff, .shippingPrice, .gift: break
    }
  }

  private mutating func use(_ kind: EarnPlan.Kind, _ campaign: Int) {
    switch kind {
    case .perAmount(_, _, .selection(let selection)), .percent(_, .selection(let selection)),
      .perUnits(_, _, let selection), .times(_, .some(let selection)):
      use(selection: selection, by: .campaign(campaign))
    case .fixed, .perAmount, .percent, .times: break
    }
  }

  private mutating func use(_ expression: Expression, _ campaign: Int) {
    if expression.isConstant { return }
    expression.forEachPart { part in
      switch part {
      case .measure(let slot): use(measure: slot, campaign)
      case .subtotalAfterDiscounts(let selection), .unitInSelection(let selection):
        use(selection: selection, by: .campaign(campaign))
      default: break
      }
    }
  }

  private mutating func use(measure slot: Int32, _ campaign: Int) {
    let place = Int(slot)
    measureUsers[place] = measureUsers[place].joined(by: .campaign(campaign))
  }
}

extension GateFlags {
  /// What makes steps that the records of conditions and effects do not tell.
  fileprivate static let beyondRecords: GateFlags = [
    .hasBounds, .usesOriginalBase, .hasTiers, .hasLateTests, .earns,
  ]
}
