import Pricing
import WireFormat

/// The discounts of a quote by line, each source as the quote spells it.
struct DiscountLedger: Sendable {
  /// A discount of a line as it is written.
  struct Discount {
    /// Where in `openingBytes` the text before its amount stands; the same for the same source and
    /// stage.
    var opening: Int32
    var openingCount: Int32
    var amount: Int64
  }

  /// Where the discounts of each line begin, and after the last where they end.
  private(set) var bounds: [Int32] = []
  /// Line by line, in order of application within each.
  private(set) var discounts: [Discount] = []
  /// What items discounts took off each line.
  private(set) var taken: [Int64] = []
  /// What stands before the amount of a discount, with a comma in front, source by source.
  private(set) var openingBytes: [UInt8] = []
  /// By source and stage, as `discounts` have it; of no bytes until it is needed.
  private var openings: [Discount] = []

  /// Bytes that the discounts of all lines need at most, with the commas between them.
  private(set) var byteCountMaximum = 0
  /// What all discounts come to in each stage.
  private(set) var sums: (items: Int64, order: Int64, redeemed: Int64) = (0, 0, 0)

  /// Bytes of an amount at its longest, and of what closes a discount.
  private static let amountByteCount = 26

  /// Takes the entries of a quote in place of those of the last.
  mutating func load(_ entries: [DiscountEntry], lineCount: Int, _ program: Program) {
    if openings.isEmpty {
      let count = 2 * program.campaigns.count + program.balances.count
      openings = Array(
        repeating: Discount(opening: 0, openingCount: 0, amount: 0), count: count)
    }
    bounds.removeAll(keepingCapacity: true)
    bounds.append(contentsOf: repeatElement(0, count: lineCount + 1))
    taken.removeAll(keepingCapacity: true)
    taken.append(contentsOf: repeatElement(0, count: lineCount))
    count(entries, program)
    let missing = entries.count - discounts.count
    if missing > 0 {
      let none = Discount(opening: 0, openingCount: 0, amount: 0)
      discounts.append(contentsOf: repeatElement(none, count: missing))
    }
    DiscountLedger.place(
      entries, campaignCount: program.campaigns.count, openings, &bounds, &discounts)
  }

  /// Counts the entries of each line and adds up what they take.
  private mutating func count(_ entries: [DiscountEntry], _ program: Program) {
    let campaignCount = program.campaigns.count
    byteCountMaximum = entries.count * Self.amountByteCount
    sums = (0, 0, 0)
    for place in entries.indices {
      let index = DiscountLedger.opening(entries[place], campaignCount)
      if openings[index].openingCount == 0 { spell(entries[place], index, program) }
      byteCountMaximum += Int(openings[index].openingCount)
      let line = Int(entries[place].line)
      bounds[line] += 1
      let amount = entries[place].amount
      switch entries[place].stage {
      case .items:
        taken[line] += amount
        sums.items += amount
      case .order, .shipping: sums.order += amount
      case .redeem: sums.redeemed += amount
      }
    }
  }

  /// Puts the entries of each line side by side.
  private static func place(
    _ entries: [DiscountEntry], campaignCount: Int, _ openings: [Discount],
    _ bounds: inout [Int32], _ discounts: inout [Discount]
  ) {
    let (entries, openings) = (entries.span, openings.span)
    var bounds = bounds.mutableSpan
    var discounts = discounts.mutableSpan
    // Each bound becomes the end of its line, and moves to its beginning while entries are placed.
    var end: Int32 = 0
    for line in bounds.indices {
      end += bounds[line]
      bounds[line] = end
    }
    for place in entries.indices.reversed() {
      let line = Int(entries[place].line)
      bounds[line] -= 1
      var discount = openings[opening(entries[place], campaignCount)]
      discount.amount = entries[place].amount
      discounts[Int(bounds[line])] = discount
    }
  }

  /// The index of what stands before the amount of an entry.
  private static func opening(_ entry: DiscountEntry, _ campaignCount: Int) -> Int {
    switch entry.stage {
    case .redeem: 2 * campaignCount + Int(entry.source)
    case .items: 2 * Int(entry.source)
    case .order, .shipping: 2 * Int(entry.source) + 1
    }
  }

  private mutating func spell(_ entry: DiscountEntry, _ index: Int, _ program: Program) {
    let start = openingBytes.count
    let isBalance = entry.stage == .redeem
    let stage = isBalance ? "redeem" : entry.stage == .items ? "items" : "order"
    let name =
      isBalance
      ? program.balances[Int(entry.source)].name : program.campaigns[Int(entry.source)].name
    openingBytes += Array((isBalance ? #",{"balance":""# : #",{"campaign":""#).utf8)
    appendEscaped(name, to: &openingBytes)
    openingBytes += Array(#"","stage":"\#(stage)","amount":""#.utf8)
    openings[index].opening = Int32(truncatingIfNeeded: start)
    openings[index].openingCount = Int32(truncatingIfNeeded: openingBytes.count - start)
  }
}
