import RuleSyntax

/// What a pick comes to.
struct Deal {
  var rewards: [Int] = []
  var used: [Int] = []
  var rounds: Int64 = 0
  var isDeal = true
}

extension Till {
  /// Whether one of two units of one sku and price comes first whatever their lines: what no deal
  /// has used before what one has, then what was dearer to begin with.
  func comes(_ left: Int, before right: Int) -> Bool {
    let (first, second) = (units[left], units[right])
    if first.isUsed != second.isUsed { return second.isUsed }
    return first.originalPrice > second.originalPrice
  }

  /// Whether a unit comes before another when ranked; among equal prices the lower sku, then the
  /// turn, then the earlier line.
  func ranks(_ left: Int, before right: Int, _ rank: Rank) -> Bool {
    let (first, second) = (units[left], units[right])
    if first.price != second.price {
      return rank == .cheapest ? first.price < second.price : first.price > second.price
    }
    if first.sku != second.sku { return first.sku.lexicographicallyPrecedes(second.sku) }
    if comes(left, before: right) { return true }
    if comes(right, before: left) { return false }
    return left < right
  }

  private func ranked(_ units: [Int], _ rank: Rank) -> [Int] {
    units.sorted { ranks($0, before: $1, rank) }
  }

  /// Whether a deal may take a unit as a reward, or as one of a group.
  func isFree(_ unit: Int, asRewardOf campaign: Campaign) -> Bool {
    !units[unit].isUsed && units[unit].price > 0 && isVisible(units[unit], to: campaign)
      && isOwn(unit, campaign)
  }

  /// Which units a give touches and which its deal uses, in at most so many rounds.
  func pick(_ pick: PickSyntax, _ campaign: Campaign, _ limit: Int64?) throws(Failure) -> Deal {
    let limit = limit ?? .max
    switch pick {
    case .all(let source):
      let lines = try scene(of: campaign).lines(of: source)
      let rewards = units.indices.filter {
        lines.contains(units[$0].line) && isVisible(units[$0], to: campaign) && isOwn($0, campaign)
      }
      return Deal(rewards: rewards, isDeal: false)
    case .ranked(let rank, let count, let source):
      let wanted = limit > 0 ? Int(clamping: count.value) : 0
      let taken = ranked(try free(source, campaign), rank).prefix(wanted)
      return Deal(rewards: Array(taken), used: Array(taken), rounds: taken.isEmpty ? 0 : 1)
    case .every(let rank, let count, let groupSize, let source):
      let size = Int(clamping: groupSize.value)
      var free = ranked(try free(source, campaign), .dearest)
      var deal = Deal()
      while free.count >= size, deal.rounds < limit {
        let group = Array(free.prefix(size))
        free.removeFirst(size)
        deal.rewards += ranked(group, rank).prefix(Int(clamping: count.value))
        deal.used += group
        deal.rounds += 1
      }
      return deal
    case .per(let rank, let count, let source, let triggerCount, let triggers):
      return per(
        rank, count.value, ranked(try free(source, campaign), rank), triggerCount.value,
        try triggerUnits(triggers, campaign), limit)
    }
  }

  private func free(_ source: SourceSyntax, _ campaign: Campaign) throws(Failure) -> [Int] {
    let lines = try scene(of: campaign).lines(of: source)
    return units.indices.filter {
      lines.contains(units[$0].line) && isFree($0, asRewardOf: campaign)
    }
  }

  /// Units that may unlock a reward, dearest first; they need not be discountable any more.
  private func triggerUnits(_ source: SourceSyntax, _ campaign: Campaign)
    throws(Failure) -> [Int]
  {
    let lines = try scene(of: campaign).lines(of: source)
    let free = units.indices.filter { unit in
      lines.contains(units[unit].line) && !units[unit].isUsed && units[unit].price > 0
    }
    return ranked(free, .dearest)
  }

  /// Triggers from the dearest down and rewards that are no triggers, in the number of rounds that
  /// gives most.
  private func per(
    _ rank: Rank, _ count: Int64, _ eligible: [Int], _ triggerCount: Int64, _ triggers: [Int],
    _ limit: Int64
  ) -> Deal {
    let pure = triggers.filter { !eligible.contains($0) }
    func rewards(_ rounds: Int64) -> Int64 {
      let lost = max(0, rounds * triggerCount - Int64(pure.count))
      return max(0, min(rounds * count, Int64(eligible.count) - lost))
    }
    var rounds: Int64 = 0
    for candidate in 0...min(limit, Int64(triggers.count) / triggerCount)
    where rewards(candidate) > rewards(rounds) { rounds = candidate }
    let rewardCount = Int(rewards(rounds))
    var taken: [Int] = []
    var lost = 0
    for unit in triggers where Int64(taken.count) < rounds * triggerCount {
      let isPure = pure.contains(unit)
      guard isPure || lost < eligible.count - rewardCount else { continue }
      taken.append(unit)
      if !isPure { lost += 1 }
    }
    let given = Array(eligible.filter { !taken.contains($0) }.prefix(rewardCount))
    return Deal(rewards: given, used: taken + given, rounds: rounds)
  }
}
