import Money

extension Pricer {
  /// Prices the cart with a choice of campaigns and answers the total discount.
  ///
  /// A campaign of which one effect fails gives nothing at all: the cart is priced again without it.
  mutating func priceChoice(_ members: [Int32]) -> Int64 {
    sharers.load(members.span)
    priceSharers()
    var total: Int64 = 0
    for campaign in members {
      total += campaigns[campaign].given + campaigns[campaign].shippingGiven
    }
    return total
  }

  /// Prices the cart with the choice that was made.
  mutating func priceMembers() {
    sharers.load(choice.members)
    priceSharers()
  }

  private mutating func priceSharers() {
    for place in sharers.indices { campaigns[sharers[place]].hasFailed = false }
    repeat {
      work.pricingCount += 1
      begin()
    } while !runStages()
  }

  private mutating func begin() {
    let hasClaims = restartSharers()
    runs.reset(to: cart, hasClaims: hasClaims)
    forgetStages()
  }

  /// Campaigns that share the order stand as the gates left them; answers whether any stacks on
  /// items.
  mutating func restartSharers() -> Bool {
    var hasClaims = false
    stages = []
    lateStages = []
    for place in sharers.indices {
      let campaign = sharers[place]
      let gate = program.gates[Int(campaign)]
      if gate.flags.contains(.stacksOnItems) { hasClaims = true }
      stages.formUnion(gate.stages)
      if gate.flags.contains(.hasLateTests) { lateStages.insert(StageSet(gate.readStage)) }
      campaigns[campaign].restart(roundsAtMost: gate.roundsMaximum)
    }
    stages.formUnion(lateStages)
    return hasClaims
  }

  /// Nothing has been given yet.
  mutating func forgetStages() {
    entries.removeAll()
    board.close()
    shippingDiscount = 0
    gifts.clear()
    touchedLines.clear()
    resolvedGroups.clear()
    if ownerSets.count > 1 { ownerSets.removeSubrange(1...) }
  }

  /// Runs all stages; false when campaigns failed, in the first stage in which any did.
  private mutating func runStages() -> Bool {
    guard runStage(.items), runStage(.order) else { return false }
    board.settle(into: &runs, cart)
    guard runStage(.shipping) else { return false }
    for place in sharers.indices
    where program.gates[Int(sharers[place])].flags.contains(.hasGifts)
      && !takesPart(sharers[place], in: .items)
    {
      proposeGifts(sharers[place])
    }
    return true
  }

  /// Runs one stage; false when an effect failed. All campaigns are asked, so that their order does
  /// not decide which of them fail.
  mutating func runStage(_ stage: Stage) -> Bool {
    guard stages.contains(stage) else { return true }
    var works = true
    // Without conditions on prices after discounts there is nothing to decide.
    let deciders = lateStages.contains(stage) ? sharers.indices : 0..<0
    for place in deciders where !campaigns[sharers[place]].hasFailed {
      let campaign = sharers[place]
      if !decide(campaign, in: stage) {
        campaigns[campaign].hasFailed = true
        works = false
      }
    }
    for place in sharers.indices where takesPart(sharers[place], in: stage) {
      let campaign = sharers[place]
      let hasWorked =
        switch stage {
        case .items: applyItems(campaign)
        case .order: applyOrder(campaign)
        case .shipping, .redeem: applyShipping(campaign)
        }
      if !hasWorked {
        campaigns[campaign].hasFailed = true
        works = false
      }
    }
    return works
  }

  mutating func takesPart(_ campaign: Int32, in stage: Stage) -> Bool {
    guard program.gates[Int(campaign)].stages.contains(stage) else { return false }
    return !campaigns[campaign].hasFailed && !campaigns[campaign].isHeldBack
  }

  /// The stage whose beginning a campaign's `after discounts` reads.
  func readStage(_ campaign: Int32) -> Stage { program.gates[Int(campaign)].readStage }

  /// Decides conditions and rows that read prices after discounts, when their stage begins.
  private mutating func decide(_ campaign: Int32, in stage: Stage) -> Bool {
    guard program.gates[Int(campaign)].flags.contains(.hasLateTests),
      stage == program.gates[Int(campaign)].readStage
    else { return true }
    readingStage = stage
    guard let decision = decideLate(campaign) else { return false }
    campaigns[campaign].isHeldBack = !decision.isAdmitted
    campaigns[campaign].row = decision.row
    return true
  }

  /// Whether conditions on prices after discounts hold and which row applies; nil when it fails.
  mutating func decideLate(_ campaign: Int32) -> (isAdmitted: Bool, row: Int?)? {
    let gate = program.gates[Int(campaign)]
    guard gate.flags.contains(.hasLateTests) else {
      return (true, campaigns[campaign].admittedRow)
    }
    for test in gate.tests where program.tests[Int(test)].isLate {
      switch truth(ofTest: test, campaign) {
      case .holds: continue
      case .fails: return (false, nil)
      case .failed: return nil
      }
    }
    guard let tierValue = program.campaigns[Int(campaign)].tierValue, tierValue.isDynamic else {
      return (true, campaigns[campaign].admittedRow)
    }
    switch value(tierValue.expression) {
    case .failed: return nil
    case .number(let reached):
      let row = rowReached(campaign, reached)
      return (row != nil, row)
    case .missing, .flag, .texts: return (false, nil)
    }
  }

  /// How many effects the row that applies has.
  @inline(__always)
  mutating func giveCount(_ campaign: Int32) -> Int {
    let effects = program.gates[Int(campaign)].effects
    return effects.isEmpty
      ? giveCountOfRow(campaign) : Int(effects.upperBound) - Int(effects.lowerBound)
  }

  @inline(never)
  private mutating func giveCountOfRow(_ campaign: Int32) -> Int {
    guard let row = campaigns[campaign].row else { return 0 }
    return program.campaigns[Int(campaign)].rows[row].gives.count
  }

  /// An effect of the row that applies.
  @inline(__always)
  mutating func give(_ index: Int, of campaign: Int32) -> GivePlan {
    guard let row = campaigns[campaign].row else {
      preconditionFailure("effects are asked for only when a row applies")
    }
    return program.campaigns[Int(campaign)].rows[row].gives[index]
  }

  private mutating func proposeGifts(_ campaign: Int32) {
    guard !campaigns[campaign].hasFailed, !campaigns[campaign].isHeldBack else { return }
    for index in 0..<giveCount(campaign) {
      if case .gift(_, let quantity) = give(index, of: campaign) {
        propose(quantity, give: index, campaign)
      }
    }
  }

  /// Proposes as many of a gift as `limit … per order` still allows.
  mutating func propose(_ quantity: Int64, give: Int, _ campaign: Int32) {
    let granted = min(quantity, campaigns[campaign].roundsLeft)
    guard granted > 0 else { return }
    if campaigns[campaign].roundsLeft < .max { campaigns[campaign].roundsLeft -= granted }
    campaigns[campaign].proposesGifts = true
    gifts.append(ProposedGift(campaign: campaign, give: Int32(give), quantity: granted))
  }
}
