import Money

extension Pricer {
  /// Applies the items effects of a campaign; false when one fails.
  mutating func applyItems(_ campaign: Int32, _ members: [Int32]) -> Bool {
    if program.gates[Int(campaign)].flags.contains(.stacksOnItems) {
      resolveOwners(campaign, members)
    }
    let effects = program.gates[Int(campaign)].effects
    let count = giveCount(campaign)
    for index in 0..<count {
      if !effects.isEmpty {
        let effect = program.effects[Int(effects.lowerBound) + index]
        if let hasWorked = cutWholeLines(effect, of: campaign, isOnly: count == 1) {
          guard hasWorked else { return false }
          continue
        }
      }
      guard applyItems(give(index, of: campaign), index, campaign) else { return false }
    }
    finishItems(campaign)
    return true
  }

  private mutating func applyItems(_ give: GivePlan, _ index: Int, _ campaign: Int32) -> Bool {
    if case .gift(_, let quantity) = give { propose(quantity, give: index, campaign) }
    guard give.stage == .items else { return true }
    scratch.pieces.clear()
    guard planPieces(give, for: campaign) else { return false }
    cutToCap(campaign)
    commitPieces(for: campaign)
    return true
  }

  /// The common effect, a percentage off every unit of a selection, in one pass over its lines.
  ///
  /// - Parameter isOnly: Whether the campaign has no other effect, so that what it cuts counts as
  ///   discounted at once.
  /// - Returns: Whether it worked; nil when the general way has to be taken.
  private mutating func cutWholeLines(
    _ effect: EffectRecord, of campaign: Int32, isOnly: Bool
  ) -> Bool? {
    guard effect.kind == .fractionOffUnits, !cart.hasFloors, !runs.hasClaims,
      isUnbounded(campaign), let cut = effect.cut, cart.dearestPrice <= cut.dearest
    else { return nil }
    let lines = lines(of: effect.selection)
    if selections.hasFailed(effect.selection) { return false }
    let given = runs.cutPrices(
      of: pool.lines, lines, by: cut, mark: isOnly ? .discounted : .touched, source: campaign,
      log: &entries)
    if !isOnly { for place in lines { touchedLines.append(pool.lines[place]) } }
    campaigns[campaign].given += given
    return true
  }

  /// Whether neither cap nor limit nor the original price has a part in what a campaign gives.
  func isUnbounded(_ campaign: Int32) -> Bool {
    let flags = program.gates[Int(campaign)].flags
    return flags.isDisjoint(with: [.hasBounds, .usesOriginalBase])
  }

  /// Works out what an effect would do to which units; false when it fails.
  mutating func planPieces(_ give: GivePlan, for campaign: Int32) -> Bool {
    switch give {
    case .unitPercent(let expression, let pick):
      guard let amount = fraction(expression) else { return false }
      return amount.value.map { planUnitPieces(.percent($0), pick, campaign) } ?? true
    case .unitMoney(let expression, let pick):
      guard let amount = money(expression) else { return false }
      return amount.value.map { planUnitPieces(.money($0), pick, campaign) } ?? true
    case .unitPrice(let price, let pick):
      return planUnitPieces(.price(price), pick, campaign)
    case .subtotalOff(let amount, let pick):
      return planSubtotalPieces(amount, pick, campaign)
    case .bundle(let price, let slots):
      return planBundlePieces(price, slots, campaign)
    case .orderOff, .shippingOff, .shippingPrice, .gift:
      return true
    }
  }

  private mutating func planUnitPieces(
    _ cut: UnitCut, _ pick: Pick, _ campaign: Int32
  ) -> Bool {
    guard pickUnits(pick, for: campaign) else { return false }
    for reward in scratch.rewards {
      guard let price = newPrice(cut, run: reward.run, campaign) else { return false }
      scratch.pieces.append(
        Piece(
          run: reward.run, quantity: reward.quantity, newPrice: price, isUsed: pick.isDeal))
    }
    if !pick.isDeal { limitUnits(of: campaign) }
    planUsed()
    return true
  }

  private mutating func planSubtotalPieces(
    _ amount: AmountPlan, _ pick: Pick, _ campaign: Int32
  ) -> Bool {
    guard pickUnits(pick, for: campaign) else { return false }
    let usesOriginal = program.campaigns[Int(campaign)].usesOriginalBase
    var base: Int64 = 0
    for reward in scratch.rewards {
      let price =
        usesOriginal ? cart.prices[Int(runs.line(reward.run))] : runs.price(reward.run)
      base += price * reward.quantity
    }
    guard let off = wholeAmount(amount, of: base) else { return false }
    scratch.pieces += sharedPieces(off, over: scratch.rewards, isUsed: pick.isDeal)
    planUsed()
    return true
  }

  /// Units a deal used up as triggers keep their price.
  private mutating func planUsed() {
    for units in scratch.triggers {
      scratch.pieces.append(
        Piece(
          run: units.run, quantity: units.quantity, newPrice: runs.price(units.run), isUsed: true))
    }
  }

  func newPrice(_ cut: UnitCut, run: Int32, _ campaign: Int32) -> Int64? {
    let line = Int(runs.line(run))
    return cut.newPrice(
      from: runs.price(run), original: cart.prices[line], floor: cart.floor(line),
      usesOriginal: program.campaigns[Int(campaign)].usesOriginalBase, rounding: program.rounding)
  }

  /// Keeps the dearest units that are cut, as many as `limit … per order` allows.
  private mutating func limitUnits(of campaign: Int32) {
    let left = campaigns[campaign].roundsLeft
    guard left < .max else { return }
    let cut = scratch.pieces.filter { $0.newPrice < runs.price($0.run) }
    var rest = left
    scratch.pieces.clear()
    for var piece in cut.sorted(by: { ranksDearer($0.run, $1.run) }) where rest > 0 {
      piece.quantity = min(piece.quantity, rest)
      rest -= piece.quantity
      scratch.pieces.append(piece)
    }
    campaigns[campaign].roundsLeft = rest
  }

  /// Once its items effects are done, units it touched count as discounted, or are kept.
  private mutating func finishItems(_ campaign: Int32) {
    guard !touchedLines.isEmpty else { return }
    let isAlone = program.campaigns[Int(campaign)].stacking.isAloneOnItems
    for line in touchedLines {
      var run = runs.firstRun(line)
      while run >= 0 {
        if runs.flags[Int(run)].contains(.touched) {
          runs.update(run) { state in
            state.isTouched = false
            state.isDiscounted = true
            if isAlone { state.keeper = campaign }
          }
        }
        run = runs.nextRun(run)
      }
      runs.joinAlike(line)
    }
    touchedLines.clear()
  }
}
