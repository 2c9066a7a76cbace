package import Findings
package import RuleSyntax

/// The types of values; a count may stand where a number is wanted.
package enum ValueType: String, Hashable, Sendable {
  case money, percent, number, count, text, flag, date, day
}

/// An expression whose type is known and whose names are resolved.
package struct CheckedExpression: Hashable, Sendable {
  package var kind: CheckedExpressionKind
  package var type: ValueType
  package var span: SourceSpan
  package init(kind: CheckedExpressionKind, type: ValueType, span: SourceSpan) {
    self.kind = kind
    self.type = type
    self.span = span
  }

  /// Equal when they mean the same; where they stand does not matter.
  package static func == (left: CheckedExpression, right: CheckedExpression) -> Bool {
    left.type == right.type && left.kind == right.kind
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(type)
    hasher.combine(kind)
  }
}

/// A constant. Money is in minor units of the file's currency; a percent is a fraction (15% is
/// 15/100); numbers and percents are `numerator / denominator` with a power of ten below.
package enum CheckedConstant: Hashable, Sendable {
  case money(minorUnits: Int64)
  case percent(numerator: Int64, denominator: Int64)
  case number(numerator: Int64, denominator: Int64)
  case text(String)
  case flag(Bool)
  /// Days since 1970-01-01.
  case date(dayNumber: Int32)
  case day(Weekday)
}

/// What an expression computes. Parentheses are gone; `and`/`or` are flat lists as written.
package indirect enum CheckedExpressionKind: Hashable, Sendable {
  case and([CheckedExpression])
  case or([CheckedExpression])
  case not(CheckedExpression)
  case comparison(CheckedExpression, ComparisonOperator, CheckedExpression)
  case isOneOf(CheckedExpression, [CheckedConstant], isNegated: Bool)
  case isMissing(CheckedExpression, isNegated: Bool)
  case textTest(CheckedExpression, TextTest, String)
  case arithmetic(CheckedExpression, ArithmeticOperator, CheckedExpression)
  case minimum([CheckedExpression])
  case maximum([CheckedExpression])
  case floor(CheckedExpression)
  case round(CheckedExpression)
  case constant(CheckedConstant)
  // The cart.
  case quantity(of: SelectionID)
  case kinds(of: SelectionID)
  case subtotal(of: SelectionID, isAfterDiscounts: Bool)
  case rankedPrice(Rank, of: SelectionID)
  case shipping
  /// Index into `CheckedRules.attributes`, for an order or customer attribute that was declared.
  case attribute(Int)
  case orderChannel
  case orderStore
  case orderCountry
  // The customer and the calendar.
  case customerInGroup([String])
  case customerIsMember
  /// `customer.id` and `customer.email`, if they are read.
  case customerID
  case customerEmail
  case today
  case weekday
  case yearOf(CheckedExpression)
  case monthOf(CheckedExpression)
  case dayOf(CheckedExpression)
  case daysSince(CheckedExpression)
  case daysSinceLastVisit
  // History.
  case visits(CheckedWindow)
  case visitNumber(CheckedWindow)
  case visitDays(CheckedWindow)
  /// A nil dimension is all that was spent.
  case spent(Dimension?, [String], CheckedWindow)
  case bought(Dimension, [String], CheckedWindow)
  /// Redemptions of a campaign, by name.
  case redemptions(of: String, CheckedWindow)
  /// Index into `CheckedRules.balances`.
  case balance(Int)
  // The unit at hand.
  case unitPrice
  case unitQuantity
  case unitSKU
  case unitName
  case unitBrand
  case unitVendor
  case unitOnSale
  case unitIn(Dimension, [String])
  case unitInSelection(SelectionID)
  /// Index into `CheckedRules.attributes`.
  case itemAttribute(Int)
}

/// Which part of the past.
package enum CheckedWindow: Hashable, Sendable {
  case this(CalendarUnit)
  case previous(CalendarUnit)
  case last(count: Int64, CalendarUnit)
  case ever
}
