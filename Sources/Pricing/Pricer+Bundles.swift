import Money

extension Pricer {
  /// Bundles as often as they fit: slot by slot the dearest free units, each round one amount.
  ///
  /// Rounds that take the same units of the same runs are priced once, so the cost does not grow
  /// with quantities.
  mutating func planBundlePieces(
    _ price: Int64, _ slots: [BundleSlot], _ campaign: Int32
  ) -> Bool {
    var candidates: [[Int32]] = []
    for slot in slots {
      if hasFailed(slot.selection) { return false }
      findFreeRuns(slot.selection, for: campaign)
      sortFoundRuns(isCheapest: false)
      candidates.append(scratch.runs.copy.reversed())
    }
    var left: [Int32: Int64] = [:]
    for run in candidates.joined() { left[run] = runs.quantity(run) }
    campaigns[campaign].hasDeal = true
    while let round = nextRound(slots, &candidates, left) {
      let cost = round.reduce(0) { $0 + runs.price($1.run) * $1.quantity }
      let shared = sharedPieces(cost - price, over: round, isUsed: true)
      guard shared.contains(where: { $0.newPrice < runs.price($0.run) }) else { break }
      let fitting = round.map { (left[$0.run] ?? 0) / $0.quantity }.min() ?? 0
      let rounds = min(fitting, campaigns[campaign].roundsLeft)
      guard rounds > 0 else { break }
      for units in round { left[units.run, default: 0] -= units.quantity * rounds }
      for var piece in shared {
        piece.quantity *= rounds
        scratch.pieces.append(piece)
      }
      campaigns[campaign].rounds += rounds
      if campaigns[campaign].roundsLeft < .max { campaigns[campaign].roundsLeft -= rounds }
    }
    return true
  }

  /// The units of the next round, at most one entry per run; nil when a slot cannot be filled.
  private mutating func nextRound(
    _ slots: [BundleSlot], _ candidates: inout [[Int32]], _ left: [Int32: Int64]
  ) -> [PickedUnits]? {
    var taken: [Int32: Int64] = [:]
    for (index, slot) in slots.enumerated() {
      // Used up runs stand at the end, the dearest last; they are never looked at again.
      while let last = candidates[index].last, left[last] == 0 { candidates[index].removeLast() }
      var wanted = slot.count
      for run in candidates[index].reversed() {
        if wanted == 0 { break }
        work.bundleStepCount += 1
        let free = (left[run] ?? 0) - (taken[run] ?? 0)
        let quantity = min(wanted, free)
        guard quantity > 0 else { continue }
        taken[run, default: 0] += quantity
        wanted -= quantity
      }
      if wanted > 0 { return nil }
    }
    return taken.map { PickedUnits(run: $0, quantity: $1) }.sorted { $0.run < $1.run }
  }
}
