package import Money

/// A cart as columns: one entry per line in each, unless said otherwise.
package struct CartColumns: Sendable {
  package var currency: Currency
  /// Minor units.
  package var prices: [Int64] = []
  /// Of `prices`; zero without lines.
  package var dearestPrice: Int64 = 0
  package var quantities: [Int64] = []
  /// Zero where the line has none; empty when no line has one.
  package var floors: [Int64] = []
  package var traits: [LineTraits] = []
  /// Equal for lines of one sku, ordered as the bytes of the skus are.
  package var skuRanks: [Int32] = []
  /// Units by the place of the sku, gift lines aside; empty where no condition asks for them.
  package var skuQuantities: [Int64] = []
  /// Where each line's sku stands in `skuQuantities`; empty while that is its rank.
  package var skuPlaces: [Int32] = []
  /// Where the membership slots of each line begin in `slots`, and after the last where they end.
  package var slotOffsets: [Int32] = [0]
  /// Slots of `Program.memberships` a line is in, line by line; gift lines are in none.
  package var slots: [Int32] = []
  /// The campaign whose gift the line is; −1 for a campaign there is none of; empty without gifts.
  package var giftCampaigns: [Int32] = []
  /// Texts have columns only where conditions may read them, skus also where there are gift lines.
  package var skus: [String] = []
  package var names: [String?] = []
  package var brands: [[String]] = []
  package var vendors: [String?] = []
  /// One column per attribute of `Program.attributes`; empty for those of customers and orders.
  package var attributes: [[AttributeFact]] = []
  package var shipping: Int64?
  /// Whether two lines are of one sku.
  package var hasRepeatedSKUs = false
  /// Whether our discounts may touch every line.
  package var isAllDiscountable = true
  package init(currency: Currency) { self.currency = currency }

  package var lineCount: Int { prices.count }
  package var hasGifts: Bool { !giftCampaigns.isEmpty }
  package var hasFloors: Bool { !floors.isEmpty }
  func floor(_ line: Int) -> Int64 { floors.isEmpty ? 0 : floors[line] }
  func skuPlace(_ line: Int) -> Int {
    Int(skuPlaces.isEmpty ? skuRanks[line] : skuPlaces[line])
  }

  /// Makes room for some lines, so that none of the columns grows beyond them.
  package mutating func reserve(_ lineCount: Int) {
    prices.reserveCapacity(lineCount)
    quantities.reserveCapacity(lineCount)
    traits.reserveCapacity(lineCount)
    skuRanks.reserveCapacity(lineCount)
    slotOffsets.reserveCapacity(lineCount + 1)
    slots.reserveCapacity(lineCount)
  }

  /// Takes everything out but keeps the storage.
  package mutating func removeAll(currency: Currency) {
    self.currency = currency
    prices.removeAll(keepingCapacity: true)
    quantities.removeAll(keepingCapacity: true)
    floors.removeAll(keepingCapacity: true)
    traits.removeAll(keepingCapacity: true)
    skuRanks.removeAll(keepingCapacity: true)
    skuQuantities.removeAll(keepingCapacity: true)
    skuPlaces.removeAll(keepingCapacity: true)
    slotOffsets.removeAll(keepingCapacity: true)
    slotOffsets.append(0)
    slots.removeAll(keepingCapacity: true)
    giftCampaigns.removeAll(keepingCapacity: true)
    skus.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    brands.removeAll(keepingCapacity: true)
    vendors.removeAll(keepingCapacity: true)
    for column in attributes.indices { attributes[column].removeAll(keepingCapacity: true) }
    dearestPrice = 0
    shipping = nil
    hasRepeatedSKUs = false
    isAllDiscountable = true
  }
}

/// What a line is, beyond its numbers.
package struct LineTraits: OptionSet, Hashable, BitwiseCopyable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  package static let discountable = LineTraits(rawValue: 1)
  package static let giftCard = LineTraits(rawValue: 2)
  /// Accepts a proposal; in no selection and no subtotal.
  package static let gift = LineTraits(rawValue: 4)
  package static let onSale = LineTraits(rawValue: 8)

  /// Whether our discounts may touch the line.
  package var isDiscountable: Bool {
    // Sets made of literals are not worked out beforehand in other modules, and this is asked of
    // every line.
    rawValue & 0b111 == LineTraits.discountable.rawValue
  }
}

/// The value of a declared attribute, read as its type says.
package enum AttributeFact: Hashable, Sendable {
  case missing
  case number(Rational)
  case flag(Bool)
  case texts([String])
}

/// Who buys, and what else a quote reads besides the lines.
package struct ShopperFacts: Sendable {
  package var id: String?
  package var email: String?
  package var isMember = false
  package var groups: [String] = []
  /// One per attribute of `Program.attributes`; missing for those of items.
  package var attributes: [AttributeFact] = []
  package var orderChannel: String?
  package var orderStore: String?
  package var orderCountry: String?
  package var visits: [VisitFacts] = []
  package var redemptions: [RedemptionFacts] = []
  /// One per balance of `Program.balances`: points or minor units.
  package var balances: [Int64] = []
  /// Normalised, in the order presented, no repeats.
  package var codes: [[UInt8]] = []
  /// Slots of `CampaignIndex.codeSlots`; −1 for a code no campaign asks for.
  package var codeSlots: [Int32] = []
  /// Slots of the index for the shopper's groups and id; only those that rules speak of.
  package var groupSlots: [Int32] = []
  package var customerSlot: Int32?
  package var declined: Set<Int32> = []
  /// Campaigns of which earlier uses are told, by anyone.
  package var usedCampaigns: [Int32] = []
  package var usage: [Int32: UsageFacts] = [:]
  /// Balances asked for as discount and as payment, one per balance of `Program.balances`.
  package var redeem: [Int64?] = []
  package var pay: [Int64?] = []
  package init() {}

  /// Known by id or e-mail, so that uses can be counted.
  package var isIdentified: Bool { id != nil || email != nil }
  /// A guest of whom nothing is known: all history is missing.
  package var isAnonymous: Bool { !isIdentified && !isMember }
}

/// A completed checkout.
package struct VisitFacts: Sendable {
  package var at: Int64
  package var total: Int64
  package var lines: [VisitLineFacts] = []
  /// Whether it counts as a visit, or only for what was spent.
  package var isCounted = true
  package init(at: Int64, total: Int64) {
    self.at = at
    self.total = total
  }
}

/// A line of a completed checkout.
package struct VisitLineFacts: Sendable {
  package var quantity: Int64
  package var total: Int64
  package var sku: String
  package var categories: [String]
  package var brands: [String]
  package var tags: [String]
  package init(
    quantity: Int64, total: Int64, sku: String, categories: [String], brands: [String],
    tags: [String]
  ) {
    self.quantity = quantity
    self.total = total
    self.sku = sku
    self.categories = categories
    self.brands = brands
    self.tags = tags
  }
}

/// An earlier use of a campaign by the customer.
package struct RedemptionFacts: Sendable {
  package var campaign: String
  package var at: Int64
  package var discount: Int64
  /// Points or minor units of the balance the campaign caps.
  package var earned: Int64
  package init(campaign: String, at: Int64, discount: Int64, earned: Int64) {
    self.campaign = campaign
    self.at = at
    self.discount = discount
    self.earned = earned
  }
}

/// Uses of a campaign by everyone.
package struct UsageFacts: Sendable {
  package var redemptions: Int64 = 0
  package var discount: Int64 = 0
  package var earned: Int64 = 0
  /// By normalised code.
  package var codes = TextTable<Int64>()
  package init() {}
}
