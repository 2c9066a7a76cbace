import Money

/// The campaigns that share the order.
struct Choice: ~Copyable {
  /// In application order.
  var members = Column<Int32>()
  var isProven = true

  func holds(_ campaign: Int32) -> Bool {
    for place in members.indices where members[place] == campaign { return true }
    return false
  }

  mutating func reset() {
    members.clear()
    isProven = true
  }
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
  mutating func choose() {
    guard giverFlags.contains(.restricts) else { return choice.members.load(givers) }
    let members = bestMembers()
    choice.members.load(members.span)
  }

  private mutating func bestMembers() -> [Int32] {
    let graph = program.conflictGraph(of: givers.copy)
    if graph.isEmpty { return givers.copy }
    if program.choosesByPriority { return walk(graph, order: Array(givers.indices)) }
    guard let sets = graph.maximalSets(atMost: Limits.choicesMaximum) else {
      choice.isProven = false
      return walk(graph, order: greedyOrder())
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
    return best?.members ?? []
  }

  private func priority(_ campaign: Int32) -> Int64 { program.campaigns[Int(campaign)].priority }

  private func walk(_ graph: ConflictGraph, order: [Int]) -> [Int32] {
    var taken: [Int] = []
    for vertex in order where !taken.contains(where: { graph.conflict($0, vertex) }) {
      taken.append(vertex)
    }
    return taken.sorted().map { givers[$0] }
  }

  /// By priority, then by what each would save alone, then in file order.
  private mutating func greedyOrder() -> [Int] {
    var savings: [Int64] = []
    for place in givers.indices { savings.append(priceAlone(givers[place]).saving) }
    let givers = givers.copy
    return givers.indices.sorted {
      let (first, second) = (priority(givers[$0]), priority(givers[$1]))
      if first != second { return first > second }
      return savings[$0] != savings[$1] ? savings[$0] > savings[$1] : $0 < $1
    }
  }

  /// The order of choices that save the same.
  private func precedes(_ members: [Int32], _ others: [Int32]) -> Bool {
    for (one, other) in zip(members, others) where one != other {
      let (first, second) = (priority(one), priority(other))
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
      saving: saving, isHeldBack: campaigns[campaign].isHeldBack,
      hasFailed: campaigns[campaign].hasFailed)
    alonePrices[campaign] = alone
    return alone
  }

  /// Why a campaign that passed the gates is not in the choice.
  mutating func explainLoss(_ campaign: Int32) {
    let alone = priceAlone(campaign)
    if alone.hasFailed {
      campaigns[campaign].refusal = .error
    } else if alone.isHeldBack {
      // What it compared is told as it stands when it is alone.
      _ = priceChoice([campaign])
      campaigns[campaign].refusal = .condition
      campaigns[campaign].remainingUses = nil
      campaigns[campaign].isExplained = true
      details[campaign] = failingDetail(campaign)
      if explains == .near {
        noteLacking(campaign)
      } else {
        campaigns[campaign].missing = lack(of: campaign)?.missing
      }
    } else {
      campaigns[campaign].refusal = .stacking
      campaigns[campaign].saving = alone.saving
    }
  }
}
