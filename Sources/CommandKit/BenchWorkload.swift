import LocalTime
import Money
import Promo

/// Rules and carts made up from a seed: the same seed, the same bytes.
struct BenchWorkload {
  private var state: UInt64
  private static let categoryCount = 40

  /// Work that follows from a seed.
  init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) }

  /// A whole number below a bound.
  private mutating func next(below bound: UInt64) -> Int64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Int64(mixed.multipliedFullWidth(by: bound).high)
  }

  /// A rule file of that many campaigns, of every common kind in turn.
  mutating func rules(campaignCount: Int) -> RuleSource {
    var text = "currency USD\ntimezone \"America/New_York\"\n"
    for index in 0..<campaignCount {
      text += "\ncampaign c\(index) \"Campaign \(index)\" {\n"
      for clause in clauses(kind: index % 10, index) { text += "  \(clause)\n" }
      text += "}\n"
    }
    return RuleSource(path: "bench.promo", text: text)
  }

  private mutating func clauses(kind: Int, _ index: Int) -> [String] {
    let category = "items in category \"k\(next(below: UInt64(Self.categoryCount)))\""
    let percent = 1 + next(below: 20)
    switch kind {
    case 0: return ["when quantity of \(category) >= 5", "give \(percent)% off \(category)"]
    case 1: return ["code \"CODE\(index)\"", "give \(percent)% off items"]
    case 2: return ["when subtotal of \(category) >= $50", "give $5 off order"]
    case 3: return ["give 100% off cheapest 1 of every 3 \(category)"]
    case 4: return ["active from 2026-01-01 on fri", "give $1 off each of \(category)"]
    case 5:
      return [
        "tiers by subtotal of \(category) {", "  at $100 give \(percent)% off \(category)",
        "  at $200 give \(percent + 5)% off \(category)", "}",
      ]
    case 6:
      return [
        "for members", "when visits this month >= 3", "give $2 off order",
        "limit 1 per customer per month",
      ]
    case 7: return ["when subtotal of items after discounts >= $100", "give free shipping"]
    case 8: return ["active from 2024-01-01 through 2024-12-31", "give \(percent)% off items"]
    default:
      return [
        "when order.country is one of (\"US\", \"CA\") and subtotal of items >= $75",
        "give \(percent)% off \(category)",
      ] + (index % 50 == 9 ? ["stack best of \"sitewide\""] : [])
    }
  }

  /// A cart of that many lines.
  mutating func cart(lineCount: Int, currency: Currency) -> Cart {
    var cart = Cart(currency: currency, lines: [])
    cart.shipping = Money(minorUnits: 599, currency: currency)
    cart.order.country = "US"
    for index in 0..<lineCount {
      let price = Money(minorUnits: 199 + 50 * next(below: 200), currency: currency)
      var line = Cart.Line(
        sku: "S\(index)-\(next(below: 100_000))", price: price, quantity: 1 + next(below: 4))
      line.categories = ["k\(next(below: UInt64(Self.categoryCount)))"]
      cart.lines.append(line)
    }
    if next(below: 2) == 0 {
      var customer = Cart.Customer()
      customer.id = "m\(next(below: 1_000))"
      customer.isMember = true
      for day in 0..<next(below: 6) {
        let at = Instant(secondsSince1970: Self.moment.secondsSince1970 - 86_400 * (day + 1))
        customer.history.append(
          Cart.Visit(at: at, total: Money(minorUnits: 2_500, currency: currency)))
      }
      cart.customer = customer
    }
    return cart
  }

  /// When all carts are priced: a Friday at noon, UTC.
  static let moment = Instant(secondsSince1970: 1_780_660_800)
}
