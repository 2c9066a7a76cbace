import Pricing
import WireFormat

/// The discounts of a quote by line, each source as the quote spells it.
struct DiscountLedger: Sendable {
  /// What stands before the amount of a discount, in `openingBytes`.
  struct Opening {
    var start: Int32
    /// None until the quote at hand or an earlier one needs it.
    var count: Int32
  }

  /// A discount of a line in one word, since there are several times as many as lines.
  struct Discount: BitwiseCopyable {
    private let bits: UInt64
    /// Minor units, and indices of openings, that a word has no room for.
    static let amountBound: Int64 = 1 << 40
    static let openingBound = 1 << 24

    @inline(__always)
    init(amount: Int64, opening: Int) {
      bits = UInt64(truncatingIfNeeded: opening) &<< 40 | UInt64(bitPattern: amount)
    }

    var amount: Int64 { Int64(truncatingIfNeeded: bits & 0xFF_FFFF_FFFF) }
    var opening: Int { Int(truncatingIfNeeded: bits &>> 40) }
  }

  /// The lines whose discounts stand in `discounts`.
  private(set) var lines = 0..<0
  /// Where the discounts of each of these lines end, and those of the next begin.
  private(set) var ends: [Int32] = []
  /// Line by line, in order of application within each; what stands behind the last means nothing.
  private(set) var discounts: [Discount] = []
  /// By source and stage; the same for those that are written as one discount.
  private(set) var openings: [Opening] = []
  /// Each ends the discount before it, and there is slack behind the last.
  private(set) var openingBytes: [UInt8] = []
  /// Bytes of an opening that only end the discount before it.
  static let endByteCount = 3

  /// Bytes that the discounts of all lines need at most, with the commas between them.
  private(set) var byteCountMaximum = 0
  /// What all discounts come to in each stage.
  private(set) var sums: (items: Int64, order: Int64, redeemed: Int64) = (0, 0, 0)

  /// The opening of each stretch of the log.
  private var stretchOpenings: [Int32] = []
  /// The first entry of each stretch whose line is behind `lines`.
  private var cursors: [Int32] = []
  private var lineCount = 0
  /// How many lines are listed at once.
  private var blockCount = 1

  /// Bytes of an amount at its longest, and of what closes a discount.
  private static let amountByteCount = 26
  /// Lines whose entries and discounts fit a processor's nearest memory.
  private static let smallBlockCount = 256

  /// Takes the entries of a quote in place of those of the last.
  ///
  /// - Throws: `NotPlain` for amounts beyond what a word holds.
  mutating func load(
    _ log: borrowing EntryLog, lineCount: Int, _ program: Program
  ) throws(PlainReader.NotPlain) {
    let campaignCount = program.campaigns.count
    if openings.isEmpty {
      let count = 2 * campaignCount + program.balances.count
      openings = Array(repeating: Opening(start: 0, count: 0), count: count)
      openingBytes = Array(repeating: 0, count: ByteRoom.slack)
    }
    guard openings.count <= Discount.openingBound else { throw .init() }
    for place in log.wideAmounts.indices where log.wideAmounts[place] >= Discount.amountBound {
      throw .init()
    }
    byteCountMaximum = log.count * Self.amountByteCount
    sums = (0, 0, 0)
    stretchOpenings.removeAll(keepingCapacity: true)
    cursors.removeAll(keepingCapacity: true)
    for place in log.stretches.indices {
      let stretch = log.stretches[place]
      add(stretch.sum, stretch.stage)
      let index = DiscountLedger.opening(stretch, campaignCount)
      if openings[index].count == 0 { spell(stretch, index, program) }
      byteCountMaximum += Int(openings[index].count) * Int(stretch.end - stretch.start)
      stretchOpenings.append(Int32(truncatingIfNeeded: index))
      cursors.append(stretch.start)
    }
    self.lineCount = lineCount
    lines = 0..<0
    // Every block looks at all stretches; where these are short, all lines are one block.
    let steps = cursors.count * (lineCount / Self.smallBlockCount)
    blockCount = steps <= log.count ? Self.smallBlockCount : max(1, lineCount)
  }

  private mutating func add(_ sum: Int64, _ stage: Stage) {
    switch stage {
    case .items: sums.items += sum
    case .order, .shipping: sums.order += sum
    case .redeem: sums.redeemed += sum
    }
  }

  /// Lists the discounts of the next lines in place of those of the last; false when there are no
  /// more lines.
  mutating func advance(_ log: borrowing EntryLog) -> Bool {
    lines = lines.upperBound..<min(lineCount, lines.upperBound + blockCount)
    if lines.isEmpty { return false }
    ends.removeAll(keepingCapacity: true)
    ends.append(contentsOf: repeatElement(0, count: lines.count))
    let count = DiscountLedger.count(log, cursors, lines, &ends)
    if count > discounts.count {
      let none = Discount(amount: 0, opening: 0)
      discounts.append(contentsOf: repeatElement(none, count: count - discounts.count))
    }
    DiscountLedger.place(log, stretchOpenings, lines, &cursors, &ends, &discounts)
    return true
  }

  /// Counts the entries of some lines; each line then has how many there are before its own.
  private static func count(
    _ log: borrowing EntryLog, _ cursors: [Int32], _ lines: Range<Int>, _ ends: inout [Int32]
  ) -> Int {
    let (stretches, entries, cursors) = (log.stretches.span, log.entries.span, cursors.span)
    var ends = ends.mutableSpan
    for stretch in stretches.indices {
      var place = Int(cursors[stretch])
      let end = Int(stretches[stretch].end)
      while place < end {
        let line = Int(entries[place].line)
        guard line < lines.upperBound else { break }
        ends[line &- lines.lowerBound] &+= 1
        place &+= 1
      }
    }
    var count: Int32 = 0
    for line in ends.indices {
      let own = ends[line]
      ends[line] = count
      count += own
    }
    return Int(count)
  }

  /// Puts the entries of each line side by side; each start becomes the end while they are placed.
  private static func place(
    _ log: borrowing EntryLog, _ openings: [Int32], _ lines: Range<Int>,
    _ cursors: inout [Int32], _ ends: inout [Int32], _ discounts: inout [Discount]
  ) {
    let (stretches, entries, openings) = (log.stretches.span, log.entries.span, openings.span)
    var cursors = cursors.mutableSpan
    var ends = ends.mutableSpan
    var discounts = discounts.mutableSpan
    for stretch in stretches.indices {
      var place = Int(cursors[stretch])
      let end = Int(stretches[stretch].end)
      let opening = Int(openings[stretch])
      while place < end {
        let entry = entries[place]
        guard Int(entry.line) < lines.upperBound else { break }
        let line = Int(entry.line) &- lines.lowerBound
        let amount = entry.isWide ? log.amount(entry) : entry.amount
        let next = ends[line]
        discounts[Int(next)] = Discount(amount: amount, opening: opening)
        ends[line] = next &+ 1
        place &+= 1
      }
      cursors[stretch] = Int32(truncatingIfNeeded: place)
    }
  }

  /// The index of what stands before the amounts of a stretch.
  private static func opening(_ stretch: EntryStretch, _ campaignCount: Int) -> Int {
    switch stretch.stage {
    case .redeem: 2 &* campaignCount &+ Int(stretch.source)
    case .items: 2 &* Int(stretch.source)
    case .order, .shipping: 2 &* Int(stretch.source) &+ 1
    }
  }

  private mutating func spell(_ stretch: EntryStretch, _ index: Int, _ program: Program) {
    openingBytes.removeLast(ByteRoom.slack)
    let start = openingBytes.count
    let isBalance = stretch.stage == .redeem
    let stage = isBalance ? "redeem" : stretch.stage == .items ? "items" : "order"
    let name =
      isBalance
      ? program.balances[Int(stretch.source)].name : program.campaigns[Int(stretch.source)].name
    openingBytes += Array((isBalance ? #""},{"balance":""# : #""},{"campaign":""#).utf8)
    appendEscaped(name, to: &openingBytes)
    openingBytes += Array(#"","stage":"\#(stage)","amount":""#.utf8)
    openings[index] = Opening(
      start: Int32(truncatingIfNeeded: start),
      count: Int32(truncatingIfNeeded: openingBytes.count - start))
    openingBytes.append(contentsOf: repeatElement(0, count: ByteRoom.slack))
  }
}
