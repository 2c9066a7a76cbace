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
  private(set) var isReached: [Bool] = []
  /// Slots of reached lines.
  private var reachedSlots: Set<Int32> = []

  /// Whether what the last pricing left can be gone on from.
  private var canGoOn = false
  /// Campaigns of the choice of the last pricing, with their row.
  private(set) var members: [Int32: Int] = [:]
  private var reaches: [Int32: ItemReach] = [:]
  /// What items effects came to, by campaign of the choice.
  var results: [Int32: ItemResult] = [:]
  /// What items effects took off, by line.
  var itemEntries: [[DiscountEntry]] = []
  /// What later stages took off.
  var laterEntries = EntriesByLine()
  var hadOrderEffects = false

  /// Lines of which the last pricing may have changed something, ascending; nil for all.
  package internal(set) var changedLines: [Int32]?
  /// Lines that were looked at for the last change, counted so that tests can hold its growth.
  package internal(set) var visitCount = 0

  /// How often all lines were priced.
  package private(set) var wholeCount = 0

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
    guard !pricer.giverFlags.contains(.restricts) else { return priceAll() }
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
    !holdsGifts && !hasOutgrownItsStorage && pricer.shopper.redeem.allSatisfy { $0 == nil }
      && pricer.shopper.pay.allSatisfy { $0 == nil }
  }

  /// Whether runs in no chain and lists that nobody knows any more, which changes leave behind,
  /// have become so many that pricing all lines, which takes them away, is due; or the stamps are
  /// about to end.
  private var hasOutgrownItsStorage: Bool {
    let lineCount = pricer.cart.lineCount
    let runsMaximum = Room.runsPerLine * lineCount + Room.runsOfAnyCart
    let listedMaximum =
      Room.listedPerLine * lineCount + Room.listedPerSlot * pricer.cart.slots.count
      + Room.listedOfAnyCart
    return pricer.runs.count > runsMaximum || pricer.pool.count > listedMaximum
      || pricer.stamp >= .max - Room.stampsOfAChange
  }

  /// How much a cart that changes may hold before all its lines are priced.
  private enum Room {
    static let runsPerLine = 2
    /// Runs, and lines in lists, that a cart of whatever size may hold besides.
    static let runsOfAnyCart = 64
    static let listedPerLine = 8
    static let listedPerSlot = 4
    static let listedOfAnyCart = 1_024
    /// One change advances the stamp fewer times.
    static let stampsOfAChange: UInt32 = 8
  }

  /// What the items effects of a campaign reach when it applies with a row.
  mutating func reach(_ campaign: Int32, _ row: Int) -> ItemReach {
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
  private mutating func isTouched(_ reach: ItemReach) -> Bool {
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

  private mutating func finish() {
    forgetReached()
    pricer.tellRefusals()
  }

  /// What the cart comes to, but for what is told line by line.
  package mutating func answers() -> Evaluation { pricer.evaluation(isWithLines: false) }

  /// What became of the units of a line.
  package func result(of line: Int32) -> LineResult { pricer.runs.result(of: line) }

  /// What was taken off a line, in order of application.
  package func entries(of line: Int32) -> [DiscountEntry] {
    itemEntries[Int(line)] + laterEntries[line]
  }
}
