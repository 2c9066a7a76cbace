import RuleSyntax

/// What may be done with which types; nothing here looks at a tree.
enum TypeRules {
  /// How a type is called in a finding.
  static func words(_ type: ValueType) -> String {
    switch type {
    case .money: "money"
    case .percent: "a percentage"
    case .number: "a number"
    case .count: "a count"
    case .text: "a text"
    case .flag: "a yes or no"
    case .date: "a date"
    case .day: "a day of the week"
    }
  }

  /// The type of a declared attribute's values.
  static func type(of kind: AttributeDeclaration.Kind) -> ValueType {
    switch kind {
    case .text: .text
    case .flag: .flag
    case .number: .number
    case .count: .count
    case .money: .money
    case .percent: .percent
    case .date: .date
    }
  }

  /// Whether values of two types can be compared, and with each other at all.
  static func comparable(_ left: ValueType, _ right: ValueType) -> Bool {
    left == right || (isPlainNumber(left) && isPlainNumber(right))
  }

  /// Whether values of a type can be told smaller from larger.
  static func isOrdered(_ type: ValueType) -> Bool {
    switch type {
    case .money, .percent, .number, .count, .date: true
    case .text, .flag, .day: false
    }
  }

  /// A count or a number.
  static func isPlainNumber(_ type: ValueType) -> Bool { type == .count || type == .number }

  /// Whether arithmetic knows the type at all.
  static func isQuantity(_ type: ValueType) -> Bool {
    type == .money || type == .percent || isPlainNumber(type)
  }

  /// The type of the result, or nil where the operation means nothing.
  static func result(
    _ left: ValueType, _ operation: ArithmeticOperator, _ right: ValueType
  ) -> ValueType? {
    switch operation {
    case .add, .subtract: return common(left, right)
    case .multiply:
      switch (left, right) {
      case (.money, .percent), (.percent, .money): return .money
      case (.money, .number), (.money, .count), (.number, .money), (.count, .money): return .money
      case (.percent, .percent): return .percent
      default: return isPlainNumber(left) && isPlainNumber(right) ? common(left, right) : nil
      }
    case .divide:
      switch (left, right) {
      case (.money, .money), (.percent, .percent): return .number
      case (.money, .number), (.money, .count): return .money
      default: return isPlainNumber(left) && isPlainNumber(right) ? .number : nil
      }
    }
  }

  /// The one type that both may stand for: a count may stand where a number is wanted.
  static func common(_ left: ValueType, _ right: ValueType) -> ValueType? {
    guard isQuantity(left), comparable(left, right) else { return nil }
    return left == right ? left : .number
  }
}
