import Findings

extension Parser {
  /// One nesting level more; past the limit the item is given up.
  mutating func enter(_ start: Int) throws(Mismatch) {
    nesting += 1
    guard nesting > Limits.nesting else { return }
    isTooDeep = true
    let facts = ["limit": "\(Limits.nesting)"]
    report(Finding(code: .nestedTooDeep, span: tokens[start].span(in: file), facts: facts))
    throw Mismatch()
  }

  mutating func leave() { nesting -= 1 }

  /// A node above those whose height is given; counts it and keeps its height.
  private mutating func node(
    _ kind: ExpressionKind, _ start: Int, above below: Int = 0
  ) throws(Mismatch) -> ExpressionSyntax {
    height = below + 1
    nodeCount += 1
    let span = span(from: start)
    if nodeCount > Limits.expressionNodes || height > Limits.expressionHeight {
      isTooDeep = true
      let limit =
        height > Limits.expressionHeight ? Limits.expressionHeight : Limits.expressionNodes
      report(Finding(code: .expressionTooLarge, span: span, facts: ["limit": "\(limit)"]))
      throw Mismatch()
    }
    return ExpressionSyntax(kind: kind, span: span)
  }

  /// A condition; `and` and `or` side by side are reported with both readings and read on.
  mutating func condition() throws(Mismatch) -> ConditionSyntax {
    let start = index
    let first = try negation()
    guard at(.and) || at(.or) else { return first }
    var parts = [first]
    var operators: [Keyword] = []
    var starts = [start]
    var ends = [previousEnd]
    var tallest = height
    while at(.and) || at(.or) {
      noteBreak()
      operators.append(at(.and) ? .and : .or)
      advance()
      starts.append(index)
      parts.append(try negation())
      ends.append(previousEnd)
      tallest = max(tallest, height)
    }
    let joint = operators[0]
    if operators.contains(where: { $0 != joint }) {
      reportMixture(operators, starts.map { tokens[$0].start }, ends, start)
    }
    return try node(joint == .and ? .and(parts) : .or(parts), start, above: tallest)
  }

  /// Offers `and` first, as arithmetic does with `*`, and the other reading beside it.
  private mutating func reportMixture(
    _ operators: [Keyword], _ starts: [Int32], _ ends: [Int32], _ start: Int
  ) {
    let repairs = [Keyword.and, .or].map { inner in
      var edits: [Repair.Edit] = []
      var run = 0
      while run < starts.count {
        var last = run
        while last < operators.count, operators[last] == inner { last += 1 }
        if last > run {
          edits.append(insertion("(", at: starts[run]))
          edits.append(insertion(")", at: ends[last]))
        }
        run = last + 1
      }
      let written = reading(of: span(from: start), with: edits)
      return Repair(
        title: written.map { "write `\($0)`" }
          ?? "put parentheses around what `\(inner.rawValue)` joins", edits: edits, isSafe: false)
    }
    report(Finding(code: .mixedAndOr, span: span(from: start), repairs: repairs))
  }

  /// A stretch with insertions made, if it stays short enough to be shown on one line.
  private func reading(of span: SourceSpan, with edits: [Repair.Edit]) -> String? {
    guard span.end - span.start < 90 else { return nil }
    var text: [UInt8] = []
    var offset = Int(span.start)
    for edit in edits {
      text += bytes[offset..<Int(edit.span.start)] + Array(edit.replacement.utf8)
      offset = Int(edit.span.start)
    }
    text += bytes[offset..<Int(span.end)]
    return text.contains { $0 < 0x20 } ? nil : String(decoding: text, as: UTF8.self)
  }

  private func insertion(_ text: String, at offset: Int32) -> Repair.Edit {
    Repair.Edit(
      span: SourceSpan(file: file, start: offset, end: offset), replacement: text)
  }

  private mutating func negation() throws(Mismatch) -> ConditionSyntax {
    let start = index
    guard accept(.not) else { return try comparison() }
    try enter(start)
    let operand = try negation()
    leave()
    return try node(.not(operand), start, above: height)
  }

  private var comparisonAtHand: ComparisonOperator? {
    switch token.kind {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }

  private mutating func comparison() throws(Mismatch) -> ConditionSyntax {
    let start = index
    let left = try sum()
    let leftHeight = height
    if let comparison = comparisonAtHand {
      advance()
      let right = try sum()
      let below = max(leftHeight, height)
      if comparisonAtHand != nil { try readChain(start, left, comparison, right) }
      return try node(.comparison(left, comparison, right), start, above: below)
    }
    if accept(.is) {
      let isNegated = accept(.not)
      if accept(.missing) {
        return try node(.isMissing(left, isNegated: isNegated), start, above: leftHeight)
      }
      try expect(.one)
      try expect(.of)
      let values = try literals()
      return try node(.isOneOf(left, values, isNegated: isNegated), start, above: leftHeight)
    }
    let test: TextTest
    if accept(.contains) {
      test = .contains
    } else if accept(.starts) {
      try expect(.with)
      test = .startsWith
    } else if accept(.ends) {
      try expect(.with)
      test = .endsWith
    } else {
      return left
    }
    return try node(.textTest(left, test, try text()), start, above: leftHeight)
  }

  /// `1 < x < 5`: read to its end and offered as two comparisons.
  private mutating func readChain(
    _ start: Int, _ left: ExpressionSyntax, _ first: ComparisonOperator, _ middle: ExpressionSyntax
  ) throws(Mismatch) {
    var last = middle
    var second = first
    var operatorCount = 1
    while let comparison = comparisonAtHand {
      second = comparison
      operatorCount += 1
      advance()
      last = try sum()
    }
    let whole = span(from: start)
    var repairs: [Repair] = []
    if operatorCount == 2 {
      let subject = source(middle.span)
      let text =
        "\(subject) \(first.mirrored.rawValue) \(source(left.span)) and "
        + "\(subject) \(second.rawValue) \(source(last.span))"
      repairs = [
        Repair(
          title: "write `\(text)`", edits: [Repair.Edit(span: whole, replacement: text)],
          isSafe: nesting == 0)
      ]
    }
    report(Finding(code: .chainedComparison, span: whole, repairs: repairs))
  }

  private func source(_ span: SourceSpan) -> String {
    String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }

  private mutating func literals() throws(Mismatch) -> [LiteralSyntax] {
    try require(.leftParen)
    let start = index
    var literals = [try literal(allowsDays: true)]
    while take(.comma) { literals.append(try literal(allowsDays: true)) }
    if literals.count > Limits.textsInList {
      let facts = ["count": "\(literals.count)", "limit": "\(Limits.textsInList)"]
      report(Finding(code: .tooManyTexts, span: span(from: start), facts: facts))
    }
    try require(.rightParen)
    return literals
  }

  mutating func sum() throws(Mismatch) -> ExpressionSyntax {
    let start = index
    var left = try product()
    while sees(.plus) || sees(.minus) {
      let leftHeight = height
      let operation: ArithmeticOperator = sees(.plus) ? .add : .subtract
      advance()
      let right = try product()
      let below = max(leftHeight, height)
      left = try node(.arithmetic(left, operation, right), start, above: below)
    }
    return left
  }

  private mutating func product() throws(Mismatch) -> ExpressionSyntax {
    let start = index
    var left = try primary()
    while sees(.star) || sees(.slash) {
      let leftHeight = height
      let operation: ArithmeticOperator = sees(.star) ? .multiply : .divide
      advance()
      let right = try primary()
      let below = max(leftHeight, height)
      left = try node(.arithmetic(left, operation, right), start, above: below)
    }
    return left
  }

  /// What binds tightest: a literal, a reading, a function, parentheses.
  mutating func primary() throws(Mismatch) -> ExpressionSyntax {
    let start = index
    height = 0
    let kind = try primaryKind(start)
    return try node(kind, start, above: height)
  }

  private mutating func primaryKind(_ start: Int) throws(Mismatch) -> ExpressionKind {
    if sees(.leftParen) {
      advance()
      try enter(start)
      let inner = try condition()
      leave()
      try require(.rightParen)
      return .parenthesized(inner)
    }
    guard sees(.word) else { return .literal(try literal(allowsDays: true)) }
    if let kind = try reading(start) { return kind }
    if token.keyword == .yes || token.keyword == .no || weekdayAtHand != nil {
      return .literal(try literal(allowsDays: true))
    }
    guard isInWhere else { throw Mismatch() }
    return try unitReading()
  }

  /// Arguments of a function in parentheses.
  mutating func arguments(_ start: Int) throws(Mismatch) -> [ExpressionSyntax] {
    try require(.leftParen)
    try enter(start)
    var arguments = [try sum()]
    var tallest = height
    while take(.comma) {
      arguments.append(try sum())
      tallest = max(tallest, height)
    }
    leave()
    try require(.rightParen)
    height = tallest
    return arguments
  }
}

extension ComparisonOperator {
  /// The operator that says the same with its sides exchanged.
  var mirrored: ComparisonOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual: self
    }
  }
}
