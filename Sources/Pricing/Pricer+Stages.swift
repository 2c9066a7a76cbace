import Money

extension Pricer {
  /// Prices the cart with a choice of campaigns and answers the total discount.
  ///
  /// A campaign of which one effect fails gives nothing at all: the cart is priced again without it.
  mutating func priceChoice(_ members: [Int32]) -> Int64 {
    var failed = Set<Int32>()
    while true {
      work.pricingCount += 1
      begin(members, failed: failed)
      let failing = runStages(members)
      if failing.isEmpty {
        return members.reduce(0) { total, campaign in
          total + (progress[campaign].map { $0.given + $0.shippingGiven } ?? 0)
        }
      }
      failed.formUnion(failing)
    }
  }

  private mutating func begin(_ members: [Int32], failed: Set<Int32>) {
    runs.reset(to: cart)
    entries.removeAll(keepingCapacity: true)
    latestEntries = Array(repeating: -1, count: cart.lineCount)
    shippingDiscount = 0
    progress.removeAll(keepingCapacity: true)
    for campaign in members {
      var state = CampaignProgress()
      state.row = admissions[campaign]?.row
      state.capLeft = admissions[campaign]?.capLeft
      state.hasFailed = failed.contains(campaign)
      for limit in plan(campaign).limits where limit.bound == .order {
        state.roundsLeft = min(state.roundsLeft, limit.count)
      }
      progress[campaign] = state
    }
    resolvedGroups.removeAll(keepingCapacity: true)
    ownerSets.removeSubrange(1...)
  }

  /// Runs all stages; answers the campaigns that failed in the first stage in which any did.
  ///
  /// All of that stage are asked, so that their order does not decide which of them fail.
  private mutating func runStages(_ members: [Int32]) -> Set<Int32> {
    for stage in [Stage.items, .order, .shipping] {
      var failing = Set<Int32>()
      for campaign in members where progress[campaign]?.hasFailed == false {
        if !decide(campaign, in: stage) { failing.insert(campaign) }
      }
      for campaign in members where takesPart(campaign, in: stage) && !failing.contains(campaign) {
        let hasWorked =
          switch stage {
          case .items: applyItems(campaign, members)
          case .order: applyOrder(campaign)
          case .shipping, .redeem: applyShipping(campaign)
          }
        if !hasWorked { failing.insert(campaign) }
      }
      if !failing.isEmpty { return failing }
    }
    for campaign in members where !takesPart(campaign, in: .items) { proposeGifts(campaign) }
    return []
  }

  private func takesPart(_ campaign: Int32, in stage: Stage) -> Bool {
    guard let state = progress[campaign], !state.hasFailed, !state.isHeldBack else { return false }
    return plan(campaign).rows.contains { $0.gives.contains { $0.stage == stage } }
  }

  /// The stage whose beginning a campaign's `after discounts` reads.
  func readStage(_ campaign: Int32) -> Stage {
    let plan = plan(campaign)
    guard plan.gives else { return .redeem }
    return plan.rows.flatMap(\.gives).compactMap(\.stage).min() ?? .shipping
  }

  /// Decides conditions and rows that read prices after discounts, when their stage begins.
  private mutating func decide(_ campaign: Int32, in stage: Stage) -> Bool {
    guard stage == readStage(campaign) else { return true }
    readingStage = stage
    guard let admission = decideLate(campaign) else { return false }
    progress[campaign]?.isHeldBack = !admission.isAdmitted
    progress[campaign]?.row = admission.row
    return true
  }

  /// Whether conditions on prices after discounts hold and which row applies; nil when it fails.
  mutating func decideLate(_ campaign: Int32) -> (isAdmitted: Bool, row: Int?)? {
    let plan = plan(campaign)
    for conjunct in plan.conjuncts where conjunct.isDynamic {
      switch truth(conjunct.expression) {
      case .holds: continue
      case .fails: return (false, nil)
      case .failed: return nil
      }
    }
    guard let tierValue = plan.tierValue, tierValue.isDynamic else {
      return (true, admissions[campaign]?.row)
    }
    switch value(tierValue.expression) {
    case .failed: return nil
    case .number(let reached):
      let row = rowReached(plan, reached)
      return (row != nil, row)
    case .missing, .flag, .texts: return (false, nil)
    }
  }

  /// The effects of the row that applies.
  func gives(_ campaign: Int32) -> [GivePlan] {
    guard let row = progress[campaign]?.row else { return [] }
    return plan(campaign).rows[row].gives
  }

  private mutating func proposeGifts(_ campaign: Int32) {
    guard let state = progress[campaign], !state.hasFailed, !state.isHeldBack else { return }
    for case .gift(let sku, let quantity) in gives(campaign) {
      propose(quantity, of: sku, campaign)
    }
  }

  /// Proposes as many of a gift as `limit … per order` still allows.
  mutating func propose(_ quantity: Int64, of sku: String, _ campaign: Int32) {
    let granted = min(quantity, progress[campaign]?.roundsLeft ?? 0)
    guard granted > 0 else { return }
    progress[campaign]?.roundsLeft -= granted
    progress[campaign]?.gifts.append((sku, granted))
  }

  /// Books what a campaign took off a line.
  mutating func book(_ amount: Int64, line: Int32, source: Int32, stage: Stage) {
    guard amount > 0 else { return }
    let latest = latestEntries[Int(line)]
    if latest >= 0, entries[Int(latest)].source == source, entries[Int(latest)].stage == stage {
      entries[Int(latest)].amount += amount
    } else {
      latestEntries[Int(line)] = Int32(entries.count)
      entries.append(DiscountEntry(line: line, source: source, stage: stage, amount: amount))
    }
  }
}
