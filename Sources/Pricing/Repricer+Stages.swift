extension Repricer {
  /// Takes items effects back from reached lines and applies them again; false when one fails.
  mutating func priceItems() -> Bool {
    for line in reached {
      for entry in itemEntries[Int(line)] { results[entry.source]?.given -= entry.amount }
      itemEntries[Int(line)].removeAll(keepingCapacity: true)
      pricer.runs.restart(line, pricer.cart)
    }
    restart()
    var lines = reached.filter { !pricer.cart.isVacant(Int($0)) }
    lines.sort()
    enterPart(lines)
    defer { leavePart() }
    for place in pricer.sharers.indices where pricer.takesPart(pricer.sharers[place], in: .items) {
      let campaign = pricer.sharers[place]
      guard let row = members[campaign] else { continue }
      let reach = reach(campaign, row)
      // Of a campaign that sees its lines together either all were reached or none.
      if reach.kind == .nothing || reach.kind == .joined && results[campaign] != nil { continue }
      guard pricer.applyItems(campaign) else { return false }
    }
    for place in pricer.entries.entries.indices {
      let entry = pricer.entries.entries[place]
      itemEntries[Int(entry.line)].append(entry)
    }
    keepResults()
    return true
  }

  /// Keeps what items effects came to.
  mutating func keepResults() {
    results.removeAll(keepingCapacity: true)
    for place in pricer.choice.members.indices {
      let campaign = pricer.choice.members[place]
      guard let row = members[campaign], reach(campaign, row).kind != .nothing else { continue }
      let state = pricer.campaigns[campaign]
      results[campaign] = ItemResult(
        given: state.given, rounds: state.rounds, roundsLeft: state.roundsLeft,
        capLeft: state.capLeft, isCapped: state.isCapped, hasDeal: state.hasDeal)
    }
  }

  /// As before a choice is priced, but for what untouched lines keep.
  private mutating func restart() {
    pricer.sharers.load(pricer.choice.members)
    _ = pricer.restartSharers()
    pricer.forgetStages()
    for place in pricer.sharers.indices {
      let campaign = pricer.sharers[place]
      guard let result = results[campaign] else { continue }
      pricer.campaigns[campaign].given = result.given
      pricer.campaigns[campaign].rounds = result.rounds
      pricer.campaigns[campaign].roundsLeft = result.roundsLeft
      pricer.campaigns[campaign].capLeft = result.capLeft
      pricer.campaigns[campaign].isCapped = result.isCapped
      pricer.campaigns[campaign].hasDeal = result.hasDeal
    }
    pricer.runs.forgetCosts()
  }

  /// Runs the stages behind items, and earns; false when an effect fails.
  mutating func priceLater() -> Bool {
    let itemCount = pricer.entries.entries.count
    guard pricer.runStage(.order) else { return false }
    pricer.board.settle(into: &pricer.runs, pricer.cart)
    guard pricer.runStage(.shipping) else { return false }
    var hasOrderEffects = false
    for place in pricer.sharers.indices where pricer.takesPart(pricer.sharers[place], in: .order) {
      hasOrderEffects = true
    }
    changedLines = reached.sorted()
    if hasOrderEffects || hadOrderEffects {
      visitCount += pricer.cart.lineCount
      let entries = EntriesByLine(
        Array(pricer.entries.entries.copy[itemCount...]), lineCount: pricer.cart.lineCount)
      for line in entries.lines(unlike: laterEntries) where !isReached[Int(line)] {
        changedLines?.append(line)
      }
      changedLines?.sort()
      laterEntries = entries
    }
    hadOrderEffects = hasOrderEffects
    pricer.earn()
    return true
  }
}

/// What items effects of one campaign came to.
struct ItemResult {
  var given: Int64 = 0
  var rounds: Int64 = 0
  var roundsLeft = Int64.max
  var capLeft: Int64?
  var isCapped = false
  var hasDeal = false
}
