import RuleChecking
import RuleSyntax

extension CampaignSentences {
  /// A flag expression as a clause that can follow "when".
  func condition(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .and(let parts): return parts.map(nested).joined(separator: " and ")
    case .or(let parts): return parts.map(nested).joined(separator: " or ")
    case .not(let part): return negated(part)
    case .comparison(let left, let comparison, let right):
      let words = left.type == .date ? comparison.wordsForDates : comparison.words
      return "\(value(left)) \(words) \(value(right))"
    case .isOneOf(let part, let values, let isNegated):
      let choice = list(values.map(constant), joining: "or")
      return "\(value(part)) is \(isNegated ? "none of" : "one of") \(choice)"
    case .isMissing(let part, let isNegated):
      return "\(value(part)) is \(isNegated ? "known" : "not known")"
    case .textTest(let part, let test, let text):
      return "\(value(part)) \(test.rawValue) \(quoted(text))"
    case .customerInGroup(let groups): return "the customer is in the group \(alternatives(groups))"
    case .customerIsMember: return "the customer is a member"
    case .unitOnSale: return "the item is on sale"
    case .unitIn(let dimension, let values):
      return "the item is in \(dimension.rawValue) \(alternatives(values))"
    case .unitInSelection(let selection): return "the item is one of \(units(selection))"
    case .constant(.flag(let flag)): return flag ? "always" : "never"
    default: return "\(value(expression)) is yes"
    }
  }

  /// What must not be so, in the shortest words there are for it.
  private func negated(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .not(let part): condition(part)
    case .textTest(let part, let test, let text):
      "\(value(part)) does not \(test.infinitive) \(quoted(text))"
    case .customerInGroup, .customerIsMember, .unitOnSale, .unitIn, .unitInSelection, .attribute,
      .itemAttribute:
      condition(expression).replacing(" is ", with: " is not ", maxReplacements: 1)
    default: "it is not so that \(nested(expression))"
    }
  }

  private func nested(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .and, .or: "(\(condition(expression)))"
    default: condition(expression)
    }
  }

  /// An expression as a thing: an amount, a number, a text.
  func value(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .constant(let value): constant(value)
    case .arithmetic(let left, let operation, let right):
      "\(operand(left)) \(operation.words) \(operand(right))"
    case .minimum(let parts): "the smallest of \(list(parts.map(value), joining: "and"))"
    case .maximum(let parts): "the largest of \(list(parts.map(value), joining: "and"))"
    case .floor(let part): "\(operand(part)) rounded down"
    case .round(let part): "\(operand(part)) rounded"
    case .attribute(let index): attribute(index)
    case .itemAttribute(let index): "its \(rules.attributes[index].name)"
    default: cartValue(expression) ?? historyValue(expression) ?? condition(expression)
    }
  }

  private func operand(_ expression: CheckedExpression) -> String {
    if case .arithmetic = expression.kind { return "(\(value(expression)))" }
    return value(expression)
  }

  private func attribute(_ index: Int) -> String {
    let attribute = rules.attributes[index]
    return "the \(attribute.owner.rawValue)'s \(attribute.name)"
  }

  private func cartValue(_ expression: CheckedExpression) -> String? {
    switch expression.kind {
    case .quantity(.items): "the number of items"
    case .quantity(let selection): "the number of \(units(selection))"
    case .kinds(let selection): "the number of different skus among \(units(selection))"
    case .subtotal(let selection, let isAfterDiscounts):
      "the subtotal of \(units(selection))" + (isAfterDiscounts ? " after discounts" : "")
    case .rankedPrice(let rank, let selection): "the \(rank.rawValue) price of \(units(selection))"
    case .shipping: "the price of shipping"
    case .orderChannel: "the order's channel"
    case .orderStore: "the order's store"
    case .orderCountry: "the order's country"
    case .customerID: "the customer's id"
    case .customerEmail: "the customer's e-mail address"
    case .unitPrice: "its price"
    case .unitQuantity: "how many of it are in the cart"
    case .unitSKU: "its sku"
    case .unitName: "its name"
    case .unitBrand: "its brand"
    case .unitVendor: "its vendor"
    default: nil
    }
  }

  private func historyValue(_ expression: CheckedExpression) -> String? {
    switch expression.kind {
    case .today: "today's date"
    case .weekday: "the day of the week"
    case .yearOf(let part): "the year of \(value(part))"
    case .monthOf(let part): "the month of \(value(part))"
    case .dayOf(let part): "the day of \(value(part))"
    case .daysSince(let part): "the number of days since \(value(part))"
    case .daysSinceLastVisit: "the number of days since the last visit"
    case .visits(let window): "the number of earlier visits \(words(of: window))"
    case .visitNumber(let window): "the number of this visit \(words(of: window))"
    case .visitDays(let window): "the number of days with a visit \(words(of: window))"
    case .spent(let dimension, let values, let window):
      "what was spent \(place(dimension, values))\(words(of: window))"
    case .bought(let dimension, let values, let window):
      "the units bought \(place(dimension, values))\(words(of: window))"
    case .redemptions(let campaign, let window):
      "the number of uses of \(campaign) \(words(of: window))"
    case .balance(let index): "the balance of \(rules.balances[index].name)"
    default: nil
    }
  }

  private func place(_ dimension: Dimension?, _ values: [String]) -> String {
    dimension.map { "in \($0.rawValue) \(alternatives(values)) " } ?? ""
  }

  private func words(of window: CheckedWindow) -> String {
    switch window {
    case .this(let unit): "this \(unit.rawValue)"
    case .previous(let unit): "in the previous \(unit.rawValue)"
    case .last(let count, let unit):
      count == 1 ? "in the last \(unit.rawValue)" : "in the last \(count) \(unit.rawValue)s"
    case .ever: "ever"
    }
  }
}

extension ComparisonOperator {
  fileprivate var words: String {
    switch self {
    case .equal: "is"
    case .notEqual: "is not"
    case .less: "is below"
    case .lessOrEqual: "is at most"
    case .greater: "is above"
    case .greaterOrEqual: "is at least"
    }
  }
}

extension ComparisonOperator {
  /// Days are before and after each other.
  fileprivate var wordsForDates: String {
    switch self {
    case .equal, .notEqual: words
    case .less: "is before"
    case .lessOrEqual: "is no later than"
    case .greater: "is after"
    case .greaterOrEqual: "is no earlier than"
    }
  }
}

extension TextTest {
  /// The verb after "does not".
  fileprivate var infinitive: String {
    switch self {
    case .contains: "contain"
    case .startsWith: "start with"
    case .endsWith: "end with"
    }
  }
}

extension ArithmeticOperator {
  fileprivate var words: String {
    switch self {
    case .add: "plus"
    case .subtract: "less"
    case .multiply: "times"
    case .divide: "divided by"
    }
  }
}
