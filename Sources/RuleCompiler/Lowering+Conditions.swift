import Money
import Pricing
import RuleChecking
import RuleSyntax

extension Lowering {
  /// The parts of all `when` clauses that are joined by `and`, in the order written.
  mutating func conjuncts(_ conditions: [CheckedExpression]) -> [Conjunct] {
    var parts: [Conjunct] = []
    for condition in conditions { append(condition, to: &parts) }
    return parts
  }

  private mutating func append(_ condition: CheckedExpression, to parts: inout [Conjunct]) {
    if case .and(let inner) = condition.kind {
      for part in inner { append(part, to: &parts) }
      return
    }
    parts.append(
      Conjunct(
        expression: lower(condition), isDynamic: readsAfterDiscounts(condition),
        threshold: threshold(condition)))
  }

  /// A value compared with a constant it should reach, if that is what a condition is.
  private mutating func threshold(_ condition: CheckedExpression) -> Threshold? {
    guard case .comparison(let left, let comparison, let right) = condition.kind else { return nil }
    if let constant = number(right), let unit = thresholdUnit(left) {
      return threshold(left, plan(comparison), constant, unit)
    }
    if let constant = number(left), let unit = thresholdUnit(right) {
      return threshold(right, plan(comparison).mirrored, constant, unit)
    }
    return nil
  }

  private mutating func threshold(
    _ value: CheckedExpression, _ comparison: Comparison, _ constant: Rational,
    _ unit: Threshold.Unit
  ) -> Threshold? {
    switch comparison {
    case .equal, .greaterOrEqual, .greater:
      Threshold(value: lower(value), comparison: comparison, constant: constant, unit: unit)
    case .notEqual, .less, .lessOrEqual: nil
    }
  }

  /// What a value that stands by itself counts, if a shopper can be told what is missing of it.
  func thresholdUnit(_ value: CheckedExpression) -> Threshold.Unit? {
    switch value.kind {
    case .quantity: .quantity
    case .subtotal: .amount
    case .visits, .visitNumber, .visitDays: .visits
    case .spent: .amount
    case .balance: value.type == .money ? .amount : .count
    case .kinds, .bought, .redemptions, .daysSinceLastVisit: .count
    default: nil
    }
  }

  private func number(_ expression: CheckedExpression) -> Rational? {
    guard case .constant(let value) = expression.kind else { return nil }
    return number(value)
  }

  /// A constant as a number; nil for texts and flags.
  func number(_ value: CheckedConstant) -> Rational? {
    guard case .constant(let rational) = constant(value) else { return nil }
    return rational
  }

  /// Whether an expression reads prices after discounts anywhere.
  func readsAfterDiscounts(_ expression: CheckedExpression) -> Bool {
    switch expression.kind {
    case .subtotal(_, let isAfterDiscounts): isAfterDiscounts
    case .and(let parts), .or(let parts), .minimum(let parts), .maximum(let parts):
      parts.contains { readsAfterDiscounts($0) }
    case .not(let inner), .floor(let inner), .round(let inner), .yearOf(let inner),
      .monthOf(let inner), .dayOf(let inner), .daysSince(let inner):
      readsAfterDiscounts(inner)
    case .isOneOf(let inner, _, _), .isMissing(let inner, _), .textTest(let inner, _, _):
      readsAfterDiscounts(inner)
    case .comparison(let left, _, let right), .arithmetic(let left, _, let right):
      readsAfterDiscounts(left) || readsAfterDiscounts(right)
    default: false
    }
  }
}
