import Findings

extension Recovery {
  /// The end of the token before the one at hand: where something missing would stand.
  private var gap: SourceSpan {
    let offset = index > 0 ? tokens[index - 1].end : 0
    return SourceSpan(file: file, start: offset, end: offset)
  }

  private var span: SourceSpan { tokens[index].span(in: file) }

  /// What an edit says about the mistake.
  func finding(for edit: Edit) -> Finding {
    switch edit.reason {
    case .missing: missing(edit)
    case .misspelt, .replaced: unexpected(edit)
    case .superfluous: superfluous()
    case .separator: separator()
    case .otherForm: otherForm(edit)
    case .onlyOfOneUnit: Finding(code: .onlyOfOneUnit, span: span, facts: ["found": found])
    }
  }

  /// What is said where no single edit helps.
  ///
  /// - Parameter isGap: Whether the token at hand is sound and something before it is missing.
  func skippedFinding(isGap: Bool) -> Finding {
    let token = tokens[index]
    let expected = machine.expectations(isBetweenItems ? machine.root : state)
    let facts = ["found": found, "expected": expected, "missing": "something"]
    if token.kind == .rightBrace, isBetweenItems {
      return Finding(code: .strayBrace, span: span)
    }
    guard isGap, !isBetweenItems else {
      return Finding(
        code: .unexpected, span: span, facts: facts, repairs: withUnits() + inQuotes())
    }
    return Finding(code: .missing, span: gap, facts: facts)
  }

  private var found: String {
    let token = tokens[index]
    return token.kind == .endOfFile ? "the end of the file" : "`\(text(of: token))`"
  }

  private func missing(_ edit: Edit) -> Finding {
    let written = edit.inserted.compactMap { spelling(of: $0) }.joined(separator: " ")
    let isFixed = !edit.isAmbiguous && edit.inserted.allSatisfy { spelling(of: $0) != nil }
    var facts = [
      "found": found, "expected": machine.expectations(state), "missing": "something",
    ]
    if !edit.isAmbiguous {
      let phrase =
        edit.inserted.count > 1
        ? "`\(written)`" : GrammarMachine.phrase(for: machine.grammar.terminals[edit.inserted[0]])
      facts["expected"] = phrase
      facts["missing"] = phrase
    }
    var finding = Finding(code: .missing, span: gap, facts: facts)
    if written == "}" {
      finding.code = .unclosedBrace
      finding.related =
        openingBrace().map {
          [RelatedSpan(span: $0, label: "this brace is not closed")]
        } ?? []
    }
    if isFixed {
      let edits = [Repair.Edit(span: gap, replacement: spaced(written))]
      let isSafe = edit.inserted.count == 1 && saysNothing(written) && !stands(written)
      finding.repairs = [Repair(title: "write `\(written)`", edits: edits, isSafe: isSafe)]
    }
    return finding
  }

  /// The text to put behind the token before: with a blank, unless a mark hugs it.
  private func spaced(_ written: String) -> String {
    switch written {
    case ",", ")", ":", ".": written
    case "}": "\n}"
    default: index == 0 ? written + " " : " " + written
    }
  }

  private func unexpected(_ edit: Edit) -> Finding {
    let spellings = edit.inserted.compactMap(spelling)
    let written = spellings.count == edit.inserted.count ? spellings.joined(separator: " ") : nil
    let isKnown = edit.reason == .misspelt || !edit.isAmbiguous
    var facts = ["found": found, "expected": machine.expectations(state)]
    if isKnown, let terminal = edit.inserted.first {
      let phrase = GrammarMachine.phrase(for: machine.grammar.terminals[terminal])
      facts["expected"] = written.map { "`\($0)`" } ?? phrase
    }
    var finding = Finding(
      code: edit.reason == .misspelt ? .misspelt : .unexpected, span: droppedSpan(edit),
      facts: facts, repairs: withUnits() + inQuotes())
    let isWord = tokens[index].kind == .word || tokens[index].kind.mark != nil
    if isKnown, isWord, let written {
      finding.facts["found"] = "`\(text(of: droppedSpan(edit)))`"
      let edits = [Repair.Edit(span: droppedSpan(edit), replacement: written)]
      let isSlip = edit.reason == .misspelt && !isHabit(tokens[index])
      let isSafe = isSlip || saysNothing(written)
      finding.repairs = [Repair(title: "write `\(written)`", edits: edits, isSafe: isSafe)]
    }
    return finding
  }

  /// Says how something is written here; with two readings the author decides.
  private func otherForm(_ edit: Edit) -> Finding {
    let last = min(index + edit.dropped + edit.alsoRewritten, tokens.count - 1) - 1
    let whole = span.through(tokens[max(last, index)].span(in: file))
    let title = { (text: String) in "write `\(text)`" }
    return Finding(
      code: .unexpected, span: whole,
      facts: [
        "found": "`\(text(of: whole))`",
        "expected": edit.written.map { "`\($0)`" }.joined(separator: " or "),
      ],
      repairs: edit.written.map { text in
        Repair(
          title: title(text), edits: [Repair.Edit(span: whole, replacement: text)],
          isSafe: edit.written.count == 1 && !edit.isAmbiguous)
      })
  }

  /// A text whose quotes are missing, where nothing but a text may stand.
  private func inQuotes() -> [Repair] {
    guard [.code, .word].contains(tokens[index].kind), tokens[index].keyword == nil,
      let text = machine.grammar.number(ofKnown: .kind(.string)),
      machine.expected(state).contains(text)
    else { return [] }
    let written = "\"\(self.text(of: tokens[index]))\""
    let edit = Repair.Edit(span: span, replacement: written)
    return [
      Repair(title: "write `\(written)`", edits: [edit], isSafe: tokens[index].kind == .code)
    ]
  }

  /// Whether a word or mark only joins others, so that writing it decides nothing for the author.
  private func saysNothing(_ written: String) -> Bool {
    let isMark = !written.utf8.contains { isWordByte($0) }
    let joining: Set<String> = [
      "of", "off", "per", "for", "by", "in", "as", "on", "at", "is one of",
    ]
    return isMark || joining.contains(written)
  }

  /// Whether a word stands on either side already, so that it is not what is missing.
  private func stands(_ written: String) -> Bool {
    let sides = [index - 1, index].filter { tokens.indices.contains($0) }
    return !written.utf8.allSatisfy { !isWordByte($0) }
      && sides.contains { text(of: tokens[$0]) == written }
  }

  /// The stretch that an edit drops.
  private func droppedSpan(_ edit: Edit) -> SourceSpan {
    let last = min(index + max(edit.dropped, 1), tokens.count) - 1
    return span.through(tokens[last].span(in: file))
  }

  /// A bare number with each unit that may stand here.
  private func withUnits() -> [Repair] {
    guard [.integer, .decimal].contains(tokens[index].kind) else { return [] }
    let number = text(of: tokens[index])
    let units: [(Token.Kind, String)] = [(.money, "$\(number)"), (.percent, "\(number)%")]
    return units.compactMap { kind, written in
      guard let terminal = machine.grammar.number(ofKnown: .kind(kind)),
        machine.expected(state).contains(terminal)
      else { return nil }
      let edit = Repair.Edit(span: span, replacement: written)
      return Repair(title: "write `\(written)`", edits: [edit], isSafe: false)
    }
  }

  private func superfluous() -> Finding {
    let token = tokens[index]
    if token.kind == .rightBrace, isBetweenItems {
      return Finding(code: .strayBrace, span: span, repairs: [deletion()])
    }
    return Finding(
      code: .superfluous, span: span,
      facts: ["found": found, "expected": machine.expectations(state)], repairs: [deletion()])
  }

  /// Taking the token out, with the blanks before it; safe where it says the same thing twice.
  private func deletion() -> Repair {
    let isDouble = index > 0 && text(of: tokens[index - 1]) == text(of: tokens[index])
    let isOnSameLine = !tokens[index].opensLine
    let place = SourceSpan(
      file: file, start: isOnSameLine ? gap.start : span.start, end: span.end)
    return Repair(
      title: "remove \(found)", edits: [Repair.Edit(span: place, replacement: "")],
      isSafe: isDouble)
  }

  private func separator() -> Finding {
    let (before, after) = (tokens[index - 1], tokens[index + 1])
    let whole = before.span(in: file).through(after.span(in: file))
    let written = text(of: before) + text(of: after)
    let repair = Repair(
      title: "write `\(written)`", edits: [Repair.Edit(span: whole, replacement: written)],
      isSafe: true)
    return Finding(
      code: .separatorInNumber, span: whole, facts: ["fix": written], repairs: [repair])
  }

  /// How a word or mark is written; nil for what stands for many texts.
  private func spelling(of terminal: Int) -> String? {
    switch machine.grammar.terminals[terminal] {
    case .word(let word): word.rawValue
    case .kind(let kind): kind.mark
    case .name: nil
    }
  }

  /// The innermost opening brace before the token at hand that has no partner.
  private func openingBrace() -> SourceSpan? {
    var depth = 0
    for token in tokens[..<index].reversed() {
      if token.kind == .rightBrace { depth += 1 }
      guard token.kind == .leftBrace else { continue }
      if depth == 0 { return token.span(in: file) }
      depth -= 1
    }
    return nil
  }
}

private func isWordByte(_ byte: UInt8) -> Bool {
  (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
}
