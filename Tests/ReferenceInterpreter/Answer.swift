package import LocalTime
package import Money
package import Promo

/// The interpreter's quote; the same facts as `Promo.Quote`, property by property.
package struct Answer {
  package let at: Instant
  package var lines: [Line] = []
  package var gifts: [Gift] = []
  package var withdrawnGifts: [WithdrawnGift] = []
  package var subtotal: Money
  package var discount: Money
  package var shipping: Shipping?
  package var redeemed: [BalanceUse] = []
  package var total: Money
  package var payments: [BalanceUse] = []
  package var due: Money
  package var applied: [Applied] = []
  package var notApplied: [NotApplied] = []
  package var earned: [Earned] = []
  package var codes: [Code] = []
  package var isProven = true

  package struct Line {
    package var id: String
    package var sku: String
    package var quantity: Int64
    package var price: Money
    package var unitPrice: Money?
    package var units: [PriceGroup]
    package var subtotal: Money
    package var discount: Money
    package var orderShare: Money
    package var redeemedShare: Money
    package var total: Money
    package var discounts: [LineDiscount]
  }

  package struct PriceGroup {
    package var quantity: Int64
    package var unitPrice: Money
  }

  package struct LineDiscount {
    package var campaign: String?
    package var balance: String?
    package var stage: Quote.LineDiscount.Stage
    package var amount: Money
  }

  package struct Gift {
    package var campaign: String
    package var sku: String
    package var quantity: Int64
  }

  package struct WithdrawnGift {
    package var id: String
    package var sku: String
    package var campaign: String
  }

  package struct Shipping {
    package var price: Money
    package var discount: Money
    package var total: Money
  }

  package struct BalanceUse {
    package var balance: String
    package var amount: ExactDecimal
    package var value: Money
  }

  package struct Applied {
    package var campaign: String
    package var title: String
    package var discount: Money
    package var times: Int64
    package var isCapped: Bool
    package var message: String?
    package var hint: String?
    package var missing: Quote.Missing?
  }

  package struct NotApplied {
    package var campaign: String
    package var reason: Quote.Reason
    package var detail: Detail?
    package var missing: Quote.Missing?
    package var hint: String?
    package var against: [String]?
    package var saving: Money?
  }

  package struct Detail {
    package var left: String?
    package var `operator`: String
    package var right: String?
  }

  package struct Earned {
    package var campaign: String
    package var balance: String
    package var amount: ExactDecimal
    package var clipped: ExactDecimal?
    package var availableAt: Instant
    package var expiresAt: Instant?
  }

  package struct Code {
    package var code: String
    package var status: Quote.Code.Status
  }
}
