public import LocalTime
public import Money

/// What a cart costs now, what took how much off, and why the rest did not.
///
/// - Source: <doc:CartsAndQuotes>; one property per key, arrays keep cart order for lines and file
///   order for campaigns.
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
    /// The shop's id of the line, or its position.
    public var id: String
    /// The sku.
    public var sku: String
    /// How many units.
    public var quantity: Int64
    /// The unit price before our discounts.
    public var price: Money
    /// The unit price after items discounts; nil when the units differ.
    public var unitPrice: Money?
    /// From the dearest down; quantities add up to the line's.
    public var units: [PriceGroup]
    /// Price times quantity, before our discounts.
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
    /// How many units.
    public var quantity: Int64
    /// What each of them costs after items discounts.
    public var unitPrice: Money
  }

  /// What one campaign or balance took off one line.
  public struct LineDiscount: Hashable, Sendable {
    /// When in the order of things it was taken off.
    public enum Stage: String, Hashable, Sendable { case items, order, redeem }
    /// Set in the stages items and order.
    public var campaign: String?
    /// Set in the stage redeem.
    public var balance: String?
    /// When in the order of things.
    public var stage: Stage
    /// What was taken off, above zero.
    public var amount: Money
  }

  /// Something the shop should add.
  public struct Gift: Hashable, Sendable {
    /// The campaign that gives it; the added line names it as its gift.
    public var campaign: String
    /// What to add.
    public var sku: String
    /// How many units.
    public var quantity: Int64
  }

  /// A gift line that is no longer given.
  public struct WithdrawnGift: Hashable, Sendable {
    /// The id of the cart line to remove.
    public var id: String
    /// The sku of that line.
    public var sku: String
    /// The campaign that no longer gives it.
    public var campaign: String
  }

  /// Shipping before and after discounts.
  public struct Shipping: Hashable, Sendable {
    /// What the cart says it costs.
    public var price: Money
    /// What campaigns take off.
    public var discount: Money
    /// What is left of it.
    public var total: Money
  }

  /// A balance taken, and the money it stands for.
  public struct BalanceUse: Hashable, Sendable {
    /// The balance's name.
    public var balance: String
    /// Points, or major units of a money balance.
    public var amount: ExactDecimal
    /// The money that the amount stands for.
    public var value: Money
  }

  /// A campaign that gave something.
  public struct Applied: Hashable, Sendable {
    /// The campaign's name in the rules.
    public var campaign: String
    /// Its title; its name when it has none.
    public var title: String
    /// Items, order and shipping.
    public var discount: Money
    /// Rounds of a deal, else 1.
    public var times: Int64
    /// Whether a cap cut it.
    public var isCapped: Bool
    /// The code it used, as the shopper typed it; no part of the quote's JSON.
    public var code: String?
    /// Its message for the shopper, placeholders filled in.
    public var message: String?
    /// For tiers: the hint of the next row.
    public var hint: String?
    /// For tiers: what is missing for the next row.
    public var missing: Missing?
  }

  /// A campaign that gave nothing, and why.
  public struct NotApplied: Hashable, Sendable {
    /// The campaign's name in the rules.
    public var campaign: String
    /// The first reason found, in the order of the cases.
    public var reason: Reason
    /// Of the first comparison that fails.
    public var detail: Detail?
    /// What the cart or the shopper still lacks, when one threshold is all that is missing.
    public var missing: Missing?
    /// Its hint for the shopper, placeholders filled in.
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
    /// The value on the left.
    public var left: String?
    /// The comparison as the rules write it, such as `>=`.
    public var `operator`: String
    /// The value on the right.
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
    /// The campaign that issues it.
    public var campaign: String
    /// The balance it goes to.
    public var balance: String
    /// Points, or major units of a money balance.
    public var amount: ExactDecimal
    /// What a cap cut off; nil when nothing was.
    public var clipped: ExactDecimal?
    /// The code it used, as the shopper typed it; no part of the quote's JSON.
    public var code: String?
    /// From when on it can be spent.
    public var availableAt: Instant
    /// When what is left of it is gone; nil for never.
    public var expiresAt: Instant?
  }

  /// What became of a code.
  public struct Code: Hashable, Sendable {
    /// Whether it did something, and if not why.
    public enum Status: String, Hashable, Sendable {
      case applied, unknown, expired, beaten
      case notYet = "not_yet"
      case usedUp = "used_up"
      case notEligible = "not_eligible"
    }
    /// The code as the shopper typed it.
    public var code: String
    /// What became of it.
    public var status: Status
  }
}
