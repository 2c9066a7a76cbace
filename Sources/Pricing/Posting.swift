import Money

/// A campaign in a list of the index, with what decides most often whether a cart asks it, so that
/// walking a list touches nothing else.
package struct Posting: BitwiseCopyable, Sendable {
  /// Seconds since 1970 before which, and from which on, it is surely closed.
  let opens: Int64
  let closes: Int64
  /// In the list of a measure the number wanted; else zero.
  let constant: Int64
  package let campaign: Int32
  private let currency: ServedCurrency
  /// Whether the number before was written, to be passed.
  private let isStrict: Bool
  /// What it counts that is missing, for a campaign that nothing but this number, its schedule's two
  /// ends and its currency gate.
  let unit: Threshold.Unit?

  init(campaign: Int32, constant: Int64, isStrict: Bool, gate: GateRecord) {
    self.campaign = campaign
    self.constant = constant
    self.isStrict = isStrict
    opens = gate.opens
    closes = gate.closes
    currency = gate.currency
    unit = gate.unit
  }

  /// The number as written: to be reached, or to be passed.
  var written: Int64 { isStrict ? constant - 1 : constant }

  /// Whether it may be open at a moment.
  @inline(__always)
  func mayBeOpen(at moment: Int64) -> Bool { opens <= moment && moment < closes }

  /// Whether it serves carts in a currency.
  @inline(__always)
  func serves(_ currency: Currency) -> Bool { self.currency.includes(currency) }
}

/// A measure that campaigns are found by, with their lists.
package struct IndexedMeasure: BitwiseCopyable, Sendable {
  let measure: Int32
  /// The membership slot whose units it counts; −1 where it is something else.
  let slot: Int32
  /// Campaigns that want it to reach, or to be, a number.
  let reachingStart: Int32
  let reachingEnd: Int32
  let equallingStart: Int32
  let equallingEnd: Int32

  /// How many postings are in its lists.
  @inline(__always)
  var postingCount: Int { Int(reachingEnd - reachingStart) + Int(equallingEnd - equallingStart) }

  /// The largest number that a campaign wants of it.
  package func largestWish(in index: CampaignIndex) -> Int64 {
    let postings = index.postings
    let reached = reachingEnd > reachingStart ? postings[Int(reachingEnd) - 1].constant : 0
    let equalled = equallingEnd > equallingStart ? postings[Int(equallingEnd) - 1].constant : 0
    return max(reached, equalled)
  }

  /// A measure of a program with its lists.
  package init(
    _ measure: Int32, reaching: Range<Int32>, equalling: Range<Int32>,
    of program: borrowing Program
  ) {
    self.measure = measure
    if case .aggregate(let plan) = program.measures[Int(measure)], plan.kind == .quantity,
      case .narrowed(0, let slot) = program.selections[Int(plan.selection)]
    {
      self.slot = slot
    } else {
      slot = -1
    }
    (reachingStart, reachingEnd) = (reaching.lowerBound, reaching.upperBound)
    (equallingStart, equallingEnd) = (equalling.lowerBound, equalling.upperBound)
  }
}

/// A posting of a campaign that is found by a measure.
package struct MeasuredPosting: BitwiseCopyable, Sendable {
  let posting: Int32
  let measure: Int32
}
