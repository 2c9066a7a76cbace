import LocalTime
import Money
import Promo

extension CartWriter {
  mutating func customer(at: Instant) -> Cart.Customer {
    var customer = Cart.Customer()
    if dice.happens(65) { customer.id = dice.happens(80) ? "m" : "n" }
    if dice.happens(30) { customer.email = "m@example.com" }
    customer.isMember = dice.happens(65)
    customer.groups = dice.happens(50) ? dice.some(of: ["vip", "new", "Vip"]) : []
    if dice.happens(60) {
      customer.attributes["tier"] =
        dice.happens(80)
        ? .text(dice.one(of: ["gold", "silver", "Gold"])) : .texts(["silver", "gold"])
    }
    if dice.happens(50) {
      customer.attributes["birthday"] =
        .text(dice.one(of: ["1990-05-03", "1984-02-29", "1990-02-30", "2001-12-31"]))
    }
    if dice.happens(40) {
      customer.attributes["goal"] = dice.one(of: [
        .text("4.99"), .number(ExactDecimal(value: 5)), .text("12.345"), .flag(true), .text("-3"),
      ])
    }
    if dice.happens(40) {
      customer.attributes["rate"] = dice.one(of: [
        .number(ExactDecimal(value: 5)), .number(ExactDecimal(value: 75, decimals: 1)),
        .text("12.5"), .number(ExactDecimal(value: 150)), .number(ExactDecimal(value: -5)),
      ])
    }
    for _ in 0..<dice.one(of: [0, 0, 1, 2, 3, 4]) { customer.history.append(visit(before: at)) }
    for campaign in campaigns where dice.happens(15) {
      var use = Cart.Redemption(campaign: campaign, at: past(of: at))
      if dice.happens(70) { use.discount = price() }
      if dice.happens(50) { use.earned = ExactDecimal(value: Int64(dice.number(0...20))) }
      customer.redemptions.append(use)
    }
    let amounts: [Int64] = [0, 5, 100, 700, 5_000]
    if dice.happens(60) { customer.balances["points"] = ExactDecimal(value: dice.one(of: amounts)) }
    for name in ["cashback", "credit"] where dice.happens(60) {
      customer.balances[name] = ExactDecimal(
        value: dice.one(of: amounts), decimals: price().currency.decimals)
    }
    return customer
  }

  private mutating func price() -> Money {
    money(dice.one(of: [0, 1, 250, 1_000, 2_500]))
  }

  private mutating func visit(before at: Instant) -> Cart.Visit {
    var visit = Cart.Visit(at: past(of: at))
    if dice.happens(70) { visit.total = price() }
    for _ in 0..<dice.number(0...2) {
      var line = Cart.VisitLine(
        sku: dice.one(of: ["A", "B", "C"]), quantity: Int64(dice.number(1...3)))
      if dice.happens(80) { line.total = price() }
      if dice.happens(60) { line.categories = [dice.one(of: ["books", "books/old", "food"])] }
      if dice.happens(50) { line.brands = [dice.one(of: ["x", "y"])] }
      if dice.happens(50) { line.tags = ["new"] }
      visit.lines.append(line)
    }
    return visit
  }

  /// A moment before, seldom after, another; often near the edge of a day, a week or a month.
  private mutating func past(of at: Instant) -> Instant {
    let day: Int64 = 86_400
    let distance = dice.one(of: [
      0, 1, 1_800, 43_200, day, day - 1, 2 * day, 7 * day, 28 * day, 31 * day, 60 * day,
      90 * day, 365 * day, 800 * day, -1, -day,
    ])
    return Instant(
      secondsSince1970: at.secondsSince1970 - distance, offsetSeconds: at.offsetSeconds)
  }
}
