import Money

/// A quote in a few plain lines, for who looks at a test that failed.
enum TestReceipt {
  /// Lines and refusals beyond this are left out.
  private static let rowsMaximum = 12

  static func text(of quote: Quote, only: Set<String>?) -> String {
    var rows: [String] = []
    for line in quote.lines.prefix(rowsMaximum) {
      let now = line.unitPrice.map { display($0) } ?? "several prices"
      let change = line.unitPrice == line.price ? "" : ", now \(now)"
      rows.append(
        "\(line.quantity) \"\(line.sku)\" at \(display(line.price))\(change): "
          + display(line.total))
    }
    if quote.lines.count > rowsMaximum { rows.append("…") }
    rows.append("discount \(display(quote.discount))")
    if let shipping = quote.shipping { rows.append("shipping \(display(shipping.total))") }
    rows.append("total \(display(quote.total))")
    for applied in quote.applied {
      rows.append("applied \(applied.campaign): \(display(applied.discount)) off")
    }
    for gift in quote.gifts {
      rows.append("gift \(gift.quantity) \"\(gift.sku)\" of \(gift.campaign)")
    }
    for earned in quote.earned {
      let amount = AmountText.text(earned.amount.value, decimals: earned.amount.decimals)
      rows.append("earned \(amount) \(earned.balance) of \(earned.campaign)")
    }
    let refused = quote.notApplied.filter { only?.contains($0.campaign) ?? true }
    for campaign in refused.prefix(rowsMaximum) {
      rows.append("refused \(campaign.campaign) because \(campaign.words)")
    }
    if refused.count > rowsMaximum { rows.append("…") }
    return rows.joined(separator: "\n")
  }

  private static func display(_ money: Money) -> String {
    AmountText.display(money.minorUnits, currency: money.currency)
  }
}
