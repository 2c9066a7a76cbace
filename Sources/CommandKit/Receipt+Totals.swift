import Money
import Promo

extension Receipt {
  /// From the items down to what is left to pay.
  var totals: [String] {
    var rows = [rule()]
    let itemsTotal = quote.lines.reduce(Int64(0)) {
      $0 + $1.subtotal.minorUnits - $1.discount.minorUnits
    }
    let unitCount = quote.lines.reduce(Int64(0)) { $0 &+ $1.quantity }
    rows.append(
      row(unitCount == 1 ? "1 item" : "\(unitCount) items", amount(money(itemsTotal))))
    for (campaign, off) in orderDiscounts {
      rows.append(style.green(row(title(campaign), amountOff(off), indent: 2)))
    }
    for use in quote.redeemed where use.value.minorUnits != 0 {
      rows.append(
        style.green(
          row(balanceAmount(use.amount, of: use.balance), amountOff(use.value), indent: 2)))
    }
    if let shipping = quote.shipping {
      rows.append(row("Shipping", amount(shipping.price)))
      for (campaign, off) in shippingDiscounts {
        rows.append(style.green(row(title(campaign), amountOff(off), indent: 2)))
      }
    }
    rows.append(rule("="))
    rows.append(style.bold(row("Total", amount(quote.total))))
    let payments = quote.payments.filter { $0.value.minorUnits != 0 }
    for payment in payments {
      rows.append(
        row(
          "paid with \(balanceAmount(payment.amount, of: payment.balance))",
          amountOff(payment.value),
          indent: 2))
    }
    if !payments.isEmpty { rows.append(style.bold(row("Left to pay", amount(quote.due)))) }
    return rows
  }

  /// What campaigns took off the order, in order of application.
  private var orderDiscounts: [(campaign: String, amount: Money)] {
    var order: [String] = []
    var sums: [String: Int64] = [:]
    for discount in quote.lines.flatMap(\.discounts) where discount.stage == .order {
      guard let campaign = discount.campaign else { continue }
      if sums[campaign] == nil { order.append(campaign) }
      sums[campaign, default: 0] += discount.amount.minorUnits
    }
    return order.map { ($0, money(sums[$0] ?? 0)) }
  }

  /// What campaigns took off shipping: all they gave less what lines got.
  private var shippingDiscounts: [(campaign: String, amount: Money)] {
    guard let shipping = quote.shipping, shipping.discount.minorUnits != 0 else { return [] }
    var onLines: [String: Int64] = [:]
    for discount in quote.lines.flatMap(\.discounts) {
      guard let campaign = discount.campaign else { continue }
      onLines[campaign, default: 0] += discount.amount.minorUnits
    }
    return quote.applied.compactMap { applied in
      let rest = applied.discount.minorUnits - onLines[applied.campaign, default: 0]
      return rest == 0 ? nil : (applied.campaign, money(rest))
    }
  }

  /// What each campaign saved in all, and what it has to say.
  var savings: [String] {
    let saved = quote.discount.minorUnits + (quote.shipping?.discount.minorUnits ?? 0)
    let giving = quote.applied.filter { $0.discount.minorUnits != 0 || $0.message != nil }
    guard saved != 0 || !giving.isEmpty else { return [] }
    var rows = [style.bold(row("You save", amount(money(saved))))]
    for applied in giving {
      let capped = applied.isCapped ? " (up to its limit)" : ""
      rows.append(row(title(applied.campaign) + capped, amount(applied.discount), indent: 2))
      if let message = applied.message {
        rows += wrapped(printable(message), to: columns - 4).map { "    " + style.dim($0) }
      }
    }
    return rows
  }

  private func money(_ minorUnits: Int64) -> Money {
    Money(minorUnits: minorUnits, currency: quote.currency)
  }
}
