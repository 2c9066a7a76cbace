/// Where a cart finds the campaigns that may apply to it.
///
/// Each campaign stands in the lists of the one thing that lets fewest carts in: its code, its
/// customer, a measure it wants reached, its group, the lines it discounts. A cart visits the lists
/// of what it holds, so a campaign that cannot match costs it nothing. A campaign that is in no
/// visited list would be refused; why is only worked out when somebody asks.
package struct CampaignIndex: Sendable {
  /// The lists, one after the other.
  package private(set) var postings: [Posting] = []
  /// For every block of postings the earliest opening and the latest closing in it.
  private(set) var blockOpens: [Int64] = []
  private(set) var blockCloses: [Int64] = []
  /// A power of two.
  static let blockSize: Int32 = 64

  /// Campaigns that nothing else gates.
  package var always: Range<Int32> = 0..<0
  package var members: Range<Int32> = 0..<0
  package var guests: Range<Int32> = 0..<0
  /// By the slot of a code, a group, a customer id.
  package var codes: [Range<Int32>] = []
  package var groups: [Range<Int32>] = []
  package var customers: [Range<Int32>] = []
  /// By membership slot: what a cart with a line in it looks at.
  package var slots: [SlotLists] = []
  package var measures: [IndexedMeasure] = []
  /// Measures that are asked of every cart.
  package var openMeasures: [IndexedMeasure] = []
  /// Postings of campaigns that are found by a measure, by campaign, ascending.
  package private(set) var measured: [MeasuredPosting] = []

  package var codeSlots = TextKeys()
  package var groupSlots = TextKeys()
  package var customerSlots = TextKeys()
  package init() {}

  /// What a cart with a line in a membership slot looks at.
  package struct SlotLists: BitwiseCopyable, Sendable {
    private let giversStart: Int32
    private let giversEnd: Int32
    private let measuresStart: Int32
    private let measuresEnd: Int32

    /// The lists of a slot.
    ///
    /// - Parameters:
    ///   - givers: Campaigns that discount only lines in it.
    ///   - measures: Those that are zero or missing while no line is in it, as a range of
    ///     `CampaignIndex.measures`.
    package init(givers: Range<Int32>, measures: Range<Int32>) {
      (giversStart, giversEnd) = (givers.lowerBound, givers.upperBound)
      (measuresStart, measuresEnd) = (measures.lowerBound, measures.upperBound)
    }

    var givers: Range<Int32> { giversStart..<giversEnd }
    var measures: Range<Int32> { measuresStart..<measuresEnd }
  }

  /// Makes room for as many postings as there will be.
  package mutating func reserve(_ count: Int) {
    postings.reserveCapacity(count)
  }

  /// Adds a list of campaigns.
  ///
  /// - Parameters:
  ///   - list: Campaigns with the number each wants; in the order they are to stand.
  ///   - gates: By campaign.
  package mutating func add(
    _ list: ArraySlice<(campaign: Int32, constant: Int64, isStrict: Bool)>, gates: [GateRecord]
  ) -> Range<Int32> {
    let start = Int32(postings.count)
    for entry in list {
      if postings.count % Int(CampaignIndex.blockSize) == 0 {
        blockOpens.append(.max)
        blockCloses.append(.min)
      }
      let gate = gates[Int(entry.campaign)]
      let block = blockOpens.count - 1
      blockOpens[block] = min(blockOpens[block], gate.opens)
      blockCloses[block] = max(blockCloses[block], gate.closes)
      postings.append(
        Posting(
          campaign: entry.campaign, constant: entry.constant, isStrict: entry.isStrict, gate: gate))
    }
    return start..<Int32(postings.count)
  }

  /// Notes by which measures campaigns are found, once all lists are written.
  ///
  /// - Parameter lists: The lists of each measure.
  package mutating func noteMeasured(_ lists: [(measure: Int32, postings: Range<Int32>)]) {
    measured.reserveCapacity(lists.reduce(0) { $0 + $1.postings.count })
    for (measure, list) in lists {
      for posting in list { measured.append(MeasuredPosting(posting: posting, measure: measure)) }
    }
    let postings = postings
    measured.sort { postings[Int($0.posting)].campaign < postings[Int($1.posting)].campaign }
  }

  /// The campaigns that ask for a code; none for a slot of −1.
  package func campaigns(ofCode slot: Int32) -> some Sequence<Int32> {
    let list = slot < 0 ? 0..<0 : codes[Int(slot)]
    return postings[Int(list.lowerBound)..<Int(list.upperBound)].lazy.map(\.campaign)
  }

  /// The first posting of a list, from one on, whose block has a campaign that is open.
  func nextOpen(_ posting: Int32, in list: Range<Int32>, at moment: Int64) -> Int32 {
    var posting = posting
    while posting < list.upperBound {
      let block = posting / CampaignIndex.blockSize
      if blockOpens[Int(block)] <= moment, moment < blockCloses[Int(block)] { return posting }
      posting = (block + 1) * CampaignIndex.blockSize
    }
    return list.upperBound
  }

  /// The first posting of a list by when campaigns close that has not closed.
  func firstOpen(in list: Range<Int32>, at moment: Int64) -> Int32 {
    var (low, high) = (list.lowerBound, list.upperBound)
    // Most lists are of campaigns that are not over.
    if low < high, postings[Int(low)].closes > moment { return low }
    while low < high {
      let middle = low + (high - low) / 2
      if postings[Int(middle)].closes <= moment { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The first posting of a list of numbers that wants at least one.
  @inline(__always)
  func firstPosting(in list: Range<Int32>, wanting number: Int64) -> Int32 {
    var (low, high) = (list.lowerBound, list.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if postings[Int(middle)].constant < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
