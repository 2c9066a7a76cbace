import Findings
import RuleSyntax

extension Checker {
  /// A condition: an expression of type flag. Nil after a mistake.
  mutating func lowerCondition(
    _ syntax: ConditionSyntax, in scope: Scope, depth: Int = 0
  ) -> CheckedExpression? {
    guard let lowered = lower(syntax, in: scope, depth: depth) else { return nil }
    guard lowered.type == .flag else {
      report(
        .notACondition, at: syntax.span,
        ["found": TypeRules.words(lowered.type), "expected": TypeRules.words(.flag)])
      return nil
    }
    return lowered
  }

  /// An expression with its type and its names resolved; nil after a mistake below it.
  mutating func lower(
    _ syntax: ExpressionSyntax, in scope: Scope, depth: Int = 0
  ) -> CheckedExpression? {
    guard depth <= CheckerLimits.expressionDepthMaximum else {
      report(.nestedTooDeep, at: syntax.span)
      return nil
    }
    let span = syntax.span
    switch syntax.kind {
    case .parenthesized(let inner): return lower(inner, in: scope, depth: depth + 1)
    case .and(let all):
      return lowerAll(all, in: scope, depth).map { .init(kind: .and($0), type: .flag, span: span) }
    case .or(let all):
      return lowerAll(all, in: scope, depth).map { .init(kind: .or($0), type: .flag, span: span) }
    case .not(let inner):
      return lowerCondition(inner, in: scope, depth: depth + 1)
        .map { .init(kind: .not($0), type: .flag, span: span) }
    case .comparison(let left, let operation, let right):
      return lowerComparison(left, operation, right, span, in: scope, depth)
    case .isOneOf(let value, let literals, let isNegated):
      return lowerIsOneOf(value, literals, isNegated, span, in: scope, depth)
    case .isMissing(let value, let isNegated):
      return lower(value, in: scope, depth: depth + 1)
        .map { .init(kind: .isMissing($0, isNegated: isNegated), type: .flag, span: span) }
    case .textTest(let value, let test, let literal):
      return lowerTextTest(value, test, literal, span, in: scope, depth)
    case .arithmetic: return lowerArithmetic(syntax, in: scope, depth)
    case .minimum(let all):
      return lowerExtreme(all, span, "min", in: scope, depth) { .minimum($0) }
    case .maximum(let all):
      return lowerExtreme(all, span, "max", in: scope, depth) { .maximum($0) }
    case .floor(let inner):
      return lowerWhole(inner, "floor", in: scope, depth)
        .map { .init(kind: .floor($0), type: .count, span: span) }
    case .round(let inner):
      return lowerWhole(inner, "round", in: scope, depth)
        .map { .init(kind: .round($0), type: .count, span: span) }
    case .literal(let literal): return lower(literal, at: span, in: scope)
    case .yearOf, .monthOf, .dayOf, .daysSince: return lowerCalendar(syntax, in: scope, depth)
    default: return lowerValue(syntax, in: scope)
    }
  }

  /// A written value as an expression.
  mutating func lower(
    _ literal: LiteralSyntax, at span: SourceSpan, in scope: Scope
  ) -> CheckedExpression? {
    guard let (constant, type) = lower(literal, in: scope) else { return nil }
    return CheckedExpression(kind: constants.kind(of: constant), type: type, span: span)
  }

  private mutating func lowerAll(
    _ all: [ExpressionSyntax], in scope: Scope, _ depth: Int
  ) -> [CheckedExpression]? {
    var lowered: [CheckedExpression] = []
    for syntax in all {
      if let one = lowerCondition(syntax, in: scope, depth: depth + 1) { lowered.append(one) }
    }
    return lowered.count == all.count ? lowered : nil
  }

  private mutating func lowerComparison(
    _ leftSyntax: ExpressionSyntax, _ operation: ComparisonOperator,
    _ rightSyntax: ExpressionSyntax, _ span: SourceSpan, in scope: Scope, _ depth: Int
  ) -> CheckedExpression? {
    let lowered = lower(leftSyntax, in: scope, depth: depth + 1)
    let other = lower(rightSyntax, in: scope, depth: depth + 1)
    guard let left = consume lowered, let right = consume other else { return nil }
    guard TypeRules.comparable(left.type, right.type) else {
      reportDiffering(left.type, leftSyntax, right.type, rightSyntax, scope)
      return nil
    }
    let asksForOrder = operation != .equal && operation != .notEqual
    if asksForOrder, !TypeRules.isOrdered(left.type) {
      report(
        .notOrdered, at: span,
        [
          "found": TypeRules.words(left.type), "right": TypeRules.words(right.type),
          "operator": operation.rawValue,
        ])
      return nil
    }
    return .init(kind: .comparison(left, operation, right), type: .flag, span: span)
  }

  /// Reports a comparison of two types on the side that can be mended, else on the right.
  private mutating func reportDiffering(
    _ left: ValueType, _ leftSyntax: ExpressionSyntax, _ right: ValueType,
    _ rightSyntax: ExpressionSyntax, _ scope: Scope
  ) {
    let rightRepair = repair(rightSyntax, toward: left, in: scope)
    let leftRepair = rightRepair == nil ? repair(leftSyntax, toward: right, in: scope) : nil
    let isLeft = leftRepair != nil
    let other = isLeft ? rightSyntax : leftSyntax
    report(
      .typesDiffer, at: isLeft ? leftSyntax.span : rightSyntax.span,
      [
        "left": TypeRules.words(left), "right": TypeRules.words(right),
        "found": TypeRules.words(isLeft ? left : right),
        "expected": TypeRules.words(isLeft ? right : left),
      ],
      related: [
        RelatedSpan(span: other.span, label: "this is \(TypeRules.words(isLeft ? right : left))")
      ], repairs: [rightRepair ?? leftRepair].compactMap { $0 })
  }

  private mutating func lowerIsOneOf(
    _ valueSyntax: ExpressionSyntax, _ literals: [LiteralSyntax], _ isNegated: Bool,
    _ span: SourceSpan, in scope: Scope, _ depth: Int
  ) -> CheckedExpression? {
    let value = lower(valueSyntax, in: scope, depth: depth + 1)
    var constants: [CheckedConstant] = []
    var told: Int?
    for literal in literals {
      guard let (constant, type) = lower(literal, in: scope), let value else { continue }
      if TypeRules.comparable(value.type, type) {
        constants.append(constant)
        continue
      }
      let syntax = ExpressionSyntax(kind: .literal(literal), span: literal.span)
      if let told {
        // One list is one mistake: its repair mends every value that can be mended.
        let edits = repair(syntax, toward: value.type, in: scope)?.edits ?? []
        if told < findings.count, !findings[told].repairs.isEmpty {
          findings[told].repairs[0].edits += edits
        }
      } else {
        told = findings.count
        reportDiffering(value.type, valueSyntax, type, syntax, scope)
      }
    }
    guard let value, constants.count == literals.count else { return nil }
    return .init(
      kind: .isOneOf(value, constants, isNegated: isNegated), type: .flag, span: span)
  }

  private mutating func lowerTextTest(
    _ valueSyntax: ExpressionSyntax, _ test: TextTest, _ literal: TextLiteral,
    _ span: SourceSpan, in scope: Scope, _ depth: Int
  ) -> CheckedExpression? {
    if scope.place == .unit { selections.note(literal.text) }
    guard let value = lower(valueSyntax, in: scope, depth: depth + 1) else { return nil }
    guard value.type == .text else {
      reportOperand(valueSyntax, value.type, of: test.rawValue, expected: [.text], scope)
      return nil
    }
    return .init(kind: .textTest(value, test, literal.text), type: .flag, span: span)
  }
}
