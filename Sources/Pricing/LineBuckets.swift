/// The lines of one cart by membership slot: one pass finds the lines of every category, sku, tag,
/// brand and vendor that the rules speak of.
struct LineBuckets: ~Copyable {
  /// Slots that hold a line of this cart.
  private(set) var touched = Column<Int32>()
  private var buckets: Column<LineBucket>
  /// Those that hold several.
  private var crowded = Column<Int32>()
  /// How many lines the place of a slot has room for, where it has moved to have more.
  private var rooms: [Int32: Int32] = [:]

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

  /// Counts the lines of each slot, then writes those of slots with several, ascending, at the end
  /// of a pool; a line that is alone in a slot stands among all lines already.
  @inline(__always)
  mutating func fill(_ cart: borrowing CartColumns, pool: inout LinePool, stamp: UInt32) {
    fill(
      cart.slots.span, cart.slotOffsets.span, cart.quantities.span, pool: &pool, stamp: stamp)
  }

  // A cart that is passed on as a whole is copied; its lists are not.
  private mutating func fill(
    _ slots: Span<Int32>, _ offsets: Span<Int32>, _ quantities: Span<Int64>,
    pool: inout LinePool, stamp: UInt32
  ) {
    touched.clear()
    if !rooms.isEmpty { rooms.clear() }
    crowded.clear()
    guard !slots.isEmpty else { return }
    LineBuckets.count(slots, offsets, quantities, stamp, &buckets, &touched, &crowded)
    guard !crowded.isEmpty else { return }
    let first = Int32(truncatingIfNeeded: pool.count)
    let end = LineBuckets.layOut(crowded, from: first, &buckets)
    _ = pool.reserve(Int(end - first))
    LineBuckets.place(slots, offsets, from: first, &buckets, &pool.lines)
  }

  // MARK: Some lines, and single ones

  /// Takes some lines of a cart in place of all of them.
  mutating func fill(
    _ cart: borrowing CartColumns, lines: [Int32], pool: inout LinePool, stamp: UInt32
  ) {
    touched.clear()
    for line in lines { count(line, cart, 1, stamp) }
    for place in touched.indices {
      let slot = Int(touched[place])
      buckets[slot].start = Int32(pool.reserve(Int(buckets[slot].count)))
      buckets[slot].count = 0
    }
    for line in lines {
      for slot in cart.slots(of: line) {
        let bucket = buckets[Int(slot)]
        pool.lines[Int(bucket.start + bucket.count)] = line
        buckets[Int(slot)].count += 1
      }
    }
  }

  private mutating func count(
    _ line: Int32, _ cart: borrowing CartColumns, _ sign: Int32, _ stamp: UInt32
  ) {
    for slot in cart.slots(of: line) {
      if buckets[Int(slot)].stamp != stamp {
        buckets[Int(slot)] = LineBucket(stamp: stamp)
        rooms[slot] = nil
        touched.append(slot)
      }
      buckets[Int(slot)].count += sign
      buckets[Int(slot)].units += Int64(sign) * cart.quantities[Int(line)]
    }
  }

  /// Counts units that a line has more, or fewer, than it had.
  mutating func add(_ more: Int64, of line: Int32, _ cart: borrowing CartColumns) {
    for slot in cart.slots(of: line) { buckets[Int(slot)].units += more }
  }

  /// Adds a line that comes behind all others.
  mutating func append(
    _ line: Int32, _ cart: borrowing CartColumns, pool: inout LinePool, stamp: UInt32
  ) {
    count(line, cart, 1, stamp)
    for slot in cart.slots(of: line) {
      let (start, count) = (Int(buckets[Int(slot)].start), Int(buckets[Int(slot)].count))
      if count > Int(rooms[slot] ?? 0) {
        // It moves to where it has twice the room, so that most lines find room.
        let room = pool.reserve(2 * count)
        for place in 0..<count - 1 { pool.lines[room + place] = pool.lines[start + place] }
        buckets[Int(slot)].start = Int32(room)
        rooms[slot] = Int32(2 * count)
      }
      pool.lines[Int(buckets[Int(slot)].start) + count - 1] = line
    }
  }

  /// Takes a line out; those behind it move up.
  mutating func remove(
    _ line: Int32, _ cart: borrowing CartColumns, pool: inout LinePool, stamp: UInt32
  ) {
    for slot in cart.slots(of: line) {
      let lines = self.lines(of: slot, stamp)
      var place = pool.place(of: line, in: lines)
      while place + 1 < lines.upperBound {
        pool.lines[place] = pool.lines[place + 1]
        place += 1
      }
    }
    count(line, cart, -1, stamp)
    var kept = 0
    for place in touched.indices where buckets[Int(touched[place])].count > 0 {
      touched[kept] = touched[place]
      kept += 1
    }
    touched.cut(to: kept)
    for slot in cart.slots(of: line) where buckets[Int(slot)].count == 0 {
      buckets[Int(slot)].stamp = 0
    }
  }

  // MARK: All lines

  // Each list is a parameter of its own, so that all can be written without copies.

  @inline(never)
  private static func count(
    _ slots: Span<Int32>, _ offsets: Span<Int32>, _ quantities: Span<Int64>, _ stamp: UInt32,
    _ buckets: inout Column<LineBucket>, _ touched: inout Column<Int32>,
    _ crowded: inout Column<Int32>
  ) {
    var buckets = buckets.mutableSpan
    var start = Int(offsets[0])
    for line in quantities.indices {
      let quantity = quantities[line]
      let end = Int(offsets[line + 1])
      while start < end {
        let slot = Int(slots[start])
        if buckets[slot].stamp == stamp {
          if buckets[slot].count == 1 { crowded.append(Int32(truncatingIfNeeded: slot)) }
          buckets[slot].count &+= 1
          buckets[slot].units &+= quantity
        } else {
          buckets[slot] = LineBucket(
            stamp: stamp, start: Int32(truncatingIfNeeded: line), count: 1, units: quantity)
          touched.append(Int32(truncatingIfNeeded: slot))
        }
        start += 1
      }
    }
  }

  /// Gives slots room for their lines, one after the other; answers where it ends.
  private static func layOut(
    _ slots: borrowing Column<Int32>, from first: Int32, _ buckets: inout Column<LineBucket>
  ) -> Int32 {
    let slots = slots.span
    var buckets = buckets.mutableSpan
    var start = first
    for place in slots.indices {
      let slot = Int(slots[place])
      buckets[slot].start = start
      start += buckets[slot].count
      buckets[slot].count = 0
    }
    return start
  }

  /// Writes the lines of slots whose room begins at a place or behind it.
  @inline(never)
  private static func place(
    _ slots: Span<Int32>, _ offsets: Span<Int32>, from first: Int32,
    _ buckets: inout Column<LineBucket>, _ rows: inout Column<Int32>
  ) {
    var buckets = buckets.mutableSpan
    var rows = rows.mutableSpan
    var start = Int(offsets[0])
    for line in 0..<offsets.count - 1 {
      let end = Int(offsets[line + 1])
      while start < end {
        let slot = Int(slots[start])
        start += 1
        guard buckets[slot].start >= first else { continue }
        rows[Int(buckets[slot].start &+ buckets[slot].count)] = Int32(truncatingIfNeeded: line)
        buckets[slot].count &+= 1
      }
    }
  }
}

/// The one place lists of lines stand in while a cart is priced: first every line in order, then
/// the buckets, then what conditions select.
struct LinePool: ~Copyable {
  var lines = Column<Int32>()
  /// How many of the lines that stand first are those that are priced.
  private(set) var lineCount = 0
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
    self.lineCount = lineCount
  }

  /// Empties it for some lines of a cart, ascending.
  mutating func reset(to some: [Int32]) {
    lines.load(some.span)
    (ordered, count, lineCount) = (0, some.count, some.count)
  }

  /// Makes room for some lines; answers where it begins.
  mutating func reserve(_ room: Int) -> Int {
    let start = count
    count += room
    if lines.count < count { lines.extend(0, to: count) }
    return start
  }

  /// Where in a list, which is ascending, a line stands or would stand.
  func place(of line: Int32, in list: Range<Int>) -> Int {
    var (low, high) = (list.lowerBound, list.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if lines[middle] < line { low = middle + 1 } else { high = middle }
    }
    return low
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
