extension Program {
  /// Which of some campaigns may not share an order; vertices are places in the list.
  func conflictGraph(of givers: [Int32]) -> ConflictGraph {
    let named = Set(givers.flatMap { stacking($0).with ?? [] })
    return ConflictGraph(vertexCount: givers.count) { first, second in
      conflict(givers[first], givers[second])
    } mayConflict: {
      stacking(givers[$0]).restricts
    } kind: {
      named.contains(givers[$0]) ? nil : stackingKind(givers[$0])
    }
  }

  /// Whether two campaigns may not share an order; each must allow the other.
  func conflict(_ first: Int32, _ second: Int32) -> Bool {
    !allows(first, second) || !allows(second, first)
  }

  private func stacking(_ campaign: Int32) -> StackingPlan { campaigns[Int(campaign)].stacking }

  private func allows(_ campaign: Int32, _ other: Int32) -> Bool {
    let stacking = stacking(campaign)
    if stacking.isAlone { return false }
    if let with = stacking.with, !with.contains(other) { return false }
    guard !stacking.bestOf.isEmpty else { return true }
    let groups = self.stacking(other).bestOf
    return !stacking.bestOf.contains { groups.contains($0) }
  }

  /// What decides with whom a campaign conflicts, unless others name it; nil where it names others.
  private func stackingKind(_ campaign: Int32) -> StackingPlan? {
    var kind = stacking(campaign)
    guard kind.with == nil else { return nil }
    kind.bestOf.sort()
    kind.bestOfOnItems = []
    kind.isAloneOnItems = false
    return kind
  }
}
