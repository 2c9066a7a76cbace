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
/// Until they are as many as may be, whatever comes is kept. From then on one that is nearer than the
/// farthest takes its place, and who is farthest now is looked for: they are few, and lists come in
/// with the nearest first, so that happens seldom.
struct NearestCampaigns: ~Copyable {
  private(set) var lacks = Column<Lack>()
  /// Where the farthest stands, once there are as many as may be; before that −1.
  private var farthest = -1

  mutating func reset() {
    lacks.clear()
    farthest = -1
  }

  /// Whether whoever lacks so much is too far, wherever it stands in the files.
  @inline(__always)
  func excludes(_ share: LackingShare) -> Bool {
    farthest >= 0 && lacks[farthest].share < share
  }

  /// Whether a campaign with a share would be among them.
  @inline(__always)
  func admits(_ campaign: Int32, _ share: LackingShare) -> Bool {
    farthest < 0 || NearestCampaigns.isNearer(campaign, share, than: lacks[farthest])
  }

  /// Takes in what a campaign lacks, if it is among the nearest.
  mutating func insert(_ lack: Lack) {
    if farthest < 0 {
      lacks.append(lack)
      if lacks.count == Limits.nearCampaignsMaximum { findFarthest() }
    } else if admits(lack.campaign, lack.share) {
      lacks[farthest] = lack
      findFarthest()
    }
  }

  private mutating func findFarthest() {
    farthest = NearestCampaigns.placeOfFarthest(lacks.span)
  }

  private static func placeOfFarthest(_ lacks: Span<Lack>) -> Int {
    var found = 0
    for place in 1..<lacks.count
    where isNearer(lacks[found].campaign, lacks[found].share, than: lacks[place]) {
      found = place
    }
    return found
  }

  @inline(__always)
  private static func isNearer(
    _ campaign: Int32, _ share: LackingShare, than other: Lack
  ) -> Bool {
    share < other.share || campaign < other.campaign && !(other.share < share)
  }
}

/// A campaign of the index of which more than one number decides what it lacks.
struct LackingPosting: BitwiseCopyable {
  let posting: Int32
  /// What the cart has of the measure the campaign was found by.
  let number: Int64
}
