/// The lines of one cart by membership slot: one pass finds the lines of every category, sku, tag,
/// brand and vendor that the rules speak of.
struct LineBuckets {
  /// Slots that hold a line of this cart.
  private(set) var touched: [Int32] = []
  /// Per slot, where its lines begin, how many they are and their units; of a cart long past when
  /// its stamp is another.
  private var stamps: [UInt32]
  private var starts: [Int32]
  private var counts: [Int32]
  private var units: [Int64]

  init(slotCount: Int) {
    stamps = Array(repeating: 0, count: slotCount)
    starts = Array(repeating: 0, count: slotCount)
    counts = starts
    units = Array(repeating: 0, count: slotCount)
  }

  /// Needed when stamps begin anew.
  mutating func forgetStamps() {
    for slot in stamps.indices { stamps[slot] = 0 }
  }

  /// Where the lines of a slot stand in the pool.
  func lines(of slot: Int32, _ stamp: UInt32) -> Range<Int> {
    guard stamps[Int(slot)] == stamp else { return 0..<0 }
    let start = Int(starts[Int(slot)])
    return start..<start + Int(counts[Int(slot)])
  }

  /// Units of the lines of a slot.
  func units(of slot: Int32, _ stamp: UInt32) -> Int64 {
    stamps[Int(slot)] == stamp ? units[Int(slot)] : 0
  }

  /// Counts the lines of each slot, then writes them, ascending, at the end of a pool.
  mutating func fill(_ cart: borrowing CartColumns, pool: inout LinePool, stamp: UInt32) {
    touched.clear()
    let pairs = cart.slots.count
    guard pairs > 0 else { return }
    LineBuckets.count(cart, stamp, &stamps, &counts, &units, &touched)
    var start = Int32(pool.reserve(pairs))
    for slot in touched {
      starts[Int(slot)] = start
      start += counts[Int(slot)]
      counts[Int(slot)] = 0
    }
    LineBuckets.place(cart, starts, &counts, &pool.lines)
  }

  // Each list is a parameter of its own, so that all can be written without copies.

  private static func count(
    _ cart: borrowing CartColumns, _ stamp: UInt32, _ stamps: inout [UInt32],
    _ counts: inout [Int32], _ units: inout [Int64], _ touched: inout [Int32]
  ) {
    var stamps = stamps.mutableSpan
    var counts = counts.mutableSpan
    var units = units.mutableSpan
    let (offsets, slots) = (cart.slotOffsets.span, cart.slots.span)
    let quantities = cart.quantities.span
    for line in quantities.indices {
      let quantity = quantities[line]
      for pair in Int(offsets[line])..<Int(offsets[line + 1]) {
        let slot = Int(slots[pair])
        if stamps[slot] != stamp {
          stamps[slot] = stamp
          counts[slot] = 0
          units[slot] = 0
          touched.append(Int32(slot))
        }
        counts[slot] &+= 1
        units[slot] &+= quantity
      }
    }
  }

  private static func place(
    _ cart: borrowing CartColumns, _ starts: [Int32], _ counts: inout [Int32],
    _ rows: inout [Int32]
  ) {
    let starts = starts.span
    var counts = counts.mutableSpan
    var rows = rows.mutableSpan
    let (offsets, slots) = (cart.slotOffsets.span, cart.slots.span)
    for line in 0..<offsets.count - 1 {
      for pair in Int(offsets[line])..<Int(offsets[line + 1]) {
        let slot = Int(slots[pair])
        rows[Int(starts[slot] &+ counts[slot])] = Int32(truncatingIfNeeded: line)
        counts[slot] &+= 1
      }
    }
  }
}

/// The one place lists of lines stand in while a cart is priced: first every line in order, then
/// the buckets, then what conditions select.
struct LinePool {
  var lines: [Int32] = []
  /// How many lines in order stand first.
  private var ordered = 0
  private(set) var count = 0

  /// Empties it for a cart of some lines.
  mutating func reset(lineCount: Int) {
    if ordered < lineCount {
      lines.clear()
      lines.append(contentsOf: 0..<Int32(lineCount))
      ordered = lineCount
    }
    count = ordered
  }

  /// Makes room for some lines; answers where it begins.
  mutating func reserve(_ room: Int) -> Int {
    let start = count
    count += room
    if lines.count < count {
      lines.append(contentsOf: repeatElement(0, count: max(count, 2 * lines.count) - lines.count))
    }
    return start
  }

  mutating func append(_ line: Int32) {
    let place = reserve(1)
    lines[place] = line
  }
}
