/// The units of a cart as they stand: runs of equal units, so a line of 5,000,000 is one run.
///
/// Each line begins as one run of the same index; an effect that touches some of its units splits
/// it, and what is split off stands behind all lines, chained to them. All units of a run share one
/// price and one history in this quote.
package struct RunTable: ~Copyable {
  private(set) var lineCount = 0
  /// Minor units after items discounts so far.
  package private(set) var prices = Column<Int64>()
  /// No line has more than ten million.
  private(set) var quantities = Column<Int32>()
  /// What each run costs after items and order discounts; empty until an order discount asks.
  package internal(set) var costs = Column<Int64>()
  /// What balances took off the whole run; empty while nothing is redeemed.
  package private(set) var redeemedShares = Column<Int64>()
  private(set) var flags = Column<RunFlags>()
  /// Who keeps or has won the units; empty while no campaign asks.
  private var claims = Column<RunClaim>()
  /// The lines of runs that were split off.
  private(set) var splitLines = Column<Int32>()
  /// The next run of the same line; empty while no line is split.
  package private(set) var next = Column<Int32>()
  /// Gift lines have no runs; empty while there are none.
  private(set) var traits = Column<LineTraits>()

  /// One run per line that has units to price; gift lines have none.
  mutating func reset(to cart: borrowing CartColumns, hasClaims: Bool) {
    lineCount = cart.lineCount
    prices.load(cart.prices.span)
    quantities.load(narrowing: cart.quantities.span)
    costs.clear()
    flags.fill(RunFlags(), count: lineCount)
    redeemedShares.clear()
    claims.clear()
    if hasClaims { claims.fill(RunClaim(), count: lineCount) }
    splitLines.clear()
    next.clear()
    traits.clear()
    if cart.hasGifts { traits.load(cart.traits.span) }
  }

  /// Gives a line its units back as the cart has them; what was split off is in no chain any more.
  mutating func restart(_ line: Int32, _ cart: borrowing CartColumns) {
    let run = Int(line)
    var other = nextRun(line)
    while other >= 0 {
      quantities[Int(other)] = 0
      other = nextRun(other)
    }
    prices[run] = cart.prices[run]
    quantities[run] = Int32(cart.quantities[run])
    flags[run] = []
    if !next.isEmpty { next[run] = -1 }
    if !traits.isEmpty { traits[run] = cart.traits[run] }
  }

  /// Whether units are told apart by who keeps or has won them.
  var hasClaims: Bool { !claims.isEmpty }
  /// Whether some line has more than one run.
  var hasSplits: Bool { !next.isEmpty }
  /// How many runs there are; those of gift lines, and those joined with others, are in no chain;
  /// the latter have no units.
  var count: Int { prices.count }

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
  func nextRun(_ run: Int32) -> Int32 { next.isEmpty ? -1 : next[Int(run)] }

  func line(_ run: Int32) -> Int32 {
    Int(run) < lineCount ? run : splitLines[Int(run) - lineCount]
  }
  /// How many units a run has.
  package func quantity(_ run: Int32) -> Int64 { Int64(quantities[Int(run)]) }
  func price(_ run: Int32) -> Int64 { prices[Int(run)] }
  func redeemedShare(_ run: Int32) -> Int64 {
    redeemedShares.isEmpty ? 0 : redeemedShares[Int(run)]
  }

  func state(_ run: Int32) -> RunState {
    RunState(
      flags: flags[Int(run)], claim: claims.isEmpty ? RunClaim() : claims[Int(run)])
  }

  /// What a run costs after items and order discounts.
  func cost(_ run: Int32) -> Int64 {
    costs.isEmpty ? prices[Int(run)] * quantity(run) : costs[Int(run)]
  }

  /// What order discounts took off the whole run.
  package func orderShare(_ run: Int32) -> Int64 {
    costs.isEmpty ? 0 : prices[Int(run)] * quantity(run) - costs[Int(run)]
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
    flags[Int(run)] = state.flags
    if !claims.isEmpty { claims[Int(run)] = state.claim }
  }

  /// Puts a segment in place of a run.
  mutating func set(_ segment: RunSegment, of run: Int32) {
    quantities[Int(run)] = Int32(segment.quantity)
    prices[Int(run)] = segment.price
    set(segment.state, of: run)
  }

  /// Chains a segment of the same line behind a run; answers the new run.
  mutating func split(_ segment: RunSegment, off run: Int32) -> Int32 {
    precondition(costs.isEmpty, "no line is split once order discounts have begun")
    if next.isEmpty { next.fill(-1, count: count) }
    let new = Int32(count)
    splitLines.append(line(run))
    prices.append(segment.price)
    quantities.append(Int32(segment.quantity))
    flags.append(segment.state.flags)
    if !claims.isEmpty { claims.append(segment.state.claim) }
    next.append(next[Int(run)])
    next[Int(run)] = new
    return new
  }

  /// Divides a run into units that a deal cuts, units that it uses up, and the rest; for a cart
  /// without claims.
  mutating func deal(_ units: DealtUnits, at newPrice: Int64, mark: RunFlags) {
    let run = Int(units.run)
    let (price, kept) = (prices[run], flags[run])
    let used = kept.union(.used)
    let rest = Int64(quantities[run]) - units.rewarded - units.used
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
      var other = next[Int(run)]
      while other >= 0 {
        let following = next[Int(other)]
        if prices[Int(other)] == prices[Int(run)], state(other) == state(run) {
          quantities[Int(run)] += quantities[Int(other)]
          quantities[Int(other)] = 0
          next[Int(before)] = following
        } else {
          before = other
        }
        other = following
      }
      run = next[Int(run)]
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
    RunTable.cut(lines, range, cut, mark, &prices, &flags, quantities, next) { line, taken in
      log.append(taken, line: line, source: source, stage: .items)
    }
  }

  private static func cut(
    _ lines: borrowing Column<Int32>, _ range: Range<Int>, _ cut: UnitFraction, _ mark: RunFlags,
    _ prices: inout Column<Int64>, _ flags: inout Column<RunFlags>,
    _ quantities: borrowing Column<Int32>, _ next: borrowing Column<Int32>,
    note: (Int32, Int64) -> Void
  ) -> Int64 {
    let lines = lines.span
    var prices = prices.mutableSpan
    var flags = flags.mutableSpan
    let (quantities, next) = (quantities.span, next.span)
    var given: Int64 = 0
    if next.isEmpty {
      for place in range {
        let line = lines[place]
        let price = prices[Int(line)]
        let new = cut.newPrice(price)
        if new == price { continue }
        prices[Int(line)] = new
        flags[Int(line)].formUnion(mark)
        let taken = (price &- new) &* Int64(quantities[Int(line)])
        given &+= taken
        note(line, taken)
      }
      return given
    }
    for place in range {
      let line = lines[place]
      var taken: Int64 = 0
      var run = Int(line)
      repeat {
        let price = prices[run]
        let new = cut.newPrice(price)
        if new != price {
          prices[run] = new
          flags[run].formUnion(mark)
          taken &+= (price &- new) &* Int64(quantities[run])
        }
        run = Int(next[run])
      } while run >= 0
      given &+= taken
      note(line, taken)
    }
    return given
  }
}
