import Promo

func newPrices(of cart: Cart, at now: Instant) throws -> [String] {
  let rules = try RuleSet(
    text: """
      currency USD
      campaign buy5_save15 { when quantity of items >= 5 give 15% off items }
      """)
  let quote = try rules.quote(cart, at: now)
  return quote.lines.map { "\($0.sku): \($0.price), now \($0.unitPrice ?? $0.total)" }
}
