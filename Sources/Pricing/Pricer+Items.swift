import Money

extension Pricer {
  /// Applies the items effects of a campaign; false when one fails.
  mutating func applyItems(_ campaign: Int32) -> Bool {
    if program.gates[Int(campaign)].flags.contains(.stacksOnItems) {
      resolveOwners(campaign)
    }
    let effects = program.gates[Int(campaign)].effects
    let count = giveCount(campaign)
    for index in 0..<count {
      if !effects.isEmpty {
        let effect = Int(effects.lowerBound) + index
        if let hasWorked = cutWholeLines(effect, of: campaign, isOnly: count == 1)
          ?? cutCheapestOfGroups(effect, of: campaign, isOnly: count == 1)
        {
          guard hasWorked else { return false }
          continue
        }
      }
      guard applyPlan(index, campaign) else { return false }
    }
    if !touchedLines.isEmpty { finishItems(campaign) }
    return true
  }

  /// Applies an effect the general way; apart, so that the common ways need not make room for it.
  @inline(never)
  private mutating func applyPlan(_ index: Int, _ campaign: Int32) -> Bool {
    let give = give(index, of: campaign)
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
  @inline(never)
  private mutating func cutWholeLines(
    _ effect: Int, of campaign: Int32, isOnly: Bool
  ) -> Bool? {
    guard program.effects[effect].kind == .fractionOffUnits,
      let cut = plainCut(effect, of: campaign)
    else { return nil }
    let selection = program.effects[effect].selection
    let lines = lines(of: selection)
    if selections.hasFailed(selection) { return false }
    let given = runs.cutPrices(
      of: pool.lines, lines, by: cut, mark: isOnly ? .discounted : .touched, source: campaign,
      log: &entries)
    if !isOnly { for place in lines { touchedLines.append(pool.lines[place]) } }
    campaigns[campaign].given += given
    return true
  }

  /// The fraction that an effect takes off units, where nothing but the fraction decides what
  /// becomes of their prices; else nil.
  @inline(__always)
  mutating func plainCut(_ effect: Int, of campaign: Int32) -> UnitFraction? {
    guard !cart.hasFloors, !runs.hasClaims, isUnbounded(campaign),
      let cut = program.effects[effect].cut, cart.dearestPrice <= cut.dearest
    else { return nil }
    return cut
  }

  /// Whether neither cap nor limit nor the original price has a part in what a campaign gives.
  @inline(__always)
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
    for place in scratch.rewards.indices {
      let reward = scratch.rewards[place]
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
    for place in scratch.rewards.indices {
      let reward = scratch.rewards[place]
      let price =
        usesOriginal ? cart.prices[Int(runs.line(reward.run))] : runs.price(reward.run)
      base += price * reward.quantity
    }
    guard let off = wholeAmount(amount, of: base) else { return false }
    plan(sharedPieces(off, over: scratch.rewards.copy, isUsed: pick.isDeal))
    planUsed()
    return true
  }

  /// Units a deal used up as triggers keep their price.
  private mutating func planUsed() {
    for place in scratch.triggers.indices {
      let units = scratch.triggers[place]
      scratch.pieces.append(
        Piece(
          run: units.run, quantity: units.quantity, newPrice: runs.price(units.run), isUsed: true))
    }
  }

  mutating func newPrice(_ cut: UnitCut, run: Int32, _ campaign: Int32) -> Int64? {
    let line = Int(runs.line(run))
    return cut.newPrice(
      from: runs.price(run), original: cart.prices[line], floor: cart.floor(line),
      usesOriginal: program.campaigns[Int(campaign)].usesOriginalBase, rounding: program.rounding)
  }

  /// Keeps the dearest units that are cut, as many as `limit … per order` allows.
  private mutating func limitUnits(of campaign: Int32) {
    let left = campaigns[campaign].roundsLeft
    guard left < .max else { return }
    let cut = piecesThatCut()
    var rest = left
    scratch.pieces.clear()
    for var piece in cut where rest > 0 {
      piece.quantity = min(piece.quantity, rest)
      rest -= piece.quantity
      scratch.pieces.append(piece)
    }
    campaigns[campaign].roundsLeft = rest
  }

  /// The planned pieces that make units cheaper, dearest units first.
  private func piecesThatCut() -> [Piece] {
    let order = UnitOrder(runs, cart)
    return scratch.pieces.copy.filter { $0.newPrice < runs.price($0.run) }
      .sorted { order.ranksDearer($0.run, $1.run) }
  }

  /// Once its items effects are done, units it touched count as discounted, or are kept.
  @inline(never)
  private mutating func finishItems(_ campaign: Int32) {
    let isAlone = program.campaigns[Int(campaign)].stacking.isAloneOnItems
    for place in touchedLines.indices {
      let line = touchedLines[place]
      var run = runs.firstRun(line)
      while run >= 0 {
        if runs.records[Int(run)].flags.contains(.touched) {
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
