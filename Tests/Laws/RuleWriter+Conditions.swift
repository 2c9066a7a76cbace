extension RuleWriter {
  /// A whole condition, as after `when`.
  mutating func condition() -> String {
    let first = comparison()
    switch dice.number(1...14) {
    case 1...2: return "\(first) and \(comparison())"
    case 3: return "\(first) or \(comparison())"
    case 4: return "not \(first)"
    case 5: return "(\(first) or \(comparison())) and \(comparison())"
    case 6: return "not (\(first) and \(comparison()))"
    case 7: return "(\(first) and \(comparison())) and not (\(comparison()) or \(comparison()))"
    default: return first
    }
  }

  private mutating func comparison() -> String {
    switch dice.number(1...10) {
    case 1...4: cartComparison()
    case 5: orderComparison()
    case 6: customerComparison()
    case 7: calendarComparison()
    default: historyComparison()
    }
  }

  private mutating func order() -> String {
    dice.one(of: [">=", ">=", ">=", ">", "=", "<", "<=", "!="])
  }

  private mutating func cartComparison() -> String {
    let order = order()
    guard unit != .none else {
      return
        "\(dice.one(of: ["quantity", "kinds"])) of \(measured()) \(order) \(dice.number(1...6))"
    }
    switch dice.number(1...15) {
    case 1...3: return "quantity of \(measured()) \(order) \(dice.number(1...8))"
    case 4: return "kinds of \(measured()) \(order) \(dice.number(1...4))"
    case 5...7: return "subtotal of \(measured()) \(order) \(threshold())"
    case 8:
      return "\(dice.one(of: ["cheapest", "dearest"])) price of \(measured()) \(order) \(money())"
    case 9: return dice.happens(70) ? "shipping \(order) \(money())" : "shipping is missing"
    case 10: return "\(threshold()) <= subtotal of \(source())"
    case 11: return "subtotal of \(source()) * \(percent()) \(order) \(money())"
    case 12:
      return "floor(quantity of \(source()) / 2) \(order) \(dice.number(0...3))"
    case 13:
      return "min(subtotal of \(source()), subtotal of \(source())) \(order) \(threshold())"
    case 14:
      return "round(subtotal of items / \(money())) \(order) \(dice.number(1...5))"
    default: return "subtotal of items / quantity of \(source()) \(order) \(money())"
    }
  }

  private mutating func orderComparison() -> String {
    switch dice.number(1...8) {
    case 1: "order.country is one of (\"US\", \"CA\")"
    case 2: "order.country is not one of (\"US\", \"FR\")"
    case 3: "order.channel \(dice.one(of: ["=", "!="])) \"web\""
    case 4: "order.store is \(dice.one(of: ["missing", "not missing"]))"
    case 5: dice.happens(50) ? "order.wrap" : "order.wrap = no"
    case 6: "order.zone \(order()) \(dice.one(of: ["1", "2.5", "3"]))"
    case 7: "order.store starts with \"ny\""
    default: "order.country != order.channel"
    }
  }

  private mutating func customerComparison() -> String {
    switch dice.number(1...10) {
    case 1: "customer.tier \(dice.one(of: ["=", "!="])) \"gold\""
    case 2: "customer.tier is \(dice.one(of: ["", "not "]))one of (\"gold\", \"silver\")"
    case 3: "customer.tier contains \"OL\""
    case 4: "customer in group \"vip\""
    case 5: "customer in group (\"new\", \"vip\")"
    case 6: "customer is member"
    case 7: unit == .dollar ? "customer.goal \(order()) $5" : "customer.birthday is missing"
    case 8: "customer.rate \(order()) \(dice.one(of: ["5%", "7.5%", "20%"]))"
    case 9: "year of customer.birthday \(order()) 1990"
    default: "month of customer.birthday = month of today"
    }
  }

  private mutating func calendarComparison() -> String {
    switch dice.number(1...7) {
    case 1: "today \(order()) 2026-\(dice.one(of: ["02-28", "03-01", "03-08", "05-31", "12-31"]))"
    case 2: "weekday is one of (mon, fri, sun)"
    case 3: "weekday \(dice.one(of: ["=", "!="])) \(dice.one(of: ["mon", "sat", "sun"]))"
    case 4: "day of today <= \(dice.number(1...31))"
    case 5: "month of today \(dice.one(of: ["=", ">="])) \(dice.number(1...12))"
    case 6: "year of today = 2026"
    default: "days since customer.birthday \(order()) 13000"
    }
  }

  mutating func window() -> String {
    switch dice.number(1...8) {
    case 1...3: "this \(dice.one(of: ["day", "week", "month", "quarter", "year"]))"
    case 4: "previous \(dice.one(of: ["day", "week", "month", "quarter", "year"]))"
    case 5...6: "last \(dice.number(1...3)) \(dice.one(of: ["days", "weeks", "months", "years"]))"
    default: "ever"
    }
  }

  private mutating func historyComparison() -> String {
    let order = order()
    let count = dice.number(1...4)
    let dimension = dice.one(of: [
      "category \"books\"", "brand (\"x\", \"y\")", "tag \"new\"", "sku \"A\"",
    ])
    switch dice.number(1...10) {
    case 1...2: return "visits \(window()) \(order) \(count)"
    case 3...4: return "visit_number \(window()) \(order) \(count)"
    case 5: return "visit_days \(window()) \(order) \(count)"
    case 6 where unit == .dollar: return "spent \(window()) \(order) \(threshold())"
    case 7 where unit == .dollar: return "spent in \(dimension) \(window()) \(order) \(threshold())"
    case 8: return "bought in \(dimension) \(window()) \(order) \(count)"
    case 9 where dice.happens(50): return "days since last visit \(order) \(dice.number(0...40))"
    case 9:
      return "redemptions of \(dice.one(of: names)) \(window()) \(order) \(dice.number(0...2))"
    default:
      return unit == .dollar && dice.happens(40)
        ? "balance of cashback \(order) \(money())"
        : "balance of points \(order) \(dice.number(1...9) * 50)"
    }
  }
}
