import Money

extension Pricer {
  /// Applies the order effects of a campaign; false when one fails.
  mutating func applyOrder(_ campaign: Int32) -> Bool {
    let usesOriginal = plan(campaign).usesOriginalBase
    for case .orderOff(let amount) in gives(campaign) {
      let open = openRuns(for: campaign)
      readingStage = readStage(campaign)
      let base = open.reduce(Int64(0)) { sum, run in
        let original = cart.prices[Int(runs.line(run))] * runs.quantity(run)
        return sum + (usesOriginal ? original : runs.cost(run))
      }
      guard let off = wholeAmount(amount, of: base) else { return false }
      var shares = share(off, over: open.map { orderPart($0) })
      cutOrderToCap(&shares, open, campaign)
      for (run, share) in zip(open, shares) where share > 0 {
        runs.orderShares[Int(run)] += share
        progress[campaign]?.given += share
        book(share, line: runs.line(run), source: campaign, stage: .order)
      }
    }
    return true
  }

  /// Runs an order discount may touch: all items but what others keep, and for a campaign that
  /// stands alone on items but what others have discounted; ascending by line.
  private mutating func openRuns(for campaign: Int32) -> [Int32] {
    var open: [Int32] = []
    let isAlone = plan(campaign).stacking.isAloneOnItems
    for line in lines(of: 0) {
      runs.forEachRun(of: line) { run in
        let state = runs.state(run)
        if state.keeper >= 0, state.keeper != campaign { return }
        if isAlone, state.isDiscounted, state.keeper != campaign { return }
        open.append(run)
      }
    }
    return open
  }

  private func orderPart(_ run: Int32) -> CellPart {
    let cost = runs.cost(run)
    let floor = cart.floors[Int(runs.line(run))] * runs.quantity(run)
    return CellPart(
      key: cellKey(run, newPrice: 0), line: runs.line(run), weight: cost,
      capacity: max(0, cost - floor))
  }

  private mutating func cutOrderToCap(_ shares: inout [Int64], _ open: [Int32], _ campaign: Int32) {
    guard let left = progress[campaign]?.capLeft else { return }
    let given = shares.reduce(0, +)
    if given <= left {
      progress[campaign]?.capLeft = left - given
      return
    }
    progress[campaign]?.capLeft = 0
    progress[campaign]?.isCapped = true
    let parts = zip(open, shares).map { run, share in
      CellPart(
        key: cellKey(run, newPrice: 0), line: runs.line(run), weight: share, capacity: share)
    }
    shares = share(left, over: parts)
  }

  /// Applies the shipping effects of a campaign; false when one fails.
  mutating func applyShipping(_ campaign: Int32) -> Bool {
    guard let price = cart.shipping else { return true }
    for give in gives(campaign) {
      readingStage = readStage(campaign)
      let open = price - shippingDiscount
      var off: Int64
      switch give {
      case .shippingPrice(let fixed): off = open - fixed
      case .shippingOff(let amount):
        let base = plan(campaign).usesOriginalBase ? price : open
        guard let whole = wholeAmount(amount, of: base) else { return false }
        off = whole
      case .unitPercent, .unitMoney, .unitPrice, .subtotalOff, .bundle, .orderOff, .gift: continue
      }
      off = min(max(0, off), open)
      if let left = progress[campaign]?.capLeft {
        if off > left { progress[campaign]?.isCapped = true }
        off = min(off, left)
        progress[campaign]?.capLeft = left - off
      }
      shippingDiscount += off
      progress[campaign]?.shippingGiven += off
    }
    return true
  }
}
