public import LocalTime
public import Money

/// A cart as the shop sees it: what stands in it, who holds it and what they present.
///
/// All amounts are in the cart's currency. The shop always sends prices before our discounts.
/// - Source: <doc:CartsAndQuotes>, the cart.
public struct Cart: Hashable, Sendable {
  /// The currency of every amount in the cart.
  public var currency: Currency
  /// In the order the shop shows them; may be empty.
  public var lines: [Line]
  /// Codes the shopper has typed; case and outer spaces are ignored, twice is once.
  public var codes: [String] = []
  /// Which of them a service has found in a generated pool; no part of a cart's JSON.
  public var generatedCodes: [String: GeneratedCode] = [:]
  /// What shipping costs before discounts; nil when it is not known yet.
  public var shipping: Money?
  /// Where and how the order is placed.
  public var order = Order()
  /// Who buys; nil for a guest of whom nothing is known.
  public var customer: Customer?
  /// Balances to take as a discount, by name.
  public var redeem: [String: BalanceAmount] = [:]
  /// Balances to take as payment, by name.
  public var pay: [String: BalanceAmount] = [:]
  /// Campaigns the shopper does not want.
  public var declined: [String] = []
  /// Uses by everyone, for limits in total, by campaign.
  public var usage: [String: Usage] = [:]
  /// How much is said of campaigns that do not apply.
  public var explain = Explanation.near

  /// A cart of lines.
  public init(currency: Currency, lines: [Line]) {
    self.currency = currency
    self.lines = lines
  }
}

extension Cart {
  /// How much is said of campaigns that do not apply.
  public enum Explanation: String, Hashable, Sendable {
    case none, near, all
  }

  /// What is known of a code that stands for one use: campaigns ask for it as `codes "pool"`.
  public struct GeneratedCode: Hashable, Sendable {
    /// The pool it was generated for.
    public var pool: String
    /// Whether an order has used it.
    public var isUsed: Bool
    /// A code of a pool.
    public init(pool: String, isUsed: Bool = false) {
      self.pool = pool
      self.isUsed = isUsed
    }
  }

  /// One line: some units of one sku at one price.
  public struct Line: Hashable, Sendable {
    /// The shop's id of the line; nil stands for its position, "1", "2", ….
    public var id: String?
    /// The sku, compared by bytes.
    public var sku: String
    /// The price of one unit before our discounts.
    public var price: Money
    /// How many units, at least 1.
    public var quantity: Int64
    /// The name shoppers see.
    public var name: String?
    /// Category paths such as `apparel/shirts`.
    public var categories: [String] = []
    /// Brands.
    public var brands: [String] = []
    /// Tags.
    public var tags: [String] = []
    /// The vendor.
    public var vendor: String?
    /// Values of attributes; those the rules do not declare are ignored.
    public var attributes: [String: AttributeValue] = [:]
    /// The price it is compared at; above `price` it is on sale.
    public var compareAt: Money?
    /// The price no discount goes below.
    public var floor: Money?
    /// Whether our discounts may touch it.
    public var isDiscountable = true
    /// Whether it is a gift card: never discounted, never earned on.
    public var isGiftCard = false
    /// The campaign whose gift this line accepts.
    public var gift: String?

    /// A line with what every line needs.
    public init(sku: String, price: Money, quantity: Int64 = 1) {
      self.sku = sku
      self.price = price
      self.quantity = quantity
    }
  }

  /// Where and how the order is placed.
  public struct Order: Hashable, Sendable {
    /// Such as `web`.
    public var channel: String?
    /// The store's id.
    public var store: String?
    /// The country it goes to.
    public var country: String?
    /// Values of declared order attributes.
    public var attributes: [String: AttributeValue] = [:]
    /// An order of which nothing is known.
    public init() {}
  }

  /// Who buys. With neither `id` nor `email` a guest; without `isMember` an identified non-member.
  public struct Customer: Hashable, Sendable {
    /// The shop's id of the customer.
    public var id: String?
    /// The e-mail address.
    public var email: String?
    /// Whether the customer is a member of the loyalty programme.
    public var isMember = false
    /// Groups the customer is in.
    public var groups: [String] = []
    /// Values of declared customer attributes.
    public var attributes: [String: AttributeValue] = [:]
    /// Completed checkouts that were not voided or wholly returned, in any order.
    public var history: [Visit] = []
    /// Earlier uses of campaigns.
    public var redemptions: [Redemption] = []
    /// What the customer has of each balance.
    public var balances: [String: BalanceAmount] = [:]
    /// A customer of whom nothing is known.
    public init() {}
  }

  /// A completed checkout.
  public struct Visit: Hashable, Sendable {
    /// When.
    public var at: Instant
    /// What was paid for its lines; nil when it is not told.
    public var total: Money?
    /// What was bought.
    public var lines: [VisitLine] = []
    /// Whether it counts as a visit, or only for what was spent; a test that says what was spent
    /// says nothing of visits.
    package var isCounted = true
    /// A checkout at a moment.
    public init(at: Instant, total: Money? = nil) {
      self.at = at
      self.total = total
    }
  }

  /// A line of a completed checkout.
  public struct VisitLine: Hashable, Sendable {
    /// The sku.
    public var sku: String
    /// How many units.
    public var quantity: Int64
    /// What was paid for them.
    public var total: Money?
    /// Category paths.
    public var categories: [String] = []
    /// Brands.
    public var brands: [String] = []
    /// Tags.
    public var tags: [String] = []
    /// Units of a sku.
    public init(sku: String, quantity: Int64, total: Money? = nil) {
      self.sku = sku
      self.quantity = quantity
      self.total = total
    }
  }

  /// An earlier use of a campaign by this customer.
  public struct Redemption: Hashable, Sendable {
    /// The campaign's name.
    public var campaign: String
    /// When.
    public var at: Instant
    /// What it took off, for caps in money.
    public var discount: Money?
    /// What it issued of the balance it caps, for caps in points.
    public var earned: BalanceAmount?
    /// A use at a moment.
    public init(campaign: String, at: Instant) {
      self.campaign = campaign
      self.at = at
    }
  }

  /// Uses of a campaign by everyone, in the period of the clause that asks.
  public struct Usage: Hashable, Sendable {
    /// Orders in which it gave something.
    public var redemptions: Int64 = 0
    /// Money it took off.
    public var discount: Money?
    /// What it issued of the balance it caps.
    public var earned: BalanceAmount?
    /// Uses by code; codes are compared as the shopper's are.
    public var codes: [String: Int64] = [:]
    /// No use yet.
    public init() {}
  }

  /// An amount of a balance as exact digits: points, or major units of a money balance.
  public typealias BalanceAmount = ExactDecimal

  /// The value of an attribute; the rules' declaration says how it is read.
  public enum AttributeValue: Hashable, Sendable {
    /// A text, a date, or digits written as a text.
    case text(String)
    /// Several texts; equal if any of them is.
    case texts([String])
    /// A flag.
    case flag(Bool)
    /// A number.
    case number(ExactDecimal)
  }
}

/// Exact decimal digits: `value` divided by ten to the power of `decimals`.
public struct ExactDecimal: Hashable, Sendable {
  /// All digits, as one whole number.
  public var value: Int64
  /// How many of them stand after the point, 0 to 18.
  public var decimals: Int
  /// Digits with a point.
  public init(value: Int64, decimals: Int = 0) {
    self.value = value
    self.decimals = decimals
  }
}
