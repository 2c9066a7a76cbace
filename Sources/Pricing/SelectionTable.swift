/// Where the lines of each selection stand in the pool, as far as this cart has asked for them.
struct SelectionTable {
  private var stamps: [UInt32]
  private var ranges: [Range<Int32>]
  private var failed: [Bool]

  init(count: Int) {
    stamps = Array(repeating: 0, count: count)
    ranges = Array(repeating: 0..<0, count: count)
    failed = Array(repeating: false, count: count)
  }

  /// Needed when stamps begin anew.
  mutating func forgetStamps() {
    for selection in stamps.indices { stamps[selection] = 0 }
  }

  func lines(of selection: Int32, _ stamp: UInt32) -> Range<Int>? {
    guard stamps[Int(selection)] == stamp else { return nil }
    let range = ranges[Int(selection)]
    return Int(range.lowerBound)..<Int(range.upperBound)
  }

  func hasFailed(_ selection: Int32) -> Bool { failed[Int(selection)] }

  mutating func keep(
    _ lines: Range<Int>, hasFailed: Bool, of selection: Int32, _ stamp: UInt32
  ) {
    stamps[Int(selection)] = stamp
    ranges[Int(selection)] = Int32(lines.lowerBound)..<Int32(lines.upperBound)
    failed[Int(selection)] = hasFailed
  }
}
