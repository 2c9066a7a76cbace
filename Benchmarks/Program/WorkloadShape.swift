/// How large a workload is: its lines, its campaigns, and how many of them match.
struct WorkloadShape {
  var name: String
  var lineCount: Int
  var campaignCount: Int
  var matchCount: Int
  var categoryCount: Int
  var skuCount: Int
  /// Campaigns that do not match are gated by a category, a sku, a group or a code; one in a hundred
  /// by the subtotal or the visit.
  var isGated = false
  /// Minor units of a unit before discounts.
  var prices = 99...19_999
  /// What its numbers follow from.
  var seed: UInt64

  /// The five carts that shops have, from a small one to a huge one.
  static let usual = [
    WorkloadShape("W1", lines: 5, campaigns: 20, matches: 3, categories: 8, skus: 50),
    WorkloadShape("W2", lines: 30, campaigns: 200, matches: 5, categories: 60, skus: 500),
    WorkloadShape("W3", lines: 10_000, campaigns: 200, matches: 50, categories: 100, skus: 5_000),
    WorkloadShape(
      "W4", lines: 30, campaigns: 10_000, matches: 10, categories: 2_000, skus: 20_000, gated: true),
    WorkloadShape(
      "W5", lines: 1_000_000, campaigns: 50, matches: 20, categories: 500, skus: 50_000),
  ]
  /// Cost against lines.
  static let growingLines = [10, 100, 1_000, 10_000, 100_000].map {
    WorkloadShape("L\($0)", lines: $0, campaigns: 200, matches: 50, categories: 100, skus: 5_000)
  }
  /// Cost against campaigns, of which as many match whatever their number.
  static let growingCampaigns = [10, 100, 1_000, 10_000, 100_000].map {
    WorkloadShape(
      "C\($0)", lines: 30, campaigns: $0, matches: 5, categories: 2_000, skus: 20_000, gated: true)
  }
  /// All of them, in the order shown.
  static let all = usual + growingLines + growingCampaigns

  /// A small cart of few skus at few prices, where lines count as one and remainders tie.
  static func crowded(_ number: Int) -> WorkloadShape {
    var shape = WorkloadShape(
      "crowd \(number)", lines: 1 + number % 40, campaigns: 30, matches: 12,
      categories: 1 + number % 3, skus: 1 + number % 7)
    shape.prices = 99...(99 + number % 5 * 20)
    shape.seed = UInt64(number)
    return shape
  }

  private init(
    _ name: String, lines: Int, campaigns: Int, matches: Int, categories: Int, skus: Int,
    gated: Bool = false
  ) {
    self.name = name
    lineCount = lines
    campaignCount = campaigns
    matchCount = matches
    categoryCount = categories
    skuCount = skus
    isGated = gated
    seed = 0xC0FFEE ^ UInt64(lines * 1_000_003 + campaigns)
  }
}
