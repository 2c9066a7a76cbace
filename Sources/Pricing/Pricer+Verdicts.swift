import Money

extension Pricer {
  /// Settles what became of the campaigns of the choice, and which refusals are answered.
  mutating func tellRefusals() {
    for place in choice.members.indices where !campaigns[choice.members[place]].hasGiven {
      settle(choice.members[place])
    }
    switch explains {
    case .none: break
    case .all:
      for place in campaigns.states.indices { list(place) }
    case .near:
      for place in campaigns.states.indices { tell(place) }
      findNearest()
      listNearest()
    }
    for place in campaigns.states.indices where isTold(place) {
      order.insert(campaigns.states[place].campaign)
    }
    order.drain(into: &told)
  }

  /// A campaign of the choice that gave nothing may still have earned.
  private mutating func settle(_ campaign: Int32) {
    let state = campaigns[campaign]
    campaigns[campaign].refusal =
      state.hasFailed ? .error : state.isHeldBack ? .condition : .nothingToGive
    if state.hasIssued { campaigns[campaign].refusal = refusalAfterEarning(campaign) }
  }

  private mutating func list(_ place: Int) {
    let campaign = campaigns.states[place].campaign
    campaigns[campaign].isListed = true
    guard campaigns[campaign].refusal == .condition, !campaigns[campaign].isExplained else {
      return
    }
    campaigns[campaign].missing = lack(of: campaign)?.missing
  }

  /// Lists a refusal that is near: its code was presented, it lost to others or to a bound, or only
  /// one threshold is lacking.
  private mutating func tell(_ place: Int) {
    guard let reason = campaigns.states[place].refusal else { return }
    let campaign = campaigns.states[place].campaign
    if campaigns.states[place].code != nil { campaigns[campaign].isListed = true }
    switch reason {
    case .stacking, .limit, .cap: campaigns[campaign].isListed = true
    case .condition where !campaigns.states[place].isExplained: noteLacking(campaign)
    default: break
    }
  }

  // MARK: The answer

  /// What became of the campaign at a place of `told`, in numbers.
  package mutating func outcome(at place: Int) -> Outcome { campaigns.outcome(told[place], near) }

  /// Every cent of discount of the last cart, in order of application.
  package var discounts: Span<DiscountEntry> {
    @_lifetime(borrow self)
    get { entries.entries.span }
  }

  /// What the last cart came to, with everything that is to be told of it.
  ///
  /// - Parameter isWithLines: Whether lines and their discounts are copied; without, they are only
  ///   to be read from the pricer, until the next cart is priced.
  package mutating func evaluation(isWithLines: Bool = true) -> Evaluation {
    campaigns.addAll(near)
    var result = Evaluation(runs: isWithLines ? RunSnapshot(runs) : RunSnapshot())
    if isWithLines { result.entries = entries.entries.copy }
    result.shippingDiscount = shippingDiscount
    result.redeemed = redeemed
    result.payments = payments
    result.earned = earned
    result.isProven = choice.isProven
    result.withdrawnLines = withdrawnLines
    result.work = work
    let winners = choice.members.copy.filter { campaigns[$0].hasGiven }.sorted()
    result.verdicts.reserveCapacity(told.count)
    for place in told.indices {
      let campaign = told[place]
      result.verdicts.append(
        CampaignVerdict(
          campaign: campaign, verdict: verdict(campaign, winners: winners),
          isListed: campaigns[campaign].isListed))
    }
    return result
  }

  private func isTold(_ place: Int) -> Bool {
    campaigns.states[place].refusal == nil || campaigns.states[place].isListed
      || campaigns.states[place].code != nil
  }

  private mutating func verdict(_ campaign: Int32, winners: [Int32]) -> Verdict {
    let state = campaigns[campaign]
    if let reason = state.refusal {
      return .refused(refusal(campaign, reason, state, winners: winners))
    }
    guard state.hasGiven else { return .earnedOnly(code: state.code) }
    return .applied(
      Application(
        discount: state.given + state.shippingGiven,
        times: state.hasDeal ? max(1, state.rounds) : 1, isCapped: state.isCapped,
        gifts: giftsLeft(campaign), missing: missingForNextRow(campaign), code: state.code,
        remainingUses: state.remainingUses))
  }

  private mutating func refusal(
    _ campaign: Int32, _ reason: Refusal.Reason, _ state: CampaignState, winners: [Int32]
  ) -> Refusal {
    var refusal = Refusal(
      reason: reason, phase: state.phase, code: state.code, remainingUses: state.remainingUses)
    refusal.missing = state.missing
    switch reason {
    case .condition:
      refusal.detail = state.isExplained ? details[campaign] : failingDetail(campaign)
    case .stacking:
      refusal.saving = state.saving
      refusal.against = winners.filter { program.conflict(campaign, $0) }
    default: break
    }
    return refusal
  }

  // MARK: Gifts

  /// What a campaign proposes and the cart does not hold yet.
  private mutating func giftsLeft(_ campaign: Int32) -> [(sku: String, quantity: Int64)] {
    guard let row = campaigns[campaign].row else { return [] }
    var left: [(sku: String, quantity: Int64)] = []
    for gift in gifts where gift.campaign == campaign && gift.quantity > 0 {
      let give = program.campaigns[Int(campaign)].rows[row].gives[Int(gift.give)]
      if case .gift(let sku, _) = give { left.append((sku, gift.quantity)) }
    }
    return left
  }

  /// Matches gift lines with what campaigns propose, the largest first, so that the order of lines
  /// does not matter.
  mutating func acceptGifts() {
    guard cart.hasGifts else { return }
    let lines = (0..<Int32(cart.lineCount)).filter { cart.traits[Int($0)].contains(.gift) }
    let ranked = lines.sorted {
      let (first, second) = (cart.quantities[Int($0)], cart.quantities[Int($1)])
      return first != second ? first > second : $0 < $1
    }
    for line in ranked {
      if !accept(line) { withdrawnLines.append(line) }
    }
  }

  private mutating func accept(_ line: Int32) -> Bool {
    let offers = gifts.indices.filter { isOffer(gifts[$0], for: line) }
    var rest = cart.quantities[Int(line)]
    let offered = offers.reduce(Int64(0)) { saturatingSum($0, gifts[$1].quantity) }
    guard offered >= rest else { return false }
    for offer in offers {
      let taken = min(rest, gifts[offer].quantity)
      gifts[offer].quantity -= taken
      rest -= taken
    }
    return true
  }

  private mutating func isOffer(_ gift: ProposedGift, for line: Int32) -> Bool {
    guard gift.campaign == cart.giftCampaigns[Int(line)], campaigns[gift.campaign].hasGiven,
      let row = campaigns[gift.campaign].row,
      case .gift(let sku, _) =
        program.campaigns[Int(gift.campaign)].rows[row].gives[Int(gift.give)]
    else { return false }
    return hasSameBytes(sku, cart.skus[Int(line)])
  }
}
