import Money

extension Pricer {
  /// Where the lines of a selection stand in the pool, ascending; computed when first asked for.
  mutating func lines(of selection: Int32) -> Range<Int> {
    if let lines = selections.lines(of: selection, stamp) { return lines }
    return computeLines(of: selection)
  }

  /// Whether deciding the selection failed, as by a division by zero in its `where`.
  mutating func hasFailed(_ selection: Int32) -> Bool {
    _ = lines(of: selection)
    return selections.hasFailed(selection)
  }

  private mutating func computeLines(of selection: Int32) -> Range<Int> {
    var failed = false
    let found: Range<Int>
    switch program.selections[Int(selection)] {
    case .items:
      found =
        cart.isAllDiscountable && !cart.hasGifts
        ? 0..<pool.lineCount : keptLines { $0.isDiscountable }
    case .allItems:
      found = cart.hasGifts ? keptLines { !$0.contains(.gift) } : 0..<pool.lineCount
    case .narrowed(0, let slot) where cart.isAllDiscountable:
      found = buckets.lines(of: slot, stamp)
    case .narrowed(let base, let slot):
      failed = hasFailed(base)
      found = narrowed(base, buckets.lines(of: slot, stamp))
    case .filtered(let base, let condition):
      failed = hasFailed(base)
      found = filter(lines(of: base), by: condition, failed: &failed)
    }
    selections.keep(found, hasFailed: failed, of: selection, stamp)
    return found
  }

  private mutating func keptLines(_ keeps: (LineTraits) -> Bool) -> Range<Int> {
    let start = pool.count
    work.lineCount += pool.lineCount
    for place in 0..<pool.lineCount {
      let line = pool.lines[place]
      if keeps(cart.traits[Int(line)]) { pool.append(line) }
    }
    return start..<pool.count
  }

  /// The lines of a bucket that are in a selection; gift lines are in no bucket.
  private mutating func narrowed(_ base: Int32, _ bucket: Range<Int>) -> Range<Int> {
    switch program.selections[Int(base)] {
    case .allItems: return bucket
    case .items:
      if cart.isAllDiscountable { return bucket }
      let start = pool.count
      work.lineCount += bucket.count
      for place in bucket {
        let line = pool.lines[place]
        if isDiscountable(line) { pool.append(line) }
      }
      return start..<pool.count
    case .narrowed, .filtered: return intersection(lines(of: base), bucket)
    }
  }

  /// What two ascending lists share.
  private mutating func intersection(_ first: Range<Int>, _ second: Range<Int>) -> Range<Int> {
    let start = pool.count
    work.lineCount += first.count + second.count
    var (left, right) = (first.lowerBound, second.lowerBound)
    while left < first.upperBound, right < second.upperBound {
      let (one, other) = (pool.lines[left], pool.lines[right])
      if one == other { pool.append(one) }
      if one <= other { left += 1 }
      if other <= one { right += 1 }
    }
    return start..<pool.count
  }

  /// The lines of which a condition holds.
  ///
  /// Other lists may be made while it is asked, so what holds is noted first and written after.
  private mutating func filter(
    _ candidates: Range<Int>, by condition: Expression, failed: inout Bool
  ) -> Range<Int> {
    let outerLine = lineAtHand
    defer { lineAtHand = outerLine }
    let noted = scratch.lines.count
    work.lineCount += candidates.count
    for place in candidates {
      let line = pool.lines[place]
      lineAtHand = line
      switch truth(condition) {
      case .holds: scratch.lines.append(line)
      case .fails: break
      case .failed: failed = true
      }
    }
    let start = pool.count
    for place in noted..<scratch.lines.count { pool.append(scratch.lines[place]) }
    scratch.lines.cut(to: noted)
    return start..<pool.count
  }

  /// Whether a list of the pool, which is ascending, holds a line.
  func contains(_ lines: Range<Int>, _ line: Int32) -> Bool {
    let place = pool.place(of: line, in: lines)
    return place < lines.upperBound && pool.lines[place] == line
  }

  /// Whether our discounts may touch a line.
  func isDiscountable(_ line: Int32) -> Bool { cart.traits[Int(line)].isDiscountable }
}
