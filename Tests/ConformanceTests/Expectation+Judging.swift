import Money
import Promo

extension Expectation {
  /// What there is instead of what was expected; nil when it holds.
  func mismatch(in quote: Quote) -> String? {
    switch fact {
    case .amount(let figure, let wanted): Self.compare(wanted, Self.amount(figure, of: quote))
    case .line(let selector, let figure, let wanted):
      Self.line(selector, figure, wanted, quote)
    case .lineDiscounts(let wanted): Self.lineDiscounts(wanted, quote)
    case .lineBy(let selector, let campaign, let wanted):
      Self.compare(wanted, Self.lineBy(selector, campaign, quote))
    case .applied(let name, let amount): Self.applied(name, amount, quote)
    case .times(let name, let wanted):
      Self.compare(
        wanted, String(quote.applied.first { $0.campaign == name }.map(\.times) ?? 0))
    case .refused(let name, let reason): Self.refused(name, reason, quote)
    case .gift(let sku, let quantity):
      Self.compare(
        String(quantity),
        String(quote.gifts.filter { $0.sku == sku }.reduce(0) { $0 + $1.quantity }))
    case .withdrawn(let id):
      quote.withdrawnGifts.contains { $0.id == id } ? nil : "it is not withdrawn"
    case .code(let code, let status):
      Self.compare(
        status.rawValue, quote.codes.first { $0.code == code }?.status.rawValue ?? "not listed")
    case .earned(let campaign, let wanted):
      Self.compare(
        wanted,
        Self.sum(
          quote.earned.filter { campaign == nil || $0.campaign == campaign }.map(\.amount)))
    case .redeemed(let balance, let wanted):
      Self.compare(wanted, Self.sum(quote.redeemed.filter { $0.balance == balance }.map(\.amount)))
    case .paid(let balance, let wanted):
      Self.compare(wanted, Self.sum(quote.payments.filter { $0.balance == balance }.map(\.amount)))
    case .hint(let name, let wanted): Self.hint(name, wanted, quote)
    case .message(let name, let wanted):
      Self.compare(wanted, quote.applied.first { $0.campaign == name }?.message ?? "no message")
    case .invalid: "the rules are valid"
    case .testsPass: nil
    }
  }

  private static func compare(_ wanted: String, _ actual: String) -> String? {
    Array(wanted.utf8) == Array(actual.utf8) ? nil : actual
  }

  private static func text(_ money: Money) -> String {
    AmountText.text(money.minorUnits, decimals: money.currency.decimals)
  }

  private static func amount(_ figure: Figure, of quote: Quote) -> String {
    switch figure {
    case .discount: text(quote.discount)
    case .total: text(quote.total)
    case .subtotal: text(quote.subtotal)
    case .due: text(quote.due)
    case .shipping: quote.shipping.map { text($0.total) } ?? "no shipping"
    case .shippingDiscount: quote.shipping.map { text($0.discount) } ?? "no shipping"
    }
  }

  private static func line(
    _ selector: Selector, _ figure: LineFigure, _ wanted: String, _ quote: Quote
  ) -> String? {
    let lines = Self.lines(selector, quote)
    guard !lines.isEmpty else { return "there is no such line" }
    let amounts: [Money]
    switch figure {
    case .unitPrice:
      let prices = Set(lines.map { $0.unitPrice.map(text) ?? "several prices" })
      return compare(wanted, prices.sorted().joined(separator: " and "))
    case .total: amounts = lines.map(\.total)
    case .discount: amounts = lines.map(savings)
    }
    let sum = amounts.reduce(0) { $0 + $1.minorUnits }
    return compare(wanted, text(Money(minorUnits: sum, currency: quote.currency)))
  }

  private static func lines(_ selector: Selector, _ quote: Quote) -> [Quote.Line] {
    quote.lines.filter { line in
      switch selector {
      case .sku(let sku): line.sku == sku
      case .id(let id): line.id == id
      }
    }
  }

  private static func lineBy(_ selector: Selector, _ campaign: String, _ quote: Quote) -> String {
    let parts = lines(selector, quote).flatMap(\.discounts).filter { $0.campaign == campaign }
    let sum = parts.reduce(0) { $0 + $1.amount.minorUnits }
    return text(Money(minorUnits: sum, currency: quote.currency))
  }

  private static func applied(_ name: String, _ wanted: String?, _ quote: Quote) -> String? {
    if let applied = quote.applied.first(where: { $0.campaign == name }) {
      return wanted.flatMap { compare($0, text(applied.discount)) }
    }
    let hasEarned = quote.earned.contains { $0.campaign == name && $0.amount.value > 0 }
    guard !hasEarned || wanted != nil else { return nil }
    return refusal(of: name, quote) ?? "nothing is said of it"
  }

  private static func savings(of line: Quote.Line) -> Money {
    Money(
      minorUnits: line.discount.minorUnits + line.orderShare.minorUnits,
      currency: line.discount.currency)
  }

  private static func lineDiscounts(_ wanted: [String], _ quote: Quote) -> String? {
    compare(
      wanted.sorted().joined(separator: " "),
      quote.lines.map { text(savings(of: $0)) }.sorted().joined(separator: " "))
  }

  private static func refusal(of name: String, _ quote: Quote) -> String? {
    guard let refusal = quote.notApplied.first(where: { $0.campaign == name }) else { return nil }
    let detail = refusal.detail.map {
      " (\($0.left ?? "missing") \($0.operator) \($0.right ?? "missing"))"
    }
    return "refused because \(refusal.reason.rawValue)\(detail ?? "")"
  }

  private static func refused(
    _ name: String, _ reason: Quote.Reason?, _ quote: Quote
  ) -> String? {
    guard let refusal = quote.notApplied.first(where: { $0.campaign == name }) else {
      return "it is not refused"
    }
    guard let reason, refusal.reason != reason else { return nil }
    return Self.refusal(of: name, quote)
  }

  private static func hint(_ name: String, _ wanted: String, _ quote: Quote) -> String? {
    let actual =
      quote.notApplied.first { $0.campaign == name }?.hint
      ?? quote.applied.first { $0.campaign == name }?.hint
    return compare(wanted, actual ?? "no hint")
  }

  /// The sum with as many decimals as its parts have, which are those of the balance.
  private static func sum(_ amounts: [ExactDecimal]) -> String {
    let decimals = amounts.map(\.decimals).max() ?? 0
    var sum: Int64 = 0
    for amount in amounts {
      var value = amount.value
      for _ in amount.decimals..<decimals { value *= 10 }
      sum += value
    }
    return AmountText.text(sum, decimals: decimals)
  }
}
