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

  /// The share in 32 bits, cut short: of two shares whose keys differ the smaller key is the smaller
  /// share.
  var key: UInt64 {
    if lacking >= wanted { return 1 << 32 }
    if lacking >> 32 == 0 { return (lacking << 32) / wanted }
    return wanted.dividingFullWidth((lacking >> 32, lacking << 32)).quotient
  }

  static func < (left: LackingShare, right: LackingShare) -> Bool {
    let (one, other) = left.products(right)
    return one < other
  }

  /// Two numbers of which the first is the smaller where this share is smaller than another.
  @inline(__always)
  func products(_ other: LackingShare) -> (own: UInt128, other: UInt128) {
    if (lacking | wanted | other.lacking | other.wanted) >> 32 == 0 {
      return (UInt128(lacking &* other.wanted), UInt128(other.lacking &* wanted))
    }
    return (
      UInt128(lacking) * UInt128(other.wanted), UInt128(other.lacking) * UInt128(wanted)
    )
  }
}

/// The campaigns that lack the smallest share of a threshold; of one share the first in the files.
///
/// Until they are as many as may be, whatever comes is kept. From then on one that is nearer than the
/// farthest takes its place, and who is farthest now is looked for: they are few, and lists come in
/// with the nearest first, so that happens seldom.
struct NearestCampaigns: ~Copyable {
  private(set) var lacks = Column<Lack>()
  /// The keys of their shares.
  private var keys = Column<UInt64>()
  /// Where the farthest stands, once there are as many as may be; before that −1.
  private var farthest = -1

  mutating func reset() {
    lacks.clear()
    keys.clear()
    farthest = -1
  }

  /// Whether whoever lacks so much is too far, wherever it stands in the files.
  @inline(__always)
  func excludes(_ share: LackingShare) -> Bool {
    farthest >= 0 && lacks[farthest].share < share
  }

  /// How near a campaign with a share is.
  @inline(__always)
  func nearness(_ campaign: Int32, _ share: LackingShare) -> Nearness {
    guard farthest >= 0 else { return .near }
    let last = lacks[farthest]
    let (own, other) = share.products(last.share)
    if own != other { return own < other ? .near : .tooFar }
    return campaign < last.campaign ? .near : .tooLate
  }

  /// Whether a campaign with a share would be among them.
  @inline(__always)
  func admits(_ campaign: Int32, _ share: LackingShare) -> Bool {
    nearness(campaign, share) == .near
  }

  /// Takes in what a campaign lacks, if it is among the nearest.
  mutating func insert(_ lack: Lack) {
    if farthest < 0 {
      lacks.append(lack)
      keys.append(lack.share.key)
      if lacks.count == Limits.nearCampaignsMaximum { findFarthest() }
    } else if admits(lack.campaign, lack.share) {
      lacks[farthest] = lack
      keys[farthest] = lack.share.key
      findFarthest()
    }
  }

  private mutating func findFarthest() {
    farthest = NearestCampaigns.placeOfFarthest(keys.span, lacks.span)
  }

  private static func placeOfFarthest(_ keys: Span<UInt64>, _ lacks: Span<Lack>) -> Int {
    var (found, largest) = (0, keys[0])
    for place in 1..<keys.count where keys[place] >= largest {
      if keys[place] > largest
        || isNearer(lacks[found].campaign, lacks[found].share, than: lacks[place])
      {
        (found, largest) = (place, keys[place])
      }
    }
    return found
  }

  @inline(__always)
  private static func isNearer(
    _ campaign: Int32, _ share: LackingShare, than other: Lack
  ) -> Bool {
    let (own, others) = share.products(other.share)
    return own != others ? own < others : campaign < other.campaign
  }
}

/// How near a campaign is beside those that are nearest so far.
enum Nearness {
  case near
  /// It lacks as much as the farthest and stands behind it in the files.
  case tooLate
  /// It lacks more.
  case tooFar
}

/// A campaign of the index of which more than one number decides what it lacks.
struct LackingPosting: BitwiseCopyable {
  let posting: Int32
  /// What the cart has of the measure the campaign was found by.
  let number: Int64
}
