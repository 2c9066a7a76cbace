package import LocalTime
import Money
package import Promo

/// A cart and the moment at which it is priced.
package struct Visit: Sendable {
  package var cart: Cart
  package var at: Instant
}

/// Writes random carts that meet the random rules.
struct CartWriter {
  var dice: Dice
  /// Campaigns that the rules have.
  let campaigns: [String]
  /// What the rules let a shopper take as a discount; points are so in some rule sets only.
  let takesPointsAsDiscount: Bool
  private let currency: Currency

  init?(_ dice: Dice, rules: RuleText) {
    self.dice = dice
    campaigns = (1...40).map { "c\($0)" }.filter { name in
      rules.files.contains { file in file.campaigns.contains { $0.hasPrefix("campaign \(name) ") } }
    }
    takesPointsAsDiscount = rules.files.contains {
      $0.header.contains("per 3 redeem as discount")
    }
    guard let dollars = Currency(code: "USD"), let yen = Currency(code: "JPY") else { return nil }
    let hasYen = rules.files.contains { $0.header.contains("currency JPY") }
    let isYen = self.dice.happens(40)
    currency = hasYen && isYen ? yen : dollars
  }

  mutating func visit() -> Visit {
    let at = moment()
    var cart = Cart(currency: currency, lines: [])
    for _ in 0..<dice.one(of: [0, 1, 1, 2, 2, 3, 3, 4, 5, 6]) { cart.lines.append(line()) }
    if dice.happens(15) { cart.lines.append(split(of: cart.lines.last)) }
    if dice.happens(12), !campaigns.isEmpty { cart.lines.append(giftLine()) }
    if dice.happens(20) {
      for index in cart.lines.indices { cart.lines[index].id = "line \(index)" }
    }
    if dice.happens(50) {
      cart.codes = dice.some(of: [
        "ONE", " two", "THREE ", "four", "one", "nope", "\u{C9}t\u{E9}", "\u{E9}T\u{E9}",
      ])
    }
    if dice.happens(70) { cart.shipping = money(dice.one(of: [0, 1, 499, 599, 1_000])) }
    if dice.happens(60) { cart.order = order() }
    if dice.happens(80) { cart.customer = customer(at: at) }
    if dice.happens(10), !campaigns.isEmpty { cart.declined = [dice.one(of: campaigns)] }
    for campaign in campaigns where dice.happens(15) { cart.usage[campaign] = usage() }
    cart.explain = dice.one(of: [.near, .near, .all, .all, .none])
    let isDollars = currency.decimals == 2
    if isDollars, dice.happens(25) {
      cart.redeem["cashback"] = balance(decimals: currency.decimals)
      if takesPointsAsDiscount { cart.redeem["points"] = balance(decimals: 0) }
    }
    if isDollars, dice.happens(20) {
      cart.pay["credit"] = balance(decimals: currency.decimals)
      if !takesPointsAsDiscount { cart.pay["points"] = balance(decimals: 0) }
    }
    return Visit(cart: cart, at: at)
  }

  /// An amount in the cart's currency.
  func money(_ minorUnits: Int) -> Money {
    Money(minorUnits: Int64(minorUnits), currency: currency)
  }

  private mutating func balance(decimals: Int) -> ExactDecimal {
    let value = dice.one(of: [0, 1, 7, 50, 99, 100, 250, 1_000, 5_000])
    return ExactDecimal(value: Int64(value), decimals: decimals)
  }

  private mutating func moment() -> Instant {
    let local = dice.one(of: [
      "2026-02-28T23:30:00-05:00", "2026-03-01T00:00:00-05:00", "2026-03-08T01:30:00-05:00",
      "2026-03-08T03:30:00-04:00", "2026-05-29T12:00:00-04:00", "2026-05-31T23:59:59-04:00",
      "2026-06-01T00:30:00-04:00", "2026-06-05T12:00:00-04:00", "2026-11-01T01:30:00-04:00",
      "2026-11-01T01:30:00-05:00", "2026-12-31T23:59:00-05:00", "2027-01-01T04:00:00+01:00",
      "2026-01-31T10:00:00Z", "2028-02-29T12:00:00-05:00",
    ])
    return Instant(rfc3339: local) ?? Instant(secondsSince1970: 0)
  }

  // MARK: Lines

  mutating func line() -> Cart.Line {
    let kind = dice.number(0...RuleWriter.skus.count - 1)
    let usual = [999, 1_000, 250, 1, 2_000, 333][kind]
    let price = dice.happens(80) ? usual : dice.one(of: [0, 5, 100, 500, 1_999, 3_000])
    var line = Cart.Line(
      sku: RuleWriter.skus[kind], price: money(price),
      quantity: Int64(dice.one(of: [1, 1, 1, 2, 2, 3, 4, 5, 6])))
    line.categories =
      [["books"], ["books", "toys"], ["food/fresh"], ["food"], [], ["booksy"]][kind]
    line.brands = [["x"], ["y"], [], ["x", "y"], ["X"], []][kind]
    line.tags = [["new"], [], ["old"], ["new", "old"], [], ["new"]][kind]
    if kind < 3 { line.name = ["Mug", "a mu", "tea"][kind] }
    if kind == 1 { line.vendor = "v" }
    if kind != 2 {
      line.attributes["color"] = .text(["red", "blue", "", "red", "blue", "Red"][kind])
    }
    if kind == 4 { line.attributes["color"] = .texts(["red", "green"]) }
    line.attributes["size"] = .number(ExactDecimal(value: Int64(kind)))
    if dice.happens(50) { line.attributes["soft"] = .flag(dice.happens(50)) }
    if dice.happens(5) { line.attributes["size"] = .text("large") }
    if dice.happens(50) {
      let weight = ExactDecimal(value: Int64(dice.one(of: [5, 10, 22, -3])), decimals: 1)
      line.attributes["weight"] = dice.happens(80) ? .number(weight) : .text("2.25")
    }
    if dice.happens(40) {
      line.attributes["since"] = .text(dice.one(of: ["2026-05-01", "2026-02-29", "2025-12-31"]))
    }
    if dice.happens(20) { line.compareAt = money(price + dice.one(of: [0, 1, 500])) }
    if dice.happens(18) { line.floor = money(dice.one(of: [1, 100, 240, 900, 5_000])) }
    if dice.happens(6) { line.isGiftCard = true }
    if dice.happens(8) { line.isDiscountable = false }
    return line
  }

  /// A second line of the same sku, sometimes with another price or floor.
  mutating func split(of line: Cart.Line?) -> Cart.Line {
    var line = line ?? self.line()
    line.quantity = Int64(dice.number(1...3))
    if dice.happens(30) { line.price = money(dice.one(of: [100, 500, 1_000])) }
    if dice.happens(20) { line.floor = money(200) }
    return line
  }

  mutating func giftLine() -> Cart.Line {
    var line = Cart.Line(
      sku: dice.one(of: ["MUG", "MUG", "TOTE", "A"]), price: money(700),
      quantity: Int64(dice.number(1...2)))
    line.gift = dice.happens(90) ? dice.one(of: campaigns) : "nobody"
    return line
  }

  private mutating func order() -> Cart.Order {
    var order = Cart.Order()
    if dice.happens(80) { order.country = dice.one(of: ["US", "CA", "FR"]) }
    if dice.happens(60) { order.channel = dice.one(of: ["web", "store", "US"]) }
    if dice.happens(50) { order.store = dice.one(of: ["NY-1", "LA-2"]) }
    if dice.happens(40) { order.attributes["wrap"] = .flag(dice.happens(50)) }
    if dice.happens(40) {
      order.attributes["zone"] = .number(
        ExactDecimal(value: Int64(dice.one(of: [10, 25, 30, 35])), decimals: 1))
    }
    return order
  }

  private mutating func usage() -> Cart.Usage {
    var usage = Cart.Usage()
    usage.redemptions = Int64(dice.number(0...3))
    if dice.happens(50) { usage.discount = money(dice.one(of: [0, 50, 100, 300, 1_100])) }
    if dice.happens(50) { usage.earned = ExactDecimal(value: Int64(dice.number(0...30))) }
    if dice.happens(50) {
      usage.codes = ["one": Int64(dice.number(0...3)), "Two": Int64(dice.number(0...3))]
    }
    return usage
  }
}
