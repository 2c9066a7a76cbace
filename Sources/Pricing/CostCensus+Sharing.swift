extension CostCensus {
  mutating func use(selection: Int32, by user: User) {
    let known = selectionUsers[Int(selection)]
    let users = known.joined(by: user)
    guard users != known else { return }
    selectionUsers[Int(selection)] = users
    waiting.append(selection)
  }

  /// Whoever uses a sum uses its selection, and with a selection those that it is made from.
  mutating func spreadUsers() {
    for (slot, measure) in program.measures.enumerated() {
      guard case .aggregate(let plan) = measure, measureUsers[slot] != .none else { continue }
      use(selection: plan.selection, by: measureUsers[slot])
    }
    // Users only ever grow from none to one to several, so this ends.
    while let selection = waiting.popLast() {
      let user = selectionUsers[Int(selection)]
      switch program.selections[Int(selection)] {
      case .items, .allItems: break
      case .narrowed(let base, _): use(selection: base, by: user)
      case .filtered(let base, let condition):
        use(selection: base, by: user)
        var others: [Int32] = []
        condition.forEachPart { if case .unitInSelection(let other) = $0 { others.append(other) } }
        for other in others { use(selection: other, by: user) }
      }
    }
  }

  /// Charges what is computed once for a cart to its only user, or to all together.
  mutating func charge() {
    for (selection, user) in selectionUsers.enumerated() {
      charge(steps(program.selections[selection]), to: user)
    }
    for (slot, user) in measureUsers.enumerated() {
      guard case .aggregate(let plan) = program.measures[slot] else { continue }
      charge(plan.kind == .kinds ? 1 + CostCensus.sorting : 1, to: user)
    }
  }

  private mutating func charge(_ steps: Int, to user: User) {
    switch user {
    case .none: break
    case .campaign(let campaign): stepsOnce[campaign] = saturatingSum(stepsOnce[campaign], steps)
    case .several:
      sharedSteps = saturatingSum(sharedSteps, steps)
      sharedCount += 1
    }
  }

  private func steps(_ selection: SelectionPlan) -> Int {
    guard case .filtered(_, let condition) = selection else { return 1 }
    var steps = 1
    condition.forEachPart { part in
      switch part {
      case .unitInMembership, .unitInSelection: steps += CostCensus.sorting
      case .textTest: steps += CostCensus.textTest
      default: steps += 1
      }
    }
    return steps
  }

  /// Balances that are taken as a discount are shared over what is paid.
  mutating func countBalances() {
    guard !program.balances.isEmpty else { return }
    let shared = program.balances.count { $0.redemption == .discount }
    cartSteps += 3 + shared * (2 + CostCensus.sharing)
  }

  /// Groups whose members compete unit by unit are decided anew in each pricing: what each member
  /// would save, then the winners of a line are looked up among all that have come up.
  mutating func countCompetition() {
    var memberCounts: [Int32: Int] = [:]
    for campaign in priced where program.gates[campaign].flags.contains(.stacksOnItems) {
      let plan = program.campaigns[campaign]
      let effects = plan.rows.indices.map { plan.rows[$0].gives.count }.max() ?? 0
      for group in Set(plan.stacking.bestOfOnItems) {
        memberCounts[group, default: 0] += 1
        stepsPerPricing[campaign] += 4 * effects
      }
    }
    var winners = 1
    for (_, count) in memberCounts.sorted(by: { $0.key < $1.key }) {
      winners = min(saturatingProduct(winners, count + 1), Limits.costedLines)
      stepsOfPricing += 2 + winners
    }
  }

  /// In each stage all effects that fail by themselves fail together; what reads prices after
  /// discounts may fail by what those that failed before have left.
  mutating func countPasses() {
    let anySelectionFails = program.selections.contains { selection in
      if case .filtered(_, let condition) = selection { return condition.isFallible }
      return false
    }
    var stages = StageSet()
    for campaign in priced {
      let gate = program.gates[campaign]
      let isLate = gate.flags.contains(.hasLateTests)
      if isLate, anySelectionFails || canFailLate(program.campaigns[campaign]) { passCount += 1 }
      if stages.isSuperset(of: gate.stages) { continue }
      if anySelectionFails {
        stages.formUnion(gate.stages)
        continue
      }
      if hasPlainEffects(gate) { continue }
      program.campaigns[campaign].rows.forEach { row in
        row.gives.forEach { give in
          guard let stage = give.stage, give.expression?.isFallible == true else { return }
          stages.formUnion(StageSet(stage))
        }
      }
    }
    passCount += Stage.allCases.count { stages.contains($0) }
  }

  /// Whether what a campaign asks of prices after discounts may fail by itself.
  private func canFailLate(_ plan: CampaignPlan) -> Bool {
    plan.conjuncts.contains { $0.isDynamic && $0.expression.isFallible }
      || plan.tierValue.map { $0.isDynamic && $0.expression.isFallible } ?? false
  }
}
