import Money
import Testing

@testable import Pricing

@Suite("campaigns that are nearest to a threshold") struct NearestCampaignsTests {
  @Test("of all that come, in whatever order, those are kept that lack the smallest share")
  func nearest() {
    var state: UInt64 = 11
    func next(_ bound: UInt64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> 33) % Int64(bound)
    }
    var near = NearestCampaigns()
    for round in 0..<200 {
      near.reset()
      // Few numbers, so that shares tie; every tenth time numbers beyond 32 bits.
      let scale: Int64 = round % 10 == 9 ? 1 << 40 : 1
      var lacks: [(campaign: Int32, missing: Int64, wanted: Int64)] = []
      for campaign in 0..<Int32(1 + next(90)) {
        let wanted = 1 + next(12)
        lacks.append((campaign, (1 + next(UInt64(wanted))) * scale, wanted * scale))
      }
      for place in lacks.indices { lacks.swapAt(place, Int(next(UInt64(lacks.count)))) }
      for lack in lacks {
        near.insert(
          Lack(
            campaign: lack.campaign, missing: MissingAmount(amount: lack.missing, unit: .quantity),
            share: LackingShare(lack.missing, of: lack.wanted)))
      }
      let ranked = lacks.sorted {
        let (one, other) = (
          $0.missing.multipliedFullWidth(by: $1.wanted),
          $1.missing.multipliedFullWidth(by: $0.wanted)
        )
        if (one.high, one.low) != (other.high, other.low) {
          return (one.high, one.low) < (other.high, other.low)
        }
        return $0.campaign < $1.campaign
      }
      let kept = near.lacks.copy.map(\.campaign).sorted()
      #expect(kept == ranked.prefix(Limits.nearCampaignsMaximum).map(\.campaign).sorted())
      let excludesOthers = near.excludes(.everything)
      #expect(excludesOthers == (ranked.count >= 20 && isLess(ranked[19])))
    }
  }

  private func isLess(_ lack: (campaign: Int32, missing: Int64, wanted: Int64)) -> Bool {
    lack.missing < lack.wanted
  }
}
