package import Promo

/// A random rule set as text, in pieces that can be left out.
package struct RuleText {
  /// One file: what every campaign of it needs, then the campaigns.
  package struct File {
    package var path: String
    package var header: String
    package var campaigns: [String]

    /// The whole text.
    package var text: String { header + "\n" + campaigns.joined(separator: "\n") }

    /// Which campaign holds a byte of the text; nil for the header.
    package func campaign(holding offset: Int) -> Int? {
      var start = header.utf8.count + 1
      for (index, campaign) in campaigns.enumerated() {
        let end = start + campaign.utf8.count
        if offset >= start, offset <= end { return index }
        start = end + 1
      }
      return nil
    }
  }

  package var files: [File]

  /// The files as a shop would hand them over, with the list that some rules read.
  package var sources: [RuleSource] {
    files.map { file in
      RuleSource(
        path: file.path, bytes: Array(file.text.utf8),
        lists: file.text.contains("listed in") ? ["list.txt": Array("A\n D \n".utf8)] : [:])
    }
  }

  /// What the rules read beside them, by name.
  package static let lists = ["list.txt": ["A", "D"]]

  package var campaignCount: Int { files.map(\.campaigns.count).reduce(0, +) }
}

/// Writes random rules; small numbers and few names, so that campaigns meet often.
struct RuleWriter {
  var dice: Dice
  /// Names of all campaigns of the rule set.
  var names: [String] = []
  /// Whether the file at hand may write money and names of the rule set's balances.
  var unit = MoneyUnit.dollar

  enum MoneyUnit { case dollar, yen, none }

  init(_ dice: Dice) { self.dice = dice }

  static let skus = ["A", "B", "C", "D", "\u{E9}", "e\u{301}"]
  static let skuTexts = skus.map { "\"\($0)\"" }
  static let sets = ["books", "cheap", "red_ones", "no_books"]

  mutating func rules() -> RuleText {
    if dice.happens(1) { return crowd() }
    let count = dice.number(1...8)
    names = (1...count).map { "c\($0)" }
    var main = RuleText.File(path: "rules/a.promo", header: header(), campaigns: [])
    var other: RuleText.File?
    if count > 1, dice.happens(12) {
      unit = dice.one(of: [.yen, .none])
      let head = unit == .yen ? "currency JPY\n" : ""
      let zone = dice.one(of: ["Europe/Berlin", "America/New_York"])
      other = RuleText.File(
        path: "rules/b.promo", header: head + "timezone \"\(zone)\"", campaigns: [])
    }
    let split = other == nil ? count : dice.number(1...count - 1)
    for index in 0..<count {
      if index < split {
        let kept = unit
        unit = .dollar
        main.campaigns.append(campaign(names[index]))
        unit = kept
      } else {
        other?.campaigns.append(campaign(names[index]))
      }
    }
    return RuleText(files: [main] + (other.map { [$0] } ?? []))
  }

  mutating func header() -> String {
    var lines = ["currency USD", "timezone \"America/New_York\""]
    if dice.happens(15) { lines.append("rounding half_even") }
    if dice.happens(15) { lines.append("choose by priority") }
    lines.append(
      """
      attributes {
        item color: text, size: count, soft: flag, weight: number, since: date
        customer tier: text, birthday: date, goal: money, rate: percent
        order wrap: flag, zone: number
      }
      set books = items in category "books"
      set cheap = items where price <= \(dice.one(of: ["$1", "$2", "$5"]))
      set red_ones = \(dice.one(of: ["items", "books", "all_items"])) where color = "red"
      set no_books = items where not in books
      """)
    lines.append(
      dice.happens(50)
        ? "balance points { worth $1 per 100 redeem as payment step 10 at least 20 }"
        : "balance points { worth $0.07 per 3 redeem as discount at most 40% of order expires in 2 months }"
    )
    lines.append(
      "balance cashback { money redeem as discount "
        + dice.one(of: ["", "step $0.50 ", "at least $2 ", "at most 33.5% of order "]) + "}")
    lines.append(
      "balance credit { money redeem as payment \(dice.one(of: ["", "step $1 "]))}\nbalance stamps { }"
    )
    return lines.joined(separator: "\n")
  }

  // MARK: Amounts

  mutating func money() -> String {
    if unit == .yen { return "\(dice.one(of: [1, 3, 10, 100, 250])) JPY" }
    return dice.one(of: [
      "$0.01", "$0.05", "$0.99", "$1", "$1.50", "$2", "$2.99", "$3", "$5", "$7.77", "$10", "$12",
    ])
  }

  mutating func threshold() -> String {
    unit == .yen
      ? "\(dice.one(of: [10, 100, 1000])) JPY"
      : dice.one(of: ["$1", "$5", "$8.50", "$10", "$15", "$20", "$25", "$40"])
  }

  mutating func percent() -> String {
    dice.one(of: [
      "1%", "5%", "10%", "12.5%", "15%", "20%", "25%", "33.3333%", "50%", "75%", "100%",
    ])
  }

  // MARK: Selections

  /// Units that can be discounted.
  mutating func source() -> String {
    switch dice.number(1...12) {
    case 1...4: "items"
    case 5...6: dice.one(of: Self.sets)
    case 7: "items in category \"\(dice.one(of: ["books", "food", "food/fresh"]))\""
    case 8: "\(dice.one(of: ["items", "cheap"])) in brand \"\(dice.one(of: ["x", "y"]))\""
    case 9: "items in \(dice.one(of: ["tag (\"new\", \"old\")", "vendor \"v\""]))"
    case 10: "items in sku (\(dice.one(of: Self.skuTexts)), \(dice.one(of: Self.skuTexts)))"
    case 11: dice.happens(30) ? "items listed in \"list.txt\"" : "items in sku \"A\""
    default: "(\(dice.one(of: ["items", "books", "cheap"])) where \(unitConditions()))"
    }
  }

  /// Units that can be measured.
  mutating func measured() -> String {
    switch dice.number(1...10) {
    case 1: "all_items"
    case 2: "(all_items where \(unitConditions()))"
    default: source()
    }
  }

  private mutating func unitConditions() -> String {
    let first = unitCondition()
    switch dice.number(1...6) {
    case 1: return "\(first) and \(unitCondition())"
    case 2: return "\(first) or \(unitCondition())"
    case 3: return "not \(first)"
    default: return first
    }
  }

  private mutating func unitCondition() -> String {
    let compare = dice.one(of: ["=", "!=", "<", "<=", ">", ">="])
    switch dice.number(1...19) {
    case 1...3: return "price \(compare) \(unit == .none ? "price" : money())"
    case 4: return "quantity \(compare) \(dice.number(1...4))"
    case 5: return "sku \(dice.one(of: ["=", "!="])) \(dice.one(of: Self.skuTexts))"
    case 6: return "name \(dice.one(of: ["contains", "starts with", "ends with"])) \"MU\""
    case 7: return "brand \(dice.one(of: ["=", "!="])) \"x\""
    case 8: return "on_sale"
    case 9: return "color is one of (\"red\", \"blue\")"
    case 10: return dice.one(of: ["color is missing", "vendor is not missing", "brand is missing"])
    case 11: return "size \(compare) \(dice.number(0...3))"
    case 12: return "soft"
    case 13: return "in category \(dice.one(of: ["\"books\"", "(\"food\", \"toys\")"]))"
    case 14: return "in \(dice.one(of: ["books", "cheap"]))"
    case 15: return "weight \(compare) \(dice.one(of: ["0.5", "1", "2.25"]))"
    case 16: return "days since since \(compare) 30"
    case 17: return "month of since = \(dice.number(1...12))"
    case 18: return "price \(compare) \(dice.one(of: ["cheapest", "dearest"])) price of items"
    default: return "(price - \(unit == .none ? "price" : "$1")) * 2 \(compare) price"
    }
  }
}
