import Money

/// The share of a threshold that is still lacking, between zero and one.
struct LackingShare {
  var lacking: Int128
  /// Above zero.
  var wanted: Int128

  static let everything = LackingShare(lacking: 1, wanted: 1)

  static func < (left: LackingShare, right: LackingShare) -> Bool {
    if left.isNarrow, right.isNarrow {
      let one = Int64(truncatingIfNeeded: left.lacking)
      let other = Int64(truncatingIfNeeded: right.lacking)
      return one.multipliedFullWidth(by: Int64(truncatingIfNeeded: right.wanted))
        < other.multipliedFullWidth(by: Int64(truncatingIfNeeded: left.wanted))
    }
    guard let first = Rational(left.lacking, over: left.wanted),
      let second = Rational(right.lacking, over: right.wanted)
    else { return false }
    return first < second
  }

  /// Whether both numbers, which are at least zero, fit 63 bits.
  private var isNarrow: Bool { (lacking | wanted) >> 63 == 0 }
}

/// The campaigns that lack the smallest share of a threshold; of one share the first in the files.
struct NearestCampaigns {
  /// From the nearest on.
  private(set) var campaigns: [Int32] = []
  private var shares: [LackingShare] = []

  mutating func reset() {
    campaigns.removeAll(keepingCapacity: true)
    shares.removeAll(keepingCapacity: true)
  }

  /// Whether a campaign with a share would be among them.
  func admits(_ campaign: Int32, _ share: LackingShare) -> Bool {
    let last = campaigns.count - 1
    guard last + 1 == Limits.nearCampaignsMaximum else { return true }
    return share < shares[last] || !(shares[last] < share) && campaign < campaigns[last]
  }

  mutating func insert(_ campaign: Int32, _ share: LackingShare) {
    guard admits(campaign, share) else { return }
    if campaigns.count < Limits.nearCampaignsMaximum {
      campaigns.append(campaign)
      shares.append(share)
    }
    var place = campaigns.count - 1
    while place > 0,
      share < shares[place - 1] || !(shares[place - 1] < share) && campaign < campaigns[place - 1]
    {
      campaigns[place] = campaigns[place - 1]
      shares[place] = shares[place - 1]
      place -= 1
    }
    campaigns[place] = campaign
    shares[place] = share
  }
}
