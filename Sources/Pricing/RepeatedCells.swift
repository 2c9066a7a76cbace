/// Finds the runs that may count as one with another: those of one sku at one price.
///
/// Most carts have few, so first it is asked, by one bit a run, whether a sku and a price may occur
/// twice; what may is asked again by other bits, and only what is left is sorted.
struct RepeatedCells: ~Copyable {
  /// Runs that cost something and may not be alone; once sorted, by cell and then by line.
  private(set) var runs = Column<Int32>()
  /// A bit for each mark that has been met, once and again.
  private var seen = Column<UInt64>()
  private var again = Column<UInt64>()

  /// Finds the runs whose sku and price leave the same mark as another's.
  mutating func find(_ table: borrowing RunTable, _ cart: borrowing CartColumns) {
    runs.clear()
    let bits = RepeatedCells.bits(4 * table.count)
    RepeatedCells.find(table, cart, bits, &seen, &again, &runs)
    guard !runs.isEmpty else { return }
    // Of these a few bits more leave hardly any that are alone.
    RepeatedCells.keepRepeated(
      table, cart, bits, RepeatedCells.bits(32 * runs.count), &seen, &again, &runs)
  }

  /// Finds the runs of lines that have been split, where no two lines are of one sku.
  mutating func findSplit(_ table: borrowing RunTable) {
    runs.clear()
    for split in Int32(table.lineCount)..<Int32(table.count) {
      let line = table.line(split)
      // A line is taken when the first of what was split off it comes; runs that were joined with
      // others are in no chain.
      var first = Int32.max
      var run = table.nextRun(line)
      while run >= 0 {
        first = min(first, run)
        run = table.nextRun(run)
      }
      guard first == split else { continue }
      run = line
      while run >= 0 {
        if table.costs[Int(run)] > 0 { runs.append(run) }
        run = table.nextRun(run)
      }
    }
  }

  /// How many bits of a mark tell so many places apart.
  private static func bits(_ places: Int) -> UInt64 {
    UInt64(max(10, 64 - places.leadingZeroBitCount))
  }

  @inline(__always)
  private static func mark(_ skuRank: Int32, _ price: Int64) -> UInt64 {
    let sku = UInt64(truncatingIfNeeded: skuRank) &* 0x9E37_79B9_7F4A_7C15
    let both = sku ^ UInt64(bitPattern: price) &* 0xC2B2_AE3D_27D4_EB4F
    return (both ^ both &>> 32) &* 0xFF51_AFD7_ED55_8CCD
  }

  private static func find(
    _ table: borrowing RunTable, _ cart: borrowing CartColumns, _ bits: UInt64,
    _ seen: inout Column<UInt64>, _ again: inout Column<UInt64>, _ found: inout Column<Int32>
  ) {
    let shift = 64 &- bits
    seen.fill(0, count: 1 << Int(bits - 6))
    again.clear()
    let (records, costs) = (table.records.span, table.costs.span)
    let (ranks, splits) = (cart.skuRanks.span, table.splitLines.span)
    let lineCount = table.lineCount
    var words = seen.mutableSpan
    for run in costs.indices where costs[run] > 0 {
      let line = run < lineCount ? run : Int(splits[run - lineCount])
      let mark = mark(ranks[line], records[run].price) &>> shift
      let (word, bit) = (Int(mark &>> 6), UInt64(1) &<< (mark & 63))
      if words[word] & bit != 0 {
        if again.isEmpty { again.fill(0, count: words.count) }
        again[word] |= bit
      }
      words[word] |= bit
    }
    guard !again.isEmpty else { return }
    let repeated = again.span
    for run in costs.indices where costs[run] > 0 {
      let line = run < lineCount ? run : Int(splits[run - lineCount])
      let mark = mark(ranks[line], records[run].price) &>> shift
      if repeated[Int(mark &>> 6)] & (1 &<< (mark & 63)) != 0 {
        found.append(Int32(truncatingIfNeeded: run))
      }
    }
  }

  /// Keeps of some runs those that leave the same mark as another in bits not yet asked for.
  private static func keepRepeated(
    _ table: borrowing RunTable, _ cart: borrowing CartColumns, _ askedBits: UInt64,
    _ bits: UInt64, _ seen: inout Column<UInt64>, _ again: inout Column<UInt64>,
    _ found: inout Column<Int32>
  ) {
    let shift = 64 &- bits
    seen.fill(0, count: 1 << Int(bits - 6))
    again.fill(0, count: seen.count)
    func mark(_ run: Int32) -> UInt64 {
      let own = RepeatedCells.mark(cart.skuRanks[Int(table.line(run))], table.price(run))
      return (own &<< askedBits) &>> shift
    }
    for place in found.indices {
      let mark = mark(found[place])
      let (word, bit) = (Int(mark &>> 6), UInt64(1) &<< (mark & 63))
      again[word] |= seen[word] & bit
      seen[word] |= bit
    }
    var kept = 0
    for place in found.indices {
      let mark = mark(found[place])
      guard again[Int(mark &>> 6)] & (1 &<< (mark & 63)) != 0 else { continue }
      found[kept] = found[place]
      kept += 1
    }
    found.cut(to: kept)
  }

  /// Brings the runs of each cell together, those of one by line.
  mutating func sort(_ table: borrowing RunTable, _ cart: borrowing CartColumns) {
    RepeatedCells.sort(&runs, table, cart)
  }

  private static func sort(
    _ order: inout Column<Int32>, _ table: borrowing RunTable, _ cart: borrowing CartColumns
  ) {
    let ranks = cart.skuRanks.span
    let (records, splits) = (table.records.span, table.splitLines.span)
    let lineCount = table.lineCount
    var order = order.mutableSpan
    sortInPlace(&order, 0..<order.count) { first, second in
      let (one, other) = (Int(first), Int(second))
      let line = one < lineCount ? one : Int(splits[one - lineCount])
      let otherLine = other < lineCount ? other : Int(splits[other - lineCount])
      let key = CellKey(records[one], ranks[line])
      let otherKey = CellKey(records[other], ranks[otherLine])
      if key != otherKey { return CellKey.precedes(key, otherKey) }
      return line != otherLine ? line < otherLine : one < other
    }
  }

  /// Whether the runs at two places are one cell.
  func areAlike(
    _ first: Int, _ second: Int, _ table: borrowing RunTable, _ cart: borrowing CartColumns
  ) -> Bool {
    let (one, other) = (runs[first], runs[second])
    return CellKey(table.records[Int(one)], cart.skuRanks[Int(table.line(one))])
      == CellKey(table.records[Int(other)], cart.skuRanks[Int(table.line(other))])
  }
}
