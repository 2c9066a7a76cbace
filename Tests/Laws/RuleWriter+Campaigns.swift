extension RuleWriter {
  /// One campaign; most of them pass the checker.
  mutating func campaign(_ name: String) -> String {
    var clauses: [String] = []
    var shape = Shape()
    switch dice.number(1...20) {
    case 1...14:
      for _ in 1...(dice.happens(20) ? 2 : 1) { clauses.append(give(&shape)) }
      if dice.happens(8) { clauses.append(earn()) }
    case 15...16: clauses.append(tiers(&shape))
    case 17...19:
      shape.isEarning = true
      for _ in 1...dice.number(1...2) { clauses.append(earn()) }
    default:
      shape.isEarning = true
      clauses.append(multiplier())
    }
    if shape.isEarning, dice.happens(5) { clauses.append("event sign_up") }
    if dice.happens(12) { clauses.append(audience()) }
    for _ in 0..<dice.one(of: [0, 0, 1, 1, 1, 2]) { clauses.append("when \(condition())") }
    if unit == .dollar, shape.isLate || shape.isEarning, dice.happens(40) {
      clauses.append("when subtotal of \(source()) after discounts >= \(threshold())")
    }
    if dice.happens(15) {
      shape.hasCode = true
      clauses.append("code \"\(dice.one(of: ["ONE", "two", "Three", "\u{C9}t\u{E9}"]))\"")
      if dice.happens(20) { clauses.append("code \"FOUR\"") }
    }
    if dice.happens(20) { clauses.append(schedule()) }
    if dice.happens(5) { clauses.append(schedule()) }
    bounds(&clauses, shape)
    if dice.happens(25) { clauses.append("priority \(dice.one(of: ["-1", "1", "2"]))") }
    stacking(&clauses, shape, name)
    if shape.isPercent, dice.happens(15) { clauses.append("base original") }
    texts(&clauses, shape)
    let title = dice.happens(50) ? " \"Title of \(name)\"" : ""
    return "campaign \(name)\(title) {\n  " + clauses.joined(separator: "\n  ") + "\n}"
  }

  /// What the clauses written so far allow in others.
  struct Shape {
    var isEarning = false
    /// Gives of the order and shipping stage only.
    var isLate = false
    var isPercent = false
    /// Everything can be counted by `limit N per order`.
    var isCountable = false
    /// Only gives that `on items` may choose between.
    var isPlain = false
    var hasCode = false
    var givesYet = false

    mutating func add(isLate: Bool, isCountable: Bool, isPlain: Bool) {
      self.isLate = isLate && (self.isLate || !givesYet)
      self.isCountable = isCountable && (self.isCountable || !givesYet)
      self.isPlain = isPlain && (self.isPlain || !givesYet)
      givesYet = true
    }
  }

  private mutating func audience() -> String {
    dice.one(of: [
      "for members", "for guests", "for customers in group \"vip\"",
      "for customers in group (\"new\", \"vip\")", "for customer \"m\"",
    ])
  }

  private mutating func schedule() -> String {
    if dice.happens(5) { return "active never" }
    let date = { (dice: inout Dice) in
      "2026-" + dice.one(of: ["02-28", "03-01", "03-08", "05-31", "06-01", "11-01", "12-31"])
    }
    var parts: [String] = []
    if dice.happens(50) {
      parts.append(
        dice.happens(50)
          ? "from \(date(&dice))"
          : "from \(date(&dice))T\(dice.one(of: ["00:30", "02:30", "23:59"]))")
    }
    if dice.happens(40) {
      parts.append(
        dice.happens(50)
          ? "through \(date(&dice))" : "until \(date(&dice))T\(dice.one(of: ["01:30", "02:00"]))")
    }
    if dice.happens(30) { parts.append("on \(dice.one(of: ["sat, sun", "mon, tue, wed", "fri"]))") }
    if dice.happens(30) || parts.isEmpty {
      parts.append(
        "between "
          + dice.one(of: [
            "11:00 and 14:00", "22:00 and 02:00", "00:00 and 12:00", "23:00 and 00:00",
          ]))
    }
    return "active " + parts.joined(separator: " ")
  }

  private mutating func bounds(_ clauses: inout [String], _ shape: Shape) {
    let period = ["", "", " per day", " per week", " per month", " per year"]
    if dice.happens(14) {
      let per = dice.one(
        of: shape.hasCode ? ["customer", "total", "code"] : ["customer", "total"])
      let bound = per == "total" ? "total" : "per \(per)"
      clauses.append("limit \(dice.number(1...3)) \(bound)\(dice.one(of: period))")
    }
    if dice.happens(4) { clauses.append("limit 2 total per week") }
    if shape.isCountable, dice.happens(25) {
      clauses.append("limit \(dice.number(1...3)) per order")
    }
    if shape.isEarning {
      if dice.happens(20) {
        clauses.append(
          "cap \(dice.number(1...40)) points \(dice.one(of: ["per customer", "total", "per order", "per customer per month"]))"
        )
      }
    } else if unit != .none, dice.happens(22) {
      let bound = dice.one(of: ["per order", "per order", "per customer", "total"])
      clauses.append("cap \(money()) \(bound)\(bound == "per order" ? "" : dice.one(of: period))")
    }
  }

  private mutating func stacking(_ clauses: inout [String], _ shape: Shape, _ name: String) {
    guard !shape.isEarning, dice.happens(45) else { return }
    switch dice.number(1...8) {
    case 1: clauses.append("stack alone")
    case 2...3: clauses.append("stack best of \"\(dice.one(of: ["g", "h"]))\"")
    case 4:
      let others = dice.some(of: names.filter { $0 != name })
      if !others.isEmpty { clauses.append("stack with \(others.joined(separator: ", "))") }
    case 5: clauses.append("stack best of \"g\"\n  stack best of \"h\"")
    case 6...7 where shape.isPlain: clauses.append("stack best of \"i\" on items")
    default: clauses.append("stack alone on items")
    }
  }

  private mutating func texts(_ clauses: inout [String], _ shape: Shape) {
    if !shape.isEarning, dice.happens(30) {
      var text = "{title}: {saved} {{off"
      if shape.hasCode { text += " with {code}" }
      if clauses.contains(where: { $0.hasPrefix("limit") && !$0.contains("order") }) {
        text += ", {remaining_uses} left"
      }
      clauses.append("message \"\(text)\"")
    }
    let canLack = clauses.contains { clause in
      clause.hasPrefix("tiers")
        || clause.hasPrefix("when quantity of items >=")
        || clause.hasPrefix("when subtotal of items >=")
        || clause.hasPrefix("when visit_number") && clause.contains(">=")
    }
    if canLack, dice.happens(60) { clauses.append("hint \"{missing} more for {title}\"") }
  }
}
