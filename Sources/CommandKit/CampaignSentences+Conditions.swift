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
      return visitCondition(left, comparison, right)
        ?? "\(subject(left)) \(words(of: comparison, left)) \(value(right))"
    case .isOneOf(let part, let values, let isNegated):
      return "\(subject(part)) is \(choice(of: values, isNegated: isNegated))"
    case .isMissing(let part, let isNegated):
      return "\(value(part)) is \(isNegated ? "known" : "not known")"
    case .textTest(let part, let test, let text):
      return "\(value(part)) \(test.rawValue) \(quoted(text))"
    case .customerInGroup(let groups): return "the customer is in the group \(alternatives(groups))"
    case .customerIsMember: return "the customer is a member"
    case .unitOnSale: return "the item is on sale"
    case .unitIn(let dimension, let values):
      return "the item is in \(dimension.rawValue) \(alternatives(values))"
    case .unitInSelection(let selection): return "the item is among \(units(selection))"
    case .constant(.flag(let flag)): return flag ? "always" : "never"
    default: return "\(value(expression)) is yes"
    }
  }

  /// What must not be so, in the shortest words there are for it.
  func negated(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .not(let part): return condition(part)
    case .and(let parts): return parts.map { nested(denied($0)) }.joined(separator: " or ")
    case .or(let parts): return parts.map { nested(denied($0)) }.joined(separator: " and ")
    case .textTest(let part, let test, let text):
      return "\(value(part)) does not \(test.infinitive) \(quoted(text))"
    case .isOneOf(let part, let values, let isNegated):
      return "\(subject(part)) is \(choice(of: values, isNegated: !isNegated))"
    case .comparison(let left, let comparison, let right) where left.type != .date:
      let words = comparison == .notEqual ? "is" : "is not" + comparison.words.dropFirst(2)
      return "\(subject(left)) \(words) \(value(right))"
    case .customerInGroup, .customerIsMember, .unitOnSale, .unitIn, .unitInSelection, .attribute,
      .itemAttribute:
      return condition(expression).replacing(" is ", with: " is not ", maxReplacements: 1)
    default: return "it is not so that \(nested(expression))"
    }
  }

  func denied(_ expression: CheckedExpression) -> CheckedExpression {
    if case .not(let part) = expression.kind { return part }
    return CheckedExpression(kind: .not(expression), type: .flag, span: expression.span)
  }

  /// What is compared; the day of the week is today's.
  private func subject(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .weekday, .today: "today"
    default: value(expression)
    }
  }

  private func words(of comparison: ComparisonOperator, _ left: CheckedExpression) -> String {
    left.type == .date ? comparison.wordsForDates : comparison.words
  }

  /// A visit that is asked for by its number is told by it: the 4th visit this month.
  private func visitCondition(
    _ left: CheckedExpression, _ comparison: ComparisonOperator, _ right: CheckedExpression
  ) -> String? {
    guard case .visitNumber(let window) = left.kind, comparison == .equal,
      case .constant(.number(let number, 1)) = right.kind
    else { return nil }
    return "this is the \(ordinal(number)) visit \(words(of: window))"
  }

  private func ordinal(_ number: Int64) -> String {
    if (11...13).contains(number % 100) { return "\(number)th" }
    switch number % 10 {
    case 1: return "\(number)st"
    case 2: return "\(number)nd"
    case 3: return "\(number)rd"
    default: return "\(number)th"
    }
  }

  private func choice(of values: [CheckedConstant], isNegated: Bool) -> String {
    let texts = values.map(constant)
    switch (texts.count, isNegated) {
    case (1, _): return isNegated ? "not \(texts[0])" : texts[0]
    case (2, false): return "\(texts[0]) or \(texts[1])"
    case (2, true): return "neither \(texts[0]) nor \(texts[1])"
    case (_, false): return "one of \(list(texts, joining: "or"))"
    case (_, true): return "none of \(list(texts, joining: "and"))"
    }
  }

  /// Units that satisfy a condition: where they are first, then what holds of them.
  func filtered(_ base: SelectionID, by expression: CheckedExpression) -> String {
    var places: [String] = []
    var conditions: [CheckedExpression] = []
    for part in conjuncts(of: expression) {
      if let place = place(of: part) { places.append(place) } else { conditions.append(part) }
    }
    var text = units(base)
    if !places.isEmpty { text += " that are \(list(places, joining: "and"))" }
    guard !conditions.isEmpty else { return text }
    let isCompound = conditions.count > 1
    return text + (places.isEmpty ? " where " : ", where ")
      + conditions.map { isCompound ? nested($0) : condition($0) }.joined(separator: " and ")
  }

  /// The parts of a condition that must all hold.
  private func conjuncts(of expression: CheckedExpression) -> [CheckedExpression] {
    switch expression.kind {
    case .and(let parts): return parts.flatMap(conjuncts)
    case .not(let part):
      if case .or(let parts) = part.kind { return parts.flatMap { conjuncts(of: denied($0)) } }
      if case .not(let inner) = part.kind { return conjuncts(of: inner) }
      return [expression]
    default: return [expression]
    }
  }

  /// What can follow "items that are"; nil for a condition of another kind.
  private func place(of expression: CheckedExpression) -> String? {
    switch expression.kind {
    case .not(let part): return place(of: part).map { "not \($0)" }
    case .unitOnSale: return "on sale"
    case .unitIn(let dimension, let values):
      return "in \(dimension.rawValue) \(alternatives(values))"
    case .unitInSelection(let selection): return "among \(units(selection))"
    default: return nil
    }
  }

  func nested(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .and, .or: "(\(condition(expression)))"
    case .not(let part) where part.isJoined: "(\(condition(expression)))"
    default: condition(expression)
    }
  }

  /// An expression as a thing: an amount, a number, a text.
  func value(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .constant(let value): constant(value)
    case .arithmetic(let rate, .multiply, let rounds) where steps(rounds) != nil:
      "\(operand(rate)) for every full \(steps(rounds) ?? "")"
    case .arithmetic(let left, let operation, let right):
      "\(operand(left)) \(operation.words) \(operand(right))"
    case .minimum(let parts):
      "the \(parts.count == 2 ? "smaller" : "smallest") of \(list(parts.map(value), joining: "and"))"
    case .maximum(let parts):
      "the \(parts.count == 2 ? "larger" : "largest") of \(list(parts.map(value), joining: "and"))"
    case .floor(let part): "(\(value(part)), rounded down)"
    case .round(let part): "(\(value(part)), rounded to a whole number)"
    case .attribute(let index): attribute(index)
    case .itemAttribute(let index): rules.attributes[index].name
    default: cartValue(expression) ?? historyValue(expression) ?? condition(expression)
    }
  }

  /// Whole steps that fit an amount: `floor(subtotal of items / $500)`.
  private func steps(_ expression: CheckedExpression) -> String? {
    guard case .floor(let inner) = expression.kind,
      case .arithmetic(let whole, .divide, let step) = inner.kind
    else { return nil }
    return "\(operand(step)) of \(operand(whole))"
  }

  private func operand(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .arithmetic, .minimum, .maximum: "(\(value(expression)))"
    default: value(expression)
    }
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
    case .unitPrice: "the price"
    case .unitQuantity: "the quantity"
    case .unitSKU: "the sku"
    case .unitName: "the name"
    case .unitBrand: "the brand"
    case .unitVendor: "the vendor"
    default: nil
    }
  }
}

extension CheckedExpression {
  /// Whether it is several conditions in one.
  fileprivate var isJoined: Bool {
    switch kind {
    case .and, .or: true
    default: false
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
    case .subtract: "minus"
    case .multiply: "times"
    case .divide: "divided by"
    }
  }
}
