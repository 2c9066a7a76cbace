/// The lines of one cart by membership slot: one pass finds the lines of every category, sku, tag,
/// brand and vendor that the rules speak of.
struct LineBuckets: ~Copyable {
  /// Slots that hold a line of this cart.
  private(set) var touched = Column<Int32>()
  private var buckets: Column<LineBucket>

  init(slotCount: Int) { buckets = Column(repeating: LineBucket(), count: slotCount) }

  /// Needed when stamps begin anew.
  mutating func forgetStamps() {
    for slot in buckets.indices { buckets[slot].stamp = 0 }
  }

  /// Where the lines of a slot stand in the pool.
  func lines(of slot: Int32, _ stamp: UInt32) -> Range<Int> {
    let bucket = buckets[Int(slot)]
    guard bucket.stamp == stamp else { return 0..<0 }
    let start = Int(bucket.start)
    return start..<start + Int(bucket.count)
  }

  /// Units of the lines of a slot.
  func units(of slot: Int32, _ stamp: UInt32) -> Int64 {
    let bucket = buckets[Int(slot)]
    return bucket.stamp == stamp ? bucket.units : 0
  }

  /// Counts the lines of each slot, then writes them, ascending, at the end of a pool.
  mutating func fill(_ cart: borrowing CartColumns, pool: inout LinePool, stamp: UInt32) {
    touched.clear()
    let pairs = cart.slots.count
    guard pairs > 0 else { return }
    LineBuckets.count(cart, stamp, &buckets, &touched)
    var start = Int32(pool.reserve(pairs))
    for place in touched.indices {
      let slot = Int(touched[place])
      buckets[slot].start = start
      start += buckets[slot].count
      buckets[slot].count = 0
    }
    LineBuckets.place(cart, &buckets, &pool.lines)
  }

  // Each list is a parameter of its own, so that all can be written without copies.

  private static func count(
    _ cart: borrowing CartColumns, _ stamp: UInt32, _ buckets: inout Column<LineBucket>,
    _ touched: inout Column<Int32>
  ) {
    var buckets = buckets.mutableSpan
    let (offsets, slots) = (cart.slotOffsets.span, cart.slots.span)
    let quantities = cart.quantities.span
    var start = Int(offsets[0])
    for line in quantities.indices {
      let quantity = quantities[line]
      let end = Int(offsets[line + 1])
      while start < end {
        let slot = Int(slots[start])
        var bucket = buckets[slot]
        if bucket.stamp != stamp {
          bucket = LineBucket(stamp: stamp)
          touched.append(Int32(truncatingIfNeeded: slot))
        }
        bucket.count &+= 1
        bucket.units &+= quantity
        buckets[slot] = bucket
        start += 1
      }
    }
  }

  private static func place(
    _ cart: borrowing CartColumns, _ buckets: inout Column<LineBucket>, _ rows: inout Column<Int32>
  ) {
    var buckets = buckets.mutableSpan
    var rows = rows.mutableSpan
    let (offsets, slots) = (cart.slotOffsets.span, cart.slots.span)
    var start = Int(offsets[0])
    for line in 0..<offsets.count - 1 {
      let end = Int(offsets[line + 1])
      while start < end {
        let slot = Int(slots[start])
        rows[Int(buckets[slot].start &+ buckets[slot].count)] = Int32(truncatingIfNeeded: line)
        buckets[slot].count &+= 1
        start += 1
      }
    }
  }
}

/// The one place lists of lines stand in while a cart is priced: first every line in order, then
/// the buckets, then what conditions select.
struct LinePool: ~Copyable {
  var lines = Column<Int32>()
  /// How many lines in order stand first.
  private var ordered = 0
  private(set) var count = 0

  /// Empties it for a cart of some lines.
  mutating func reset(lineCount: Int) {
    if ordered < lineCount {
      lines.fill(0, count: lineCount)
      for line in 0..<lineCount { lines[line] = Int32(truncatingIfNeeded: line) }
      ordered = lineCount
    }
    count = ordered
  }

  /// Makes room for some lines; answers where it begins.
  mutating func reserve(_ room: Int) -> Int {
    let start = count
    count += room
    if lines.count < count { lines.extend(0, to: count) }
    return start
  }

  mutating func append(_ line: Int32) {
    let place = reserve(1)
    lines[place] = line
  }
}

/// Where the lines of a slot begin in the pool, how many they are and their units; of a cart long
/// past when its stamp is another.
struct LineBucket: BitwiseCopyable {
  var stamp: UInt32 = 0
  var start: Int32 = 0
  var count: Int32 = 0
  var units: Int64 = 0
}
