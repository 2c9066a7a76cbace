extension CostCensus {
  /// Counts a campaign, and notes what it uses that is computed once for a cart.
  mutating func count(_ campaign: Int) {
    let plan = program.campaigns[campaign]
    for conjunct in plan.conjuncts { use(conjunct.expression, campaign) }
    if let value = plan.tierValue { use(value.expression, campaign) }
    var dearestGives = 0
    var dearestEarns = 0
    for row in plan.rows {
      for give in row.gives { use(give, campaign) }
      for earn in row.earns { use(earn.kind, campaign) }
      dearestGives = max(
        dearestGives, row.gives.reduce(0) { saturatingSum($0, steps($1, of: plan)) })
      dearestEarns = max(
        dearestEarns, row.earns.reduce(0) { saturatingSum($0, steps($1)) })
    }
    let late = plan.conjuncts.map(\.expression) + (plan.tierValue.map { [$0.expression] } ?? [])
    let lateSteps = late.reduce(0) { saturatingSum($0, stepsOfReading($1)) }
    if plan.gives {
      stepsPerPricing[campaign] = saturatingSum(dearestGives, lateSteps)
      stepsOnce[campaign] = dearestEarns
    } else {
      stepsOnce[campaign] = saturatingSum(dearestEarns, lateSteps)
    }
    if plan.rows.contains(where: { $0.gives.contains { $0.stage == .order } }) {
      stepsOfPricing = max(stepsOfPricing, 3)
    }
  }

  /// What an effect takes each time it is priced.
  private func steps(_ give: GivePlan, of plan: CampaignPlan) -> Int {
    let reading = give.expression.map(stepsOfReading) ?? 0
    let capping = plan.caps.contains { $0.balance == nil } ? CostCensus.sharing : 0
    let counting = plan.limits.contains { $0.bound == .order } ? CostCensus.sorting : 0
    let own: Int
    switch give {
    case .unitPercent(_, let pick), .unitMoney(_, let pick), .unitPrice(_, let pick):
      let cutting = pick.isDeal || isOnePass(give, plan) ? 0 : CostCensus.cutting - 1
      own = steps(pick) + cutting + capping + (pick.isDeal ? 0 : counting)
    case .subtotalOff(_, let pick):
      let amount = CostCensus.cutting + CostCensus.sharing
      own = steps(pick) + CostCensus.parts * amount + capping
    case .bundle(_, let slots):
      // In each round a slot may look at what every slot before it has taken.
      let looks = saturatingProduct(slots.count, slots.count + 1)
      own = saturatingSum(
        slots.count * (1 + CostCensus.sorting + CostCensus.cutting) + capping,
        saturatingProduct(looks, CostCensus.round))
    case .orderOff:
      let isPlain = isUnbounded(plan) && !hasClaims
      own = isPlain ? 2 : CostCensus.sharing + capping
    case .shippingOff, .shippingPrice, .gift: own = 0
    }
    return saturatingSum(own, reading)
  }

  /// Whether it is a percentage that is written out and cuts whole lines in one pass.
  private func isOnePass(_ give: GivePlan, _ plan: CampaignPlan) -> Bool {
    guard case .unitPercent(let expression, _) = give, expression.isConstant else { return false }
    return isUnbounded(plan) && !hasClaims && plan.tierValue == nil
  }

  /// Whether neither caps, limits nor original prices have a part in what it gives.
  private func isUnbounded(_ plan: CampaignPlan) -> Bool {
    plan.caps.isEmpty && plan.limits.isEmpty && !plan.usesOriginalBase
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
    expression.forEachPart { part in
      switch part {
      case .measure(let slot):
        let place = Int(slot)
        measureUsers[place] = measureUsers[place].joined(by: .campaign(campaign))
      case .subtotalAfterDiscounts(let selection), .unitInSelection(let selection):
        use(selection: selection, by: .campaign(campaign))
      default: break
      }
    }
  }
}
