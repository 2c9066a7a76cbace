/// The units of a cart as they stand: runs of equal units, so a line of 5,000,000 is one run.
///
/// Each line begins as one run of the same index; an effect that touches some of its units splits
/// it, and what is split off stands behind all lines, chained to them. All units of a run share one
/// price and one history in this quote.
package struct RunTable: ~Copyable {
  private(set) var lineCount = 0
  /// By run.
  package private(set) var records = Column<Run>()
  /// What each run costs after items and order discounts; empty until an order discount asks.
  package internal(set) var costs = Column<Int64>()
  /// What balances took off the whole run; empty while nothing is redeemed.
  package private(set) var redeemedShares = Column<Int64>()
  /// Who keeps or has won the units; empty while no campaign asks.
  private var claims = Column<RunClaim>()
  /// The lines of runs that were split off.
  private(set) var splitLines = Column<Int32>()
  /// Gift lines have no runs; empty while there are none.
  private(set) var traits = Column<LineTraits>()

  /// One run per line that has units to price; gift lines have none.
  @inline(__always)
  mutating func reset(to cart: borrowing CartColumns, hasClaims: Bool) {
    lineCount = cart.lineCount
    RunTable.load(&records, cart.prices.span, cart.quantities.span)
    costs.clear()
    redeemedShares.clear()
    claims.clear()
    if hasClaims { claims.fill(RunClaim(), count: lineCount) }
    splitLines.clear()
    traits.clear()
    if cart.hasGifts { traits.load(cart.traits.span) }
  }

  private static func load(
    _ records: inout Column<Run>, _ prices: Span<Int64>, _ quantities: Span<Int64>
  ) {
    precondition(prices.count == quantities.count, "a line has a price and a quantity")
    var digits: Int64 = 0
    records.load(count: prices.count) { line in
      digits |= quantities[line]
      return Run(price: prices[line], quantity: quantities[line])
    }
    precondition(digits >= 0 && digits <= Run.quantityMaximum, "no line has more units")
  }

  /// Gives a line its units back as the cart has them; what was split off is in no chain any more.
  mutating func restart(_ line: Int32, _ cart: borrowing CartColumns) {
    let run = Int(line)
    var other = nextRun(line)
    while other >= 0 {
      records[Int(other)].quantity = 0
      other = nextRun(other)
    }
    records[run] = Run(price: cart.prices[run], quantity: 0)
    records[run].quantity = cart.quantities[run]
    if !traits.isEmpty { traits[run] = cart.traits[run] }
  }

  /// Whether units are told apart by who keeps or has won them.
  var hasClaims: Bool { !claims.isEmpty }
  /// Whether some line has more than one run.
  var hasSplits: Bool { !splitLines.isEmpty }
  /// How many runs there are; those of gift lines, and those joined with others, are in no chain;
  /// the latter have no units.
  var count: Int { records.count }

  /// Calls the body with each run of a line.
  func forEachRun(of line: Int32, do body: (Int32) -> Void) {
    if !traits.isEmpty, traits[Int(line)].contains(.gift) { return }
    var run = line
    repeat {
      body(run)
      run = nextRun(run)
    } while run >= 0
  }

  /// The first run of a line; −1 for a gift line.
  func firstRun(_ line: Int32) -> Int32 {
    !traits.isEmpty && traits[Int(line)].contains(.gift) ? -1 : line
  }

  /// The next run of the same line; −1 after the last.
  func nextRun(_ run: Int32) -> Int32 { records[Int(run)].next }

  func line(_ run: Int32) -> Int32 {
    Int(run) < lineCount ? run : splitLines[Int(run) - lineCount]
  }
  /// How many units a run has.
  package func quantity(_ run: Int32) -> Int64 { records[Int(run)].quantity }
  func price(_ run: Int32) -> Int64 { records[Int(run)].price }
  func redeemedShare(_ run: Int32) -> Int64 {
    redeemedShares.isEmpty ? 0 : redeemedShares[Int(run)]
  }

  func state(_ run: Int32) -> RunState {
    RunState(
      flags: records[Int(run)].flags, claim: claims.isEmpty ? RunClaim() : claims[Int(run)])
  }

  /// What a run costs after items and order discounts.
  func cost(_ run: Int32) -> Int64 {
    costs.isEmpty ? records[Int(run)].cost : costs[Int(run)]
  }

  /// What order discounts took off the whole run.
  package func orderShare(_ run: Int32) -> Int64 {
    costs.isEmpty ? 0 : records[Int(run)].cost - costs[Int(run)]
  }

  mutating func redeem(_ share: Int64, from run: Int32) {
    if redeemedShares.isEmpty { redeemedShares.fill(0, count: count) }
    redeemedShares[Int(run)] += share
  }

  mutating func update(_ run: Int32, _ change: (inout RunState) -> Void) {
    var changed = state(run)
    change(&changed)
    set(changed, of: run)
  }

  private mutating func set(_ state: RunState, of run: Int32) {
    records[Int(run)].flags = state.flags
    if !claims.isEmpty { claims[Int(run)] = state.claim }
  }

  /// Puts a segment in place of a run.
  mutating func set(_ segment: RunSegment, of run: Int32) {
    records[Int(run)].quantity = segment.quantity
    records[Int(run)].price = segment.price
    set(segment.state, of: run)
  }

  /// Chains a segment of the same line behind a run; answers the new run.
  mutating func split(_ segment: RunSegment, off run: Int32) -> Int32 {
    precondition(costs.isEmpty, "no line is split once order discounts have begun")
    precondition(
      segment.quantity >= 0 && segment.quantity <= Run.quantityMaximum, "no run has more units")
    let new = Int32(count)
    splitLines.append(line(run))
    let following = records[Int(run)].next
    records[Int(run)].next = new
    records.append(
      Run(
        price: segment.price, quantity: segment.quantity, flags: segment.state.flags,
        next: following))
    if !claims.isEmpty { claims.append(segment.state.claim) }
    return new
  }

  /// Divides a run into units that a deal cuts, units that it uses up, and the rest; for a cart
  /// without claims.
  mutating func deal(_ units: DealtUnits, at newPrice: Int64, mark: RunFlags) {
    let run = records[Int(units.run)]
    let (price, kept) = (run.price, run.flags)
    let used = kept.union(.used)
    let rest = run.quantity - units.rewarded - units.used
    var isFirst = true
    if newPrice < price {
      write(units.rewarded, newPrice, used.union(mark), over: units.run, &isFirst)
      write(units.used, price, used, over: units.run, &isFirst)
    } else {
      write(units.rewarded + units.used, price, used, over: units.run, &isFirst)
    }
    write(rest, price, kept, over: units.run, &isFirst)
  }

  private mutating func write(
    _ quantity: Int64, _ price: Int64, _ flags: RunFlags, over run: Int32, _ isFirst: inout Bool
  ) {
    guard quantity > 0 else { return }
    let segment = RunSegment(quantity: quantity, price: price, state: RunState(flags: flags))
    if isFirst { set(segment, of: run) } else { _ = split(segment, off: run) }
    isFirst = false
  }

  /// Joins runs of a line that have become alike, so that a line never has more than it needs.
  mutating func joinAlike(_ line: Int32) {
    guard hasSplits else { return }
    var run = firstRun(line)
    while run >= 0 {
      var before = run
      var other = nextRun(run)
      while other >= 0 {
        let following = nextRun(other)
        if price(other) == price(run), state(other) == state(run) {
          records[Int(run)].quantity += records[Int(other)].quantity
          records[Int(other)].quantity = 0
          records[Int(before)].next = following
        } else {
          before = other
        }
        other = following
      }
      run = nextRun(run)
    }
  }

  /// Cuts the unit price of whole lines and marks what became cheaper.
  ///
  /// - Parameters:
  ///   - lines: Of which those in the range are cut; none of them a gift line.
  ///   - mark: What the units become that are cut.
  ///   - log: What was taken off each line is noted here, as given by the source.
  /// - Returns: What was taken off in all.
  @inline(__always)
  mutating func cutPrices(
    of lines: borrowing Column<Int32>, _ range: Range<Int>, by cut: UnitFraction, mark: RunFlags,
    source: Int32, log: inout EntryLog
  ) -> Int64 {
    RunTable.cut(lines, range, cut, mark, &records) { line, taken in
      log.append(taken, line: line, source: source, stage: .items)
    }
  }

  @inline(__always)
  private static func cut(
    _ lines: borrowing Column<Int32>, _ range: Range<Int>, _ cut: UnitFraction, _ mark: RunFlags,
    _ records: inout Column<Run>, note: (Int32, Int64) -> Void
  ) -> Int64 {
    let lines = lines.span
    var records = records.mutableSpan
    var given: Int64 = 0
    var place = range.lowerBound
    while place < range.upperBound {
      let line = lines[place]
      var taken: Int64 = 0
      var next = line
      repeat {
        let place = Int(next)
        var run = records[place]
        let new = cut.newPrice(run.price)
        if new != run.price {
          taken &+= (run.price &- new) &* run.quantity
          run.price = new
          run.mark(mark)
          records[place] = run
        }
        next = run.next
      } while next >= 0
      given &+= taken
      if taken > 0 { note(line, taken) }
      place &+= 1
    }
    return given
  }
}
