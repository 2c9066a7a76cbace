import Findings

extension Recovery {
  /// What people write for something that has a form of its own here.
  func otherForms() -> [Edit] {
    measures() + percentages() + days() + ends()
  }

  private func number(_ terminal: Terminal) -> Int? { machine.grammar.number(ofKnown: terminal) }

  private func form(
    _ inserted: [Terminal], retracted: Int = 0, dropped: Int, write written: [String],
    alsoRewritten: Int = 0
  ) -> [Edit] {
    let numbers = inserted.compactMap(number)
    guard numbers.count == inserted.count, retracted <= retractable else { return [] }
    return [
      Edit(
        reason: .otherForm, retracted: retracted, inserted: numbers, dropped: dropped,
        written: written, alsoRewritten: alsoRewritten)
    ]
  }

  /// `when items >= 5`: items are counted with `quantity of`, their prices added with `subtotal of`.
  private func measures() -> [Edit] {
    let token = tokens[index]
    guard token.kind == .word, [.items, .allItems, nil].contains(token.keyword),
      index + 2 < tokens.count, tokens[index + 1].kind.isRelation,
      let minimum = number(.word(.min)), machine.expected(state).contains(minimum)
    else { return [] }
    let word: Keyword = tokens[index + 2].kind == .money ? .subtotal : .quantity
    return form(
      [.word(word), .word(.of)], dropped: 0, write: ["\(word.rawValue) of \(text(of: token))"],
      alsoRewritten: 1
    ).map { edit in
      // Whoever counts items may also mean how many kinds of them there are.
      var edit = edit
      edit.isAmbiguous = true
      return edit
    }
  }

  /// `10 percent`.
  private func percentages() -> [Edit] {
    guard [.integer, .decimal].contains(tokens[index].kind), index + 1 < tokens.count,
      ["percent", "pct", "percents"].contains(text(of: tokens[index + 1]))
    else { return [] }
    return form([.kind(.percent)], dropped: 2, write: [text(of: tokens[index]) + "%"])
  }

  private static let week: [Keyword] = [.mon, .tue, .wed, .thu, .fri, .sat, .sun]

  /// `on mon-fri`.
  private func days() -> [Edit] {
    guard tokens[index].kind == .minus, index > 0, index + 1 < tokens.count,
      let first = Self.week.firstIndex(where: { $0 == tokens[index - 1].keyword }),
      let last = Self.week.firstIndex(where: { $0 == tokens[index + 1].keyword }), first != last
    else { return [] }
    let count = (last - first + 7) % 7 + 1
    let all = (0..<count).map { Self.week[(first + $0) % 7].rawValue }.joined(separator: ", ")
    return form(
      [.word(Self.week[first]), .kind(.comma)], retracted: 1, dropped: 2, write: [all],
      alsoRewritten: 1)
  }

  /// `until` a day, or `through` a moment.
  private func ends() -> [Edit] {
    guard index > 0 else { return [] }
    let written = text(of: tokens[index])
    switch (tokens[index - 1].keyword, tokens[index].kind) {
    case (.until, .date):
      let both = ["through \(written)", "until \(written)T00:00"]
      return form(
        [.word(.through), .kind(.date)], retracted: 1, dropped: 2, write: both)
    case (.through, .dateTime):
      let both = ["until \(written)", "through \(written.prefix(10))"]
      return form(
        [.word(.until), .kind(.dateTime)], retracted: 1, dropped: 2, write: both)
    default: return []
    }
  }
}

extension Token.Kind {
  /// Whether it compares two values.
  fileprivate var isRelation: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}
