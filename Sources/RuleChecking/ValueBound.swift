import RuleSyntax

/// One comparison with a constant, turned round so that the value stands alone on the left.
struct ValueBound {
  var value: CheckedExpression
  var interval: Interval
  /// Whether a percentage stood between the value and the constant.
  var isThroughPercentage: Bool

  /// Reads a comparison; nil where no single value is held against a constant.
  init?(_ expression: CheckedExpression) {
    guard case .comparison(let left, let operation, let right) = expression.kind else {
      return nil
    }
    if let constant = Fraction(constant: right), Fraction(constant: left) == nil {
      self.init(left, operation, constant)
    } else if let constant = Fraction(constant: left), Fraction(constant: right) == nil {
      self.init(right, operation.turnedRound, constant)
    } else {
      return nil
    }
  }

  /// Moves constant summands and factors over to the other side.
  init?(_ value: CheckedExpression, _ operation: ComparisonOperator, _ constant: Fraction) {
    var value = value
    var constant = constant
    isThroughPercentage = false
    while case .arithmetic(let left, let step, let right) = value.kind {
      let other: (constant: Fraction, isPercentage: Bool)
      let inner: CheckedExpression
      if let known = Fraction(constant: right) {
        (other, inner) = ((known, right.type == .percent), left)
      } else if let known = Fraction(constant: left), step == .add || step == .multiply {
        (other, inner) = ((known, left.type == .percent), right)
      } else {
        return nil
      }
      let isScale = step == .multiply || step == .divide
      if isScale, other.constant.isZero || other.constant.isNegative { return nil }
      guard let moved = constant.applying(step.undone, other.constant) else { return nil }
      constant = moved
      value = inner
      isThroughPercentage = isThroughPercentage || other.isPercentage
    }
    self.value = value
    switch operation {
    case .equal: interval = .point(constant)
    case .less: interval = Interval(low: nil, high: constant, isHighOpen: true)
    case .lessOrEqual: interval = Interval(low: nil, high: constant)
    case .greater: interval = Interval(low: constant, high: nil, isLowOpen: true)
    case .greaterOrEqual: interval = Interval(low: constant, high: nil)
    case .notEqual: return nil
    }
    if value.type.isWhole { interval = interval.overWholeNumbers }
  }
}

extension ComparisonOperator {
  /// The operator after both sides have changed places.
  var turnedRound: ComparisonOperator {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension ArithmeticOperator {
  /// What takes an operation back.
  fileprivate var undone: ArithmeticOperator {
    switch self {
    case .add: .subtract
    case .subtract: .add
    case .multiply: .divide
    case .divide: .multiply
    }
  }
}
