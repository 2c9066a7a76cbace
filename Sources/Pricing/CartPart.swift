/// Lists of some lines of a cart, made as those of all lines are.
struct CartPart: ~Copyable {
  var pool = LinePool()
  var buckets: LineBuckets
  var selections: SelectionTable
  var stamp: UInt32 = 0

  init(_ program: Program) {
    buckets = LineBuckets(slotCount: program.memberships.count)
    selections = SelectionTable(count: program.selections.count)
  }
}

extension Repricer {
  /// From now on the pricer sees only some lines, ascending and none of them vacant.
  ///
  /// What campaigns and measures come to is not to be asked meanwhile.
  mutating func enterPart(_ lines: [Int32]) {
    if part.stamp == .max {
      part.stamp = 0
      part.buckets.forgetStamps()
      part.selections.forgetStamps()
    }
    part.stamp += 1
    part.pool.reset(to: lines)
    part.buckets.fill(pricer.cart, lines: lines, pool: &part.pool, stamp: part.stamp)
    exchange()
  }

  /// The pricer sees all lines again.
  mutating func leavePart() { exchange() }

  private mutating func exchange() {
    swap(&pricer.pool, &part.pool)
    swap(&pricer.buckets, &part.buckets)
    swap(&pricer.selections, &part.selections)
    swap(&pricer.stamp, &part.stamp)
  }
}
