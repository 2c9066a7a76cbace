import Pricing
import WireFormat

/// The discounts of a quote by line, each source as the quote spells it.
struct DiscountLedger: Sendable {
  /// Where the entries of each line begin in `order`, and after the last where they end.
  private(set) var bounds: [Int32] = []
  /// Indices of entries, line by line, in order of application within each.
  private(set) var order: [Int32] = []
  /// What items discounts took off each line.
  private(set) var taken: [Int64] = []
  /// What stands before the amount of a discount, by source; empty until it is needed.
  private(set) var openings: [Range<Int>] = []
  private(set) var openingBytes: [UInt8] = []

  /// Bytes that the discounts of all lines need at most, with the commas between them.
  private(set) var byteCountMaximum = 0

  /// Takes the entries of a quote in place of those of the last.
  mutating func load(_ entries: [DiscountEntry], lineCount: Int, _ program: Program) {
    if openings.isEmpty {
      let count = 2 * program.campaigns.count + program.balances.count
      openings = Array(repeating: 0..<0, count: count)
    }
    bounds.removeAll(keepingCapacity: true)
    bounds.append(contentsOf: repeatElement(0, count: lineCount + 1))
    taken.removeAll(keepingCapacity: true)
    taken.append(contentsOf: repeatElement(0, count: lineCount))
    order.removeAll(keepingCapacity: true)
    order.append(contentsOf: repeatElement(0, count: entries.count))
    byteCountMaximum = 0
    for entry in entries {
      bounds[Int(entry.line)] += 1
      if entry.stage == .items { taken[Int(entry.line)] += entry.amount }
      spell(entry, program)
      byteCountMaximum += openings[opening(entry, program)].count + 26
    }
    // Each bound becomes the end of its line, and moves to its beginning while entries are placed.
    var end: Int32 = 0
    for line in 0...lineCount {
      end += bounds[line]
      bounds[line] = end
    }
    for place in entries.indices.reversed() {
      let line = Int(entries[place].line)
      bounds[line] -= 1
      order[Int(bounds[line])] = Int32(truncatingIfNeeded: place)
    }
  }

  /// The next discount of a line, nil after the last; several effects of one source in one stage
  /// are one discount.
  ///
  /// - Parameter place: In `order`; begins at the line's bound and moves behind what is answered.
  func discount(
    of line: Int, at place: inout Int, _ entries: Span<DiscountEntry>
  ) -> DiscountEntry? {
    let end = Int(bounds[line + 1])
    guard place < end else { return nil }
    var entry = entries[Int(order[place])]
    place += 1
    while place < end {
      let next = entries[Int(order[place])]
      guard next.source == entry.source, isSameStage(next.stage, entry.stage) else { break }
      entry.amount += next.amount
      place += 1
    }
    return entry
  }

  /// The index of what stands before the amount of an entry.
  func opening(_ entry: DiscountEntry, _ program: Program) -> Int {
    switch entry.stage {
    case .redeem: 2 * program.campaigns.count + Int(entry.source)
    case .items: 2 * Int(entry.source)
    case .order, .shipping: 2 * Int(entry.source) + 1
    }
  }

  private mutating func spell(_ entry: DiscountEntry, _ program: Program) {
    let index = opening(entry, program)
    guard openings[index].isEmpty else { return }
    let start = openingBytes.count
    let isBalance = entry.stage == .redeem
    let stage = isBalance ? "redeem" : entry.stage == .items ? "items" : "order"
    let name =
      isBalance
      ? program.balances[Int(entry.source)].name : program.campaigns[Int(entry.source)].name
    openingBytes += Array((isBalance ? #"{"balance":""# : #"{"campaign":""#).utf8)
    appendEscaped(name, to: &openingBytes)
    openingBytes += Array(#"","stage":"\#(stage)","amount":""#.utf8)
    openings[index] = start..<openingBytes.count
  }

  private func isSameStage(_ first: Stage, _ second: Stage) -> Bool {
    switch (first, second) {
    case (.items, .items), (.redeem, .redeem): true
    case (.order, .order), (.order, .shipping), (.shipping, .order), (.shipping, .shipping): true
    default: false
    }
  }
}
