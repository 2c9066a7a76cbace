extension Expression {
  /// What it is directly made of.
  var parts: [Expression] {
    switch self {
    case .constant, .constantFlag, .constantText, .measure, .subtotalAfterDiscounts, .shipping,
      .attribute, .fact, .today, .weekday, .unit, .unitInMembership, .unitInSelection,
      .unitAttribute:
      []
    case .and(let parts), .or(let parts), .minimum(let parts), .maximum(let parts): parts
    case .not(let part), .floor(let part), .round(let part), .isMissing(let part, _, _),
      .textTest(let part, _, _), .partOfDate(_, let part), .daysSince(let part, _):
      [part]
    case .compare(let left, _, let right, _), .compareSame(let left, _, let right),
      .add(let left, let right), .subtract(let left, let right), .multiply(let left, let right),
      .divide(let left, let right):
      [left, right]
    case .isOneOf(let part, let choices, _, _): [part] + choices
    }
  }

  /// Whether it is written out.
  var isConstant: Bool {
    switch self {
    case .constant, .constantFlag, .constantText: true
    default: false
    }
  }

  /// Whether it may fail: where something is divided by, or multiplied with, what the cart decides.
  var isFallible: Bool {
    switch self {
    case .constant, .constantFlag, .constantText, .measure: false
    case .divide(_, let divisor) where !divisor.isConstant: true
    case .multiply(let left, let right) where !left.isConstant && !right.isConstant: true
    default: parts.contains { $0.isFallible }
    }
  }

  /// Shows it and all it is made of.
  func forEachPart(_ body: (Expression) -> Void) {
    body(self)
    switch self {
    case .constant, .constantFlag, .constantText, .measure: break
    case .compare(let left, _, let right, _):
      left.forEachPart(body)
      right.forEachPart(body)
    default: for part in parts { part.forEachPart(body) }
    }
  }
}
