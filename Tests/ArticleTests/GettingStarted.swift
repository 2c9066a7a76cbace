import Promo
import Synchronization

// What the article GettingStarted shows, word for word, so that it compiles and does what it says.

/// Reads rule files, and folders of them; a mistake in any is an error that holds all findings.
func rules(at paths: [String]) throws -> RuleSet {
  try RuleSet(sources: RuleFiles.read(paths))
}

/// The rules in force; new ones take over only when they have no error.
final class RulesInForce: Sendable {
  private let rules: Mutex<RuleSet>

  init(_ rules: RuleSet) { self.rules = Mutex(rules) }

  var current: RuleSet { rules.withLock { $0 } }

  func publish(_ sources: [RuleSource]) throws(RuleSetError) {
    let next = try RuleSet(sources: sources)
    rules.withLock { $0 = next }
  }
}

/// What stands in a shopper's basket, in the words of the library.
func cart(in dollars: Currency, of customer: Cart.Customer?) -> Cart {
  var shirts = Cart.Line(
    sku: "SHIRT", price: Money(minorUnits: 20_00, currency: dollars), quantity: 4)
  shirts.id = "row-1"
  shirts.categories = ["apparel/shirts"]
  var socks = Cart.Line(sku: "SOCKS", price: Money(minorUnits: 5_00, currency: dollars))
  socks.id = "row-2"
  socks.categories = ["apparel/socks"]
  var cart = Cart(currency: dollars, lines: [shirts, socks])
  cart.shipping = Money(minorUnits: 5_99, currency: dollars)
  cart.codes = ["WELCOME"]
  cart.customer = customer
  return cart
}

/// What a page shows of a quote.
func texts(of quote: Quote) -> [String] {
  var texts: [String] = []
  for line in quote.lines {
    for group in line.units {
      texts.append("\(group.quantity) × \(line.sku) at \(group.unitPrice)")
    }
  }
  for campaign in quote.applied {
    texts.append(campaign.message ?? "\(campaign.title): \(campaign.discount) off")
  }
  for campaign in quote.notApplied {
    if let hint = campaign.hint { texts.append(hint) }
  }
  for code in quote.codes where code.status != .applied {
    texts.append("\(code.code): \(code.status.rawValue)")
  }
  texts.append("to pay: \(quote.due)")
  return texts
}

/// Takes gifts that are no longer given out of a cart and puts those that are given in.
func settleGifts(of quote: Quote, in cart: inout Cart, price: (String) -> Money) {
  for gift in quote.withdrawnGifts { cart.lines.removeAll { $0.id == gift.id } }
  for gift in quote.gifts {
    var line = Cart.Line(sku: gift.sku, price: price(gift.sku), quantity: gift.quantity)
    line.id = "gift-\(gift.campaign)"
    line.gift = gift.campaign
    cart.lines.append(line)
  }
}

/// A page that follows a shopper's cart, and the texts it would paint anew after each change.
struct CartPage: ~Copyable {
  private var session: PricingSession

  init(_ cart: Cart, under rules: RuleSet, at now: Instant) throws {
    session = try rules.session(cart, at: now)
  }

  mutating func set(_ quantity: Int64, of id: String) throws -> [String] {
    let change =
      quantity == 0 ? try session.remove(id) : try session.setQuantity(quantity, of: id)
    var texts = change.removedLines.map { "\($0) is gone" }
    texts += change.lines.map { "\($0.id) is \($0.total)" }
    return texts + ["to pay: \(change.rest.due)"]
  }
}

/// What to remember of an order once it is paid, so that the next quote knows of it.
func remember(_ quote: Quote, of customer: inout Cart.Customer) {
  let paid = quote.lines.reduce(0) { $0 + $1.total.minorUnits }
  var visit = Cart.Visit(
    at: quote.at, total: Money(minorUnits: paid, currency: quote.currency))
  visit.lines = quote.lines.map {
    Cart.VisitLine(sku: $0.sku, quantity: $0.quantity, total: $0.total)
  }
  customer.history.append(visit)
  let campaigns = Set(quote.applied.map(\.campaign) + quote.earned.map(\.campaign))
  for campaign in campaigns.sorted() {
    var use = Cart.Redemption(campaign: campaign, at: quote.at)
    use.discount = quote.applied.first { $0.campaign == campaign }?.discount
    use.earned = quote.earned.first { $0.campaign == campaign }?.amount
    customer.redemptions.append(use)
  }
}

/// Prices many carts at once.
func quotes(of carts: [Cart], under rules: RuleSet, at now: Instant) async throws -> [Quote] {
  try await withThrowingTaskGroup(of: (Int, Quote).self) { group in
    for (index, cart) in carts.enumerated() {
      group.addTask { (index, try rules.quote(cart, at: now)) }
    }
    var quotes: [Int: Quote] = [:]
    for try await (index, quote) in group { quotes[index] = quote }
    return carts.indices.compactMap { quotes[$0] }
  }
}

/// Answers the JSON of a cart with the JSON of its quote.
func answer(to request: [UInt8], under rules: RuleSet, now: Instant) throws -> [UInt8] {
  try rules.quote(json: request, now: now, limits: .http)
}
