import Money
import Promo
import RuleChecking
import RuleSyntax

extension CampaignSentences {
  /// A part of the conditions that is asked for itself.
  private struct Part: Equatable {
    var expression: CheckedExpression
    /// Whether it must not hold.
    var isNegated: Bool
    /// The choice of which it is only one way, if it is.
    var choice: CheckedExpression?
  }

  /// Everything the campaign asks for, in one clause.
  var allConditions: String {
    campaign.conditions.count == 1
      ? condition(campaign.conditions[0])
      : campaign.conditions.map(nested).joined(separator: " and ")
  }

  /// The part of the conditions that a quote says has failed, and what there was instead.
  ///
  /// - Returns: Nil where the quote's words fit none of the parts, or more than one.
  func unmet(_ detail: Quote.Detail) -> (need: String, found: String?)? {
    var fitting: [Part] = []
    for part in parts where fits(part, detail) && !fitting.contains(where: { $0 == part }) {
      fitting.append(part)
    }
    guard let part = fitting.first else { return nil }
    if let choice = part.choice, fitting.allSatisfy({ $0.choice == choice }) {
      return (condition(choice), nil)
    }
    guard fitting.count == 1 else { return nil }
    let need = part.isNegated ? negated(part.expression) : condition(part.expression)
    return (need, found(in: part.expression, detail))
  }

  private var parts: [Part] {
    var parts = campaign.conditions.flatMap { leaves(of: $0, isNegated: false) }
    if let tiers = campaign.tiers, let row = tiers.rows.first {
      let threshold = CheckedExpression(
        kind: .constant(row.threshold), type: tiers.by.type, span: tiers.by.span)
      let reached = CheckedExpression(
        kind: .comparison(tiers.by, .greaterOrEqual, threshold), type: .flag, span: tiers.by.span)
      parts.append(Part(expression: reached, isNegated: false))
    }
    return parts
  }

  private func leaves(
    of expression: CheckedExpression, isNegated: Bool, choice: CheckedExpression? = nil
  ) -> [Part] {
    switch expression.kind {
    case .and(let parts) where !isNegated:
      return parts.flatMap { leaves(of: $0, isNegated: false, choice: choice) }
    case .or(let parts) where isNegated:
      return parts.flatMap { leaves(of: $0, isNegated: true, choice: choice) }
    case .and(let parts), .or(let parts):
      let whole = isNegated ? denied(expression) : expression
      return parts.flatMap { leaves(of: $0, isNegated: isNegated, choice: choice ?? whole) }
    case .not(let part): return leaves(of: part, isNegated: !isNegated, choice: choice)
    default: return [Part(expression: expression, isNegated: isNegated, choice: choice)]
    }
  }

  /// Whether a quote that speaks of this part would say what it says.
  private func fits(_ part: Part, _ detail: Quote.Detail) -> Bool {
    let sign = detail.operator
    switch part.expression.kind {
    case .comparison(_, let comparison, let right):
      let expected = part.isNegated ? comparison.opposite : comparison
      guard sign == expected.rawValue else { return false }
      guard case .constant(let constant) = right.kind else { return true }
      return detail.right.map { $0 == bare(constant) } ?? true
    case .isOneOf(_, let values, let isNegated):
      let texts = values.map(bare).joined(separator: ", ")
      return sign == (isNegated != part.isNegated ? "is not one of" : "is one of")
        && detail.right == texts
    case .isMissing(_, let isNegated):
      return sign == (isNegated != part.isNegated ? "is not" : "is") && detail.right == "missing"
    case .textTest(_, let test, let text):
      return detail.right == text && sign == (part.isNegated ? test.denial : test.rawValue)
    case .customerInGroup: return sign == (part.isNegated ? "not in group" : "in group")
    default: return sign == "is" && detail.right == (part.isNegated ? "no" : "yes")
    }
  }

  /// A constant as quotes write it.
  private func bare(_ constant: CheckedConstant) -> String {
    switch constant {
    case .money(let minorUnits): AmountText.text(minorUnits, decimals: currency?.decimals ?? 0)
    case .text(let text): text
    case .day(let day): "\(day)"
    default: self.constant(constant)
    }
  }

  /// What was compared, as a person would write it; nil where the need says it all.
  private func found(in expression: CheckedExpression, _ detail: Quote.Detail) -> String? {
    switch expression.kind {
    case .comparison(let left, _, _), .isOneOf(let left, _, _), .textTest(let left, _, _):
      guard let text = detail.left else { return "not known" }
      switch left.type {
      case .text: return quoted(text)
      case .money: return currency.map { withGroups(shown(text, $0)) } ?? text
      case .day: return Weekday.allCases.first { "\($0)" == text }?.fullName ?? text
      default: return text
      }
    default: return nil
    }
  }

  private func shown(_ digits: String, _ currency: Currency) -> String {
    guard currency.isDollar else { return "\(digits) \(currency.code)" }
    return digits.hasPrefix("-") ? "-$\(digits.dropFirst())" : "$\(digits)"
  }
}

extension ComparisonOperator {
  /// What holds where this one does not.
  fileprivate var opposite: ComparisonOperator {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }
}

extension TextTest {
  /// How a quote says that the test must fail.
  fileprivate var denial: String {
    switch self {
    case .contains: "does not contain"
    case .startsWith: "does not start with"
    case .endsWith: "does not end with"
    }
  }
}
