/// What every order discount of a cart is shared over: the cells, with what each costs as it stands.
///
/// Units of one sku and one price count as one, whichever lines they stand on. Prices no longer
/// change when order discounts begin, so the cells are found once for all of them.
struct OrderBoard {
  private(set) var isOpen = false
  /// What each cell costs after the order discounts so far, and all together.
  private(set) var costs: [Int64] = []
  private(set) var total: Int64 = 0
  /// For a cell of one run the run; else −1 − its place in `crowds`.
  private(set) var heads: [Int32] = []
  /// Cells of several runs, each a range of `members`.
  private var crowds: [Range<Int32>] = []
  private var members: [Int32] = []
  private var sharing = RemainderSharing()
  private var places: [Int32] = []
  private var sorted: [Int32] = []

  /// Nothing that was found holds any more.
  mutating func close() { isOpen = false }

  /// Finds the cells of some lines, none of them a gift.
  mutating func open(
    _ lines: [Int32], _ range: Range<Int>, _ runs: borrowing RunTable,
    _ cart: borrowing CartColumns
  ) {
    isOpen = true
    costs.removeAll(keepingCapacity: true)
    heads.removeAll(keepingCapacity: true)
    crowds.removeAll(keepingCapacity: true)
    members.removeAll(keepingCapacity: true)
    total = 0
    for place in range {
      var run = lines[place]
      repeat {
        let cost = runs.cost(run)
        heads.append(run)
        costs.append(cost)
        total += cost
        run = runs.nextRun(run)
      } while run >= 0
    }
    if cart.hasRepeatedSKUs || runs.hasSplits { gatherCrowds(runs, cart) }
  }

  /// Brings runs of one sku together and joins those that are one cell.
  private mutating func gatherCrowds(_ runs: borrowing RunTable, _ cart: borrowing CartColumns) {
    sortBySKU(runs, cart)
    var hasCrowds = false
    var start = 0
    while start < sorted.count {
      let sku = cart.skuRanks[Int(runs.line(heads[Int(sorted[start])]))]
      var end = start + 1
      while end < sorted.count, cart.skuRanks[Int(runs.line(heads[Int(sorted[end])]))] == sku {
        end += 1
      }
      if end - start > 1, joinCells(start..<end, runs) { hasCrowds = true }
      start = end
    }
    if hasCrowds { dropJoined() }
  }

  /// Places of the board by sku, by counting.
  private mutating func sortBySKU(_ runs: borrowing RunTable, _ cart: borrowing CartColumns) {
    places.removeAll(keepingCapacity: true)
    places.append(contentsOf: repeatElement(0, count: cart.skuQuantities.count + 1))
    sorted.removeAll(keepingCapacity: true)
    sorted.append(contentsOf: repeatElement(0, count: heads.count))
    OrderBoard.sort(heads, runs, cart, &places, &sorted)
  }

  private static func sort(
    _ heads: [Int32], _ runs: borrowing RunTable, _ cart: borrowing CartColumns,
    _ starts: inout [Int32], _ order: inout [Int32]
  ) {
    var starts = starts.mutableSpan
    var order = order.mutableSpan
    let ranks = cart.skuRanks.span
    for place in heads.indices { starts[Int(ranks[Int(runs.line(heads[place]))]) + 1] &+= 1 }
    for sku in 0..<starts.count - 1 { starts[sku + 1] &+= starts[sku] }
    for place in heads.indices {
      let sku = Int(ranks[Int(runs.line(heads[place]))])
      order[Int(starts[sku])] = Int32(place)
      starts[sku] &+= 1
    }
  }

  /// Joins what is alike among the places of one sku; whether anything was.
  private mutating func joinCells(
    _ range: Range<Int>, _ runs: borrowing RunTable
  ) -> Bool {
    guard hasEqualPrices(range, runs) else { return false }
    OrderBoard.sort(&sorted, range, heads, runs)
    var hasJoined = false
    var start = range.lowerBound
    while start < range.upperBound {
      let head = heads[Int(sorted[start])]
      var end = start + 1
      while end < range.upperBound, areAlike(head, heads[Int(sorted[end])], runs) { end += 1 }
      if end - start > 1 {
        join(start..<end)
        hasJoined = true
      }
      start = end
    }
    return hasJoined
  }

  private static func sort(
    _ order: inout [Int32], _ range: Range<Int>, _ heads: [Int32], _ runs: borrowing RunTable
  ) {
    let heads = heads.span
    var order = order.mutableSpan
    sortInPlace(&order, range) { first, second in
      OrderBoard.precedes(heads[Int(first)], heads[Int(second)], runs)
    }
  }

  private func hasEqualPrices(_ range: Range<Int>, _ runs: borrowing RunTable) -> Bool {
    if range.count > 16 { return true }
    for one in range.dropFirst() {
      let price = runs.price(heads[Int(sorted[one])])
      for other in range.lowerBound..<one
      where runs.price(heads[Int(sorted[other])]) == price {
        return true
      }
    }
    return false
  }

  private func areAlike(_ first: Int32, _ second: Int32, _ runs: borrowing RunTable) -> Bool {
    runs.price(first) == runs.price(second)
      && runs.state(first).sharing == runs.state(second).sharing
  }

  /// By cell, then by line.
  private static func precedes(
    _ first: Int32, _ second: Int32, _ runs: borrowing RunTable
  ) -> Bool {
    let (price, otherPrice) = (runs.price(first), runs.price(second))
    if price != otherPrice { return price > otherPrice }
    let (state, otherState) = (runs.state(first), runs.state(second))
    if state.sharing != otherState.sharing { return state.sharing < otherState.sharing }
    let (line, otherLine) = (runs.line(first), runs.line(second))
    return line != otherLine ? line < otherLine : first < second
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
    crowds.append(start..<Int32(members.count))
  }

  private mutating func dropJoined() {
    var kept = 0
    for cell in costs.indices where costs[cell] >= 0 {
      costs[kept] = costs[cell]
      heads[kept] = heads[cell]
      kept += 1
    }
    costs.removeLast(costs.count - kept)
    heads.removeLast(heads.count - kept)
  }

  /// Takes one amount, at most `total`, off the cells.
  mutating func take(
    _ amount: Int64, source: Int32, _ runs: inout RunTable, _ cart: borrowing CartColumns,
    log: inout EntryLog
  ) {
    guard amount > 0 else { return }
    OrderBoard.share(amount, costs, total, heads, crowds, members, runs, cart, &sharing)
    total -= amount
    book(source, &runs, log: &log)
  }

  private static func share(
    _ amount: Int64, _ costs: [Int64], _ total: Int64, _ heads: [Int32],
    _ crowds: [Range<Int32>], _ members: [Int32], _ runs: borrowing RunTable,
    _ cart: borrowing CartColumns, _ sharing: inout RemainderSharing
  ) {
    func run(_ cell: Int) -> Int32 {
      heads[cell] >= 0 ? heads[cell] : members[Int(crowds[Int(-1 - heads[cell])].lowerBound)]
    }
    sharing.share(amount, over: costs.span, total: total) { first, second in
      let (one, other) = (run(first), run(second))
      let sku = cart.skuRanks[Int(runs.line(one))]
      let otherSKU = cart.skuRanks[Int(runs.line(other))]
      if sku != otherSKU { return sku < otherSKU }
      if runs.price(one) != runs.price(other) { return runs.price(one) > runs.price(other) }
      return runs.state(one).sharing < runs.state(other).sharing
    }
  }

  /// Books what was shared last.
  private mutating func book(
    _ source: Int32, _ runs: inout RunTable, log: inout EntryLog
  ) {
    if log.isKept || !crowds.isEmpty {
      for cell in heads.indices where sharing.shares[cell] > 0 {
        let share = sharing.shares[cell]
        if heads[cell] >= 0 {
          log.append(share, line: runs.line(heads[cell]), source: source, stage: .order)
        } else {
          shareInCrowd(share, crowds[Int(-1 - heads[cell])], source, &runs, log: &log)
        }
      }
    }
    OrderBoard.subtract(sharing.shares, from: &costs)
  }

  private static func subtract(_ shares: [Int64], from costs: inout [Int64]) {
    let shares = shares.span
    var costs = costs.mutableSpan
    for cell in costs.indices { costs[cell] &-= shares[cell] }
  }

  /// The share of a cell of several runs, over its lines.
  private mutating func shareInCrowd(
    _ amount: Int64, _ crowd: Range<Int32>, _ source: Int32, _ runs: inout RunTable,
    log: inout EntryLog
  ) {
    let parts = crowd.map { place in
      let run = members[Int(place)]
      let cost = runs.cost(run)
      return CellPart(
        key: CellKey(skuRank: 0, price: 0, newPrice: 0, floor: 0, state: 0), line: runs.line(run),
        weight: cost, capacity: cost)
    }
    let shares = shareOverCells(amount, parts, mayRepeat: true)
    for (place, share) in zip(crowd, shares) where share > 0 {
      let run = members[Int(place)]
      runs.orderShares[Int(run)] += share
      log.append(share, line: runs.line(run), source: source, stage: .order)
    }
  }

  /// Writes what was taken off the cells of one run into the runs.
  mutating func settle(into runs: inout RunTable) {
    guard isOpen else { return }
    for cell in heads.indices where heads[cell] >= 0 {
      let run = heads[cell]
      runs.orderShares[Int(run)] = runs.price(run) &* runs.quantity(run) &- costs[cell]
    }
    isOpen = false
  }
}
