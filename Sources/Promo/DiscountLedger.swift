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

  /// Where the discounts of each line begin, and after the last where they end.
  private(set) var bounds: [Int32] = []
  /// Line by line, in order of application within each.
  private(set) var discounts: [Discount] = []
  /// Where the entries of one source and stage that stand side by side end, and their opening.
  private var runs: [(end: Int, opening: Int)] = []
  /// By source and stage; the same for those that are written as one discount.
  private(set) var openings: [Opening] = []
  /// With a comma in front of each, and with slack behind the last.
  private(set) var openingBytes: [UInt8] = []

  /// Bytes that the discounts of all lines need at most, with the commas between them.
  private(set) var byteCountMaximum = 0
  /// What all discounts come to in each stage.
  private(set) var sums: (items: Int64, order: Int64, redeemed: Int64) = (0, 0, 0)

  /// Bytes of an amount at its longest, and of what closes a discount.
  private static let amountByteCount = 26

  /// Takes the entries of a quote in place of those of the last.
  ///
  /// - Throws: `NotPlain` for amounts beyond what a word holds.
  mutating func load(
    _ entries: Span<DiscountEntry>, lineCount: Int, _ program: Program
  ) throws(PlainReader.NotPlain) {
    let campaignCount = program.campaigns.count
    if openings.isEmpty {
      let count = 2 * campaignCount + program.balances.count
      openings = Array(repeating: Opening(start: 0, count: 0), count: count)
      openingBytes = Array(repeating: 0, count: ByteRoom.slack)
    }
    guard openings.count <= Discount.openingBound else { throw .init() }
    bounds.removeAll(keepingCapacity: true)
    bounds.append(contentsOf: repeatElement(0, count: lineCount + 1))
    let missing = entries.count - discounts.count
    if missing > 0 {
      let none = Discount(amount: 0, opening: 0)
      discounts.append(contentsOf: repeatElement(none, count: missing))
    }
    byteCountMaximum = entries.count * Self.amountByteCount
    sums = (0, 0, 0)
    runs.removeAll(keepingCapacity: true)
    // Entries of one source and stage mostly stand side by side.
    var start = 0
    while start < entries.count {
      let first = entries[start]
      let run = DiscountLedger.count(entries, from: start, campaignCount, &bounds)
      guard run.largest < Discount.amountBound else { throw .init() }
      add(run.sum, first.stage)
      let index = DiscountLedger.opening(first, campaignCount)
      if openings[index].count == 0 { spell(first, index, program) }
      byteCountMaximum += Int(openings[index].count) * (run.end - start)
      runs.append((run.end, index))
      start = run.end
    }
    DiscountLedger.place(entries, runs, &bounds, &discounts)
  }

  private mutating func add(_ sum: Int64, _ stage: Stage) {
    switch stage {
    case .items: sums.items += sum
    case .order, .shipping: sums.order += sum
    case .redeem: sums.redeemed += sum
    }
  }

  /// Counts entries of one source and stage by line; answers where they end, what they come to, and
  /// a number that none of them exceeds.
  private static func count(
    _ entries: Span<DiscountEntry>, from start: Int, _ campaignCount: Int, _ bounds: inout [Int32]
  ) -> (end: Int, sum: Int64, largest: Int64) {
    var bounds = bounds.mutableSpan
    let index = opening(entries[start], campaignCount)
    var (end, sum, largest) = (start, Int64(0), Int64(0))
    while end < entries.count, opening(entries[end], campaignCount) == index {
      bounds[Int(entries[end].line)] &+= 1
      sum += entries[end].amount
      largest |= entries[end].amount
      end &+= 1
    }
    return (end, sum, largest)
  }

  /// Puts the entries of each line side by side.
  private static func place(
    _ entries: Span<DiscountEntry>, _ runs: [(end: Int, opening: Int)],
    _ bounds: inout [Int32], _ discounts: inout [Discount]
  ) {
    var bounds = bounds.mutableSpan
    var discounts = discounts.mutableSpan
    // Each bound becomes the end of its line, and moves to its beginning while entries are placed.
    var end: Int32 = 0
    for line in bounds.indices {
      end += bounds[line]
      bounds[line] = end
    }
    for run in runs.indices.reversed() {
      let start = run > 0 ? runs[run - 1].end : 0
      let opening = runs[run].opening
      var place = runs[run].end
      while place > start {
        place &-= 1
        let line = Int(entries[place].line)
        let last = bounds[line] &- 1
        bounds[line] = last
        discounts[Int(last)] = Discount(amount: entries[place].amount, opening: opening)
      }
    }
  }

  /// The index of what stands before the amount of an entry.
  @inline(__always)
  private static func opening(_ entry: DiscountEntry, _ campaignCount: Int) -> Int {
    switch entry.stage {
    case .redeem: 2 &* campaignCount &+ Int(entry.source)
    case .items: 2 &* Int(entry.source)
    case .order, .shipping: 2 &* Int(entry.source) &+ 1
    }
  }

  private mutating func spell(_ entry: DiscountEntry, _ index: Int, _ program: Program) {
    openingBytes.removeLast(ByteRoom.slack)
    let start = openingBytes.count
    let isBalance = entry.stage == .redeem
    let stage = isBalance ? "redeem" : entry.stage == .items ? "items" : "order"
    let name =
      isBalance
      ? program.balances[Int(entry.source)].name : program.campaigns[Int(entry.source)].name
    openingBytes += Array((isBalance ? #",{"balance":""# : #",{"campaign":""#).utf8)
    appendEscaped(name, to: &openingBytes)
    openingBytes += Array(#"","stage":"\#(stage)","amount":""#.utf8)
    openings[index] = Opening(
      start: Int32(truncatingIfNeeded: start),
      count: Int32(truncatingIfNeeded: openingBytes.count - start))
    openingBytes.append(contentsOf: repeatElement(0, count: ByteRoom.slack))
  }
}
