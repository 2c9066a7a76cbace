extension RuleWriter {
  /// One `give`, and what it means for the campaign's other clauses.
  mutating func give(_ shape: inout Shape) -> String {
    if unit == .none { return moneylessGive(&shape) }
    switch dice.number(1...26) {
    case 1...4:
      shape.add(isLate: false, isCountable: false, isPlain: true)
      shape.isPercent = true
      return "give \(percent()) off \(source())"
    case 5...8:
      shape.add(isLate: false, isCountable: true, isPlain: false)
      let effect = dice.one(of: [
        "\(percent()) off", "\(money()) off each of", "price \(money()) for each of",
        "\(money()) off subtotal of", "\(percent()) off subtotal of",
      ])
      return "give \(effect) \(deal())"
    case 9:
      let (isDeal, pick) = dice.happens(30) ? (true, deal()) : (false, source())
      shape.add(isLate: false, isCountable: true, isPlain: !isDeal)
      return "give \(money()) off each of \(pick)"
    case 10...11:
      shape.add(isLate: false, isCountable: true, isPlain: true)
      return "give price \(money()) for each of \(source())"
    case 12...13:
      shape.add(isLate: false, isCountable: false, isPlain: false)
      if dice.happens(50) { shape.isPercent = true }
      return "give \(shape.isPercent ? percent() : money()) off subtotal of \(source())"
    case 14...17:
      shape.add(isLate: true, isCountable: false, isPlain: false)
      if dice.happens(50) {
        shape.isPercent = true
        return "give \(percent()) off order"
      }
      return "give \(money()) off order"
    case 18...20:
      shape.add(isLate: false, isCountable: true, isPlain: false)
      return "give " + bundle()
    case 21...22:
      shape.add(isLate: true, isCountable: false, isPlain: false)
      return "give "
        + dice.one(of: [
          "free shipping", "\(percent()) off shipping", "\(money()) off shipping",
          "price \(money()) for shipping",
        ])
    case 23:
      shape.add(isLate: false, isCountable: true, isPlain: false)
      return "give gift \(dice.one(of: ["\"MUG\"", "2 of \"MUG\"", "3 of \"TOTE\""]))"
    default:
      return expressionGive(&shape)
    }
  }

  private mutating func moneylessGive(_ shape: inout Shape) -> String {
    shape.isPercent = true
    switch dice.number(1...4) {
    case 1...2:
      shape.add(isLate: false, isCountable: false, isPlain: true)
      return "give \(percent()) off \(source())"
    case 3:
      shape.add(isLate: true, isCountable: false, isPlain: false)
      return "give \(percent()) off order"
    default:
      shape.add(isLate: false, isCountable: true, isPlain: false)
      return "give \(percent()) off \(deal())"
    }
  }

  private mutating func expressionGive(_ shape: inout Shape) -> String {
    let expression = dice.one(of: [
      "(subtotal of \(source()) * \(percent()) + \(money()))", "(\(money()) - \(money()))",
      "(min(subtotal of \(source()), \(money())) / 3)", "(max(\(money()), shipping))",
      "(\(money()) * quantity of \(source()))", "(cheapest price of \(source()) / 2)",
      "(\(money()) * floor(subtotal of items / $3))",
      "(\(money()) / (quantity of items - \(dice.number(1...6))))",
      "(\(money()) * round(quantity of items / 2))", "(customer.goal)",
      "(dearest price of \(source()) * 99999999 * 99999999 * 99999999 * 9999999)",
    ])
    switch dice.number(1...5) {
    case 1...2:
      shape.add(isLate: true, isCountable: false, isPlain: false)
      return "give \(expression) off \(dice.one(of: ["order", "order", "shipping"]))"
    case 3:
      shape.add(isLate: false, isCountable: true, isPlain: true)
      return "give \(expression) off each of \(source())"
    case 4:
      shape.add(isLate: false, isCountable: false, isPlain: false)
      return "give \(expression) off subtotal of \(source())"
    default:
      shape.add(isLate: false, isCountable: false, isPlain: true)
      let percent = dice.one(of: [
        "(customer.rate)", "(5% * quantity of items)", "(10% + 2.5%)",
        "(min(50%, 10% * kinds of items))",
      ])
      return "give \(percent) off \(source())"
    }
  }

  /// Units chosen by rank.
  private mutating func deal() -> String {
    let rank = dice.one(of: ["cheapest", "cheapest", "dearest"])
    let count = dice.number(1...2)
    switch dice.number(1...6) {
    case 1...2: return "\(rank) \(count) of \(source())"
    case 3...4: return "\(rank) \(count) of every \(dice.number(count + 1...4)) \(source())"
    default: return "\(rank) \(count) of \(source()) per \(dice.number(1...3)) \(source())"
    }
  }

  private mutating func bundle() -> String {
    let price = dice.one(of: ["$0.50", "$1", "$4.99", "$7", "$10", "$15"])
    let worth = unit == .yen ? "100 JPY" : price
    let slots = (1...dice.one(of: [1, 1, 2, 2, 3])).map { _ in
      "\(dice.number(1...3)) \(source())"
    }
    return "price \(worth) for \(slots.joined(separator: " + "))"
  }

  mutating func tiers(_ shape: inout Shape) -> String {
    let isMoney = unit != .none && dice.happens(50)
    var isLate = unit != .none && dice.happens(25)
    let isAfter = isLate && isMoney && dice.happens(60)
    let by =
      isMoney
      ? "subtotal of \(source())\(isAfter ? " after discounts" : "")"
      : dice.one(of: ["quantity of \(measured())", "kinds of items", "visits this year"])
    let thresholds: [String] =
      unit == .yen && isMoney
      ? ["10 JPY", "100 JPY", "1000 JPY"]
      : isMoney ? ["$1", "$5", "$12", "$30"] : ["1", "2", "4", "7"]
    var rows: [String] = []
    for threshold in thresholds where dice.happens(60) || rows.isEmpty {
      var reward: String
      if isLate {
        shape.add(isLate: true, isCountable: false, isPlain: false)
        reward = "give \(percent()) off \(dice.one(of: ["order", "shipping"]))"
      } else {
        reward = give(&shape)
        if !shape.isLate { isLate = false }
      }
      if dice.happens(15) { reward += " \(earn())" }
      rows.append("at \(threshold) \(reward)")
    }
    return "tiers by \(by) {\n    " + rows.joined(separator: "\n    ") + "\n  }"
  }

  // MARK: Earning

  mutating func earn() -> String {
    let base = dice.one(of: ["order", "order", "order with shipping", source()])
    var earning: String
    switch unit == .dollar ? dice.number(1...7) : 2 {
    case 1:
      earning = "\(dice.number(2...9)) points per \(dice.one(of: ["$1", "$0.30", "$3"])) of \(base)"
    case 2: earning = "\(dice.number(2...50)) points"
    case 3: earning = "1 point per $2 of \(base)"
    case 4:
      earning = "\(dice.one(of: ["1 stamp", "2 stamps"])) per \(dice.number(1...3)) \(source())"
    case 5: earning = "\(percent()) of \(base) as cashback"
    case 6: earning = "\(money()) as credit"
    default: earning = "3 points per 1 \(source())"
    }
    if dice.happens(25) { earning += " after \(dice.number(1...3)) \(dice.one(of: Self.units))" }
    if dice.happens(25) {
      earning += " expires in \(dice.number(1...3)) \(dice.one(of: Self.units))"
    }
    return "earn \(earning)"
  }

  private static let units = ["days", "weeks", "months", "years"]

  mutating func multiplier() -> String {
    let balance = dice.one(of: ["points", "points", "stamps", "cashback"])
    let factor = dice.one(of: ["2", "3", "1.5", "2.25", "1", "0.5"])
    return "earn \(balance) times \(factor) on \(dice.one(of: ["order", source(), source()]))"
  }
}
