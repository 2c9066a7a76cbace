import Money

extension Pricer {
  /// Applies the items effects of a campaign; false when one fails.
  mutating func applyItems(_ campaign: Int32, _ members: [Int32]) -> Bool {
    resolveOwners(campaign, members)
    for give in gives(campaign) {
      if case .gift(let sku, let quantity) = give { propose(quantity, of: sku, campaign) }
      guard give.stage == .items else { continue }
      guard var pieces = plannedPieces(give, for: campaign) else { return false }
      cutToCap(&pieces, of: campaign)
      commit(pieces, for: campaign)
    }
    finishItems(campaign)
    return true
  }

  /// What an effect would do to which units; nil when it fails.
  mutating func plannedPieces(_ give: GivePlan, for campaign: Int32) -> [Piece]? {
    switch give {
    case .unitPercent(let expression, let pick):
      guard let amount = fraction(expression) else { return nil }
      return amount.value.map { unitPieces(.percent($0), pick, campaign) } ?? []
    case .unitMoney(let expression, let pick):
      guard let amount = money(expression) else { return nil }
      return amount.value.map { unitPieces(.money($0), pick, campaign) } ?? []
    case .unitPrice(let price, let pick):
      return unitPieces(.price(price), pick, campaign)
    case .subtotalOff(let amount, let pick):
      return subtotalPieces(amount, pick, campaign)
    case .bundle(let price, let slots):
      return bundlePieces(price, slots, campaign)
    case .orderOff, .shippingOff, .shippingPrice, .gift:
      return []
    }
  }

  private mutating func unitPieces(_ cut: UnitCut, _ pick: Pick, _ campaign: Int32) -> [Piece]? {
    guard let picked = pickUnits(pick, for: campaign) else { return nil }
    var pieces: [Piece] = []
    for reward in picked.rewards {
      guard let price = newPrice(cut, run: reward.run, campaign) else { return nil }
      pieces.append(
        Piece(
          run: reward.run, quantity: reward.quantity, newPrice: price, isUsed: pick.isDeal))
    }
    if !pick.isDeal { limitUnits(&pieces, of: campaign) }
    return pieces + usedPieces(picked.triggers)
  }

  private mutating func subtotalPieces(
    _ amount: AmountPlan, _ pick: Pick, _ campaign: Int32
  ) -> [Piece]? {
    guard let picked = pickUnits(pick, for: campaign) else { return nil }
    let usesOriginal = plan(campaign).usesOriginalBase
    let base = picked.rewards.reduce(Int64(0)) { sum, reward in
      let price =
        usesOriginal ? cart.prices[Int(runs.line(reward.run))] : runs.price(reward.run)
      return sum + price * reward.quantity
    }
    guard let off = wholeAmount(amount, of: base) else { return nil }
    return sharedPieces(off, over: picked.rewards, isUsed: pick.isDeal)
      + usedPieces(picked.triggers)
  }

  func usedPieces(_ units: [PickedUnits]) -> [Piece] {
    units.map {
      Piece(run: $0.run, quantity: $0.quantity, newPrice: runs.price($0.run), isUsed: true)
    }
  }

  func newPrice(_ cut: UnitCut, run: Int32, _ campaign: Int32) -> Int64? {
    let line = Int(runs.line(run))
    return cut.newPrice(
      from: runs.price(run), original: cart.prices[line], floor: cart.floors[line],
      usesOriginal: plan(campaign).usesOriginalBase, rounding: program.rounding)
  }

  /// Keeps the dearest units that are cut, as many as `limit … per order` allows.
  private mutating func limitUnits(_ pieces: inout [Piece], of campaign: Int32) {
    guard let left = progress[campaign]?.roundsLeft, left < .max else { return }
    let cut = pieces.filter { $0.newPrice < runs.price($0.run) }
    var kept: [Piece] = []
    var rest = left
    for var piece in cut.sorted(by: { ranksDearer($0.run, $1.run) }) where rest > 0 {
      piece.quantity = min(piece.quantity, rest)
      rest -= piece.quantity
      kept.append(piece)
    }
    progress[campaign]?.roundsLeft = rest
    pieces = kept
  }

  /// Writes pieces into the runs and books what they took off.
  private mutating func commit(_ pieces: [Piece], for campaign: Int32) {
    let sorted = pieces.sorted { ($0.run, $0.newPrice) < ($1.run, $1.newPrice) }
    var start = 0
    while start < sorted.count {
      let run = sorted[start].run
      var end = start
      while end < sorted.count, sorted[end].run == run { end += 1 }
      commit(sorted[start..<end], run: run, campaign)
      start = end
    }
    for line in Set(sorted.map { runs.line($0.run) }) { runs.joinAlike(line) }
  }

  private mutating func commit(_ pieces: ArraySlice<Piece>, run: Int32, _ campaign: Int32) {
    let (price, state, line) = (runs.price(run), runs.state(run), runs.line(run))
    var left = runs.quantity(run)
    var segments: [RunSegment] = []
    var taken: Int64 = 0
    for piece in pieces where piece.quantity > 0 {
      var changed = state
      changed.isUsed = state.isUsed || piece.isUsed
      changed.isTouched = state.isTouched || piece.newPrice < price
      if let last = segments.indices.last, segments[last].price == piece.newPrice,
        segments[last].state == changed
      {
        segments[last].quantity += piece.quantity
      } else {
        segments.append(
          RunSegment(quantity: piece.quantity, price: piece.newPrice, state: changed))
      }
      taken += (price - piece.newPrice) * piece.quantity
      left -= piece.quantity
    }
    if left > 0 { segments.append(RunSegment(quantity: left, price: price, state: state)) }
    if taken > 0 { touchedLines.insert(line) }
    runs.replace(run, with: segments)
    book(taken, line: line, source: campaign, stage: .items)
    progress[campaign]?.given += taken
  }

  /// Once its items effects are done, units it touched count as discounted, or are kept.
  private mutating func finishItems(_ campaign: Int32) {
    let isAlone = plan(campaign).stacking.isAloneOnItems
    for line in touchedLines.sorted() {
      var changed: [Int32] = []
      runs.forEachRun(of: line) { if runs.state($0).isTouched { changed.append($0) } }
      for run in changed {
        runs.update(run) { state in
          state.isTouched = false
          state.isDiscounted = true
          if isAlone { state.keeper = campaign }
        }
      }
      runs.joinAlike(line)
    }
    touchedLines.removeAll(keepingCapacity: true)
  }
}
