/// What every order discount of a cart is shared over: the cells, with what each costs as it stands.
///
/// Units of one sku and one price count as one, whichever lines they stand on. Prices no longer
/// change when order discounts begin, so the cells are found once for all of them.
struct OrderBoard: ~Copyable {
  private(set) var isOpen = false
  /// What each cell costs after the order discounts so far, and all together.
  private(set) var costs = Column<Int64>()
  private(set) var total: Int64 = 0
  /// No cell costs more.
  private var heaviest: Int64 = 0
  /// For a cell of one run the run; else −1 − its place in `crowds`.
  private(set) var heads = Column<Int32>()
  /// Cells of several runs, each a range of `members`.
  private var crowds: [Range<Int32>] = []
  private var members: [Int32] = []
  private var sharing = RemainderSharing()
  private var units = LineSharing()
  private var sorted: [Int32] = []
  /// A bit for each sku and price that may have been met, once and again.
  private var seen: [UInt64] = []
  private var again: [UInt64] = []
  /// Where the cells of several runs stand.
  private var crowdCells: [Int32] = []

  /// Nothing that was found holds any more.
  mutating func close() { isOpen = false }

  /// Finds the cells of some lines, none of them a gift.
  mutating func open(
    _ lines: borrowing Column<Int32>, _ range: Range<Int>, _ runs: borrowing RunTable,
    _ cart: borrowing CartColumns
  ) {
    isOpen = true
    costs.clear()
    heads.clear()
    crowds.clear()
    crowdCells.clear()
    members.clear()
    runs.listCosts(of: lines, range, &heads, &costs)
    (total, heaviest) = OrderBoard.sumAndMaximum(costs)
    if cart.hasRepeatedSKUs || runs.hasSplits { gatherCrowds(runs, cart) }
  }

  private static func sumAndMaximum(_ costs: borrowing Column<Int64>) -> (Int64, Int64) {
    let costs = costs.span
    var (sum, maximum) = (Int64(0), Int64(0))
    for cell in costs.indices {
      sum &+= costs[cell]
      maximum = max(maximum, costs[cell])
    }
    return (sum, maximum)
  }

  /// Joins runs that are one cell.
  ///
  /// Most carts have none, so first it is asked, by one bit a cell, whether a sku and a price may
  /// occur twice; only what may is sorted.
  private mutating func gatherCrowds(_ runs: borrowing RunTable, _ cart: borrowing CartColumns) {
    sorted.clear()
    OrderBoard.findRepeated(heads, runs, cart, &seen, &again, &sorted)
    guard !sorted.isEmpty else { return }
    OrderBoard.sort(&sorted, heads, runs, cart)
    var hasCrowds = false
    var start = 0
    while start < sorted.count {
      let head = heads[Int(sorted[start])]
      var end = start + 1
      while end < sorted.count, areAlike(head, heads[Int(sorted[end])], runs, cart) { end += 1 }
      if end - start > 1 {
        join(start..<end)
        hasCrowds = true
      }
      start = end
    }
    if hasCrowds { dropJoined() }
  }

  /// Notes the places whose sku and price leave the same mark as another's.
  private static func findRepeated(
    _ heads: borrowing Column<Int32>, _ runs: borrowing RunTable,
    _ cart: borrowing CartColumns,
    _ seen: inout [UInt64], _ again: inout [UInt64], _ found: inout [Int32]
  ) {
    let bits = UInt64(max(10, 64 - (16 * heads.count).leadingZeroBitCount))
    empty(&seen, wordCount: 1 << Int(bits - 6))
    empty(&again, wordCount: 1 << Int(bits - 6))
    let (heads, ranks) = (heads.span, cart.skuRanks.span)
    let (prices, splits) = (runs.prices.span, runs.splitLines.span)
    let lineCount = runs.lineCount
    func mark(_ place: Int) -> UInt64 {
      let run = Int(heads[place])
      let line = run < lineCount ? run : Int(splits[run - lineCount])
      let sku = UInt64(truncatingIfNeeded: ranks[line]) &* 0x9E37_79B9_7F4A_7C15
      let price = UInt64(bitPattern: prices[run]) &* 0xC2B2_AE3D_27D4_EB4F
      return ((sku ^ price) &* 0xFF51_AFD7_ED55_8CCD) &>> (64 &- bits)
    }
    var seen = seen.mutableSpan
    var again = again.mutableSpan
    var isRepeated = false
    for place in heads.indices {
      let mark = mark(place)
      let (word, bit) = (Int(mark &>> 6), UInt64(1) &<< (mark & 63))
      if seen[word] & bit != 0 {
        again[word] |= bit
        isRepeated = true
      }
      seen[word] |= bit
    }
    guard isRepeated else { return }
    for place in heads.indices {
      let mark = mark(place)
      if again[Int(mark &>> 6)] & (1 &<< (mark & 63)) != 0 { found.append(Int32(place)) }
    }
  }

  private static func empty(_ words: inout [UInt64], wordCount: Int) {
    if words.count < wordCount { words = Array(repeating: 0, count: wordCount) }
    var words = words.mutableSpan
    for word in 0..<wordCount { words[word] = 0 }
  }

  /// By cell, then by line.
  private static func sort(
    _ order: inout [Int32], _ heads: borrowing Column<Int32>, _ runs: borrowing RunTable,
    _ cart: borrowing CartColumns
  ) {
    let (heads, ranks) = (heads.span, cart.skuRanks.span)
    let (prices, flags, splits) = (runs.prices.span, runs.flags.span, runs.splitLines.span)
    let lineCount = runs.lineCount
    var order = order.mutableSpan
    sortInPlace(&order, 0..<order.count) { first, second in
      let (one, other) = (Int(heads[Int(first)]), Int(heads[Int(second)]))
      let line = one < lineCount ? one : Int(splits[one - lineCount])
      let otherLine = other < lineCount ? other : Int(splits[other - lineCount])
      let key = self.key(one, ranks[line], prices, flags)
      let otherKey = self.key(other, ranks[otherLine], prices, flags)
      if key != otherKey { return CellKey.precedes(key, otherKey) }
      return line != otherLine ? line < otherLine : one < other
    }
  }

  /// The cell of a run without floor and keeper.
  @inline(__always)
  private static func key(
    _ run: Int, _ skuRank: Int32, _ prices: Span<Int64>, _ flags: Span<RunFlags>
  ) -> CellKey {
    CellKey(
      skuRank: skuRank, price: prices[run], newPrice: 0, floor: 0,
      state: RunState(flags: flags[run]).sharing)
  }

  private func areAlike(
    _ first: Int32, _ second: Int32, _ runs: borrowing RunTable, _ cart: borrowing CartColumns
  ) -> Bool {
    OrderBoard.key(
      Int(first), cart.skuRanks[Int(runs.line(first))], runs.prices.span, runs.flags.span)
      == OrderBoard.key(
        Int(second), cart.skuRanks[Int(runs.line(second))], runs.prices.span, runs.flags.span)
  }

  private mutating func join(_ range: Range<Int>) {
    let start = Int32(members.count)
    var cost: Int64 = 0
    for place in range {
      let cell = Int(sorted[place])
      members.append(heads[cell])
      cost += costs[cell]
      costs[cell] = -1
    }
    let first = Int(sorted[range.lowerBound])
    heads[first] = -1 - Int32(crowds.count)
    costs[first] = cost
    heaviest = max(heaviest, cost)
    crowds.append(start..<Int32(members.count))
  }

  private mutating func dropJoined() {
    var kept = 0
    for cell in costs.indices where costs[cell] >= 0 {
      costs[kept] = costs[cell]
      heads[kept] = heads[cell]
      if heads[cell] < 0 { crowdCells.append(Int32(kept)) }
      kept += 1
    }
    costs.cut(to: kept)
    heads.cut(to: kept)
  }

  /// Takes one amount, at most `total`, off the cells.
  mutating func take(
    _ amount: Int64, source: Int32, _ runs: inout RunTable, _ cart: borrowing CartColumns,
    log: inout EntryLog
  ) {
    guard amount > 0 else { return }
    OrderBoard.share(
      amount, &costs, total, heaviest, heads, crowds, members, runs, cart, &sharing)
    total -= amount
    book(source, &runs, log: &log)
  }

  private static func share(
    _ amount: Int64, _ costs: inout Column<Int64>, _ total: Int64, _ heaviest: Int64,
    _ heads: borrowing Column<Int32>, _ crowds: [Range<Int32>], _ members: [Int32],
    _ runs: borrowing RunTable,
    _ cart: borrowing CartColumns, _ sharing: inout RemainderSharing
  ) {
    let (ranks, heads, members) = (cart.skuRanks.span, heads.span, members.span)
    let (prices, flags, splits) = (runs.prices.span, runs.flags.span, runs.splitLines.span)
    let lineCount = runs.lineCount
    sharing.share(amount, offEach: &costs, total: total, heaviest: heaviest) { first, second in
      var (one, other) = (Int(heads[first]), Int(heads[second]))
      if one < 0 { one = Int(members[Int(crowds[-1 - one].lowerBound)]) }
      if other < 0 { other = Int(members[Int(crowds[-1 - other].lowerBound)]) }
      let sku = ranks[one < lineCount ? one : Int(splits[one - lineCount])]
      let otherSKU = ranks[other < lineCount ? other : Int(splits[other - lineCount])]
      return CellKey.precedes(
        key(one, sku, prices, flags), key(other, otherSKU, prices, flags))
    }
  }

  /// Books what was shared last.
  private mutating func book(
    _ source: Int32, _ runs: inout RunTable, log: inout EntryLog
  ) {
    if log.isKept {
      for cell in heads.indices where heads[cell] >= 0 && sharing.shares[cell] > 0 {
        log.append(
          sharing.shares[cell], line: runs.line(heads[cell]), source: source, stage: .order)
      }
    }
    for cell in crowdCells where sharing.shares[Int(cell)] > 0 {
      let crowd = crowds[Int(-1 - heads[Int(cell)])]
      shareInCrowd(sharing.shares[Int(cell)], crowd, source, &runs, log: &log)
    }
  }

  /// Shares what falls on a cell of several runs, which stand by line.
  private mutating func shareInCrowd(
    _ amount: Int64, _ crowd: Range<Int32>, _ source: Int32, _ runs: inout RunTable,
    log: inout EntryLog
  ) {
    units.clear()
    for place in crowd {
      let run = members[Int(place)]
      let cost = runs.cost(run)
      units.add(line: runs.line(run), weight: cost, capacity: cost)
    }
    units.share(amount)
    for (index, place) in crowd.enumerated() {
      take(units.shares[index], from: members[Int(place)], source, &runs, log: &log)
    }
  }

  private func take(
    _ share: Int64, from run: Int32, _ source: Int32, _ runs: inout RunTable,
    log: inout EntryLog
  ) {
    guard share > 0 else { return }
    runs.orderShares[Int(run)] += share
    log.append(share, line: runs.line(run), source: source, stage: .order)
  }

  /// Writes what was taken off the cells of one run into the runs.
  mutating func settle(into runs: inout RunTable) {
    guard isOpen else { return }
    runs.takeOrderShares(heads, costs)
    isOpen = false
  }
}
