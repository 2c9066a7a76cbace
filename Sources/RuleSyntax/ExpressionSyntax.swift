package import Findings

/// A condition is an expression of type flag; both share one tree.
package typealias ConditionSyntax = ExpressionSyntax

/// An expression with its place in the file.
package struct ExpressionSyntax: Sendable {
  package var kind: ExpressionKind
  package var span: SourceSpan
  package init(kind: ExpressionKind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// What an expression is.
package indirect enum ExpressionKind: Sendable {
  // Logic.
  case and([ExpressionSyntax])
  case or([ExpressionSyntax])
  case not(ExpressionSyntax)
  case parenthesized(ExpressionSyntax)
  case comparison(ExpressionSyntax, ComparisonOperator, ExpressionSyntax)
  case isOneOf(ExpressionSyntax, [LiteralSyntax], isNegated: Bool)
  case isMissing(ExpressionSyntax, isNegated: Bool)
  case textTest(ExpressionSyntax, TextTest, TextLiteral)
  // Arithmetic. The operators are left-associative and already bound.
  case arithmetic(ExpressionSyntax, ArithmeticOperator, ExpressionSyntax)
  case minimum([ExpressionSyntax])
  case maximum([ExpressionSyntax])
  case floor(ExpressionSyntax)
  case round(ExpressionSyntax)
  case literal(LiteralSyntax)
  // The cart.
  case quantity(of: SourceSyntax)
  case kinds(of: SourceSyntax)
  case subtotal(of: SourceSyntax, isAfterDiscounts: Bool)
  case rankedPrice(Rank, of: SourceSyntax)
  case shipping
  case orderAttribute(Name)
  // The customer and the calendar.
  case customerAttribute(Name)
  case customerInGroup([TextLiteral])
  case customerIsMember
  case today
  case weekday
  case yearOf(ExpressionSyntax)
  case monthOf(ExpressionSyntax)
  case dayOf(ExpressionSyntax)
  case daysSince(ExpressionSyntax)
  case daysSinceLastVisit
  // History.
  case visits(WindowSyntax)
  case visitNumber(WindowSyntax)
  case visitDays(WindowSyntax)
  case spent(Dimension?, [TextLiteral], WindowSyntax)
  case bought(Dimension, [TextLiteral], WindowSyntax)
  case redemptions(of: Name, WindowSyntax)
  case balance(of: Name)
  // The unit at hand, only inside `where`.
  case unitPrice
  case unitQuantity
  case unitSKU
  case unitName
  case unitBrand
  case unitVendor
  case unitOnSale
  case unitIn(Dimension, [TextLiteral])
  case unitInSet(Name)
  case itemAttribute(Name)
}

/// How two values are compared.
package enum ComparisonOperator: String, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// `contains`, `starts with`, `ends with`; all ignore ASCII case.
package enum TextTest: String, Sendable {
  case contains
  case startsWith = "starts with"
  case endsWith = "ends with"
}

/// The four operations.
package enum ArithmeticOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

/// A value written out.
package enum LiteralSyntax: Sendable {
  case money(MoneyLiteral)
  case percent(NumberLiteral)
  case number(NumberLiteral)
  case date(DateLiteral)
  case text(TextLiteral)
  case flag(Bool, span: SourceSpan)
  case day(Weekday, span: SourceSpan)

  /// Where it stands.
  package var span: SourceSpan {
    switch self {
    case .money(let literal): literal.span
    case .percent(let literal), .number(let literal): literal.span
    case .date(let literal): literal.span
    case .text(let literal): literal.span
    case .flag(_, let span), .day(_, let span): span
    }
  }
}

/// Which part of the past: a calendar period of the file's zone, a rolling one, or all of it.
package enum WindowSyntax: Sendable {
  case this(CalendarUnit)
  case previous(CalendarUnit)
  case last(DurationLiteral)
  case ever
}
