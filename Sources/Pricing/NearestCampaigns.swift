import Money

/// Campaigns of the index that want more of a measure than the cart has: those that stand in a list
/// from one place on to another.
struct LackingList: BitwiseCopyable {
  var start: Int32
  var end: Int32
  /// What the cart has of it, above zero.
  var number: Int64
}

/// What a campaign refused by a condition lacks.
struct Lack: BitwiseCopyable {
  var campaign: Int32
  var missing: MissingAmount
  var share: LackingShare
}

/// The share of a threshold that is still lacking, between zero and one.
struct LackingShare: BitwiseCopyable {
  private let lacking: UInt64
  /// Above zero.
  private let wanted: UInt64

  static let everything = LackingShare(1, of: 1)

  init(_ lacking: Int64, of wanted: Int64) {
    self.lacking = UInt64(max(0, lacking))
    self.wanted = UInt64(max(1, wanted))
  }

  /// A share whose numbers may be longer than 64 bits; then what leads in them is kept.
  init(_ share: Rational) {
    let excess = max(0, 64 - share.denominator.leadingZeroBitCount)
    lacking = UInt64(clamping: share.numerator >> Int128(excess))
    wanted = max(1, UInt64(clamping: share.denominator >> Int128(excess)))
  }

  static func < (left: LackingShare, right: LackingShare) -> Bool {
    if (left.wanted | right.wanted) >> 32 == 0 {
      return left.lacking &* right.wanted < right.lacking &* left.wanted
    }
    return left.lacking.multipliedFullWidth(by: right.wanted)
      < right.lacking.multipliedFullWidth(by: left.wanted)
  }
}

/// The campaigns that lack the smallest share of a threshold; of one share the first in the files.
///
/// A heap of places with the farthest on top, so that one that is nearer takes its place in few
/// steps, and what is moved in them is a number.
struct NearestCampaigns: ~Copyable {
  private(set) var lacks = Column<Lack>()
  /// Places of all lacks, once there are as many as may be.
  private var heap = Column<Int32>()

  mutating func reset() {
    lacks.clear()
    heap.clear()
  }

  /// Whether a campaign with a share would be among them.
  func admits(_ campaign: Int32, _ share: LackingShare) -> Bool {
    guard !heap.isEmpty else { return true }
    let farthest = lacks[Int(heap[0])]
    return share < farthest.share || !(farthest.share < share) && campaign < farthest.campaign
  }

  /// Takes in what a campaign lacks, if it is among the nearest.
  mutating func insert(_ lack: Lack) {
    guard !heap.isEmpty else {
      lacks.append(lack)
      if lacks.count == Limits.nearCampaignsMaximum { buildHeap() }
      return
    }
    guard admits(lack.campaign, lack.share) else { return }
    lacks[Int(heap[0])] = lack
    sink(0)
  }

  private mutating func buildHeap() {
    for place in lacks.indices { heap.append(Int32(place)) }
    for place in (0..<heap.count / 2).reversed() { sink(place) }
  }

  private mutating func sink(_ start: Int) {
    let moved = heap[start]
    var place = start
    while 2 * place + 1 < heap.count {
      var child = 2 * place + 1
      if child + 1 < heap.count, isNearer(heap[child], heap[child + 1]) { child += 1 }
      guard isNearer(moved, heap[child]) else { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = moved
  }

  @inline(__always)
  private func isNearer(_ first: Int32, _ second: Int32) -> Bool {
    let (one, other) = (lacks[Int(first)], lacks[Int(second)])
    return one.share < other.share
      || !(other.share < one.share) && one.campaign < other.campaign
  }
}
