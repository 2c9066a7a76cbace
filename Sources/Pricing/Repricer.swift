package import Money

/// Prices one cart again and again while single lines of it change, at a cost that grows with what a
/// change reaches and not with the lines it leaves alone.
///
/// What lasts from one pricing to the next: the columns and the lists made of them, what measures
/// come to, the units of each line as items effects left them, and what each effect took off it. A
/// change brings these up to date for its own line. Then the gates are asked again, which costs
/// nothing a line, and lines are priced again that the change reaches: the line itself; all lines of
/// campaigns that came in, went out, or apply with another row; and, until nothing more is reached,
/// all lines of those campaigns of a reached line that see their lines together (deals, amounts over
/// a selection, bundles, caps, limits within the order). Order discounts, earnings and conditions on
/// prices after discounts see all their lines each time they apply.
///
/// The whole cart is priced, by the same rule every time and never by chance, when
/// - a campaign that passed the gates restricts with whom it shares an order,
/// - a campaign gives a gift, stacks on items, takes an amount off items that is computed, caps what
///   it gives in several stages, or discounts a selection of which a line alone does not decide, as
///   one that asks for the quantity of a sku or computes,
/// - the cart has a line that accepts a gift, or redeems or pays with a balance,
/// - an effect fails, now or the time before.
package struct Repricer: ~Copyable {
  package var pricer: Pricer
  let plan: RepricingPlan
  /// Whether some line of the cart accepts a gift.
  package var holdsGifts = false
  private var now: Int64 = 0
  private var explains = Explanation.near

  /// Lists of only those lines that are priced again, while the pricer has those of the whole cart.
  var part: CartPart
  /// Lines that are priced again, in the order in which they were reached.
  var reached: [Int32] = []
  private var isReached: [Bool] = []
  /// Slots of reached lines.
  private var reachedSlots: Set<Int32> = []

  /// Whether what the last pricing left can be gone on from.
  private var canGoOn = false
  /// Campaigns of the choice of the last pricing, with their row.
  private var members: [Int32: Int] = [:]
  private var reaches: [Int32: ItemReach] = [:]
  /// What items effects came to, by campaign of the choice.
  private var results: [Int32: ItemResult] = [:]
  /// What items effects took off, by line.
  private var itemEntries: [[DiscountEntry]] = []
  /// What later stages took off.
  private var laterEntries = EntriesByLine()
  private var hadOrderEffects = false

  /// Lines of which the last pricing may have changed something, ascending; nil for all.
  package private(set) var changedLines: [Int32]?
  /// Lines that were looked at for the last change, counted so that tests can hold its growth.
  package internal(set) var visitCount = 0

  /// How often all lines were priced.
  package private(set) var wholeCount = 0

  /// What items effects of one campaign came to.
  private struct ItemResult {
    var given: Int64 = 0
    var rounds: Int64 = 0
    var roundsLeft = Int64.max
    var capLeft: Int64?
    var isCapped = false
    var hasDeal = false
  }

  /// A repricer with an empty cart.
  package init(program: Program, currency: Currency) {
    pricer = Pricer(program: program, currency: currency)
    plan = RepricingPlan(program)
    part = CartPart(program)
  }

  // MARK: All lines

  /// Prices all lines of the cart that stands in the columns.
  package mutating func priceAll(now: Int64, explains: Explanation) {
    (self.now, self.explains) = (now, explains)
    priceAll()
  }

  private mutating func priceAll() {
    pricer.cart.settleSlots()
    pricer.price(now: now, explains: explains)
    visitCount += pricer.cart.lineCount
    wholeCount += 1
    changedLines = nil
    let lineCount = pricer.cart.lineCount
    itemEntries = Array(repeating: [], count: lineCount)
    isReached = Array(repeating: false, count: lineCount)
    forgetReached()
    let entries = pricer.entries.entries.copy
    for entry in entries where entry.stage == .items {
      itemEntries[Int(entry.line)].append(entry)
    }
    laterEntries = EntriesByLine(entries.filter { $0.stage != .items }, lineCount: lineCount)
    keepMembers()
    canGoOn = true
    hadOrderEffects = false
    for place in pricer.choice.members.indices {
      let campaign = pricer.choice.members[place]
      if pricer.campaigns[campaign].hasFailed { canGoOn = false }
      if pricer.takesPart(campaign, in: .order) { hadOrderEffects = true }
    }
    keepResults()
    // What later stages gave is none of it.
    for campaign in results.keys { results[campaign]?.given = 0 }
    for entry in entries where entry.stage == .items {
      results[entry.source]?.given += entry.amount
    }
  }

  private mutating func keepMembers() {
    members.removeAll(keepingCapacity: true)
    for place in pricer.choice.members.indices {
      let campaign = pricer.choice.members[place]
      members[campaign] = pricer.campaigns[campaign].admittedRow ?? -1
    }
  }

  // MARK: What a change reaches

  /// Prices again what changes since the last pricing reach; lines that changed have been told.
  package mutating func priceReached() {
    guard canGoOn, isSteady else { return priceAll() }
    let before = members
    pricer.forgetAnswers()
    forgetMissing()
    pricer.collectCandidates()
    for place in pricer.asked.indices { pricer.ask(pricer.asked[place]) }
    guard !mayCompete else { return priceAll() }
    pricer.choose()
    keepMembers()
    guard reachLines(from: before) else { return priceAll() }
    visitCount += reached.count
    guard priceItems(), priceLater() else { return priceAll() }
    visitCount += pricer.work.lineCount
    finish()
  }

  /// Whether nothing about the cart asks for the whole of it.
  private var isSteady: Bool {
    !holdsGifts && pricer.stamp < .max - 8 && pricer.runs.count <= 2 * pricer.cart.lineCount + 64
      && pricer.pool.count <= 8 * pricer.cart.lineCount + 4 * pricer.cart.slots.count + 1_024
      && pricer.shopper.redeem.allSatisfy { $0 == nil }
      && pricer.shopper.pay.allSatisfy { $0 == nil }
  }

  private var mayCompete: Bool {
    for place in pricer.givers.indices
    where pricer.program.gates[Int(pricer.givers[place])].flags.contains(.restricts) {
      return true
    }
    return false
  }

  /// What the items effects of a campaign reach when it applies with a row.
  private mutating func reach(_ campaign: Int32, _ row: Int) -> ItemReach {
    let isTiered = pricer.program.gates[Int(campaign)].flags.contains(.hasTiers)
    if !isTiered, let known = reaches[campaign] { return known }
    let found = ItemReach(campaign, row: row < 0 ? nil : row, pricer.program, plan)
    if !isTiered { reaches[campaign] = found }
    return found
  }

  /// Finds all lines that are to be priced again; false when the whole cart is.
  private mutating func reachLines(from before: [Int32: Int]) -> Bool {
    var joined: [(campaign: Int32, reach: ItemReach)] = []
    for (campaign, row) in before where members[campaign] != row {
      let reach = reach(campaign, row)
      if reach.kind == .wide { return false }
      reachAll(reach)
    }
    for place in pricer.choice.members.indices {
      let campaign = pricer.choice.members[place]
      guard let row = members[campaign] else { continue }
      let reach = reach(campaign, row)
      if reach.kind == .wide { return false }
      if before[campaign] != row {
        results[campaign] = nil
        reachAll(reach)
      } else if reach.kind == .joined {
        joined.append((campaign, reach))
      }
    }
    // Each round reaches at least one more of them, so there are no more rounds than campaigns.
    var isDone = false
    while !isDone {
      isDone = true
      for place in joined.indices.reversed() where isTouched(joined[place].reach) {
        let (campaign, reach) = joined.remove(at: place)
        results[campaign] = nil
        reachAll(reach)
        isDone = false
      }
    }
    return true
  }

  /// Whether a reached line may be, or may have been, among those of a campaign.
  private func isTouched(_ reach: ItemReach) -> Bool {
    reach.selections.contains { selection in
      guard let slot = pricer.program.slot(ofSelection: selection) else { return !reached.isEmpty }
      return reachedSlots.contains(slot)
    }
  }

  private mutating func reachAll(_ reach: ItemReach) {
    for selection in reach.selections {
      for place in pricer.lines(of: selection) { self.reach(pricer.pool.lines[place]) }
    }
  }

  /// Notes that a line is to be priced again.
  mutating func reach(_ line: Int32) {
    guard !isReached[Int(line)] else { return }
    isReached[Int(line)] = true
    reached.append(line)
    for slot in pricer.cart.slots(of: line) { reachedSlots.insert(slot) }
  }

  private mutating func forgetReached() {
    for line in reached where Int(line) < isReached.count { isReached[Int(line)] = false }
    reached.removeAll(keepingCapacity: true)
    reachedSlots.removeAll(keepingCapacity: true)
  }

  // MARK: Stages

  /// Takes items effects back from reached lines and applies them again; false when one fails.
  private mutating func priceItems() -> Bool {
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
  private mutating func keepResults() {
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
    if hadOrderEffects { pricer.runs.forgetOrderShares() }
  }

  /// Runs the stages behind items, and earns; false when an effect fails.
  private mutating func priceLater() -> Bool {
    let itemCount = pricer.entries.entries.count
    guard pricer.runStage(.order) else { return false }
    pricer.board.settle(into: &pricer.runs)
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

  private mutating func finish() {
    forgetReached()
    pricer.tellRefusals()
  }

  /// What the cart comes to, but for what is told line by line.
  package mutating func answers() -> Evaluation { pricer.evaluation(isWithLines: false) }

  /// What became of the units of a line.
  package func result(of line: Int32) -> LineResult {
    var result = LineResult()
    var run = pricer.runs.firstRun(line)
    while run >= 0 {
      result.add(pricer.runs.quantity(run), at: pricer.runs.price(run))
      result.orderShare += pricer.runs.orderShares[Int(run)]
      result.redeemedShare += pricer.runs.redeemedShare(run)
      run = pricer.runs.nextRun(run)
    }
    result.sortUnits()
    return result
  }

  /// What was taken off a line, in order of application.
  package func entries(of line: Int32) -> [DiscountEntry] {
    itemEntries[Int(line)] + laterEntries[line]
  }
}
