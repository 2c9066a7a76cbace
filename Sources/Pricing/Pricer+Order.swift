import Money

extension Pricer {
  /// Applies the order effects of a campaign; false when one fails.
  mutating func applyOrder(_ campaign: Int32) -> Bool {
    let isPlain = !cart.hasFloors && !runs.hasClaims && isUnbounded(campaign)
    let effects = program.gates[Int(campaign)].effects
    for index in 0..<giveCount(campaign) {
      if isPlain, !effects.isEmpty {
        openBoard()
        if let off = knownAmount(program.effects[Int(effects.lowerBound) + index]) {
          takeOffBoard(off, campaign)
          continue
        }
      }
      guard case .orderOff(let amount) = give(index, of: campaign) else { continue }
      readingStage = readStage(campaign)
      if isPlain {
        openBoard()
        guard let off = wholeAmount(amount, of: board.total) else { return false }
        takeOffBoard(off, campaign)
      } else if !takeOffRuns(amount, campaign) {
        return false
      }
    }
    return true
  }

  private mutating func openBoard() {
    guard !board.isOpen else { return }
    board.open(&runs, cart)
  }

  /// What an effect takes off the order, where nothing has to be computed.
  private mutating func knownAmount(_ effect: EffectRecord) -> Int64? {
    switch effect.kind {
    case .moneyOffOrder: Int64(exactly: effect.amount.numerator)
    case .fractionOffOrder: effect.amount.part(of: board.total, program.rounding)
    case .fractionOffUnits, .fractionOffGroups, .plan: nil
    }
  }

  /// The common case: every item takes part, with all it costs.
  private mutating func takeOffBoard(_ off: Int64, _ campaign: Int32) {
    let taken = max(0, min(off, board.total))
    board.take(taken, source: campaign, &runs, cart, log: &entries)
    campaigns[campaign].given += taken
  }

  /// The general case: floors, caps, units that other campaigns keep, the original base.
  private mutating func takeOffRuns(_ amount: AmountPlan, _ campaign: Int32) -> Bool {
    board.settle(into: &runs, cart)
    findOpenRuns(for: campaign)
    let open = scratch.moreRuns.copy
    let usesOriginal = program.campaigns[Int(campaign)].usesOriginalBase
    var base: Int64 = 0
    for run in open {
      base +=
        usesOriginal ? cart.prices[Int(runs.line(run))] * runs.quantity(run) : runs.cost(run)
    }
    guard let off = wholeAmount(amount, of: base) else { return false }
    var shares = share(off, over: open.map { orderPart($0) })
    cutOrderToCap(&shares, open, campaign)
    for (run, share) in zip(open, shares) where share > 0 {
      runs.takeOff(share, run: run)
      campaigns[campaign].given += share
      entries.append(share, line: runs.line(run), source: campaign, stage: .order)
    }
    return true
  }

  /// Finds the runs an order discount may touch: all items but what others keep, and for a campaign
  /// that stands alone on items but what others have discounted; ascending by line.
  private mutating func findOpenRuns(for campaign: Int32) {
    scratch.moreRuns.clear()
    let isAlone = program.campaigns[Int(campaign)].stacking.isAloneOnItems
    for place in lines(of: 0) {
      var run = runs.firstRun(pool.lines[place])
      while run >= 0 {
        let state = runs.state(run)
        let isKept = state.keeper >= 0 && state.keeper != campaign
        let isSpoilt = isAlone && state.isDiscounted && state.keeper != campaign
        if !isKept, !isSpoilt { scratch.moreRuns.append(run) }
        run = runs.nextRun(run)
      }
    }
  }

  private func orderPart(_ run: Int32) -> CellPart {
    let cost = runs.cost(run)
    let floor = cart.floor(Int(runs.line(run))) * runs.quantity(run)
    return CellPart(
      key: cellKey(run, newPrice: 0), line: runs.line(run), weight: cost,
      capacity: max(0, cost - floor))
  }

  private mutating func cutOrderToCap(_ shares: inout [Int64], _ open: [Int32], _ campaign: Int32) {
    guard let left = campaigns[campaign].capLeft else { return }
    let given = shares.reduce(0, +)
    if given <= left {
      campaigns[campaign].capLeft = left - given
      return
    }
    campaigns[campaign].capLeft = 0
    campaigns[campaign].isCapped = true
    let parts = zip(open, shares).map { run, share in
      CellPart(
        key: cellKey(run, newPrice: 0), line: runs.line(run), weight: share, capacity: share)
    }
    shares = share(left, over: parts)
  }

  /// Applies the shipping effects of a campaign; false when one fails.
  mutating func applyShipping(_ campaign: Int32) -> Bool {
    guard let price = cart.shipping else { return true }
    for index in 0..<giveCount(campaign) {
      let give = give(index, of: campaign)
      readingStage = readStage(campaign)
      let open = price - shippingDiscount
      var off: Int64
      switch give {
      case .shippingPrice(let fixed): off = open - fixed
      case .shippingOff(let amount):
        let base = program.campaigns[Int(campaign)].usesOriginalBase ? price : open
        guard let whole = wholeAmount(amount, of: base) else { return false }
        off = whole
      case .unitPercent, .unitMoney, .unitPrice, .subtotalOff, .bundle, .orderOff, .gift: continue
      }
      off = min(max(0, off), open)
      if let left = campaigns[campaign].capLeft {
        if off > left { campaigns[campaign].isCapped = true }
        off = min(off, left)
        campaigns[campaign].capLeft = left - off
      }
      shippingDiscount += off
      campaigns[campaign].shippingGiven += off
    }
    return true
  }
}
