import Findings

/// What stops a parse: the token at hand cannot stand here. What is wrong is worked out afterwards.
package struct Mismatch: Error {}

/// Builds the tree of a rule text from its tokens, by recursive descent.
///
/// It follows the grammar exactly and stops at the first token that does not fit; `Recovery` finds
/// out what the author meant. A few well-known mistakes (`and` mixed with `or`, chained
/// comparisons, money off a selection) are read on purpose and reported here, where their two
/// readings are known.
struct Parser {
  let bytes: [UInt8]
  let file: Int32
  let tokens: [Token]
  var index = 0
  var findings: [Finding] = []
  /// Whether the condition at hand is that of a `where`, so that it reads one unit.
  var isInWhere = false
  /// Parentheses, `not` and nested functions around the token at hand.
  var nesting = 0
  /// Pieces of the expressions of the item at hand.
  var nodeCount = 0
  /// Levels of the expression or source that was read last.
  var height = 0
  /// Whether the item at hand was given up because it asks too much; it is read no further.
  var isTooDeep = false
  /// What the formatter wants to know about each token; empty when nobody asks.
  var layout: Layout?

  init(bytes: [UInt8], file: Int32, tokens: [Token]) {
    self.bytes = bytes
    self.file = file
    self.tokens = tokens
  }

  /// The token at hand.
  var token: Token { tokens[index] }

  /// Where the token before the one at hand ends, or the start of the file.
  var previousEnd: Int32 { index > 0 ? tokens[index - 1].end : 0 }

  var span: SourceSpan { token.span(in: file) }

  /// From the start of a token to the end of the last one read.
  func span(from start: Int) -> SourceSpan {
    SourceSpan(file: file, start: tokens[start].start, end: previousEnd)
  }

  @inline(__always)
  func sees(_ kind: Token.Kind) -> Bool { tokens[index].kind == kind }

  @inline(__always)
  func at(_ word: Keyword) -> Bool {
    tokens[index].keyword == word && tokens[index].kind == .word
  }

  @inline(__always)
  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  @inline(__always)
  mutating func take(_ kind: Token.Kind) -> Bool {
    guard sees(kind) else { return false }
    advance()
    return true
  }

  @inline(__always)
  mutating func accept(_ word: Keyword) -> Bool {
    guard at(word) else { return false }
    advance()
    return true
  }

  mutating func require(_ kind: Token.Kind) throws(Mismatch) {
    guard take(kind) else { throw Mismatch() }
  }

  mutating func expect(_ word: Keyword) throws(Mismatch) {
    guard accept(word) else { throw Mismatch() }
  }

  /// The word at hand, if it is one of those asked for.
  mutating func oneOf<Value>(
    _ values: [(Keyword, Value)]
  ) throws(Mismatch) -> Value {
    guard sees(.word), let keyword = token.keyword,
      let found = values.first(where: { $0.0 == keyword })
    else { throw Mismatch() }
    advance()
    return found.1
  }

  /// Reports a mistake that does not stop the parse.
  mutating func report(_ finding: Finding) { findings.append(finding) }
}

// MARK: - Names and literals

extension Parser {
  mutating func name() throws(Mismatch) -> Name {
    guard sees(.word) else { throw Mismatch() }
    defer { advance() }
    return Name(text: Lexer.name(of: token, in: bytes), span: span)
  }

  mutating func text() throws(Mismatch) -> TextLiteral {
    guard sees(.string) else { throw Mismatch() }
    defer { advance() }
    return TextLiteral(text: Lexer.text(of: token, in: bytes), span: span)
  }

  /// One text, or several in parentheses.
  mutating func texts() throws(Mismatch) -> [TextLiteral] {
    guard take(.leftParen) else { return [try text()] }
    let start = index
    var texts = [try text()]
    while take(.comma) { texts.append(try text()) }
    if texts.count > Limits.textsInList {
      let facts = ["count": "\(texts.count)", "limit": "\(Limits.textsInList)"]
      report(Finding(code: .tooManyTexts, span: span(from: start), facts: facts))
    }
    try require(.rightParen)
    return texts
  }

  mutating func count() throws(Mismatch) -> CountLiteral {
    guard sees(.integer) else { throw Mismatch() }
    defer { advance() }
    return CountLiteral(value: token.value, span: span)
  }

  mutating func number() throws(Mismatch) -> NumberLiteral {
    guard sees(.integer) || sees(.decimal) else { throw Mismatch() }
    return digits()
  }

  mutating func percent() throws(Mismatch) -> NumberLiteral {
    guard sees(.percent) else { throw Mismatch() }
    return digits()
  }

  private mutating func digits() -> NumberLiteral {
    defer { advance() }
    let digits = DecimalDigits(value: token.value, decimals: Int(token.decimals))
    return NumberLiteral(digits: digits, span: span)
  }

  mutating func money() throws(Mismatch) -> MoneyLiteral {
    guard sees(.money) else { throw Mismatch() }
    defer { advance() }
    return MoneyLiteral(
      digits: DecimalDigits(value: token.value, decimals: Int(token.decimals)),
      currencyCode: token.currency == 0 ? nil : Self.code(token.currency), span: span)
  }

  static func code(_ packed: UInt32) -> String {
    String(
      decoding: [16, 8, 0].map { UInt8(truncatingIfNeeded: packed >> $0) }, as: UTF8.self)
  }

  mutating func date() throws(Mismatch) -> DateLiteral {
    guard sees(.date) else { throw Mismatch() }
    defer { advance() }
    return date(Int(token.value), span)
  }

  private func date(_ packed: Int, _ span: SourceSpan) -> DateLiteral {
    DateLiteral(
      year: packed / 10_000, month: packed / 100 % 100, day: packed % 100, span: span)
  }

  mutating func dateTime() throws(Mismatch) -> DateTimeLiteral {
    guard sees(.dateTime) else { throw Mismatch() }
    defer { advance() }
    let (packed, minutes) = Int(token.value).quotientAndRemainder(dividingBy: 10_000)
    return DateTimeLiteral(
      date: date(packed, span), time: TimeLiteral(minuteOfDay: minutes, span: span))
  }

  mutating func time() throws(Mismatch) -> TimeLiteral {
    guard sees(.time) else { throw Mismatch() }
    defer { advance() }
    return TimeLiteral(minuteOfDay: Int(token.value), span: span)
  }

  var weekdayAtHand: Weekday? {
    guard sees(.word) else { return nil }
    return switch token.keyword {
    case .mon: .mon
    case .tue: .tue
    case .wed: .wed
    case .thu: .thu
    case .fri: .fri
    case .sat: .sat
    case .sun: .sun
    default: nil
    }
  }

  /// A value written out; `allowsDays` is false where a test gives an attribute its value.
  mutating func literal(allowsDays: Bool) throws(Mismatch) -> LiteralSyntax {
    switch token.kind {
    case .money: return .money(try money())
    case .percent: return .percent(try percent())
    case .date: return .date(try date())
    case .string: return .text(try text())
    case .integer, .decimal: return .number(try number())
    default: break
    }
    let span = span
    if accept(.yes) { return .flag(true, span: span) }
    if accept(.no) { return .flag(false, span: span) }
    if allowsDays, let day = weekdayAtHand {
      advance()
      return .day(day, span: span)
    }
    throw Mismatch()
  }

  mutating func duration() throws(Mismatch) -> DurationLiteral {
    let start = index
    let count = try count()
    let unit = try durationUnit()
    return DurationLiteral(count: count.value, unit: unit, span: span(from: start))
  }

  private mutating func durationUnit() throws(Mismatch) -> CalendarUnit {
    try oneOf([
      (.day, .day), (.days, .day), (.week, .week), (.weeks, .week), (.month, .month),
      (.months, .month), (.year, .year), (.years, .year),
    ])
  }

  mutating func window() throws(Mismatch) -> WindowSyntax {
    if accept(.this) { return .this(try calendarUnit()) }
    if accept(.previous) { return .previous(try calendarUnit()) }
    if accept(.last) { return .last(try duration()) }
    try expect(.ever)
    return .ever
  }

  private mutating func calendarUnit() throws(Mismatch) -> CalendarUnit {
    try oneOf([
      (.day, .day), (.week, .week), (.month, .month), (.quarter, .quarter), (.year, .year),
    ])
  }

  mutating func event() throws(Mismatch) -> EventSyntax {
    sees(.string) ? .text(try text()) : .name(try name())
  }

  mutating func amount() throws(Mismatch) -> AmountSyntax {
    sees(.money) ? .money(try money()) : .count(try count())
  }

  mutating func holding() throws(Mismatch) -> HoldingSyntax {
    guard sees(.money) else { return .count(try count(), try name()) }
    let money = try money()
    try expect(.of)
    return .money(money, try name())
  }

  mutating func names() throws(Mismatch) -> [Name] {
    var names = [try name()]
    while take(.comma) { names.append(try name()) }
    return names
  }
}
