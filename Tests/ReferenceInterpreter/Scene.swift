import LocalTime
import Money
import Promo
import RuleSyntax

/// What an expression can see: one cart at one moment, in one campaign's time zone.
struct Scene {
  let book: RuleBook
  let cart: Cart
  let at: Instant
  let zone: ZoneTable
  /// What each cart line costs as it stands, where `after discounts` may be asked.
  var costs: [Int64] = []

  var today: CivilDate { zone.local(at: at.secondsSince1970).date }
  var customer: Cart.Customer { cart.customer ?? Cart.Customer() }
  var isIdentified: Bool { customer.id != nil || customer.email != nil }
  /// Whether nothing is known of who buys, so that all history is missing.
  var isAnonymous: Bool { !isIdentified && !customer.isMember }

  func holds(_ condition: ExpressionSyntax, line: Int? = nil) throws(Failure) -> Bool {
    if case .flag(true) = try value(of: condition, line: line) { true } else { false }
  }

  /// What an expression comes to, for a line where it is asked inside `where`; nil is missing.
  func value(of expression: ExpressionSyntax, line: Int? = nil) throws(Failure) -> Value? {
    switch expression.kind {
    case .and(let parts):
      for part in parts where try !holds(part, line: line) { return .flag(false) }
      return .flag(true)
    case .or(let parts):
      for part in parts where try holds(part, line: line) { return .flag(true) }
      return .flag(false)
    case .not(let inner): return .flag(try !holds(inner, line: line))
    case .parenthesized(let inner): return try value(of: inner, line: line)
    case .comparison(let left, let test, let right):
      let (left, right) = (try value(of: left, line: line), try value(of: right, line: line))
      return .flag(compare(left, test, right))
    case .isOneOf(let subject, let literals, let isNegated):
      let subject = try value(of: subject, line: line)
      var isFound = false
      for literal in literals where compare(subject, .equal, try constant(literal)) {
        isFound = true
      }
      return .flag(isFound != isNegated)
    case .isMissing(let subject, let isNegated):
      return .flag((try value(of: subject, line: line) == nil) != isNegated)
    case .textTest(let subject, let test, let text):
      return .flag(passes(try value(of: subject, line: line), test, text.text))
    case .arithmetic, .minimum, .maximum, .floor, .round:
      return try figure(of: expression.kind, line: line)
    case .literal(let literal): return try constant(literal)
    case .unitPrice, .unitQuantity, .unitSKU, .unitName, .unitBrand, .unitVendor, .unitOnSale,
      .unitIn, .unitInSet, .itemAttribute:
      guard let line else { return nil }
      return try unitValue(expression.kind, line: line)
    case .visits, .visitNumber, .visitDays, .spent, .bought, .redemptions, .balance,
      .daysSinceLastVisit:
      return isAnonymous ? nil : historyValue(expression.kind)
    default: return try cartValue(expression.kind, line: line)
    }
  }

  func constant(_ literal: LiteralSyntax) throws(Failure) -> Value {
    switch literal {
    case .money(let money): return .money(try minorUnits(money))
    case .percent(let percent):
      return .percent(
        try Rational(digits: percent.digits.value, decimals: percent.digits.decimals + 2))
    case .number(let number): return .number(try self.number(number))
    case .date(let date):
      let day = CivilDate(year: date.year, month: date.month, day: date.day)
      return .date(day ?? CivilDate(dayNumber: 0))
    case .text(let text): return .texts([text.text])
    case .flag(let flag, _): return .flag(flag)
    case .day(let day, _): return .day(day.rawValue)
    }
  }

  func minorUnits(_ money: MoneyLiteral) throws(Failure) -> Rational {
    try Rational(
      digits: money.digits.value, decimals: money.digits.decimals, shift: cart.currency.decimals)
  }

  func number(_ number: NumberLiteral) throws(Failure) -> Rational {
    try Rational(digits: number.digits.value, decimals: number.digits.decimals)
  }
}

/// Whether a comparison holds; a missing side makes all but `!=` false.
func compare(_ left: Value?, _ test: ComparisonOperator, _ right: Value?) -> Bool {
  guard let left, let right else { return test == .notEqual }
  if case .texts(let texts) = left, case .texts(let others) = right {
    let isEqual = texts.contains { text in others.contains { same(text, $0) } }
    let first = (texts.first ?? "", others.first ?? "")
    return switch test {
    case .equal: isEqual
    case .notEqual: !isEqual
    case .less: precedes(first.0, first.1)
    case .lessOrEqual: !precedes(first.1, first.0)
    case .greater: precedes(first.1, first.0)
    case .greaterOrEqual: !precedes(first.0, first.1)
    }
  }
  if case .flag(let left) = left, case .flag(let right) = right {
    return (left == right) == (test == .equal)
  }
  guard let left = left.figure, let right = right.figure else { return test == .notEqual }
  return switch test {
  case .equal: left == right
  case .notEqual: left != right
  case .less: left < right
  case .lessOrEqual: left <= right
  case .greater: left > right
  case .greaterOrEqual: left >= right
  }
}

private func passes(_ subject: Value?, _ test: TextTest, _ wanted: String) -> Bool {
  guard case .texts(let texts) = subject else { return false }
  let wanted = lowered(wanted)
  return texts.contains { text in
    let text = lowered(text)
    guard text.count >= wanted.count else { return false }
    return switch test {
    case .startsWith: text.starts(with: wanted)
    case .endsWith: text.reversed().starts(with: wanted.reversed())
    case .contains:
      (0...text.count - wanted.count).contains { text.dropFirst($0).starts(with: wanted) }
    }
  }
}
