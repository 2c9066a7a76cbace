import Money
import Promo
import RuleSyntax

/// Why a campaign does not apply, and what would have to change.
struct Refusal {
  var reason: Quote.Reason
  var detail: Answer.Detail?
  var missing: Quote.Missing?
  /// The share of the threshold still lacking.
  var lacking: Rational?
  var against: [String]?
  var saving: Money?

  init(_ reason: Quote.Reason) { self.reason = reason }

  /// Nothing can be called missing while other conditions are undecided.
  mutating func forgetMissing() {
    missing = nil
    lacking = nil
  }
}

extension Scene {
  /// Decides conditions that must all hold; nil when they do.
  func refusal(by conjuncts: [ConditionSyntax]) -> Refusal? {
    func isTrue(_ condition: ConditionSyntax) -> Bool { (try? holds(condition)) ?? false }
    guard let first = conjuncts.first(where: { !isTrue($0) }) else { return nil }
    guard (try? holds(first)) != nil else { return Refusal(.error) }
    var refusal = Refusal(.condition)
    refusal.detail = try? detail(of: first, isNegated: false)
    if conjuncts.count(where: { !isTrue($0) }) == 1, let shortfall = try? shortfall(of: first) {
      refusal.missing = shortfall.missing
      refusal.lacking = shortfall.lacking
    }
    return refusal
  }

  /// The first comparison, in the order written, that keeps a failing condition from holding; under
  /// a `not` that is one which holds.
  private func detail(of condition: ConditionSyntax, isNegated: Bool) throws(Failure)
    -> Answer.Detail?
  {
    func detail(_ left: Value?, _ test: String, _ right: String?) -> Answer.Detail {
      Answer.Detail(left: left?.text(in: cart.currency), operator: test, right: right)
    }
    func constants(_ literals: [LiteralSyntax]) throws(Failure) -> String {
      var texts: [String] = []
      for literal in literals { texts.append(try constant(literal).text(in: cart.currency)) }
      return texts.joined(separator: ", ")
    }
    switch condition.kind {
    case .parenthesized(let inner): return try self.detail(of: inner, isNegated: isNegated)
    case .not(let inner): return try self.detail(of: inner, isNegated: !isNegated)
    case .and(let parts), .or(let parts):
      for part in parts where try holds(part) == isNegated {
        return try self.detail(of: part, isNegated: isNegated)
      }
      return nil
    case .comparison(let left, let test, let right):
      let shown = isNegated ? test.opposite : test
      return detail(
        try value(of: left), shown.rawValue, try value(of: right)?.text(in: cart.currency))
    case .isOneOf(let subject, let literals, let isNot):
      return detail(
        try value(of: subject), isNot != isNegated ? "is not one of" : "is one of",
        try constants(literals))
    case .isMissing(let subject, let isNot):
      return detail(try value(of: subject), isNot != isNegated ? "is not" : "is", "missing")
    case .textTest(let subject, let test, let text):
      return detail(
        try value(of: subject), isNegated ? test.opposite : test.rawValue, text.text)
    case .customerInGroup(let groups):
      return Answer.Detail(
        left: customer.groups.joined(separator: ", "),
        operator: isNegated ? "not in group" : "in group",
        right: groups.map(\.text).joined(separator: ", "))
    default: return detail(try value(of: condition), "is", isNegated ? "no" : "yes")
    }
  }

  /// How far a value is from a constant it has to reach, where that can be said.
  private func shortfall(of condition: ConditionSyntax) throws(Failure)
    -> (missing: Quote.Missing, lacking: Rational)?
  {
    guard case .comparison(let left, let test, let right) = bare(condition).kind else {
      return nil
    }
    if case .literal(let literal) = bare(right).kind {
      return try shortfall(of: left, test, try constant(literal))
    }
    if case .literal(let literal) = bare(left).kind {
      return try shortfall(of: right, test.mirrored, try constant(literal))
    }
    return nil
  }

  func shortfall(of subject: ExpressionSyntax, _ test: ComparisonOperator, _ constant: Value)
    throws(Failure) -> (missing: Quote.Missing, lacking: Rational)?
  {
    let subject = bare(subject)
    guard subject.isThreshold, [.equal, .greater, .greaterOrEqual].contains(test),
      let value = try value(of: subject), let has = value.figure, let wanted = constant.figure,
      has <= wanted
    else { return nil }
    let difference = try wanted - has + (test == .greater ? .one : .zero)
    guard difference > .zero else { return nil }
    let whole = try amount(difference.ceiling)
    let lacking = try wanted == .zero ? .one : difference / wanted
    if value.isMoney {
      return (.amount(Money(minorUnits: whole, currency: cart.currency)), lacking)
    }
    switch subject.kind {
    case .quantity: return (.quantity(whole), lacking)
    case .visits, .visitNumber, .visitDays: return (.visits(whole), lacking)
    default: return (.count(whole), lacking)
    }
  }
}

extension ExpressionSyntax {
  /// Whether a hint may say how much of it is missing.
  fileprivate var isThreshold: Bool {
    switch kind {
    case .quantity, .kinds, .subtotal, .visits, .visitNumber, .visitDays, .spent, .bought,
      .redemptions, .balance, .daysSinceLastVisit:
      true
    default: false
    }
  }

  /// Whether it asks what something costs after discounts, so that it waits for the prices.
  var readsAfterDiscounts: Bool {
    switch kind {
    case .subtotal(_, let isAfterDiscounts): isAfterDiscounts
    case .and(let parts), .or(let parts), .minimum(let parts), .maximum(let parts):
      parts.contains(where: \.readsAfterDiscounts)
    case .not(let inner), .parenthesized(let inner), .floor(let inner), .round(let inner),
      .isOneOf(let inner, _, _), .isMissing(let inner, _), .textTest(let inner, _, _),
      .yearOf(let inner), .monthOf(let inner), .dayOf(let inner), .daysSince(let inner):
      inner.readsAfterDiscounts
    case .comparison(let left, _, let right), .arithmetic(let left, _, let right):
      left.readsAfterDiscounts || right.readsAfterDiscounts
    default: false
    }
  }
}

extension ComparisonOperator {
  /// What holds where this one does not.
  fileprivate var opposite: ComparisonOperator {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  /// The same with its sides exchanged.
  fileprivate var mirrored: ComparisonOperator {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension TextTest {
  fileprivate var opposite: String {
    switch self {
    case .contains: "does not contain"
    case .startsWith: "does not start with"
    case .endsWith: "does not end with"
    }
  }
}
