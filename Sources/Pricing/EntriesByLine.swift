/// Discounts in order of application, line by line.
package struct EntriesByLine: Sendable {
  /// Where those of each line begin, and after the last where they end.
  private var bounds: [Int32] = [0]
  private var entries: [DiscountEntry] = []

  package init() {}

  /// Takes entries in order of application.
  init(_ log: [DiscountEntry], lineCount: Int) {
    bounds = Array(repeating: 0, count: lineCount + 1)
    guard !log.isEmpty else { return }
    for entry in log { bounds[Int(entry.line)] += 1 }
    var end: Int32 = 0
    for line in bounds.indices {
      end += bounds[line]
      bounds[line] = end
    }
    entries = log
    for entry in log.reversed() {
      bounds[Int(entry.line)] -= 1
      entries[Int(bounds[Int(entry.line)])] = entry
    }
  }

  /// Those of a line.
  package subscript(line: Int32) -> ArraySlice<DiscountEntry> {
    guard Int(line) + 1 < bounds.count else { return [] }
    return entries[Int(bounds[Int(line)])..<Int(bounds[Int(line) + 1])]
  }

  /// Lines that have other entries here than there, ascending.
  func lines(unlike other: EntriesByLine) -> [Int32] {
    var found: [Int32] = []
    for line in 0..<Int32(max(bounds.count, other.bounds.count) - 1)
    where !self[line].elementsEqual(other[line], by: DiscountEntry.isSame) {
      found.append(line)
    }
    return found
  }
}

extension DiscountEntry {
  fileprivate static func isSame(_ first: DiscountEntry, _ second: DiscountEntry) -> Bool {
    first.source == second.source && first.stage == second.stage && first.amount == second.amount
  }
}
