/// The order in which deals take units: by price, then by sku, then by turn, then by line; as the
/// columns stand while it is at hand.
struct UnitOrder: ~Escapable {
  private let records: Span<Run>
  private let splitLines: Span<Int32>
  private let lineCount: Int
  private let originals: Span<Int64>
  private let skuRanks: Span<Int32>

  @_lifetime(borrow runs, borrow cart)
  @inline(__always)
  init(_ runs: borrowing RunTable, _ cart: borrowing CartColumns) {
    records = runs.records.span
    splitLines = runs.splitLines.span
    lineCount = runs.lineCount
    originals = cart.prices.span
    skuRanks = cart.skuRanks.span
  }

  /// Dearest first.
  func ranksDearer(_ first: Int32, _ second: Int32) -> Bool {
    let (one, other) = (records[Int(first)].price, records[Int(second)].price)
    return one != other ? one > other : ranksEarlier(first, second)
  }

  /// Cheapest first.
  func ranksCheaper(_ first: Int32, _ second: Int32) -> Bool {
    let (one, other) = (records[Int(first)].price, records[Int(second)].price)
    return one != other ? one < other : ranksEarlier(first, second)
  }

  private func ranksEarlier(_ first: Int32, _ second: Int32) -> Bool {
    let (line, otherLine) = (line(first), line(second))
    let (sku, otherSKU) = (skuRanks[line], skuRanks[otherLine])
    if sku != otherSKU { return sku < otherSKU }
    let turn = UnitTurn(
      isUsed: records[Int(first)].flags.contains(.used), originalPrice: originals[line])
    let otherTurn = UnitTurn(
      isUsed: records[Int(second)].flags.contains(.used), originalPrice: originals[otherLine])
    if turn != otherTurn { return UnitTurn.precedes(turn, otherTurn) }
    return line != otherLine ? line < otherLine : first < second
  }

  private func line(_ run: Int32) -> Int {
    Int(run) < lineCount ? Int(run) : Int(splitLines[Int(run) - lineCount])
  }
}

extension Pricer {
  /// Sorts `scratch.runs` in the order in which units are taken.
  mutating func sortFoundRuns(isCheapest: Bool) {
    Pricer.sort(&scratch.runs, runs, cart, isCheapest: isCheapest)
  }

  // Not called but written out: what is handed a whole cart is handed a copy of it.
  @inline(__always)
  private static func sort(
    _ found: inout Column<Int32>, _ runs: borrowing RunTable, _ cart: borrowing CartColumns,
    isCheapest: Bool
  ) {
    guard found.count > 1 else { return }
    let order = UnitOrder(runs, cart)
    var span = found.mutableSpan
    if isCheapest {
      sortInPlace(&span, 0..<span.count) { order.ranksCheaper($0, $1) }
    } else {
      sortInPlace(&span, 0..<span.count) { order.ranksDearer($0, $1) }
    }
  }

  /// Sorts the open group of a deal, cheapest first.
  mutating func sortOpenGroup() { Pricer.sort(&scratch.open, runs, cart) }

  private static func sort(
    _ open: inout Column<PickedUnits>, _ runs: borrowing RunTable, _ cart: borrowing CartColumns
  ) {
    let order = UnitOrder(runs, cart)
    var span = open.mutableSpan
    sortInPlace(&span, 0..<span.count) { order.ranksCheaper($0.run, $1.run) }
  }

  func sortedRuns(_ found: [Int32], isCheapest: Bool) -> [Int32] {
    let order = UnitOrder(runs, cart)
    return found.sorted { isCheapest ? order.ranksCheaper($0, $1) : order.ranksDearer($0, $1) }
  }
}
