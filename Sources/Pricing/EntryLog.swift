/// Every cent of discount as (line, source, stage, amount), in order of application.
///
/// A large cart has many times as many entries as lines, so each is one word, and what entries have
/// in common is said once for a stretch of them.
package struct EntryLog: ~Copyable {
  package private(set) var stretches = Column<EntryStretch>()
  package private(set) var entries = Column<LineEntry>()
  /// Amounts that a word has no room for.
  package private(set) var wideAmounts = Column<Int64>()
  /// The line of the last entry; minus one while there is none.
  private var lastLine: Int32 = -1
  /// Whether anybody wants to know; a caller that only reads prices does not pay for it.
  var isKept = true

  package var count: Int { entries.count }

  mutating func removeAll() {
    stretches.clear()
    entries.clear()
    wideAmounts.clear()
    lastLine = -1
  }

  mutating func append(_ amount: Int64, line: Int32, source: Int32, stage: Stage) {
    guard amount > 0, isKept else { return }
    let last = stretches.count &- 1
    if last >= 0, line > lastLine, stretches[last].source == source,
      stretches[last].stage == stage
    {
      stretches[last].end &+= 1
      stretches[last].sum &+= amount
    } else {
      let start = Int32(truncatingIfNeeded: entries.count)
      stretches.append(
        EntryStretch(source: source, stage: stage, start: start, end: start &+ 1, sum: amount))
    }
    lastLine = line
    if amount <= LineEntry.amountMaximum {
      entries.append(LineEntry(line: line, amount: amount))
    } else {
      entries.append(LineEntry(line: line, wide: wideAmounts.count))
      wideAmounts.append(amount)
    }
  }

  /// Appends what an order discount took off some runs, a share for each.
  ///
  /// - Parameter heads: Runs; of those below zero nothing is noted.
  mutating func append(
    _ shares: Span<Int64>, off heads: borrowing Column<Int32>, _ runs: borrowing RunTable,
    source: Int32
  ) {
    guard isKept else { return }
    let start = entries.count
    entries.extend(LineEntry(line: 0, amount: 0), to: start + heads.count)
    let packed = EntryLog.pack(shares, heads, lineCount: runs.lineCount, into: &entries, start)
    entries.cut(to: packed.end)
    if packed.end > start {
      stretches.append(
        EntryStretch(
          source: source, stage: .order, start: Int32(truncatingIfNeeded: start),
          end: Int32(truncatingIfNeeded: packed.end), sum: packed.sum))
      lastLine = entries[packed.end - 1].line
    }
    for cell in packed.cell..<heads.count where heads[cell] >= 0 {
      append(shares[cell], line: runs.line(heads[cell]), source: source, stage: .order)
    }
  }

  /// Packs shares of whole lines as long as they ascend and fit; answers the first cell that was
  /// left, where the entries end, and what they come to.
  ///
  /// Of a small amount over a large cart most shares are nothing, but nobody can foresee which: each
  /// entry is written, and only one that is something moves the end.
  private static func pack(
    _ shares: Span<Int64>, _ heads: borrowing Column<Int32>, lineCount: Int,
    into entries: inout Column<LineEntry>, _ start: Int
  ) -> (cell: Int, end: Int, sum: Int64) {
    let heads = heads.span
    var entries = entries.mutableSpan
    var (end, sum, last) = (start, Int64(0), Int32(-1))
    for cell in heads.indices {
      let (line, amount) = (heads[cell], shares[cell])
      if line < 0 { continue }
      guard line > last, line < lineCount, 0...LineEntry.amountMaximum ~= amount else {
        return (cell, end, sum)
      }
      entries[end] = LineEntry(line: line, amount: amount)
      last = line
      end &+= amount > 0 ? 1 : 0
      sum &+= amount
    }
    return (heads.count, end, sum)
  }

  /// The amount of an entry.
  @inline(__always)
  package func amount(_ entry: LineEntry) -> Int64 {
    entry.isWide ? wideAmounts[entry.wide] : entry.amount
  }

  /// Entries from a place on.
  func all(from start: Int = 0) -> [DiscountEntry] {
    var all: [DiscountEntry] = []
    all.reserveCapacity(max(0, count - start))
    for place in stretches.indices where Int(stretches[place].end) > start {
      let stretch = stretches[place]
      for entry in max(start, Int(stretch.start))..<Int(stretch.end) {
        all.append(
          DiscountEntry(
            line: entries[entry].line, source: stretch.source, stage: stretch.stage,
            amount: amount(entries[entry])))
      }
    }
    return all
  }
}

/// Entries of one source in one stage that stand side by side, of lines that ascend.
package struct EntryStretch: BitwiseCopyable, Sendable {
  /// A campaign, or in the stage `redeem` a balance.
  package let source: Int32
  package let stage: Stage
  /// Where its entries begin, and where they end.
  package let start: Int32
  package fileprivate(set) var end: Int32
  /// Minor units of all of them.
  package fileprivate(set) var sum: Int64
}

/// What was taken off a line, in one word.
package struct LineEntry: BitwiseCopyable, Sendable {
  package let line: Int32
  /// Minor units; with the highest bit set, where they stand among wide amounts.
  private let bits: UInt32

  static let amountMaximum = Int64(Int32.max)

  @inline(__always)
  init(line: Int32, amount: Int64) {
    self.line = line
    bits = UInt32(truncatingIfNeeded: amount)
  }

  init(line: Int32, wide: Int) {
    self.line = line
    bits = 1 << 31 | UInt32(truncatingIfNeeded: wide)
  }

  @inline(__always)
  package var isWide: Bool { bits >> 31 == 1 }
  /// Minor units of an entry that is not wide.
  @inline(__always)
  package var amount: Int64 { Int64(bits) }
  fileprivate var wide: Int { Int(bits & 0x7FFF_FFFF) }
}
