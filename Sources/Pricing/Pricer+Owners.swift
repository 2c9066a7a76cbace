import Money

extension Pricer {
  /// Gives each unit to the member of a `best of … on items` group that saves most on it.
  ///
  /// Decided once per group, when its first member of the choice applies.
  mutating func resolveOwners(_ campaign: Int32) {
    for group in program.campaigns[Int(campaign)].stacking.bestOfOnItems
    where !resolvedGroups.contains(group) {
      let rivals = sharers.copy.filter {
        program.campaigns[Int($0)].stacking.bestOfOnItems.contains(group)
          && !campaigns[$0].hasFailed
      }
      var savings: [Int32: (saving: Int64, owner: Int32)] = [:]
      for rival in rivals {
        for (run, saving) in savingPerUnit(rival) where saving > savings[run]?.saving ?? 0 {
          savings[run] = (saving, rival)
        }
      }
      for line in 0..<Int32(cart.lineCount) {
        var all: [Int32] = []
        runs.forEachRun(of: line) { all.append($0) }
        for run in all {
          let owners = ownerSets[Int(runs.state(run).ownerSet)] + [savings[run]?.owner ?? -1]
          let set = ownerSet(owners)
          runs.update(run) { $0.ownerSet = set }
        }
      }
      // From now on each member is held to its units; while they compete, none is.
      resolvedGroups.append(group)
    }
  }

  /// The index of a list of winners; equal lists share one.
  private mutating func ownerSet(_ owners: [Int32]) -> Int32 {
    if let index = ownerSets.firstIndex(of: owners) { return Int32(index) }
    ownerSets.append(owners)
    return Int32(ownerSets.count - 1)
  }

  /// What a campaign's items effects, one after the other, would take off one unit of each run.
  private mutating func savingPerUnit(_ campaign: Int32) -> [Int32: Int64] {
    var prices: [Int32: Int64] = [:]
    for index in 0..<giveCount(campaign) {
      guard let (cut, pick) = unitCut(give(index, of: campaign)) else { continue }
      findEligibleRuns(pick.selection, for: campaign)
      for place in scratch.runs.indices {
        let unit = scratch.runs[place]
        let line = Int(runs.line(unit))
        let price = prices[unit] ?? runs.price(unit)
        guard
          let new = cut.newPrice(
            from: price, original: cart.prices[line], floor: cart.floor(line),
            usesOriginal: program.campaigns[Int(campaign)].usesOriginalBase,
            rounding: program.rounding)
        else { return [:] }
        prices[unit] = new
      }
    }
    return Dictionary(uniqueKeysWithValues: prices.map { ($0, runs.price($0) - $1) })
  }

  private mutating func unitCut(_ give: GivePlan) -> (UnitCut, Pick)? {
    switch give {
    case .unitPercent(let expression, let pick):
      fraction(expression)?.value.map { (.percent($0), pick) }
    case .unitMoney(let expression, let pick):
      money(expression)?.value.map { (.money($0), pick) }
    case .unitPrice(let price, let pick): (.price(price), pick)
    case .subtotalOff, .bundle, .orderOff, .shippingOff, .shippingPrice, .gift: nil
    }
  }

  /// Whether a campaign may touch a run at all, by what `… on items` says of it.
  mutating func mayTouch(_ run: Int32, _ campaign: Int32) -> Bool {
    let state = runs.state(run)
    if state.keeper >= 0, state.keeper != campaign { return false }
    let stacking = program.campaigns[Int(campaign)].stacking
    if stacking.isAloneOnItems, state.isDiscounted { return false }
    for group in stacking.bestOfOnItems {
      guard let slot = resolvedGroups.firstIndex(of: group) else { continue }
      if ownerSets[Int(state.ownerSet)][slot] != campaign { return false }
    }
    return true
  }
}
