/// Some units of a run.
struct PickedUnits: BitwiseCopyable {
  var run: Int32
  var quantity: Int64
}

extension Pricer {
  /// Writes the units a pick takes into `scratch.rewards`, and those it uses up without discounting
  /// them into `scratch.triggers`; false when deciding its selection fails.
  mutating func pickUnits(_ pick: Pick, for campaign: Int32) -> Bool {
    scratch.rewards.clear()
    scratch.triggers.clear()
    if hasFailed(pick.selection) { return false }
    switch pick {
    case .all(let selection):
      findEligibleRuns(selection, for: campaign)
      for place in scratch.runs.indices {
        let run = scratch.runs[place]
        scratch.rewards.append(PickedUnits(run: run, quantity: runs.quantity(run)))
      }
    case .ranked(let isCheapest, let count, let selection):
      pickRanked(isCheapest, count, selection, campaign)
    case .every(let isCheapest, let count, let size, let selection):
      pickEvery(isCheapest, count, size, selection, campaign)
    case .per(let isCheapest, let count, let selection, let triggerCount, let triggers):
      if hasFailed(triggers) { return false }
      pickPer(isCheapest, count, selection, triggerCount, triggers, campaign)
    }
    return true
  }

  /// Writes the runs of a selection that a campaign may discount into `scratch.runs`.
  mutating func findEligibleRuns(_ selection: Int32, for campaign: Int32) {
    scratch.runs.clear()
    let isAsked = runs.hasClaims || program.gates[Int(campaign)].flags.contains(.stacksOnItems)
    for place in lines(of: selection) {
      let line = pool.lines[place]
      guard isDiscountable(line) else { continue }
      var run = runs.firstRun(line)
      while run >= 0 {
        if !isAsked || mayTouch(run, campaign) { scratch.runs.append(run) }
        run = runs.nextRun(run)
      }
    }
  }

  /// Units a deal may take as rewards: not used by another and worth something.
  mutating func findFreeRuns(_ selection: Int32, for campaign: Int32) {
    findEligibleRuns(selection, for: campaign)
    var kept = 0
    for place in scratch.runs.indices where isFree(scratch.runs[place]) {
      scratch.runs[kept] = scratch.runs[place]
      kept += 1
    }
    scratch.runs.cut(to: kept)
  }

  func isFree(_ run: Int32) -> Bool {
    !runs.records[Int(run)].flags.contains(.used) && runs.price(run) > 0
  }

  /// Counts rounds of a deal against `limit … per order`; answers how many there may be.
  private mutating func spendRounds(_ wanted: Int64, _ campaign: Int32) -> Int64 {
    let granted = min(wanted, campaigns[campaign].roundsLeft)
    campaigns[campaign].rounds += granted
    campaigns[campaign].hasDeal = true
    if campaigns[campaign].roundsLeft < .max { campaigns[campaign].roundsLeft -= granted }
    return granted
  }

  private mutating func pickRanked(
    _ isCheapest: Bool, _ count: Int64, _ selection: Int32, _ campaign: Int32
  ) {
    findFreeRuns(selection, for: campaign)
    guard !scratch.runs.isEmpty, spendRounds(1, campaign) > 0 else { return }
    sortFoundRuns(isCheapest: isCheapest)
    var left = count
    for place in scratch.runs.indices where left > 0 {
      let run = scratch.runs[place]
      let quantity = min(left, runs.quantity(run))
      scratch.rewards.append(PickedUnits(run: run, quantity: quantity))
      left -= quantity
    }
  }

  /// Groups of a size, formed from the dearest down; whole groups are used.
  private mutating func pickEvery(
    _ isCheapest: Bool, _ count: Int64, _ size: Int64, _ selection: Int32, _ campaign: Int32
  ) {
    findFreeRuns(selection, for: campaign)
    sortFoundRuns(isCheapest: false)
    var units: Int64 = 0
    for place in scratch.runs.indices { units += runs.quantity(scratch.runs[place]) }
    var groups = spendRounds(units / size, campaign)
    scratch.open.clear()
    var openCount: Int64 = 0
    for place in scratch.runs.indices where groups > 0 {
      let run = scratch.runs[place]
      var available = runs.quantity(run)
      while groups > 0, available > 0 {
        if openCount == 0, available >= size {
          let whole = min(groups, available / size)
          reward(run, whole * min(count, size), of: whole * size)
          available -= whole * size
          groups -= whole
          continue
        }
        let quantity = min(available, size - openCount)
        scratch.open.append(PickedUnits(run: run, quantity: quantity))
        openCount += quantity
        available -= quantity
        if openCount == size {
          closeGroup(rewarding: count, isCheapest)
          openCount = 0
          groups -= 1
        }
      }
    }
  }

  /// Rewards the cheapest or dearest units of the open group, which stands from the dearest down.
  private mutating func closeGroup(rewarding count: Int64, _ isCheapest: Bool) {
    var left = count
    if isCheapest, scratch.open.count > 1 { sortOpenGroup() }
    for index in scratch.open.indices {
      let units = scratch.open[index]
      let rewarded = min(left, units.quantity)
      left -= rewarded
      reward(units.run, rewarded, of: units.quantity)
    }
    scratch.open.clear()
  }

  private mutating func reward(_ run: Int32, _ rewarded: Int64, of quantity: Int64) {
    scratch.rewards.append(PickedUnits(run: run, quantity: rewarded))
    scratch.triggers.append(PickedUnits(run: run, quantity: quantity - rewarded))
  }

  /// Triggers unlock rewards, again and again; where the sets overlap, as many triggers are taken
  /// as give most rewards.
  private mutating func pickPer(
    _ isCheapest: Bool, _ count: Int64, _ selection: Int32, _ triggerCount: Int64,
    _ triggerSelection: Int32, _ campaign: Int32
  ) {
    findFreeRuns(selection, for: campaign)
    let rewardRuns = scratch.runs.copy
    let isReward = Set(rewardRuns)
    let triggerRuns = triggerRuns(triggerSelection)
    let rewardUnits = rewardRuns.reduce(0) { $0 + runs.quantity($1) }
    let triggerUnits = triggerRuns.reduce(0) { $0 + runs.quantity($1) }
    let onlyTriggers = triggerRuns.reduce(0) {
      $0 + (isReward.contains($1) ? 0 : runs.quantity($1))
    }
    let limit = min(triggerUnits / triggerCount, campaigns[campaign].roundsLeft)
    func rewards(_ rounds: Int64) -> Int64 {
      let (wanted, overflow) = rounds.multipliedReportingOverflow(by: count)
      return min(
        overflow ? .max : wanted, rewardUnits - max(0, rounds * triggerCount - onlyTriggers))
    }
    let rounds = bestRounds(atMost: limit, rewards)
    guard rounds > 0 else { return }
    _ = spendRounds(rounds, campaign)
    var shared = rewardUnits - rewards(rounds)
    var triggersLeft = rounds * triggerCount
    var taken: [Int32: Int64] = [:]
    for run in sortedRuns(triggerRuns, isCheapest: false) where triggersLeft > 0 {
      var quantity = min(triggersLeft, runs.quantity(run))
      if isReward.contains(run) {
        quantity = min(quantity, shared)
        shared -= quantity
      }
      taken[run] = quantity
      triggersLeft -= quantity
    }
    var left = rewards(rounds)
    for run in sortedRuns(rewardRuns, isCheapest: isCheapest) where left > 0 {
      let quantity = min(left, runs.quantity(run) - (taken[run] ?? 0))
      scratch.rewards.append(PickedUnits(run: run, quantity: quantity))
      left -= quantity
    }
    for (run, quantity) in taken.sorted(by: { $0.key < $1.key }) {
      scratch.triggers.append(PickedUnits(run: run, quantity: quantity))
    }
  }

  /// Units that may unlock others: kept and discounted ones too, and gift cards of `all_items`.
  private mutating func triggerRuns(_ selection: Int32) -> [Int32] {
    var found: [Int32] = []
    for place in lines(of: selection) {
      runs.forEachRun(of: pool.lines[place]) { run in
        if isFree(run) { found.append(run) }
      }
    }
    return found
  }

  /// The fewest rounds with the most rewards; rewards rise, then fall, with the rounds.
  private func bestRounds(atMost limit: Int64, _ rewards: (Int64) -> Int64) -> Int64 {
    guard limit > 0 else { return 0 }
    var (low, high) = (Int64(0), limit)
    while low < high {
      let middle = low + (high - low) / 2
      if rewards(middle) < rewards(middle + 1) { low = middle + 1 } else { high = middle }
    }
    return rewards(low) > 0 ? low : 0
  }
}
