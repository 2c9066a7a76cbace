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

  @inline(__always)
  static func < (left: LackingShare, right: LackingShare) -> Bool {
    left.isLess(than: right, orSameIf: false)
  }

  /// Whether it is less than another, or as much and something else decides for it.
  @inline(__always)
  func isLess(than other: LackingShare, orSameIf decision: Bool) -> Bool {
    if (wanted | other.wanted) >> 32 == 0 {
      let (own, others) = (lacking &* other.wanted, other.lacking &* wanted)
      return own < others || own == others && decision
    }
    let own = lacking.multipliedFullWidth(by: other.wanted)
    let others = other.lacking.multipliedFullWidth(by: wanted)
    return own < others || own == others && decision
  }
}

/// The campaigns that lack the smallest share of a threshold; of one share the first in the files.
///
/// Until they are as many as may be, whatever comes is kept. From then on they are a heap with the
/// farthest on top, of which one that is nearer takes the place.
struct NearestCampaigns: ~Copyable {
  private(set) var lacks = Column<Lack>()

  mutating func reset() { lacks.clear() }

  private var isFull: Bool {
    @inline(__always)
    get { lacks.count == Limits.nearCampaignsMaximum }
  }

  /// Whether whoever lacks so much is too far, wherever it stands in the files.
  @inline(__always)
  func excludes(_ share: LackingShare) -> Bool { isFull && lacks[0].share < share }

  /// Whether a campaign with a share would be among them.
  @inline(__always)
  func admits(_ campaign: Int32, _ share: LackingShare) -> Bool {
    !isFull || NearestCampaigns.isNearer(campaign, share, lacks[0].campaign, lacks[0].share)
  }

  /// Takes in what a campaign lacks, if it is among the nearest.
  @inline(__always)
  mutating func insert(_ lack: Lack) {
    if isFull {
      replaceFarthest(lack.campaign, lack.missing, lack.share)
    } else {
      lacks.append(lack)
      if isFull { makeHeap() }
    }
  }

  @inline(never)
  private mutating func replaceFarthest(
    _ campaign: Int32, _ missing: MissingAmount, _ share: LackingShare
  ) {
    guard admits(campaign, share) else { return }
    let lack = Lack(campaign: campaign, missing: missing, share: share)
    NearestCampaigns.sink(lack, from: 0, in: &lacks)
  }

  @inline(never)
  private mutating func makeHeap() {
    for root in (0..<lacks.count / 2).reversed() {
      NearestCampaigns.sink(lacks[root], from: root, in: &lacks)
    }
  }

  /// Lets what stands below a place move up until a lack may stand where it left room.
  private static func sink(_ lack: Lack, from root: Int, in lacks: inout Column<Lack>) {
    var heap = lacks.mutableSpan
    var hole = root
    var child = 2 * hole + 1
    while child < heap.count {
      var (campaign, share) = (heap[child].campaign, heap[child].share)
      if child + 1 < heap.count {
        let (other, otherShare) = (heap[child + 1].campaign, heap[child + 1].share)
        if isNearer(campaign, share, other, otherShare) {
          (campaign, share) = (other, otherShare)
          child += 1
        }
      }
      guard isNearer(lack.campaign, lack.share, campaign, share) else { break }
      heap[hole] = heap[child]
      hole = child
      child = 2 * hole + 1
    }
    heap[hole] = lack
  }

  @inline(__always)
  private static func isNearer(
    _ campaign: Int32, _ share: LackingShare, _ other: Int32, _ otherShare: LackingShare
  ) -> Bool {
    share.isLess(than: otherShare, orSameIf: campaign < other)
  }
}

/// A campaign of the index of which more than one number decides what it lacks.
struct LackingPosting: BitwiseCopyable {
  let posting: Int32
  /// What the cart has of the measure the campaign was found by.
  let number: Int64
}
