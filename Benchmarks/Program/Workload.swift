import CReference

/// A cart and the campaigns it meets, as numbers; texts are made from them.
struct Workload {
  let shape: WorkloadShape
  /// Numbered from 1, in the order of their texts.
  private(set) var skus: [Int32] = []
  private(set) var categories: [Int32] = []
  private(set) var quantities: [Int32] = []
  /// Minor units.
  private(set) var prices: [Int64] = []
  private(set) var coupons: [Int32] = []
  private(set) var campaigns: [reference_campaign] = []

  /// The group the shopper is in.
  static let segment: Int32 = 7
  /// Completed checkouts of the shopper, all in this month.
  static let earlierVisits: Int32 = 3
  /// The day of the cart, and the day it begins with as seconds since 1970.
  static let day: Int32 = 20_260_115
  static let dayStart: Int64 = 1_768_435_200
  /// More than any cart has.
  private static let neverReached: Int64 = 1_000_000_000

  /// The workload of a shape: the same numbers wherever it is made.
  ///
  /// - Parameter quantity: The quantity of every line; nil lets them differ from 1 to 4.
  init(_ shape: WorkloadShape, quantity: Int32? = nil) {
    self.shape = shape
    var dice = Dice(seed: shape.seed)
    let count = shape.lineCount
    skus = (0..<count).map { _ in Int32(dice.next(1...shape.skuCount)) }
    categories = skus.map { $0 % Int32(shape.categoryCount) }
    quantities = (0..<count).map { _ in Int32(dice.next(1...4)) }
    if let quantity { quantities = Array(repeating: quantity, count: count) }
    prices = (0..<count).map { _ in Int64(dice.next(shape.prices)) }
    coupons = (0..<2).map { _ in Int32(dice.next(1...500)) }
    addCampaigns(&dice)
  }

  /// The same without campaigns that see several lines together.
  var seeingLinesAlone: Workload {
    var workload = self
    let together = [REFERENCE_SUBTOTAL, REFERENCE_VISIT, REFERENCE_THIRD_FREE]
    workload.campaigns.removeAll { together.contains(Int($0.kind)) }
    return workload
  }

  private mutating func addCampaigns(_ dice: inout Dice) {
    var facts = CartFacts(self)
    for index in 0..<shape.campaignCount {
      let (count, matches) = (shape.campaignCount, shape.matchCount)
      let isMatch = index * matches / count != (index + 1) * matches / count
      var kind = Int32(isMatch ? dice.next(below: 7) : index % 7)
      let isOfOrder = kind == REFERENCE_SUBTOTAL || kind == REFERENCE_VISIT
      if shape.isGated, isOfOrder, index % 100 != 0 {
        kind = Int32(kind & 1 == 0 ? REFERENCE_QUANTITY : REFERENCE_SKU)
      }
      campaigns.append(campaign(kind, index, isMatch: isMatch, &facts, &dice))
    }
  }

  private func campaign(
    _ kind: Int32, _ index: Int, isMatch: Bool, _ facts: inout CartFacts, _ dice: inout Dice
  ) -> reference_campaign {
    var campaign = reference_campaign()
    campaign.kind = kind
    campaign.basis_points = Int32(dice.next(2...15) * 100)
    campaign.category = facts.present[dice.next(below: facts.present.count)]
    let units = facts.categoryUnits[campaign.category] ?? 0
    switch Int(kind) {
    case REFERENCE_QUANTITY where isMatch: campaign.threshold = max(1, units / 2)
    case REFERENCE_QUANTITY where shape.isGated:
      campaign.category = facts.absent[dice.next(below: facts.absent.count)]
      campaign.threshold = Int64(dice.next(2...9))
    case REFERENCE_QUANTITY: campaign.threshold = units + Int64(dice.next(1...5))
    case REFERENCE_SUBTOTAL:
      campaign.threshold =
        isMatch ? facts.subtotal / 2 : facts.subtotal + Int64(dice.next(1...99_999))
      campaign.amount = Int64(dice.next(5...30) * 100)
    case REFERENCE_VISIT:
      campaign.threshold = Int64(Self.earlierVisits) + (isMatch ? 1 : Int64(dice.next(2...9)))
      campaign.amount = Int64(dice.next(5...20) * 100)
    case REFERENCE_SEASON:
      let isOver = !isMatch && index & 1 == 1
      campaign.segment = Self.segment
      if !isMatch, !isOver { campaign.segment += Int32(dice.next(1...50)) }
      campaign.first_day = isOver ? 20_250_601 : 20_260_105
      campaign.last_day = isOver ? 20_250_831 : 20_260_125
    case REFERENCE_THIRD_FREE:
      campaign.category = facts.crowded[dice.next(below: facts.crowded.count)]
      campaign.segment = Self.segment + (isMatch ? 0 : Int32(dice.next(1...50)))
    case REFERENCE_COUPON:
      if dice.next(below: 4) == 0 { campaign.category = -1 }
      campaign.coupon = isMatch ? coupons[0] : 500 + Int32(dice.next(1...50_000))
    default:
      campaign.sku = skus[dice.next(below: shape.lineCount)]
      campaign.threshold = isMatch ? 1 : Self.neverReached
      if shape.isGated, !isMatch {
        campaign.sku = Int32(shape.skuCount + dice.next(1...shape.skuCount))
      }
      campaign.category = campaign.sku % Int32(shape.categoryCount)
    }
    return campaign
  }
}

/// What conditions ask of the cart, so that campaigns can be made to match or not.
private struct CartFacts {
  var categoryUnits: [Int32: Int64] = [:]
  var present: [Int32]
  var absent: [Int32]
  /// Categories of at least three units.
  var crowded: [Int32]
  var subtotal: Int64 = 0

  init(_ workload: Workload) {
    for line in workload.skus.indices {
      let units = Int64(workload.quantities[line])
      categoryUnits[workload.categories[line], default: 0] += units
      subtotal += units * workload.prices[line]
    }
    let units = categoryUnits
    let all = 0..<Int32(workload.shape.categoryCount)
    present = all.filter { units[$0] != nil }
    absent = all.filter { units[$0] == nil }
    if absent.isEmpty { absent = [all.upperBound] }
    crowded = present.filter { units[$0] ?? 0 >= 3 }
    if crowded.isEmpty { crowded = present }
  }
}
