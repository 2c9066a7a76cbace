import Findings
import Money
import RuleSyntax

extension Checker {
  /// Lowers a chain of operations from its left end, so that a long one needs no deep recursion.
  mutating func lowerArithmetic(
    _ syntax: ExpressionSyntax, in scope: Scope, _ depth: Int
  ) -> CheckedExpression? {
    var chain: [(operation: ArithmeticOperator, right: ExpressionSyntax, span: SourceSpan)] = []
    var first = syntax
    while case .arithmetic(let left, let operation, let right) = first.kind {
      chain.append((operation, right, first.span))
      first = left
    }
    guard depth + chain.count <= CheckerLimits.expressionDepthMaximum else {
      report(.nestedTooDeep, at: syntax.span)
      return nil
    }
    var left = lower(first, in: scope, depth: depth + chain.count)
    var leftSyntax: ExpressionSyntax? = first
    for link in chain.reversed() {
      let right = lower(link.right, in: scope, depth: depth + chain.count)
      if let known = left, let right {
        left = combine(known, leftSyntax, link.operation, right, link.right, link.span, scope)
      } else {
        left = nil
      }
      leftSyntax = nil
    }
    return left
  }

  private mutating func combine(
    _ left: CheckedExpression, _ leftSyntax: ExpressionSyntax?, _ operation: ArithmeticOperator,
    _ right: CheckedExpression, _ rightSyntax: ExpressionSyntax, _ span: SourceSpan, _ scope: Scope
  ) -> CheckedExpression? {
    guard let type = TypeRules.result(left.type, operation, right.type) else {
      var repairs: [Repair] = []
      if operation == .add || operation == .subtract {
        let mended =
          repair(rightSyntax, toward: left.type, in: scope)
          ?? leftSyntax.flatMap { repair($0, toward: right.type, in: scope) }
        repairs = [mended].compactMap { $0 }
      }
      report(
        .cannotCalculate, at: repairs.first?.edits.first?.span ?? span,
        [
          "left": TypeRules.words(left.type), "right": TypeRules.words(right.type),
          "operator": operation.rawValue,
        ], repairs: repairs)
      return nil
    }
    let result = CheckedExpression(
      kind: .arithmetic(left, operation, right), type: type, span: span)
    if operation == .divide, Fraction(constant: right)?.isZero == true {
      report(.divisionByZero, at: rightSyntax.span, ["found": text(of: rightSyntax.span)])
      return nil
    }
    switch Fraction.folded(result) {
    case .overflow:
      report(.constantTooLarge, at: span, ["found": text(of: span)])
      return nil
    case .divisionByZero:
      report(.divisionByZero, at: rightSyntax.span, ["found": text(of: rightSyntax.span)])
      return nil
    case .value, .notConstant: return result
    }
  }

  mutating func lowerExtreme(
    _ all: [ExpressionSyntax], _ span: SourceSpan, _ word: String, in scope: Scope, _ depth: Int,
    _ kind: ([CheckedExpression]) -> CheckedExpressionKind
  ) -> CheckedExpression? {
    var lowered: [CheckedExpression] = []
    var type: ValueType?
    var isDamaged = false
    for syntax in all {
      guard let one = lower(syntax, in: scope, depth: depth + 1) else {
        isDamaged = true
        continue
      }
      lowered.append(one)
      guard TypeRules.isQuantity(one.type) else {
        reportOperand(
          syntax, one.type, of: word, expected: [.money, .percent, .number], scope)
        isDamaged = true
        continue
      }
      guard let known = type else {
        type = one.type
        continue
      }
      guard let common = TypeRules.common(known, one.type) else {
        reportDiffering(known, all[0], one.type, syntax, scope, word)
        isDamaged = true
        continue
      }
      type = common
    }
    guard let type, !isDamaged else { return nil }
    return .init(kind: kind(lowered), type: type, span: span)
  }

  private mutating func reportDiffering(
    _ first: ValueType, _ firstSyntax: ExpressionSyntax, _ found: ValueType,
    _ syntax: ExpressionSyntax, _ scope: Scope, _ word: String
  ) {
    report(
      .extremeTypesDiffer, at: syntax.span,
      [
        "word": word, "left": TypeRules.words(first), "right": TypeRules.words(found),
        "found": TypeRules.words(found), "expected": TypeRules.words(first),
      ],
      related: [RelatedSpan(span: firstSyntax.span, label: "this is \(TypeRules.words(first))")],
      repairs: [repair(syntax, toward: first, in: scope)].compactMap { $0 })
  }

  /// The operand of `floor` and `round`.
  mutating func lowerWhole(
    _ syntax: ExpressionSyntax, _ word: String, in scope: Scope, _ depth: Int
  ) -> CheckedExpression? {
    guard let lowered = lower(syntax, in: scope, depth: depth + 1) else { return nil }
    guard TypeRules.isPlainNumber(lowered.type) else {
      reportOperand(syntax, lowered.type, of: word, expected: [.number], scope)
      return nil
    }
    return lowered
  }

  /// Reports a value of a type that a word does not take.
  mutating func reportOperand(
    _ syntax: ExpressionSyntax, _ found: ValueType, of word: String, expected: [ValueType],
    _ scope: Scope
  ) {
    report(
      .wrongOperand, at: syntax.span,
      [
        "word": word, "found": TypeRules.words(found),
        "expected": expected.map(TypeRules.words).joined(separator: " or "),
      ], repairs: expected.compactMap { repair(syntax, toward: $0, in: scope) })
  }

  /// What the author most likely meant by a literal of the wrong type.
  func repair(
    _ syntax: ExpressionSyntax, toward type: ValueType, in scope: Scope
  ) -> Repair? {
    guard case .literal(let literal) = syntax.kind else { return nil }
    let written = text(of: literal.span)
    switch (literal, type) {
    case (.number(let number), .money):
      guard let currency = files[scope.file].knownCurrency,
        number.digits.decimals <= currency.decimals
      else { return nil }
      let amount = currency.isDollar ? "$\(written)" : "\(written) \(currency.code)"
      return Checker.replace(literal.span, with: amount, isSafe: true)
    case (.number(let number), .percent):
      guard number.digits.decimals <= 4 else { return nil }
      return Checker.replace(literal.span, with: "\(written)%", isSafe: true)
    case (.number, .text), (.day, .text), (.flag, .text), (.date, .text):
      return Checker.replace(literal.span, with: "\"\(written)\"", isSafe: true)
    case (.money(let money), .count), (.money(let money), .number):
      if type == .count, money.digits.decimals > 0 { return nil }
      let digits = written.filter { $0 == "." || $0.isASCII && $0.isNumber }
      return Checker.replace(literal.span, with: digits, isSafe: false)
    case (.text(let text), _): return repair(text, toward: type)
    default: return nil
    }
  }

  /// A value in quotes that needs none.
  private func repair(_ literal: TextLiteral, toward type: ValueType) -> Repair? {
    let text = literal.text
    let isDigits = !text.isEmpty && text.utf8.count <= 15 && text.utf8.allSatisfy { 48...57 ~= $0 }
    let fits =
      switch type {
      case .count, .number: isDigits
      case .flag: text == "yes" || text == "no"
      case .day: Weekday.allCases.contains { "\($0)" == text }
      default: false
      }
    return fits ? Checker.replace(literal.span, with: text, isSafe: true) : nil
  }
}
