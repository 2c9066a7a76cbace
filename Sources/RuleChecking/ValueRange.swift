import RuleSyntax

/// Where an expression's value lies whatever the cart, and whether it can be missing.
struct ValueRange {
  var interval: Interval
  var mayBeMissing: Bool

  /// Reads the range off an expression.
  init(of expression: CheckedExpression) {
    switch expression.kind {
    case .constant(let constant):
      self.init(Fraction(constant).map { .point($0) } ?? .everything, mayBeMissing: false)
    case .quantity, .kinds, .subtotal, .unitPrice:
      self.init(.atLeastZero, mayBeMissing: false)
    case .unitQuantity: self.init(.atLeastOne, mayBeMissing: false)
    case .visitNumber: self.init(.atLeastOne, mayBeMissing: true)
    case .rankedPrice, .shipping, .visits, .visitDays, .spent, .bought, .redemptions:
      self.init(.atLeastZero, mayBeMissing: true)
    case .monthOf(let date): self.init(part: 12, of: date)
    case .dayOf(let date): self.init(part: 31, of: date)
    case .arithmetic(let left, let operation, let right):
      self.init(ValueRange(of: left), operation, ValueRange(of: right))
    case .minimum(let all): self.init(extreme: all.map(ValueRange.init(of:)), isMinimum: true)
    case .maximum(let all): self.init(extreme: all.map(ValueRange.init(of:)), isMinimum: false)
    case .today, .weekday: self.init(.everything, mayBeMissing: false)
    default: self.init(.everything, mayBeMissing: true)
    }
  }

  private init(_ interval: Interval, mayBeMissing: Bool) {
    self.interval = interval
    self.mayBeMissing = mayBeMissing
  }

  private init(part maximum: Int64, of date: CheckedExpression) {
    interval = Interval(low: Fraction(1), high: Fraction(maximum))
    mayBeMissing = ValueRange(of: date).mayBeMissing
  }

  private init(_ left: ValueRange, _ operation: ArithmeticOperator, _ right: ValueRange) {
    mayBeMissing = left.mayBeMissing || right.mayBeMissing || operation == .divide
    interval = .everything
    func both(_ one: Fraction?, _ other: Fraction?) -> Fraction? {
      guard let one, let other else { return nil }
      return one.applying(operation, other)
    }
    switch operation {
    case .add:
      interval.low = both(left.interval.low, right.interval.low)
      interval.high = both(left.interval.high, right.interval.high)
    case .subtract:
      interval.low = both(left.interval.low, right.interval.high)
      interval.high = both(left.interval.high, right.interval.low)
    case .multiply:
      guard let low = left.interval.low, let other = right.interval.low, !low.isNegative,
        !other.isNegative
      else { return }
      interval.low = both(low, other)
      interval.high = both(left.interval.high, right.interval.high)
    case .divide:
      guard let divisor = right.interval.onlyValue, !divisor.isZero, !divisor.isNegative else {
        return
      }
      interval.low = both(left.interval.low, divisor)
      interval.high = both(left.interval.high, divisor)
    }
  }

  private init(extreme all: [ValueRange], isMinimum: Bool) {
    mayBeMissing = all.contains(where: \.mayBeMissing)
    let lows = all.compactMap(\.interval.low)
    let highs = all.compactMap(\.interval.high)
    interval = .everything
    if isMinimum {
      interval.low = lows.count == all.count ? lows.min() : nil
      interval.high = highs.min()
    } else {
      interval.low = lows.max()
      interval.high = highs.count == all.count ? highs.max() : nil
    }
  }
}

extension ValueType {
  /// Whether its values are whole: counts, minor units, days of the calendar.
  var isWhole: Bool { self == .count || self == .money || self == .date }
}
