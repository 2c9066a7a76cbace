import Money

/// The campaigns that share the order.
struct Choice {
  /// In application order.
  var members: [Int32]
  var isProven: Bool
}

/// What a campaign comes to when it has the order to itself.
struct AlonePrice {
  var saving: Int64
  /// A condition on prices after discounts does not hold.
  var isHeldBack: Bool
  var hasFailed: Bool
}

extension Pricer {
  /// Chooses among campaigns that passed the gates: the largest total discount wins.
  ///
  /// - Parameter givers: In application order.
  mutating func choose(among givers: [Int32]) -> Choice {
    let named = Set(givers.flatMap { plan($0).stacking.with ?? [] })
    let graph = ConflictGraph(vertexCount: givers.count) { first, second in
      self.conflict(givers[first], givers[second])
    } mayConflict: {
      self.plan(givers[$0]).stacking.restricts
    } kind: {
      named.contains(givers[$0]) ? nil : self.stackingKind(givers[$0])
    }
    if graph.isEmpty { return Choice(members: givers, isProven: true) }
    if program.choosesByPriority {
      return Choice(members: walk(givers, in: graph, order: Array(givers.indices)), isProven: true)
    }
    guard let sets = graph.maximalSets(atMost: Limits.choicesMaximum) else {
      return Choice(members: walk(givers, in: graph, order: greedyOrder(givers)), isProven: false)
    }
    var best: (members: [Int32], total: Int64)?
    for set in sets {
      let members = set.map { givers[$0] }
      let total = members.count == 1 ? priceAlone(members[0]).saving : priceChoice(members)
      if let current = best,
        total < current.total || total == current.total && !precedes(members, current.members)
      {
        continue
      }
      best = (members, total)
    }
    return Choice(members: best?.members ?? [], isProven: true)
  }

  /// Whether two campaigns may not share an order; each must allow the other.
  func conflict(_ first: Int32, _ second: Int32) -> Bool {
    !allows(first, second) || !allows(second, first)
  }

  private func allows(_ campaign: Int32, _ other: Int32) -> Bool {
    let stacking = plan(campaign).stacking
    if stacking.isAlone { return false }
    if let with = stacking.with, !with.contains(other) { return false }
    guard !stacking.bestOf.isEmpty else { return true }
    let groups = plan(other).stacking.bestOf
    return !stacking.bestOf.contains { groups.contains($0) }
  }

  /// What decides with whom a campaign conflicts, unless others name it; nil where it names others.
  private func stackingKind(_ campaign: Int32) -> StackingPlan? {
    var kind = plan(campaign).stacking
    guard kind.with == nil else { return nil }
    kind.bestOf.sort()
    kind.bestOfOnItems = []
    kind.isAloneOnItems = false
    return kind
  }

  private func walk(_ givers: [Int32], in graph: ConflictGraph, order: [Int]) -> [Int32] {
    var taken: [Int] = []
    for vertex in order where !taken.contains(where: { graph.conflict($0, vertex) }) {
      taken.append(vertex)
    }
    return taken.sorted().map { givers[$0] }
  }

  /// By priority, then by what each would save alone, then in file order.
  private mutating func greedyOrder(_ givers: [Int32]) -> [Int] {
    var savings: [Int64] = []
    for campaign in givers { savings.append(priceAlone(campaign).saving) }
    return givers.indices.sorted {
      let (first, second) = (plan(givers[$0]).priority, plan(givers[$1]).priority)
      if first != second { return first > second }
      return savings[$0] != savings[$1] ? savings[$0] > savings[$1] : $0 < $1
    }
  }

  /// The order of choices that save the same.
  private func precedes(_ members: [Int32], _ others: [Int32]) -> Bool {
    for (one, other) in zip(members, others) where one != other {
      let (first, second) = (plan(one).priority, plan(other).priority)
      if first != second { return first > second }
      if members.count != others.count { return members.count < others.count }
      return one < other
    }
    return members.count < others.count
  }

  /// What a campaign comes to on its own; priced once, however often it is asked.
  mutating func priceAlone(_ campaign: Int32) -> AlonePrice {
    if let known = alonePrices[campaign] { return known }
    let saving = priceChoice([campaign])
    let alone = AlonePrice(
      saving: saving, isHeldBack: progress[campaign]?.isHeldBack == true,
      hasFailed: progress[campaign]?.hasFailed == true)
    alonePrices[campaign] = alone
    return alone
  }

  /// Why a campaign that passed the gates is not in the choice.
  ///
  /// Against whom it lost is filled in once the choice is priced.
  mutating func refusalOutsideChoice(_ campaign: Int32) -> Refusal {
    let alone = priceAlone(campaign)
    let admission = admissions[campaign]
    if alone.hasFailed {
      return Refusal(
        reason: .error, code: admission?.code, remainingUses: admission?.remainingUses)
    }
    if alone.isHeldBack {
      // What it compared is told as it stands when it is alone.
      _ = priceChoice([campaign])
      var refusal = Refusal(reason: .condition, code: admission?.code)
      explain(campaign, in: &refusal)
      refusal.isExplained = true
      return refusal
    }
    return Refusal(
      reason: .stacking, saving: alone.saving, code: admission?.code,
      remainingUses: admission?.remainingUses)
  }

  /// Tells each loser which campaigns it lost to: those of the choice it conflicts with, as far as
  /// they gave something.
  func nameWinners(of chosen: [Int32], in result: inout Evaluation) {
    var winners: [Int32] = []
    for campaign in chosen.sorted() {
      if let state = progress[campaign], hasGiven(state) { winners.append(campaign) }
    }
    for index in result.verdicts.indices {
      guard case .refused(var refusal) = result.verdicts[index], refusal.reason == .stacking
      else { continue }
      refusal.against = winners.filter { conflict(Int32(index), $0) }
      result.verdicts[index] = .refused(refusal)
    }
  }
}
