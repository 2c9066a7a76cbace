/// The order stage works on what whole runs cost, in place: what is left of it is the result.
extension RunTable {
  /// Forgets what order discounts took off.
  mutating func forgetCosts() { costs.clear() }

  /// Works out what each run costs, unless that is known.
  mutating func findCosts() {
    if costs.isEmpty { RunTable.multiply(records, into: &costs) }
  }

  private static func multiply(
    _ records: borrowing Column<Run>, into costs: inout Column<Int64>
  ) {
    let records = records.span
    costs.load(count: records.count) { records[$0].cost }
  }

  /// What a line costs after the stages before one.
  func cost(ofLine line: Int32, before stage: Stage) -> Int64 {
    var cost: Int64 = 0
    forEachRun(of: line) { run in
      cost += price(run) * quantity(run)
      if stage > .order { cost -= orderShare(run) }
      if stage > .shipping { cost -= redeemedShare(run) }
    }
    return cost
  }

  /// What became of the units of a line.
  func result(of line: Int32) -> LineResult {
    var result = LineResult()
    forEachRun(of: line) { run in
      result.add(quantity(run), at: price(run))
      result.orderShare += orderShare(run)
      result.redeemedShare += redeemedShare(run)
    }
    result.sortUnits()
    return result
  }

  /// Takes a share of an order discount off a run.
  mutating func takeOff(_ share: Int64, run: Int32) {
    findCosts()
    costs[Int(run)] -= share
  }

  /// What all runs cost, and the dearest of them; lines that our discounts may not touch cost
  /// nothing until `restoreUntouchable`.
  mutating func openCosts(_ cart: borrowing CartColumns) -> (total: Int64, heaviest: Int64) {
    findCosts()
    if !cart.isAllDiscountable || cart.hasGifts { setUntouchable(cart, restores: false) }
    return RunTable.sumAndMaximum(costs.span)
  }

  /// Gives lines that our discounts may not touch their cost back.
  @inline(__always)
  mutating func restoreUntouchable(_ cart: borrowing CartColumns) {
    guard !cart.isAllDiscountable || cart.hasGifts else { return }
    setUntouchable(cart, restores: true)
  }

  private mutating func setUntouchable(_ cart: borrowing CartColumns, restores: Bool) {
    for line in 0..<lineCount where !cart.traits[line].isDiscountable {
      var run = Int32(truncatingIfNeeded: line)
      repeat {
        costs[Int(run)] = restores ? records[Int(run)].cost : 0
        run = nextRun(run)
      } while run >= 0
    }
  }

  private static func sumAndMaximum(_ costs: Span<Int64>) -> (Int64, Int64) {
    var (sum, maximum) = (Int64(0), Int64(0))
    for run in costs.indices {
      sum &+= costs[run]
      maximum = max(maximum, costs[run])
    }
    return (sum, maximum)
  }

  /// Takes one amount off all runs, each its share; ties go to the cell that comes first.
  mutating func share(
    _ amount: Int64, total: Int64, heaviest: Int64, keepsShares: Bool,
    _ cart: borrowing CartColumns, with sharing: inout RemainderSharing
  ) {
    RunTable.share(
      amount, total, heaviest, keepsShares, &costs, records, splitLines, lineCount,
      cart.skuRanks.span, &sharing)
  }

  private static func share(
    _ amount: Int64, _ total: Int64, _ heaviest: Int64, _ keepsShares: Bool,
    _ costs: inout Column<Int64>, _ records: borrowing Column<Run>,
    _ splits: borrowing Column<Int32>, _ lineCount: Int,
    _ ranks: Span<Int32>, _ sharing: inout RemainderSharing
  ) {
    let (records, splits) = (records.span, splits.span)
    sharing.share(
      amount, offEach: &costs, total: total, heaviest: heaviest, keepsShares: keepsShares
    ) { one, other in
      let sku = ranks[one < lineCount ? one : Int(splits[one - lineCount])]
      let otherSKU = ranks[other < lineCount ? other : Int(splits[other - lineCount])]
      return CellKey.precedes(
        CellKey(records[one], sku), CellKey(records[other], otherSKU))
    }
  }
}

extension CellKey {
  /// The cell of a run without floor and keeper.
  @inline(__always)
  init(_ run: Run, _ skuRank: Int32) {
    self.init(
      skuRank: skuRank, price: run.price, newPrice: 0, floor: 0,
      state: RunState(flags: run.flags).sharing)
  }
}
