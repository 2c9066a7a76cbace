/// Some units of a run.
struct PickedUnits {
  var run: Int32
  var quantity: Int64
}

/// What a pick came to.
struct PickResult {
  var rewards: [PickedUnits] = []
  /// Used up without being discounted.
  var triggers: [PickedUnits] = []
}

extension Pricer {
  /// The units a pick takes; nil when deciding its selection fails.
  mutating func pickUnits(_ pick: Pick, for campaign: Int32) -> PickResult? {
    if hasFailed(pick.selection) { return nil }
    switch pick {
    case .all(let selection):
      let units = eligibleRuns(selection, for: campaign).map {
        PickedUnits(run: $0, quantity: runs.quantity($0))
      }
      return PickResult(rewards: units)
    case .ranked(let isCheapest, let count, let selection):
      return pickRanked(isCheapest, count, selection, campaign)
    case .every(let isCheapest, let count, let size, let selection):
      return pickEvery(isCheapest, count, size, selection, campaign)
    case .per(let isCheapest, let count, let selection, let triggerCount, let triggers):
      if hasFailed(triggers) { return nil }
      return pickPer(isCheapest, count, selection, triggerCount, triggers, campaign)
    }
  }

  /// Runs of a selection that a campaign may discount.
  mutating func eligibleRuns(_ selection: Int32, for campaign: Int32) -> [Int32] {
    var found: [Int32] = []
    for line in lines(of: selection) where isDiscountable(line) {
      runs.forEachRun(of: line) { if mayTouch($0, campaign) { found.append($0) } }
    }
    return found
  }

  /// Units a deal may take as rewards: not used by another and worth something.
  mutating func freeRuns(_ selection: Int32, for campaign: Int32) -> [Int32] {
    eligibleRuns(selection, for: campaign).filter { !runs.state($0).isUsed && runs.price($0) > 0 }
  }

  /// The order in which units are taken: dearest first, then by sku, then by turn, then by line.
  func ranksDearer(_ first: Int32, _ second: Int32) -> Bool {
    let (one, other) = (runs.price(first), runs.price(second))
    return one != other ? one > other : ranksEarlier(first, second)
  }

  /// Cheapest first, then by sku, then by turn, then by line.
  func ranksCheaper(_ first: Int32, _ second: Int32) -> Bool {
    let (one, other) = (runs.price(first), runs.price(second))
    return one != other ? one < other : ranksEarlier(first, second)
  }

  private func ranksEarlier(_ first: Int32, _ second: Int32) -> Bool {
    let (line, otherLine) = (runs.line(first), runs.line(second))
    let (sku, otherSKU) = (cart.skuRanks[Int(line)], cart.skuRanks[Int(otherLine)])
    if sku != otherSKU { return sku < otherSKU }
    let (turn, otherTurn) = (turn(first), turn(second))
    if turn != otherTurn { return UnitTurn.precedes(turn, otherTurn) }
    return (line, first) < (otherLine, second)
  }

  func sortedRuns(_ found: [Int32], isCheapest: Bool) -> [Int32] {
    found.sorted { isCheapest ? ranksCheaper($0, $1) : ranksDearer($0, $1) }
  }

  /// Takes up to a number of units from the front of a list of runs.
  func take(_ count: Int64, from ranked: [Int32]) -> [PickedUnits] {
    var left = count
    var taken: [PickedUnits] = []
    for run in ranked where left > 0 {
      let quantity = min(left, runs.quantity(run))
      taken.append(PickedUnits(run: run, quantity: quantity))
      left -= quantity
    }
    return taken
  }

  /// Counts rounds of a deal against `limit … per order`; answers how many there may be.
  private mutating func spendRounds(_ wanted: Int64, _ campaign: Int32) -> Int64 {
    let granted = min(wanted, progress[campaign]?.roundsLeft ?? wanted)
    progress[campaign]?.rounds += granted
    progress[campaign]?.hasDeal = true
    if let left = progress[campaign]?.roundsLeft, left < .max {
      progress[campaign]?.roundsLeft = left - granted
    }
    return granted
  }

  private mutating func pickRanked(
    _ isCheapest: Bool, _ count: Int64, _ selection: Int32, _ campaign: Int32
  ) -> PickResult {
    let free = sortedRuns(freeRuns(selection, for: campaign), isCheapest: isCheapest)
    guard !free.isEmpty, spendRounds(1, campaign) > 0 else { return PickResult() }
    return PickResult(rewards: take(count, from: free))
  }

  /// Groups of a size, formed from the dearest down; whole groups are used.
  private mutating func pickEvery(
    _ isCheapest: Bool, _ count: Int64, _ size: Int64, _ selection: Int32, _ campaign: Int32
  ) -> PickResult {
    let free = sortedRuns(freeRuns(selection, for: campaign), isCheapest: false)
    let units = free.reduce(0) { $0 + runs.quantity($1) }
    var groups = spendRounds(units / size, campaign)
    var result = PickResult()
    var open: [PickedUnits] = []
    var openCount: Int64 = 0
    for run in free {
      var available = runs.quantity(run)
      while groups > 0, available > 0 {
        if openCount == 0, available >= size {
          let whole = min(groups, available / size)
          let rewarded = min(count, size)
          result.rewards.append(PickedUnits(run: run, quantity: whole * rewarded))
          result.triggers.append(PickedUnits(run: run, quantity: whole * (size - rewarded)))
          available -= whole * size
          groups -= whole
          continue
        }
        let quantity = min(available, size - openCount)
        open.append(PickedUnits(run: run, quantity: quantity))
        openCount += quantity
        available -= quantity
        if openCount == size {
          close(open, rewarding: count, isCheapest, into: &result)
          open.removeAll(keepingCapacity: true)
          openCount = 0
          groups -= 1
        }
      }
    }
    return result
  }

  private func close(
    _ group: [PickedUnits], rewarding count: Int64, _ isCheapest: Bool,
    into result: inout PickResult
  ) {
    var left = count
    let ranked = group.sorted {
      isCheapest ? ranksCheaper($0.run, $1.run) : ranksDearer($0.run, $1.run)
    }
    for units in ranked {
      let rewarded = min(left, units.quantity)
      left -= rewarded
      result.rewards.append(PickedUnits(run: units.run, quantity: rewarded))
      result.triggers.append(
        PickedUnits(run: units.run, quantity: units.quantity - rewarded))
    }
  }

  /// Triggers unlock rewards, again and again; where the sets overlap, as many triggers are taken
  /// as give most rewards.
  private mutating func pickPer(
    _ isCheapest: Bool, _ count: Int64, _ selection: Int32, _ triggerCount: Int64,
    _ triggerSelection: Int32, _ campaign: Int32
  ) -> PickResult {
    let rewardRuns = freeRuns(selection, for: campaign)
    let isReward = Set(rewardRuns)
    let triggerRuns = triggerRuns(triggerSelection)
    let rewardUnits = rewardRuns.reduce(0) { $0 + runs.quantity($1) }
    let triggerUnits = triggerRuns.reduce(0) { $0 + runs.quantity($1) }
    let onlyTriggers = triggerRuns.reduce(0) {
      $0 + (isReward.contains($1) ? 0 : runs.quantity($1))
    }
    let limit = min(triggerUnits / triggerCount, progress[campaign]?.roundsLeft ?? .max)
    func rewards(_ rounds: Int64) -> Int64 {
      let (wanted, overflow) = rounds.multipliedReportingOverflow(by: count)
      return min(
        overflow ? .max : wanted, rewardUnits - max(0, rounds * triggerCount - onlyTriggers))
    }
    let rounds = bestRounds(atMost: limit, rewards)
    guard rounds > 0 else { return PickResult() }
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
    var result = PickResult()
    var left = rewards(rounds)
    for run in sortedRuns(rewardRuns, isCheapest: isCheapest) where left > 0 {
      let quantity = min(left, runs.quantity(run) - (taken[run] ?? 0))
      result.rewards.append(PickedUnits(run: run, quantity: quantity))
      left -= quantity
    }
    result.triggers = taken.map { PickedUnits(run: $0, quantity: $1) }.sorted { $0.run < $1.run }
    return result
  }

  /// Units that may unlock others: kept and discounted ones too, and gift cards of `all_items`.
  private mutating func triggerRuns(_ selection: Int32) -> [Int32] {
    var found: [Int32] = []
    for line in lines(of: selection) {
      runs.forEachRun(of: line) { run in
        if !runs.state(run).isUsed, runs.price(run) > 0 { found.append(run) }
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
