/// What every order discount of a cart is shared over: the cells, each with what it costs as it
/// stands.
///
/// Units of one sku and one price count as one, whichever lines they stand on. Prices no longer
/// change when order discounts begin, so the cells are found once for all of them. Most cells are
/// one run; the costs of a cell of several stand with its first run while the board is open.
struct OrderBoard: ~Copyable {
  private(set) var isOpen = false
  /// What all cells cost after the order discounts so far.
  private(set) var total: Int64 = 0
  /// No cell costs more.
  private var heaviest: Int64 = 0
  /// Cells of several runs, each a range of `members`, in which runs stand by line.
  private var crowds = Column<RunCrowd>()
  private var members = Column<Int32>()
  /// What each member costs.
  private var memberCosts = Column<Int64>()
  private var sharing = RemainderSharing()
  private var units = LineSharing()
  private var repeated = RepeatedCells()

  /// Nothing that was found holds any more.
  mutating func close() { isOpen = false }

  /// Finds the cells of all lines that our discounts may touch.
  mutating func open(_ runs: inout RunTable, _ cart: borrowing CartColumns) {
    isOpen = true
    crowds.clear()
    members.clear()
    memberCosts.clear()
    (total, heaviest) = runs.openCosts(cart)
    if cart.hasRepeatedSKUs {
      repeated.find(runs, cart)
    } else if runs.hasSplits {
      repeated.findSplit(runs)
    } else {
      return
    }
    if repeated.runs.isEmpty { return }
    repeated.sort(runs, cart)
    gatherCrowds(&runs, cart)
  }

  /// Joins runs that are one cell.
  private mutating func gatherCrowds(_ runs: inout RunTable, _ cart: borrowing CartColumns) {
    var start = 0
    while start < repeated.runs.count {
      var end = start + 1
      while end < repeated.runs.count, repeated.areAlike(start, end, runs, cart) { end += 1 }
      if end - start > 1 { join(start..<end, &runs) }
      start = end
    }
  }

  private mutating func join(_ range: Range<Int>, _ runs: inout RunTable) {
    let start = Int32(truncatingIfNeeded: members.count)
    var cost: Int64 = 0
    for place in range {
      let run = repeated.runs[place]
      members.append(run)
      memberCosts.append(runs.costs[Int(run)])
      cost += runs.costs[Int(run)]
      runs.costs[Int(run)] = 0
    }
    let head = repeated.runs[range.lowerBound]
    runs.costs[Int(head)] = cost
    heaviest = max(heaviest, cost)
    crowds.append(
      RunCrowd(
        start: start, end: Int32(truncatingIfNeeded: members.count), head: head, cost: cost))
  }

  /// Takes one amount, at most `total`, off the cells.
  mutating func take(
    _ amount: Int64, source: Int32, _ runs: inout RunTable, _ cart: borrowing CartColumns,
    log: inout EntryLog
  ) {
    guard amount > 0 else { return }
    runs.share(
      amount, total: total, heaviest: heaviest, keepsShares: log.isKept, cart, with: &sharing)
    total -= amount
    if log.isKept { book(source, runs, log: &log) }
    for place in crowds.indices {
      let crowd = crowds[place]
      let left = runs.costs[Int(crowd.head)]
      guard left < crowd.cost else { continue }
      crowds[place].cost = left
      shareInCrowd(crowd.cost - left, crowd, source, runs, log: &log)
    }
  }

  /// Books what was taken off the cells of one run.
  private mutating func book(_ source: Int32, _ runs: borrowing RunTable, log: inout EntryLog) {
    for place in crowds.indices { sharing.forgetShare(of: Int(crowds[place].head)) }
    for run in 0..<Int32(runs.count) where sharing.shares[Int(run)] > 0 {
      log.append(
        sharing.shares[Int(run)], line: runs.line(run), source: source, stage: .order)
    }
  }

  /// Shares what falls on a cell of several runs.
  private mutating func shareInCrowd(
    _ amount: Int64, _ crowd: RunCrowd, _ source: Int32, _ runs: borrowing RunTable,
    log: inout EntryLog
  ) {
    units.clear()
    for place in crowd.members {
      let cost = memberCosts[place]
      units.add(line: runs.line(members[place]), weight: cost, capacity: cost)
    }
    units.share(amount)
    for (index, place) in crowd.members.enumerated() {
      memberCosts[place] -= units.shares[index]
      log.append(
        units.shares[index], line: runs.line(members[place]), source: source, stage: .order)
    }
  }

  /// Leaves with each run what it costs.
  @inline(__always)
  mutating func settle(into runs: inout RunTable, _ cart: borrowing CartColumns) {
    guard isOpen else { return }
    writeMembers(into: &runs)
    runs.restoreUntouchable(cart)
    isOpen = false
  }

  private func writeMembers(into runs: inout RunTable) {
    for place in members.indices { runs.costs[Int(members[place])] = memberCosts[place] }
  }
}

/// Several runs that count as one when an amount is shared.
struct RunCrowd: BitwiseCopyable {
  let start: Int32
  let end: Int32
  /// The run that stands for all of them.
  let head: Int32
  /// What all of them cost after the order discounts so far.
  var cost: Int64

  var members: Range<Int> { Int(start)..<Int(end) }
}
