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
    /// A way of saying something that has a form of its own here.
    case otherForm
  }
  var reason: Reason
  /// Tokens before the one at hand that are taken back first.
  var retracted = 0
  var inserted: [Int] = []
  var dropped = 0
  /// Tokens that fit afterwards, as far as was looked.
  var fit = 0
  /// What to write instead, where it is not just the tokens put in; the likeliest first.
  var written: [String] = []
  /// Tokens after those dropped that the advice speaks of as well.
  var alsoRewritten = 0
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
    let insertions = insertions(expectedTerminals)
    let blocks = tokens[index].opensLine ? [] : Set(openBlocks())
    let beginsEntry = insertions.map { self.beginsEntry($0, of: blocks) }
    let likely = zip(insertions, beginsEntry).filter { !$0.1 }.map(\.0)
    let unlikely = zip(insertions, beginsEntry).filter(\.1).map(\.0)
    let isDouble = index > 0 && text(of: tokens[index]) == text(of: tokens[index - 1])
    let orders =
      isDouble
      ? [deletions(), earlier(), idioms(), likely, replacements(), unlikely]
      : [earlier(), idioms(), likely, replacements(), deletions(), unlikely]
    var best: Edit?
    for candidates in orders {
      guard let edit = self.best(of: candidates), edit.fit > best?.fit ?? 0 else { continue }
      best = edit
    }
    return best ?? onlyEdit() ?? likelySlip()
  }

  /// A slip of the fingers where another mistake follows close behind.
  private mutating func likelySlip() -> Edit? {
    let slips = misspellings()
    guard let slip = slips.first else { return nil }
    return completesEntry(slip) ? slip : best(of: slips, fitNeeded: 1)
  }

  /// Whether an edit ends what its line says, so that what follows is no matter.
  private mutating func completesEntry(_ edit: Edit) -> Bool {
    let next = tokens[min(index + edit.dropped, tokens.count - 1)]
    guard next.opensLine || next.kind == .rightBrace || next.kind == .endOfFile,
      let terminal = edit.inserted.first
    else { return false }
    let count = machine.cells.count
    defer { machine.trim(to: count) }
    guard let step = machine.step(state, terminal: terminal) else { return false }
    return mayEndEntry(step.state)
  }

  private mutating func best(of candidates: [Edit], fitNeeded: Int = fitNeeded) -> Edit? {
    var best: Edit?
    for var edit in candidates {
      edit.fit = fit(after: edit)
      guard edit.fit >= fitNeeded else { continue }
      if let known = best, known.fit >= edit.fit {
        if known.fit == edit.fit { best?.isAmbiguous = true }
      } else {
        best = edit
      }
    }
    return best
  }

  /// Where one thing alone may stand, it is that; another mistake may follow close behind.
  private mutating func onlyEdit() -> Edit? {
    let expected = expectedTerminals
    guard expected.count == 1 else { return nil }
    return best(of: insertions(expected), fitNeeded: 1)
      ?? best(of: replacements(), fitNeeded: 2)
  }

  /// Whether what an edit puts in is the first word of an entry of some blocks.
  private mutating func beginsEntry(_ edit: Edit, of blocks: Set<Int>) -> Bool {
    guard let first = edit.inserted.first, !blocks.isEmpty else { return false }
    let count = machine.cells.count
    defer { machine.trim(to: count) }
    guard let step = machine.step(state, terminal: first) else { return false }
    return blocks.contains(step.lowest)
  }

  /// Tokens that fit after an edit; none if a word that opens its line would become a name by it.
  private mutating func fit(after edit: Edit) -> Int {
    let count = machine.cells.count
    defer { machine.trim(to: count) }
    var state = edit.retracted > 0 ? readings[readings.count - edit.retracted].stateBefore : state
    for terminal in edit.inserted {
      guard let step = machine.step(state, terminal: terminal) else { return 0 }
      state = step.state
    }
    let next = index - edit.retracted + edit.dropped
    let token = tokens[min(next, tokens.count - 1)]
    if token.opensLine, token.keyword != nil, machine.step(state, token)?.isName == true {
      return 0
    }
    return fit(state, from: next, limit: Self.fitSought)
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
    let written = text(of: token)
    let day = words.first { word, _ in word.utf8.count == 3 && written == Self.fullDays[word] }
    let habit = isHabit(token) ? Self.habits[written] : nil
    guard let near = day?.0 ?? nearestName(to: written, among: words.map(\.0)) ?? habit,
      let number = words.first(where: { $0.0 == near })?.1
    else { return [] }
    return [Edit(reason: .misspelt, inserted: [number], dropped: 1)]
  }

  private func insertions(_ terminals: [Int]) -> [Edit] {
    var edits = terminals.map { Edit(reason: .missing, inserted: [$0]) }
    // Quantities and subtotals are of something; of all items, if nothing is said.
    if terminals == number(.of) {
      edits.append(Edit(reason: .missing, inserted: number(.of) + number(.items)))
    }
    return edits
  }

  /// The token before was taken for a name by mistake: it says the word before it once more, or
  /// opens a line that came too soon.
  private func earlier() -> [Edit] {
    guard retractable > 0, let reading = readings.last else { return [] }
    if tokens[index - 1].kind == .rightBrace { return brace(reading) }
    guard reading.isName, tokens[index - 1].keyword != nil else { return [] }
    if index > 1, text(of: tokens[index - 1]) == text(of: tokens[index - 2]) {
      return [Edit(reason: .superfluous, retracted: 1, dropped: 1)]
    }
    guard tokens[index - 1].opensLine else { return [] }
    let expected = machine.expected(reading.stateBefore)
    let terminals = machine.grammar.terminals.indices.filter(expected.contains)
    return terminals.map { Edit(reason: .missing, retracted: 1, inserted: [$0]) }
  }

  /// A block that was closed in the middle of a line and goes on there: something else belongs in
  /// the brace's place, or nothing.
  private func brace(_ reading: Reading) -> [Edit] {
    guard !tokens[index].opensLine, tokens[index].kind != .endOfFile else { return [] }
    let expected = machine.expected(reading.stateBefore)
    let terminals = machine.grammar.terminals.indices.filter(expected.contains)
    return [Edit(reason: .superfluous, retracted: 1, dropped: 1)]
      + terminals.map { Edit(reason: .replaced, retracted: 1, inserted: [$0], dropped: 1) }
  }

  /// What people write who know other languages.
  private func idioms() -> [Edit] {
    let token = tokens[index]
    guard token.kind != .endOfFile else { return [] }
    var edits: [Edit] = []
    if token.kind == .word, token.keyword == .in {
      let words = number(.is) + number(.one) + number(.of)
      edits.append(Edit(reason: .replaced, inserted: words, dropped: 1))
    }
    // `is "gold"` is `= "gold"`, `is not "gold"` is `!= "gold"`.
    let before = tokens[max(index - 1, 0)].keyword
    if before == .is, retractable > 0, let equal = number(.equal) {
      edits.append(Edit(reason: .replaced, retracted: 1, inserted: [equal], dropped: 1))
    }
    if before == .not, retractable > 1, tokens[index - 2].keyword == .is,
      let notEqual = number(.notEqual)
    {
      edits.append(Edit(reason: .replaced, retracted: 2, inserted: [notEqual], dropped: 2))
    }
    edits += otherForms()
    // A price is set with a word of its own: `give price $9 for …`.
    if token.keyword == .for, token.kind == .word, retractable > 0, index > 1,
      tokens[index - 1].kind == .money, tokens[index - 2].keyword == .give
    {
      edits.append(Edit(reason: .missing, retracted: 1, inserted: number(.price)))
    }
    return edits
  }

  private func number(_ kind: Token.Kind) -> Int? {
    machine.grammar.number(ofKnown: .kind(kind))
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

  private static let fullDays = [
    "mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday",
    "sat": "saturday", "sun": "sunday",
  ]

  /// Words for the customer and the order that others use.
  private static let habits = [
    "user": "customer", "buyer": "customer", "shopper": "customer", "person": "customer",
    "client": "customer", "member": "customer", "account": "customer", "checkout": "order",
    "cart": "order", "basket": "order", "purchase": "order", "transaction": "order",
  ]

  /// Whether the word at hand, behind `per`, is only another name for what is meant.
  func isHabit(_ token: Token) -> Bool {
    index > 0 && tokens[index - 1].keyword == .per && Self.habits[text(of: token)] != nil
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

  /// A stretch as it stands in the file.
  func text(of span: SourceSpan) -> String {
    String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }
}
