extension GrammarMachine {
  /// What may come next, in words for a message, the innermost first; at most six.
  func expectations(_ state: Int) -> String {
    var phrases: [String] = []
    var state = state
    while state >= 0 {
      let node = Int(cells[state].node)
      collect(node, &phrases)
      if !grammar.nodes[node].isNullable { break }
      state = below(state)
    }
    let shown = phrases.prefix(6)
    let list = shown.dropLast().joined(separator: ", ")
    guard let last = shown.last else { return "the end of the file" }
    if phrases.count > shown.count { return list + ", " + last + " or …" }
    return list.isEmpty ? last : list + " or " + last
  }

  private func collect(_ index: Int, _ phrases: inout [String]) {
    let node = grammar.nodes[index]
    guard !node.first.isEmpty else { return }
    switch node.kind {
    case .never: break
    case .terminal(let number): add(Self.phrase(for: grammar.terminals[number]), &phrases)
    case .optional(let child), .loop(let child): collect(child, &phrases)
    case .choice(let children): for child in children { collect(child, &phrases) }
    case .rule(let name, let body):
      if let phrase = Self.phrases[name] { add(phrase, &phrases) } else { collect(body, &phrases) }
    case .sequence(let children):
      for child in children {
        collect(child, &phrases)
        if !grammar.nodes[child].isNullable { break }
      }
    }
  }

  private func add(_ phrase: String, _ phrases: inout [String]) {
    if !phrases.contains(phrase) { phrases.append(phrase) }
  }

  /// How a message calls what a rule reads.
  private static let phrases = [
    "item": "a campaign, a set or another item", "clause": "a clause such as `when` or `give`",
    "step": "a step such as `cart` or `expect`",
    "row": "a row such as `at $100 give 10% off items`",
    "source": "`items` or a set", "filter": "`items` or a set", "pick": "`items` or a set",
    "membership": "`in`", "texts": "a text in quotes", "condition": "a condition",
    "negation": "a condition", "comparison": "a condition", "sum": "a value", "product": "a value",
    "primary": "a value", "literal": "a value", "value": "a value",
    "relation": "a comparison such as `>=`", "window": "a window such as `this month`",
    "duration": "a length of time such as `14 days`", "unit": "a unit such as `days`",
    "calendar": "`day`, `week`, `month`, `quarter` or `year`", "day": "a day such as `mon`",
    "number": "a number", "type": "a type such as `text`", "event": "the name of an event",
    "reason": "a reason such as `condition`", "dimension": "`category`, `brand`, `tag`, `sku`",
    "bought": "`category`, `brand`, `tag` or `sku`", "reward": "`give` or `earn`",
    "fact": "a fact such as `member`", "line_fact": "a fact such as `category`",
    "balance_fact": "a fact such as `worth $1 per 100`", "group_fact": "`join` or `leave`",
    "line": "a line such as `2 \"SKU\" at $5.00`", "literals": "a list such as `(\"a\", \"b\")`",
  ]

  /// How a message calls a word, a mark or a literal.
  static func phrase(for terminal: Terminal) -> String {
    switch terminal {
    case .word(let word): "`\(word.rawValue)`"
    case .name(let name): names[name] ?? "a name"
    case .kind(.plus), .kind(.minus), .kind(.star), .kind(.slash): "an operator such as `+`"
    case .kind(let kind): kind.mark.map { "`\($0)`" } ?? phrase(for: kind)
    }
  }

  private static let names = [
    "SET_NAME": "the name of a set", "ATTRIBUTE_NAME": "the name of an attribute",
    "CAMPAIGN_NAME": "the name of a campaign", "BALANCE_NAME": "the name of a balance",
    "EVENT_NAME": "the name of an event",
  ]

  private static func phrase(for kind: Token.Kind) -> String {
    switch kind {
    case .string: "a text in quotes"
    case .code: "a currency such as `USD`"
    case .integer: "a whole number"
    case .decimal: "a number"
    case .money: "an amount such as `$10`"
    case .percent: "a percentage such as `15%`"
    case .date: "a date such as `2026-11-27`"
    case .dateTime: "a date and time such as `2026-11-27T09:00`"
    case .time: "a time such as `17:00`"
    default: "the end of the file"
    }
  }
}
