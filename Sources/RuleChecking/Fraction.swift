import RuleSyntax

/// An exact value of constant arithmetic, in lowest terms; the denominator is at least 1.
struct Fraction: Hashable {
  var numerator: Int128
  var denominator: Int128

  /// What constant arithmetic comes to.
  enum Outcome: Equatable {
    case value(Fraction)
    /// Some part is only known when a cart is priced.
    case notConstant
    case overflow
    case divisionByZero
  }

  /// A fraction in lowest terms; nil when it cannot be written.
  init?(_ numerator: Int128, _ denominator: Int128) {
    if denominator == 1, numerator != .min {
      self.numerator = numerator
      self.denominator = 1
      return
    }
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    let divisor = Fraction.greatestDivisor(numerator.magnitude, denominator.magnitude)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = numerator / Int128(divisor) * sign
    self.denominator = denominator / Int128(divisor) * sign
  }

  init(_ whole: Int64) {
    numerator = Int128(whole)
    denominator = 1
  }

  /// The value of a constant of a kind that arithmetic knows; dates count in days.
  init?(_ constant: CheckedConstant) {
    switch constant {
    case .money(let units): self.init(units)
    case .percent(let numerator, let denominator), .number(let numerator, let denominator):
      self.init(Int128(numerator), Int128(denominator))
    case .date(let day): self.init(Int64(day))
    case .text, .flag, .day: return nil
    }
  }

  /// The value of an expression all of whose parts are constant.
  init?(constant expression: CheckedExpression) {
    guard case .value(let value) = Fraction.folded(expression) else { return nil }
    self = value
  }

  var isZero: Bool { numerator == 0 }
  var isNegative: Bool { numerator < 0 }
  var isWhole: Bool { denominator == 1 }

  /// The largest whole number not above it.
  var roundedDown: Fraction {
    let quotient = numerator / denominator
    let isBelow = numerator % denominator < 0
    return Fraction(whole: isBelow ? quotient - 1 : quotient)
  }

  private init(whole: Int128) {
    numerator = whole
    denominator = 1
  }

  /// The value of constant arithmetic; an amount of money must fit 64 bits.
  static func folded(_ expression: CheckedExpression) -> Outcome {
    switch expression.kind {
    case .constant(let constant):
      return Fraction(constant).map { .value($0) } ?? .notConstant
    case .arithmetic(let left, let operation, let right):
      let right = folded(right)
      guard case .value(let rightValue) = right else { return right }
      let left = folded(left)
      guard case .value(let leftValue) = left else { return left }
      if operation == .divide, rightValue.isZero { return .divisionByZero }
      guard let value = leftValue.applying(operation, rightValue) else { return .overflow }
      let limit = Int128(Int64.max)
      let isTooLarge =
        value.numerator.magnitude / value.denominator.magnitude > UInt128(limit)
      return isTooLarge ? .overflow : .value(value)
    default: return .notConstant
    }
  }

  /// The exact result; nil when it does not fit 128 bits.
  func applying(_ operation: ArithmeticOperator, _ other: Fraction) -> Fraction? {
    switch operation {
    case .add, .subtract:
      guard let left = Fraction.product(numerator, other.denominator),
        let right = Fraction.product(other.numerator, denominator),
        let below = Fraction.product(denominator, other.denominator)
      else { return nil }
      let (sum, overflows) =
        operation == .add
        ? left.addingReportingOverflow(right) : left.subtractingReportingOverflow(right)
      return overflows ? nil : Fraction(sum, below)
    case .multiply:
      guard let above = Fraction.product(numerator, other.numerator),
        let below = Fraction.product(denominator, other.denominator)
      else { return nil }
      return Fraction(above, below)
    case .divide:
      guard let above = Fraction.product(numerator, other.denominator),
        let below = Fraction.product(denominator, other.numerator)
      else { return nil }
      return Fraction(above, below)
    }
  }

  private static func product(_ left: Int128, _ right: Int128) -> Int128? {
    let (value, overflows) = left.multipliedReportingOverflow(by: right)
    return overflows ? nil : value
  }

  private static func greatestDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return max(left, 1)
  }
}

extension Fraction: Comparable {
  /// Compares exactly; values too large for a common denominator are told apart by whole parts.
  static func < (left: Fraction, right: Fraction) -> Bool {
    if left.denominator == right.denominator { return left.numerator < right.numerator }
    if let one = product(left.numerator, right.denominator),
      let other = product(right.numerator, left.denominator)
    {
      return one < other
    }
    return left.roundedDown.numerator < right.roundedDown.numerator
  }
}
