import Findings
import LocalTime
import Money
import Pricing
import RuleChecking
import RuleSyntax

extension Lowering {
  /// The compiled form of a checked expression.
  mutating func lower(_ expression: CheckedExpression) -> Expression {
    let zone = self.zone(of: expression)
    switch expression.kind {
    case .and(let parts): return .and(parts.map { lower($0) })
    case .or(let parts): return .or(parts.map { lower($0) })
    case .not(let inner): return .not(lower(inner))
    case .comparison(let left, let comparison, let right):
      return lowerComparison(left, plan(comparison), right)
    case .isOneOf(let inner, let choices, let isNegated):
      if let slot = membership(inner, oneOf: choices) {
        return isNegated ? .not(.unitInMembership(slot)) : .unitInMembership(slot)
      }
      return .isOneOf(
        lower(inner), choices.map { constant($0) }, kind(of: inner.type), isNegated: isNegated)
    case .isMissing(let inner, let isNegated):
      return .isMissing(lower(inner), kind(of: inner.type), isNegated: isNegated)
    case .textTest(let inner, let test, let pattern):
      return .textTest(lower(inner), plan(test), pattern)
    case .arithmetic(let left, let arithmetic, let right):
      return lowerArithmetic(lower(left), arithmetic, lower(right))
    case .minimum(let parts): return .minimum(parts.map { lower($0) })
    case .maximum(let parts): return .maximum(parts.map { lower($0) })
    case .floor(let inner): return .floor(lower(inner))
    case .round(let inner): return .round(lower(inner))
    case .constant(let value): return constant(value)
    case .quantity(let selection): return aggregate(.quantity, of: selection)
    case .kinds(let selection): return aggregate(.kinds, of: selection)
    case .subtotal(let selection, isAfterDiscounts: false):
      return aggregate(.subtotal, of: selection)
    case .subtotal(let selection, isAfterDiscounts: true):
      readsAfterDiscounts = true
      return .subtotalAfterDiscounts(Int32(selection.index))
    case .rankedPrice(let rank, let selection):
      return aggregate(rank == .cheapest ? .cheapestPrice : .dearestPrice, of: selection)
    case .shipping: return .shipping
    case .attribute(let index): return .attribute(Int32(index))
    case .balance(let index): return measure(.balance(Int32(index)))
    case .today: return .today(zone: zone)
    case .weekday: return .weekday(zone: zone)
    case .yearOf(let inner): return .partOfDate(.year, lower(inner))
    case .monthOf(let inner): return .partOfDate(.month, lower(inner))
    case .dayOf(let inner): return .partOfDate(.day, lower(inner))
    case .daysSince(let inner): return .daysSince(lower(inner), zone: zone)
    default: return lowerFact(expression, zone: zone)
    }
  }

  private mutating func lowerFact(_ expression: CheckedExpression, zone: Int32) -> Expression {
    switch expression.kind {
    case .orderChannel: .fact(.orderChannel)
    case .orderStore: .fact(.orderStore)
    case .orderCountry: .fact(.orderCountry)
    case .customerInGroup(let names): .fact(.inGroup(names))
    case .customerIsMember: .fact(.isMember)
    case .customerID: .fact(.customerID)
    case .customerEmail: .fact(.customerEmail)
    case .unitPrice: .unit(.price)
    case .unitQuantity: .unit(.quantityOfSKU)
    case .unitSKU: .unit(.sku)
    case .unitName: .unit(.name)
    case .unitBrand: .unit(.brand)
    case .unitVendor: .unit(.vendor)
    case .unitOnSale: .unit(.onSale)
    case .unitIn(let dimension, let values):
      .unitInMembership(
        membership(plan(dimension), values))
    case .unitInSelection(let selection): .unitInSelection(Int32(selection.index))
    case .itemAttribute(let index): .unitAttribute(Int32(index))
    default: measure(.history(historyQuery(expression.kind), zone: zone))
    }
  }

  private func historyQuery(_ kind: CheckedExpressionKind) -> HistoryQuery {
    switch kind {
    case .visits(let window): .visits(plan(window))
    case .visitNumber(let window): .visitNumber(plan(window))
    case .visitDays(let window): .visitDays(plan(window))
    case .spent(nil, _, let window): .spent(plan(window))
    case .spent(.some(let dimension), let values, let window):
      .spentIn(historyDimension(dimension), values, plan(window))
    case .bought(let dimension, let values, let window):
      .bought(historyDimension(dimension), values, plan(window))
    case .redemptions(let name, let window): .redemptions(name, plan(window))
    case .daysSinceLastVisit: .daysSinceLastVisit
    default: preconditionFailure("every other kind has been lowered before")
    }
  }

  private mutating func lowerComparison(
    _ left: CheckedExpression, _ comparison: Comparison, _ right: CheckedExpression
  ) -> Expression {
    switch left.type {
    case .text, .flag:
      if let slot = membership(left, right) {
        return comparison == .notEqual ? .not(.unitInMembership(slot)) : .unitInMembership(slot)
      }
      return .compareSame(lower(left), comparison, lower(right))
    case .money, .percent, .number, .count, .date, .day:
      return .compare(lower(left), comparison, lower(right), kind(of: left.type))
    }
  }

  private func lowerArithmetic(
    _ left: Expression, _ arithmetic: ArithmeticOperator, _ right: Expression
  ) -> Expression {
    switch arithmetic {
    case .add: .add(left, right)
    case .subtract: .subtract(left, right)
    case .multiply: .multiply(left, right)
    case .divide: .divide(left, right)
    }
  }

  /// The zone of the file an expression stands in.
  private func zone(of expression: CheckedExpression) -> Int32 {
    let file = Int(expression.span.file)
    return zoneOfFile.indices.contains(file) ? zoneOfFile[file] : -1
  }

  mutating func constant(_ value: CheckedConstant) -> Expression {
    switch value {
    case .money(let minorUnits): constant(minorUnits)
    case .percent(let numerator, let denominator), .number(let numerator, let denominator):
      constant(numerator, over: denominator)
    case .text(let text): .constantText(text)
    case .flag(let flag): .constantFlag(flag)
    case .date(let dayNumber): constant(Int64(dayNumber))
    case .day(let day): constant(Int64(day.rawValue))
    }
  }

  func rational(_ numerator: Int64, _ denominator: Int64) -> Rational {
    guard let rational = Rational(Int128(numerator), over: Int128(denominator)) else {
      preconditionFailure("a constant has a denominator above zero")
    }
    return rational
  }

  func kind(of type: ValueType) -> ValueKind {
    switch type {
    case .money: .money
    case .percent: .percent
    case .number, .count: .number
    case .text: .text
    case .flag: .flag
    case .date: .date
    case .day: .day
    }
  }

  func plan(_ comparison: ComparisonOperator) -> Comparison {
    switch comparison {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }

  private func plan(_ test: TextTest) -> TextMatch {
    switch test {
    case .contains: .contains
    case .startsWith: .startsWith
    case .endsWith: .endsWith
    }
  }

  func plan(_ dimension: Dimension) -> MembershipTable.Dimension {
    switch dimension {
    case .category: .category
    case .brand: .brand
    case .tag: .tag
    case .sku: .sku
    case .vendor: .vendor
    }
  }

  private func historyDimension(_ dimension: Dimension) -> HistoryDimension {
    switch dimension {
    case .category: .category
    case .brand: .brand
    case .tag: .tag
    case .sku: .sku
    case .vendor: preconditionFailure("history does not know vendors; the grammar has no such form")
    }
  }

  private func plan(_ window: CheckedWindow) -> HistoryWindow {
    switch window {
    case .this(let unit): .this(period(unit))
    case .previous(let unit): .previous(period(unit))
    case .last(let count, let unit): .last(Int32(clamping: count), period(unit))
    case .ever: .ever
    }
  }

  func period(_ unit: CalendarUnit) -> CalendarPeriod {
    switch unit {
    case .day: .day
    case .week: .week
    case .month: .month
    case .quarter: .quarter
    case .year: .year
    }
  }
}
