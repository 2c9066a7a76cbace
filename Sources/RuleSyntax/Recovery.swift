import Findings

/// Reads one damaged stretch of a file and says what is wrong with it, one finding a mistake.
///
/// Where a token does not fit it tries every single edit: a word corrected, something put in,
/// something put in the token's place, the token dropped. The edit after which most of what follows
/// fits is taken, and reading goes on as if the author had made it. Where no edit helps it skips to
/// a closing brace or to a word that opens its line and may begin an entry of a block around.
struct Recovery {
  let tokens: [Token]
  let bytes: [UInt8]
  let file: Int32
  /// Mistakes that edits may still be tried for; past them entries are skipped.
  private(set) var budget: Int
  var machine = GrammarMachine(.kinder)
  var state = 0
  var index: Int
  /// The tokens as mended, without what was skipped.
  private(set) var mended: [Token] = []
  private(set) var findings: [Finding] = []
  /// Whether the stretch began with something left over from the item before it.
  private(set) var isRemnant = false
  /// The first token that was dropped, or had something put in before it.
  private(set) var firstMended = Int.max
  /// Where tokens were put in, dropped or skipped.
  private(set) var mendedSpans: [SourceSpan] = []
  /// Whether words were corrected and nothing else, so that no part of an entry can be lost.
  private(set) var isComplete = true

  /// How each mended token was read.
  private(set) var readings: [Reading] = []

  /// How a token was read.
  struct Reading {
    var stateBefore: Int
    /// The cell it was read for.
    var owner: Int
    var isName: Bool
  }

  /// Where the item begins that could not be read; what stands before it is known to be sound.
  private let failed: Int

  init(
    tokens: [Token], bytes: [UInt8], file: Int32, from start: Int, failed: Int, budget: Int
  ) {
    self.failed = failed
    self.tokens = tokens
    self.bytes = bytes
    self.file = file
    self.budget = budget
    index = start
  }

  /// Reads on to the start of the next item that the mistake does not touch.
  mutating func run() {
    while true {
      let token = tokens[index]
      if token.kind == .endOfFile {
        if machine.acceptsEnd(state) { return }
      } else if let step = machine.step(state, token) {
        if step.lowest == machine.root, index > failed || index >= firstMended { return }
        take(token, step)
        index += 1
        continue
      }
      mend()
    }
  }

  private mutating func take(_ token: Token, _ step: GrammarMachine.Step) {
    mended.append(token)
    readings.append(
      Reading(stateBefore: state, owner: step.lowest, isName: step.isName))
    state = step.state
  }

  /// Deals with a token that does not fit.
  private mutating func mend() {
    let wasAtRoot = isBetweenItems
    budget -= 1
    guard let edit = budget >= 0 ? bestEdit() : nil else {
      firstMended = min(firstMended, index)
      if wasAtRoot { isRemnant = true }
      return skip()
    }
    if wasAtRoot, edit.isDeletion, edit.retracted == 0 { isRemnant = true }
    retract(edit.retracted)
    firstMended = min(firstMended, index)
    noteMended(from: index, to: index + edit.dropped)
    if edit.reason != .misspelt { isComplete = false }
    if !isConsequence, !closesStandIn(edit) { findings.append(finding(for: edit)) }
    for (position, terminal) in edit.inserted.enumerated() {
      guard let step = machine.step(state, terminal: terminal) else { break }
      // What goes on with the item before shows that that one is not read to its end.
      if wasAtRoot, position == 0, step.lowest != machine.root { isRemnant = true }
      take(standIn(for: terminal, replaces: edit.dropped > 0), step)
    }
    index += edit.dropped
  }

  /// Whether an edit only closes what an edit before it opened; the fix of that one then does both.
  private mutating func closesStandIn(_ edit: Edit) -> Bool {
    guard edit.reason == .missing, edit.inserted.count == 1,
      case .kind(let closing) = machine.grammar.terminals[edit.inserted[0]],
      let opening = closing.opening, let mark = closing.mark
    else { return false }
    var depth = 0
    for token in mended.reversed() where token.kind == opening || token.kind == closing {
      depth += token.kind == closing ? 1 : -1
      guard depth < 0 else { continue }
      guard token.isStandIn else { return false }
      if let told = findings.lastIndex(where: { $0.span.end == token.end }),
        !findings[told].repairs.isEmpty
      {
        let offset = tokens[max(index, 1) - 1].end
        let place = SourceSpan(file: file, start: offset, end: offset)
        findings[told].repairs[0].edits.append(.init(span: place, replacement: mark))
        findings[told].repairs[0].title = "write `\(opening.mark ?? "")` and `\(mark)`"
      }
      return true
    }
    return false
  }

  /// Takes tokens back that were read just before.
  private mutating func retract(_ count: Int) {
    guard count > 0 else { return }
    state = readings[readings.count - count].stateBefore
    mended.removeLast(count)
    readings.removeLast(count)
    index -= count
  }

  /// Notes that some tokens do not stand for themselves, nor does what they share a line with say
  /// surely where it ends.
  private mutating func noteMended(from first: Int, to end: Int) {
    let opensLine = end > first && tokens[first].opensLine
    let start = opensLine || first == 0 ? tokens[first].start : tokens[first - 1].end
    var last = end > first ? tokens[end - 1].end : start
    if end < tokens.count, !tokens[end].opensLine { last = max(last, tokens[end].start) }
    mendedSpans.append(SourceSpan(file: file, start: start, end: last))
  }

  /// Whether all that was begun may be complete, so that an item may begin.
  var isBetweenItems: Bool { machine.acceptsEnd(state) }

  /// How many of the tokens before the one at hand were read as they stand, up to two.
  var retractable: Int {
    var count = 0
    while count < 2, count < readings.count, count < index,
      mended[mended.count - 1 - count] == tokens[index - 1 - count]
    {
      count += 1
    }
    return count
  }

  /// Whether an error has already been reported for the token at hand or the one before it.
  var isConsequence: Bool { isConsequence(at: index) }

  /// A token for something that is missing: no wider than a point.
  private func standIn(for terminal: Int, replaces: Bool) -> Token {
    let place = replaces ? Int(tokens[index].start) : index > 0 ? Int(tokens[index - 1].end) : 0
    var token = Token(kind: .word, start: place, end: place, value: 1)
    switch machine.grammar.terminals[terminal] {
    case .word(let word): token.keyword = word
    case .name: break
    case .kind(let kind):
      token.kind = kind
      if kind == .date { token.value = 2_000_01_01 }
      if kind == .dateTime { token.value = 2_000_01_01_0000 }
      if kind == .string { token.value = 0 }
    }
    token.isMended = true
    return token
  }

  // MARK: - Skipping

  /// Gives the entry at hand up and goes on where another may begin or its block may close.
  private mutating func skip() {
    let place = index
    var described = skippedFinding(isGap: tokens[index].kind == .endOfFile)
    let blocks = openBlocks()
    var depth = 0
    while tokens[index].kind != .endOfFile {
      let token = tokens[index]
      if token.opensLine || token.kind == .rightBrace,
        let target = target(for: token, blocks, depth, isFirst: index == place)
      {
        if index == place { described = skippedFinding(isGap: true) }
        resume(target, blocks)
        break
      }
      if token.kind == .leftBrace { depth += 1 }
      if token.kind == .rightBrace, depth > 0 { depth -= 1 }
      index += 1
    }
    if tokens[index].kind == .endOfFile { resume(machine.root, blocks) }
    noteMended(from: place, to: index)
    isComplete = false
    if !isConsequence(at: place) { findings.append(described) }
  }

  private func isConsequence(at place: Int) -> Bool {
    tokens[place].isMended || (place > 0 && tokens[place - 1].isMended)
  }

  /// The loops of the blocks that are open, innermost first, the file last.
  func openBlocks() -> [Int] {
    var blocks: [Int] = []
    var cell = state
    var isToBeOpened = false
    while cell >= 0 {
      let below = machine.below(cell)
      if reads(.leftBrace, cell) { isToBeOpened = true }
      if case .loop = machine.kind(of: cell), below < 0 || reads(.rightBrace, below) {
        if !isToBeOpened { blocks.append(cell) }
        isToBeOpened = false
      }
      cell = below
    }
    return blocks
  }

  /// Whether an entry of the innermost block may end in a state.
  func mayEndEntry(_ state: Int) -> Bool {
    var cell = state
    while cell >= 0 {
      let below = machine.below(cell)
      if case .loop = machine.kind(of: cell), below < 0 || reads(.rightBrace, below) { return true }
      guard machine.isNullable(cell) else { return false }
      cell = below
    }
    return true
  }

  private func reads(_ kind: Token.Kind, _ cell: Int) -> Bool {
    guard case .terminal(let number) = machine.kind(of: cell) else { return false }
    return machine.grammar.terminals[number] == .kind(kind)
  }

  /// The state to go on in before a token, if it closes an open block or begins an entry of one.
  private mutating func target(
    for token: Token, _ blocks: [Int], _ depth: Int, isFirst: Bool
  ) -> Int? {
    let opensFile = token.opensLine && isAtMargin(token)
    guard depth == 0 || opensFile else { return nil }
    for block in blocks {
      if depth > 0, block != machine.root { continue }
      if token.kind == .rightBrace {
        if block != machine.root { return machine.below(block) }
      } else if !(isFirst && block == state),
        entryFits(block, token) || entryIsMisspelt(block, token)
      {
        return block
      }
    }
    return nil
  }

  private mutating func entryFits(_ block: Int, _ token: Token) -> Bool {
    let count = machine.cells.count
    defer { machine.trim(to: count) }
    guard let step = machine.step(block, token), step.lowest == block else { return false }
    return fit(step.state, from: index + 1, limit: 2) == 2
  }

  /// Whether a word that opens its line is the first word of an entry with a slip in it.
  private func entryIsMisspelt(_ block: Int, _ token: Token) -> Bool {
    guard token.kind == .word, token.keyword == nil, token.opensLine else { return false }
    let expected = machine.expected(block)
    let words = machine.grammar.terminals.indices.filter(expected.contains).compactMap { number in
      if case .word(let word) = machine.grammar.terminals[number] { word.rawValue } else { nil }
    }
    return nearName(to: text(of: token), among: words)?.isSure ?? false
  }

  /// Whether a token stands in the first column.
  private func isAtMargin(_ token: Token) -> Bool {
    let start = Int(token.start)
    return start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D
  }

  /// Goes on in a state; what was read of the entry given up is taken back.
  private mutating func resume(_ target: Int, _ blocks: [Int]) {
    let block = blocks.first { $0 == target || machine.below($0) == target } ?? machine.root
    let kept = readings.lastIndex { $0.owner == block }
    if block == machine.root {
      mended = []
      readings = []
    } else if let kept {
      mended.removeLast(mended.count - kept)
      readings.removeLast(readings.count - kept)
    }
    state = target
  }

  /// Counts how many tokens fit from a state on; the end of the file fits as many as are asked for.
  mutating func fit(_ state: Int, from index: Int, limit: Int) -> Int {
    var state = state
    for count in 0..<limit {
      let token = tokens[min(index + count, tokens.count - 1)]
      if token.kind == .endOfFile { return machine.acceptsEnd(state) ? limit : count }
      guard let step = machine.step(state, token) else { return count }
      state = step.state
    }
    return limit
  }
}
