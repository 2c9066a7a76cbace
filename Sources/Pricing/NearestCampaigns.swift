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

  /// The share in 64 bits, cut short: of two shares whose keys differ the smaller key is the smaller
  /// share.
  var key: UInt64 { lacking >= wanted ? .max : wanted.dividingFullWidth((lacking, 0)).quotient }

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
/// Until they are as many as may be, whatever comes is kept. From then on their places stand in
/// order, the nearest first, so that one that is nearer than the last takes its place; there are few
/// enough that moving those behind it costs less than a heap would.
struct NearestCampaigns: ~Copyable {
  private(set) var lacks = Column<Lack>()
  /// Places of all lacks, once there are as many as may be.
  private var order = Column<NearPlace>()

  mutating func reset() {
    lacks.clear()
    order.clear()
  }

  /// Whether a campaign with a share would be among them.
  @inline(__always)
  func admits(_ campaign: Int32, _ share: LackingShare) -> Bool {
    guard let last = order.last else { return true }
    let farthest = lacks[Int(last.place)]
    return share < farthest.share || !(farthest.share < share) && campaign < farthest.campaign
  }

  /// Takes in what a campaign lacks, if it is among the nearest.
  mutating func insert(_ lack: Lack) {
    guard let last = order.last else {
      lacks.append(lack)
      if lacks.count == Limits.nearCampaignsMaximum { sort() }
      return
    }
    guard admits(lack.campaign, lack.share) else { return }
    lacks[Int(last.place)] = lack
    sink(NearPlace(key: lack.share.key, place: last.place), from: order.count - 1)
  }

  private mutating func sort() {
    for place in lacks.indices {
      let own = NearPlace(key: lacks[place].share.key, place: Int32(truncatingIfNeeded: place))
      order.append(own)
      sink(own, from: place)
    }
  }

  /// Writes a place where it belongs among those before an index, which move up.
  private mutating func sink(_ own: NearPlace, from index: Int) {
    var index = index
    while index > 0, isNearer(own, order[index - 1]) {
      order[index] = order[index - 1]
      index -= 1
    }
    order[index] = own
  }

  @inline(__always)
  private func isNearer(_ first: NearPlace, _ second: NearPlace) -> Bool {
    if first.key != second.key { return first.key < second.key }
    let (one, other) = (lacks[Int(first.place)], lacks[Int(second.place)])
    return one.share < other.share
      || !(other.share < one.share) && one.campaign < other.campaign
  }
}

/// Where a campaign stands among the nearest, with the key of its share.
struct NearPlace: BitwiseCopyable {
  var key: UInt64
  var place: Int32
}
