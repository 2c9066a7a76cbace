/// Where the lines of each selection stand in the pool, as far as this cart has asked for them.
struct SelectionTable: ~Copyable {
  private var entries: Column<SelectionEntry>

  init(count: Int) { entries = Column(repeating: SelectionEntry(), count: count) }

  /// Needed when stamps begin anew.
  mutating func forgetStamps() {
    for selection in entries.indices { entries[selection].stamp = 0 }
  }

  func lines(of selection: Int32, _ stamp: UInt32) -> Range<Int>? {
    let entry = entries[Int(selection)]
    guard entry.stamp == stamp else { return nil }
    return Int(entry.start)..<Int(entry.end)
  }

  /// The lines of a selection are to be found again.
  mutating func forget(_ selection: Int32) { entries[Int(selection)].stamp = 0 }

  func hasFailed(_ selection: Int32) -> Bool { entries[Int(selection)].hasFailed }

  mutating func keep(
    _ lines: Range<Int>, hasFailed: Bool, of selection: Int32, _ stamp: UInt32
  ) {
    entries[Int(selection)] = SelectionEntry(
      stamp: stamp, hasFailed: hasFailed, start: Int32(lines.lowerBound),
      end: Int32(lines.upperBound))
  }
}

/// Where the lines of a selection begin and end in the pool; of a cart long past when its stamp is
/// another.
struct SelectionEntry: BitwiseCopyable {
  var stamp: UInt32 = 0
  var hasFailed = false
  var start: Int32 = 0
  var end: Int32 = 0
}
