public import LocalTime
public import Money

/// What a cart costs now, what took how much off, and why the rest did not.
///
/// - Source: CONTRACT §2; one property per key, arrays keep cart order for lines and file order
///   for campaigns.
public struct Quote: Hashable, Sendable {
  /// Identity of the rule set: `sha256:` and the digest of its files.
  public var rules: String
  /// The cart's currency.
  public var currency: Currency
  /// The moment it holds for.
  public var at: Instant
  /// One per cart line that is not a withdrawn gift.
  public var lines: [Line] = []
  /// Lines the shop should add: what campaigns propose and the cart does not hold yet.
  public var gifts: [Gift] = []
  /// Gift lines whose campaign no longer gives them.
  public var withdrawnGifts: [WithdrawnGift] = []
  /// What the lines cost before our discounts.
  public var subtotal: Money
  /// Items and order discounts.
  public var discount: Money
  /// Shipping; nil when the cart tells no price of it.
  public var shipping: Shipping?
  /// Balances taken as a discount.
  public var redeemed: [BalanceUse] = []
  /// What the lines and shipping cost after discounts and redemption.
  public var total: Money
  /// Balances taken as payment.
  public var payments: [BalanceUse] = []
  /// What is left to pay.
  public var due: Money
  /// Campaigns that gave something.
  public var applied: [Applied] = []
  /// Campaigns that did not, as far as was asked.
  public var notApplied: [NotApplied] = []
  /// What is earned when this is bought.
  public var earned: [Earned] = []
  /// What became of each code presented.
  public var codes: [Code] = []
  /// Whether the choice of campaigns is known to be the best.
  public var isProven = true
  /// What in the cart could not be used.
  public var warnings: [String] = []
}

extension Quote {
  /// The new prices of one cart line.
  public struct Line: Hashable, Sendable {
    public var id: String
    public var sku: String
    public var quantity: Int64
    /// The unit price before our discounts.
    public var price: Money
    /// The unit price after items discounts; nil when the units differ.
    public var unitPrice: Money?
    /// From the dearest down; quantities add up to the line's.
    public var units: [PriceGroup]
    public var subtotal: Money
    /// Items discounts.
    public var discount: Money
    /// The line's part of order discounts.
    public var orderShare: Money
    /// The line's part of balances taken as a discount.
    public var redeemedShare: Money
    /// subtotal − discount − orderShare − redeemedShare.
    public var total: Money
    /// Every cent, in order of application.
    public var discounts: [LineDiscount]
  }

  /// Units of one line at one price.
  public struct PriceGroup: Hashable, Sendable {
    public var quantity: Int64
    public var unitPrice: Money
  }

  /// What one campaign or balance took off one line.
  public struct LineDiscount: Hashable, Sendable {
    public enum Stage: String, Hashable, Sendable { case items, order, redeem }
    /// Set in the stages items and order.
    public var campaign: String?
    /// Set in the stage redeem.
    public var balance: String?
    public var stage: Stage
    public var amount: Money
  }

  /// Something the shop should add.
  public struct Gift: Hashable, Sendable {
    public var campaign: String
    public var sku: String
    public var quantity: Int64
  }

  /// A gift line that is no longer given.
  public struct WithdrawnGift: Hashable, Sendable {
    public var id: String
    public var sku: String
    public var campaign: String
  }

  /// Shipping before and after discounts.
  public struct Shipping: Hashable, Sendable {
    public var price: Money
    public var discount: Money
    public var total: Money
  }

  /// A balance taken, and the money it stands for.
  public struct BalanceUse: Hashable, Sendable {
    public var balance: String
    /// Points, or major units of a money balance.
    public var amount: ExactDecimal
    public var value: Money
  }

  /// A campaign that gave something.
  public struct Applied: Hashable, Sendable {
    public var campaign: String
    public var title: String
    /// Items, order and shipping.
    public var discount: Money
    /// Rounds of a deal, else 1.
    public var times: Int64
    /// Whether a cap cut it.
    public var isCapped: Bool
    public var message: String?
    /// For tiers: the hint of the next row.
    public var hint: String?
    /// For tiers: what is missing for the next row.
    public var missing: Missing?
  }

  /// A campaign that gave nothing, and why.
  public struct NotApplied: Hashable, Sendable {
    public var campaign: String
    public var reason: Reason
    /// Of the first comparison that fails.
    public var detail: Detail?
    public var missing: Missing?
    public var hint: String?
    /// The campaigns that won, when stacking kept it out.
    public var against: [String]?
    /// What it would have saved alone, when stacking kept it out.
    public var saving: Money?
  }

  /// Why a campaign is not applied, in the order the reasons are looked for.
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    case currency, declined, audience, code, schedule, limit, cap, condition, stacking
    case nothingToGive = "nothing_to_give"
    case error
  }

  /// The values a comparison compared, as texts; nil stands for a missing value.
  public struct Detail: Hashable, Sendable {
    public var left: String?
    public var `operator`: String
    public var right: String?
  }

  /// How far a threshold is from being reached.
  public enum Missing: Hashable, Sendable {
    case quantity(Int64)
    case amount(Money)
    case visits(Int64)
    case count(Int64)
  }

  /// What a campaign earns.
  public struct Earned: Hashable, Sendable {
    public var campaign: String
    public var balance: String
    /// Points, or major units of a money balance.
    public var amount: ExactDecimal
    /// What a cap cut off; nil when nothing was.
    public var clipped: ExactDecimal?
    public var availableAt: Instant
    public var expiresAt: Instant?
  }

  /// What became of a code.
  public struct Code: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable {
      case applied, unknown, expired, beaten
      case notYet = "not_yet"
      case usedUp = "used_up"
      case notEligible = "not_eligible"
    }
    public var code: String
    public var status: Status
  }
}
