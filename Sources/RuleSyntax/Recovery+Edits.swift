import Findings

/// One way to mend a mistake: terminals put in where reading stopped, tokens dropped there.
struct Edit {
  enum Reason {
    /// A word of the language with a slip in it.
    case misspelt
    case missing
    case replaced
    case superfluous
    /// A comma inside a number.
    case separator
    /// What only a condition behind `where` may read.
    case onlyOfOneUnit
  }
  var reason: Reason
  var inserted: [Int] = []
  var dropped = 0
  /// Tokens that fit afterwards, as far as was looked.
  var fit = 0
  /// Whether other edits of its kind fit as well, so that nobody knows which was meant.
  var isAmbiguous = false

  var isDeletion: Bool { inserted.isEmpty }
}

extension Recovery {
  /// Tokens that must fit after an edit, and how far is looked to tell edits apart.
  private static let fitNeeded = 5
  private static let fitSought = 20

  /// The edit after which most of what follows fits; the earlier kind among equals.
  mutating func bestEdit() -> Edit? {
    if let misspelling = best(of: misspellings()) { return misspelling }
    // An entry is hardly ever begun in the middle of a line by a word that is not there.
    let insertions = insertions()
    let beginsEntry = insertions.map { !tokens[index].opensLine && self.beginsEntry($0) }
    let likely = zip(insertions, beginsEntry).filter { !$0.1 }.map(\.0)
    let unlikely = zip(insertions, beginsEntry).filter(\.1).map(\.0)
    let isDouble = index > 0 && text(of: tokens[index]) == text(of: tokens[index - 1])
    let orders =
      isDouble
      ? [deletions(), likely, replacements(), unlikely]
      : [likely, replacements(), deletions(), unlikely]
    var best: Edit?
    for candidates in orders {
      guard let edit = self.best(of: candidates), edit.fit > best?.fit ?? 0 else { continue }
      best = edit
    }
    return best
  }

  /// The best way to put something in before the token at hand.
  mutating func bestInsertion() -> Edit? { best(of: insertions()) }

  /// Taking the token at hand out.
  mutating func bestDeletion() -> Edit? { best(of: deletions()) }

  /// Whether what an edit puts in is the first word of an entry.
  private mutating func beginsEntry(_ edit: Edit) -> Bool {
    guard let first = edit.inserted.first else { return false }
    let count = machine.cells.count
    defer { machine.trim(to: count) }
    guard let step = machine.step(state, terminal: first) else { return false }
    return openBlocks().contains(step.lowest)
  }

  private mutating func best(of candidates: [Edit]) -> Edit? {
    var best: Edit?
    for var edit in candidates {
      edit.fit = fit(after: edit)
      guard edit.fit >= Self.fitNeeded else { continue }
      if let known = best, known.fit >= edit.fit {
        if known.fit == edit.fit { best?.isAmbiguous = true }
      } else {
        best = edit
      }
    }
    return best
  }

  private mutating func fit(after edit: Edit) -> Int {
    let count = machine.cells.count
    defer { machine.trim(to: count) }
    var state = state
    for terminal in edit.inserted {
      guard let step = machine.step(state, terminal: terminal) else { return 0 }
      state = step.state
    }
    return fit(state, from: index + edit.dropped, limit: Self.fitSought)
  }

  private var expectedTerminals: [Int] {
    let expected = machine.expected(state)
    return machine.grammar.terminals.indices.filter(expected.contains)
  }

  private func number(_ word: Keyword) -> [Int] {
    machine.grammar.number(ofKnown: .word(word)).map { [$0] } ?? []
  }

  /// The word at hand as a word of the language that may stand here.
  private func misspellings() -> [Edit] {
    let token = tokens[index]
    guard token.kind == .word else { return [] }
    let words = expectedTerminals.compactMap { number -> (String, Int)? in
      guard case .word(let word) = machine.grammar.terminals[number] else { return nil }
      return (word.rawValue, number)
    }
    guard let near = nearestName(to: text(of: token), among: words.map(\.0)),
      let number = words.first(where: { $0.0 == near })?.1
    else { return [] }
    return [Edit(reason: .misspelt, inserted: [number], dropped: 1)]
  }

  private func insertions() -> [Edit] {
    var edits = expectedTerminals.map { Edit(reason: .missing, inserted: [$0]) }
    // Quantities and subtotals are of something; of all items, if nothing is said.
    edits.append(Edit(reason: .missing, inserted: number(.of) + number(.items)))
    return edits
  }

  private func replacements() -> [Edit] {
    let token = tokens[index]
    guard token.kind != .endOfFile else { return [] }
    if token.kind == .word, token.opensLine { return [] }
    var edits: [Edit] = []
    if isOfOneUnit(token), let number = machine.grammar.number(ofKnown: .kind(.integer)) {
      edits.append(Edit(reason: .onlyOfOneUnit, inserted: [number], dropped: 1))
    }
    return edits + expectedTerminals.map { Edit(reason: .replaced, inserted: [$0], dropped: 1) }
  }

  private func deletions() -> [Edit] {
    let token = tokens[index]
    guard token.kind != .endOfFile else { return [] }
    var edits = [Edit(reason: .superfluous, dropped: 1)]
    if token.kind == .comma, index > 0, index + 1 < tokens.count {
      let (before, after) = (tokens[index - 1], tokens[index + 1])
      let isNumber = [.integer, .decimal].contains(after.kind) && before.kind == .integer
      if isNumber, before.end == token.start, after.start == token.end {
        edits.insert(Edit(reason: .separator, dropped: 2), at: 0)
      }
    }
    return edits
  }

  /// Whether a word reads the unit at hand, and stands where any other value could.
  private func isOfOneUnit(_ token: Token) -> Bool {
    guard token.kind == .word, let minimum = number(.min).first,
      machine.expected(state).contains(minimum)
    else { return false }
    return switch token.keyword {
    case .price, .sku, .name, .brand, .vendor, .onSale, .quantity: true
    default: false
    }
  }

  /// A token as it stands in the file.
  func text(of token: Token) -> String {
    String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }
}
