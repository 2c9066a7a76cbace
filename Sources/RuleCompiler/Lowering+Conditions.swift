import Money
import Pricing
import RuleChecking
import RuleSyntax

extension Lowering {
  /// The parts of all `when` clauses that are joined by `and`, in the order written.
  mutating func conjuncts(_ conditions: [CheckedExpression]) -> ShortList<Conjunct> {
    if conditions.isEmpty { return .none }
    if conditions.count == 1 {
      if case .and = conditions[0].kind {} else { return .one(conjunct(conditions[0])) }
    }
    var parts: [Conjunct] = []
    for condition in conditions { append(condition, to: &parts) }
    return shortList(parts.count) { parts[$0] }
  }

  private mutating func append(_ condition: CheckedExpression, to parts: inout [Conjunct]) {
    if case .and(let inner) = condition.kind {
      for part in inner { append(part, to: &parts) }
    } else {
      parts.append(conjunct(condition))
    }
  }

  private mutating func conjunct(_ condition: CheckedExpression) -> Conjunct {
    let reached = reached(condition)
    readsAfterDiscounts = false
    let expression = lower(condition)
    return Conjunct(
      expression: expression, isDynamic: readsAfterDiscounts,
      unit: reached?.unit, isMirrored: reached?.isMirrored ?? false)
  }

  /// What the value counts that is compared with a constant it should reach, if that is what a
  /// condition is, and whether the constant stands on the left.
  private func reached(
    _ condition: CheckedExpression
  ) -> (unit: Threshold.Unit, isMirrored: Bool)? {
    guard case .comparison(let left, let comparison, let right) = condition.kind else { return nil }
    if isNumber(right), let unit = thresholdUnit(left) {
      return isReaching(plan(comparison)) ? (unit, false) : nil
    }
    if isNumber(left), let unit = thresholdUnit(right) {
      return isReaching(plan(comparison).mirrored) ? (unit, true) : nil
    }
    return nil
  }

  private func isReaching(_ comparison: Comparison) -> Bool {
    switch comparison {
    case .equal, .greaterOrEqual, .greater: true
    case .notEqual, .less, .lessOrEqual: false
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

  private func isNumber(_ expression: CheckedExpression) -> Bool {
    guard case .constant(let value) = expression.kind else { return false }
    return switch value {
    case .money, .percent, .number, .date, .day: true
    case .text, .flag: false
    }
  }
}
