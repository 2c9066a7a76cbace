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
  let campaign: Int32
  // The parts of what is missing, which would need room for itself between the two.
  private let unit: Threshold.Unit
  private let amount: Int64
  let share: LackingShare

  @inline(__always)
  init(campaign: Int32, missing: MissingAmount, share: LackingShare) {
    self.campaign = campaign
    unit = missing.unit
    amount = missing.amount
    self.share = share
  }

  var missing: MissingAmount { MissingAmount(amount: amount, unit: unit) }
}

/// The share of a threshold that is still lacking, most often between zero and one.
struct LackingShare: BitwiseCopyable {
  private let lacking: UInt64
  /// Above zero.
  private let wanted: UInt64

  static let everything = LackingShare(1, of: 1)

  @inline(__always)
  init(_ lacking: Int64, of wanted: Int64) {
    self.lacking = UInt64(bitPattern: max(0, lacking))
    self.wanted = UInt64(bitPattern: max(1, wanted))
  }

  /// A share whose numbers may be longer than 64 bits; then what leads in them is kept.
  init(_ share: Rational) {
    let excess = max(0, 64 - share.denominator.leadingZeroBitCount)
    lacking = UInt64(clamping: share.numerator >> Int128(excess))
    wanted = max(1, UInt64(clamping: share.denominator >> Int128(excess)))
  }

  /// Whether it is less than another, or as much and something else decides for it.
  ///
  /// Products of 128 bits cost one multiplication each, as shorter ones do, so that large numbers
  /// take no longer than small ones.
  @inline(__always)
  func isLess(than other: LackingShare, orSameIf decision: Bool) -> Bool {
    let own = UInt128(lacking) &* UInt128(other.wanted)
    let others = UInt128(other.lacking) &* UInt128(wanted)
    return own < others || own == others && decision
  }
}

/// The campaigns that lack the smallest share of a threshold; of one share the first in the files.
///
/// Until they are as many as may be, whatever comes is kept and nothing is compared. From then on
/// they are a heap with the farthest on top, of which one that is nearer takes the place.
struct NearestCampaigns: ~Copyable {
  private(set) var lacks = Column<Lack>()
  /// The heap; empty until there are as many as may be.
  private var heap = Column<RankedLack>()
  /// What lacks most, once they are as many as may be.
  private var farthest = Lack(
    campaign: 0, missing: MissingAmount(amount: 0, unit: .quantity), share: .everything)

  mutating func reset() {
    lacks.clear()
    heap.clear()
  }

  /// Whether who comes has to be nearer than another.
  @inline(__always)
  var isFull: Bool { !heap.isEmpty }

  /// Whether whoever lacks so much is too far, wherever it stands in the files.
  @inline(__always)
  func excludes(_ share: LackingShare) -> Bool {
    isFull && farthest.share.isLess(than: share, orSameIf: false)
  }

  /// Whether a campaign with a share would be among them.
  @inline(__always)
  func admits(_ campaign: Int32, _ share: LackingShare) -> Bool {
    !isFull
      || share.isLess(than: farthest.share, orSameIf: campaign < farthest.campaign)
  }

  /// Takes in what a campaign lacks, if it is among the nearest.
  @inline(__always)
  mutating func insert(_ lack: Lack) {
    if isFull { replaceFarthest(by: lack) } else { keep(lack) }
  }

  /// Takes in what a campaign lacks while there are fewer than may be.
  @inline(__always)
  mutating func keep(_ lack: Lack) {
    lacks.append(lack)
    if lacks.count == Limits.nearCampaignsMaximum { makeHeap() }
  }

  @inline(never)
  private mutating func replaceFarthest(by lack: Lack) {
    guard admits(lack.campaign, lack.share) else { return }
    let place = heap[0].place
    lacks[Int(place)] = lack
    NearestCampaigns.sink(RankedLack(lack, place: place), from: 0, in: &heap)
    farthest = lacks[Int(heap[0].place)]
  }

  @inline(never)
  private mutating func makeHeap() {
    NearestCampaigns.rank(lacks, in: &heap)
    for root in (0..<heap.count / 2).reversed() {
      NearestCampaigns.sink(heap[root], from: root, in: &heap)
    }
    farthest = lacks[Int(heap[0].place)]
  }

  private static func rank(_ lacks: borrowing Column<Lack>, in heap: inout Column<RankedLack>) {
    let lacks = lacks.span
    heap.load(count: lacks.count) {
      RankedLack(lacks[$0], place: Int32(truncatingIfNeeded: $0))
    }
  }

  /// Lets what stands below a place move up until a lack may stand where it left room.
  private static func sink(
    _ lack: RankedLack, from root: Int, in heap: inout Column<RankedLack>
  ) {
    var heap = heap.mutableSpan
    var hole = root
    var child = 2 &* hole &+ 1
    while child < heap.count {
      var farther = heap[child]
      if child &+ 1 < heap.count {
        let other = heap[child &+ 1]
        if farther.isNearer(than: other) {
          farther = other
          child &+= 1
        }
      }
      guard lack.isNearer(than: farther) else { break }
      heap[hole] = farther
      hole = child
      child = 2 &* hole &+ 1
    }
    heap[hole] = lack
  }
}

/// What a campaign lacks, as far as it is compared with what others lack.
struct RankedLack: BitwiseCopyable {
  private let share: LackingShare
  private let campaign: Int32
  /// Among the lacks.
  let place: Int32

  @inline(__always)
  init(_ lack: Lack, place: Int32) {
    share = lack.share
    campaign = lack.campaign
    self.place = place
  }

  /// Whether it comes before another.
  @inline(__always)
  func isNearer(than other: RankedLack) -> Bool {
    share.isLess(than: other.share, orSameIf: campaign < other.campaign)
  }
}

/// A campaign of the index of which more than one number decides what it lacks.
struct LackingPosting: BitwiseCopyable {
  let posting: Int32
  /// What the cart has of the measure the campaign was found by.
  let number: Int64
}
