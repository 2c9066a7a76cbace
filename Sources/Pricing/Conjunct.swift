package import Money

/// One part of a campaign's conditions; the parts are joined by `and`.
package struct Conjunct: Hashable, Sendable {
  package var expression: Expression
  /// Whether it reads prices after discounts, so that it is decided while pricing.
  package var isDynamic: Bool
  /// What the value counts that is compared with a constant it should reach, if that is what the
  /// expression is.
  private let unit: Threshold.Unit?
  /// Whether the constant stands on the left.
  private let isMirrored: Bool

  /// A part of a condition.
  ///
  /// - Parameters:
  ///   - expression: A comparison with a constant where `unit` is given.
  ///   - unit: Nil where nothing can be told to be missing.
  package init(
    expression: Expression, isDynamic: Bool, unit: Threshold.Unit?, isMirrored: Bool
  ) {
    self.expression = expression
    self.isDynamic = isDynamic
    self.unit = unit
    self.isMirrored = isMirrored
  }

  /// How to tell what is missing, for a value compared with a constant it should reach.
  package var threshold: Threshold? {
    guard let unit, case .compare(let left, let comparison, let right, _) = expression else {
      return nil
    }
    guard case .constant(let constant) = isMirrored ? left : right else { return nil }
    return Threshold(
      value: isMirrored ? right : left,
      comparison: isMirrored ? comparison.mirrored : comparison, constant: constant, unit: unit)
  }
}

/// A value that should reach a constant.
package struct Threshold: Hashable, Sendable {
  package enum Unit: Hashable, BitwiseCopyable, Sendable { case quantity, amount, visits, count }
  package var value: Expression
  /// `=`, `>=` or `>`, as seen from the value.
  package var comparison: Comparison
  package var constant: Rational
  package var unit: Unit
  package init(value: Expression, comparison: Comparison, constant: Rational, unit: Unit) {
    self.value = value
    self.comparison = comparison
    self.constant = constant
    self.unit = unit
  }
}

/// What the rows of a campaign are measured by.
package struct TierValue: Hashable, Sendable {
  package var expression: Expression
  package var isDynamic: Bool
  /// Nil where nothing can be told to be missing.
  package var unit: Threshold.Unit?
  package var display: ValueKind
  package init(
    expression: Expression, isDynamic: Bool, unit: Threshold.Unit?, display: ValueKind
  ) {
    self.expression = expression
    self.isDynamic = isDynamic
    self.unit = unit
    self.display = display
  }
}
