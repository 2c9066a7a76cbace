/// Where a cart finds the campaigns that may apply to it.
///
/// Each campaign stands in the lists of the one thing that lets fewest carts in: its code, its
/// customer, a measure it wants reached, its group, the lines it discounts. A cart visits the lists
/// of what it holds, so a campaign that cannot match costs it nothing. A campaign that is in no
/// visited list would be refused; why is only worked out when somebody asks.
package struct CampaignIndex: Sendable {
  /// The lists, one after the other.
  package private(set) var postings: [Int32] = []
  /// For the lists of measures the number wanted, ascending within a list; else zero.
  package private(set) var constants: [Int64] = []
  /// The numbers as written: to be reached, or to be passed and then one less.
  package private(set) var originals: [Int64] = []
  /// For every block of postings the earliest opening and the latest closing in it.
  private(set) var blockOpens: [Int64] = []
  private(set) var blockCloses: [Int64] = []
  static let blockSize = 64

  /// Campaigns that nothing else gates.
  package var always: Range<Int32> = 0..<0
  package var members: Range<Int32> = 0..<0
  package var guests: Range<Int32> = 0..<0
  /// By the slot of a code, a group, a customer id.
  package var codes: [Range<Int32>] = []
  package var groups: [Range<Int32>] = []
  package var customers: [Range<Int32>] = []
  /// By measure: campaigns that want it to reach, or to be, a number.
  package var reaching: [Range<Int32>] = []
  package var equalling: [Range<Int32>] = []
  /// By membership slot: campaigns that discount only lines in it.
  package var givers: [Range<Int32>] = []
  /// By membership slot: measures that are zero or missing while no line is in it.
  package var measuresOfSlot: [Range<Int32>] = []
  package var measureList: [Int32] = []
  /// Measures that are asked of every cart.
  package var openMeasures: [Int32] = []
  /// Campaigns that are found by a measure, ascending, with it.
  package var measured: [(campaign: Int32, measure: Int32)] = []

  package var codeSlots = TextKeys()
  package var groupSlots = TextKeys()
  package var customerSlots = TextKeys()
  package init() {}

  /// Makes room for as many postings as there will be.
  package mutating func reserve(_ count: Int) {
    postings.reserveCapacity(count)
    constants.reserveCapacity(count)
    originals.reserveCapacity(count)
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
      if postings.count % CampaignIndex.blockSize == 0 {
        blockOpens.append(.max)
        blockCloses.append(.min)
      }
      let gate = gates[Int(entry.campaign)]
      let block = blockOpens.count - 1
      blockOpens[block] = min(blockOpens[block], gate.opens)
      blockCloses[block] = max(blockCloses[block], gate.closes)
      postings.append(entry.campaign)
      constants.append(entry.constant)
      originals.append(entry.isStrict ? entry.constant - 1 : entry.constant)
    }
    return start..<Int32(postings.count)
  }

  /// The campaigns that ask for a code; none for a slot of −1.
  package func campaigns(ofCode slot: Int32) -> ArraySlice<Int32> {
    guard slot >= 0 else { return [] }
    let list = codes[Int(slot)]
    return postings[Int(list.lowerBound)..<Int(list.upperBound)]
  }

  /// The first posting of a list, from one on, whose block has a campaign that is open.
  func nextOpen(_ posting: Int32, in list: Range<Int32>, at moment: Int64) -> Int32 {
    var posting = posting
    let size = Int32(CampaignIndex.blockSize)
    while posting < list.upperBound {
      let block = Int(posting / size)
      if blockOpens[block] <= moment, moment < blockCloses[block] { return posting }
      posting = (posting / size + 1) * size
    }
    return list.upperBound
  }

  /// The first posting of a list of numbers that wants at least one.
  func firstPosting(in list: Range<Int32>, wanting number: Int64) -> Int32 {
    var (low, high) = (list.lowerBound, list.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if constants[Int(middle)] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
