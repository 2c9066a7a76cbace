import Findings
import RuleSyntax

extension Checker {
  /// `year of D`, `month of D`, `day of D`, `days since D`.
  mutating func lowerCalendar(
    _ syntax: ExpressionSyntax, in scope: Scope, _ depth: Int
  ) -> CheckedExpression? {
    let word: String
    let operand: ExpressionSyntax
    let kind: (CheckedExpression) -> CheckedExpressionKind
    switch syntax.kind {
    case .yearOf(let inner): (word, operand, kind) = ("year of", inner, { .yearOf($0) })
    case .monthOf(let inner): (word, operand, kind) = ("month of", inner, { .monthOf($0) })
    case .dayOf(let inner): (word, operand, kind) = ("day of", inner, { .dayOf($0) })
    case .daysSince(let inner): (word, operand, kind) = ("days since", inner, { .daysSince($0) })
    default: return nil
    }
    var hasTimezone = true
    if case .daysSince = syntax.kind { hasTimezone = requireTimezone(at: syntax.span) }
    guard let date = lower(operand, in: scope, depth: depth + 1) else { return nil }
    guard date.type == .date else {
      reportOperand(operand, date.type, of: word, expected: [.date], scope)
      return nil
    }
    return hasTimezone ? .init(kind: kind(date), type: .count, span: syntax.span) : nil
  }

  /// A value that is read rather than calculated.
  mutating func lowerValue(_ syntax: ExpressionSyntax, in scope: Scope) -> CheckedExpression? {
    guard mayRead(syntax, in: scope) else {
      // What it names counts as used all the same.
      if let source = syntax.measuredSource { _ = lower(source, in: scope) }
      return nil
    }
    let span = syntax.span
    func value(_ kind: CheckedExpressionKind, _ type: ValueType) -> CheckedExpression {
      CheckedExpression(kind: kind, type: type, span: span)
    }
    switch syntax.kind {
    case .quantity(let source):
      return lower(source, in: scope).map { value(.quantity(of: $0), .count) }
    case .kinds(let source): return lower(source, in: scope).map { value(.kinds(of: $0), .count) }
    case .subtotal(let source, let isAfter):
      return lower(source, in: scope)
        .map { value(.subtotal(of: $0, isAfterDiscounts: isAfter), .money) }
    case .rankedPrice(let rank, let source):
      return lower(source, in: scope).map { value(.rankedPrice(rank, of: $0), .money) }
    case .shipping: return value(.shipping, .money)
    case .orderAttribute(let name): return lowerOrderAttribute(name, span)
    case .customerAttribute(let name): return lowerCustomerAttribute(name, span)
    case .customerInGroup(let texts):
      for text in texts where scope.place == .unit { selections.note(text.text) }
      return value(.customerInGroup(texts.map(\.text)), .flag)
    case .customerIsMember: return value(.customerIsMember, .flag)
    case .today: return requireTimezone(at: span) ? value(.today, .date) : nil
    case .weekday: return requireTimezone(at: span) ? value(.weekday, .day) : nil
    case .itemAttribute(let name):
      guard case .found(let index) = resolveAttribute(.item, name, builtIn: Checker.unitWords)
      else { return nil }
      return value(.itemAttribute(index), TypeRules.type(of: rules.attributes[index].kind))
    case .unitPrice: return value(.unitPrice, .money)
    case .unitQuantity: return value(.unitQuantity, .count)
    case .unitSKU: return value(.unitSKU, .text)
    case .unitName: return value(.unitName, .text)
    case .unitBrand: return value(.unitBrand, .text)
    case .unitVendor: return value(.unitVendor, .text)
    case .unitOnSale: return value(.unitOnSale, .flag)
    case .unitIn(let dimension, let texts):
      let values = Checker.sortedByBytes(texts.map(\.text))
      for text in values { selections.note(text) }
      return value(.unitIn(dimension, values), .flag)
    case .unitInSet(let name):
      guard case .found(let selection) = resolveSet(name) else { return nil }
      selections.currency = selections.currency ?? selections.currencies[selection.index]
      return value(.unitInSelection(selection), .flag)
    default: return lowerHistory(syntax)
    }
  }

  /// Words of a unit that an author may have meant by an unknown attribute.
  private static let unitWords = [
    "price", "quantity", "sku", "name", "brand", "vendor", "on_sale",
  ]

  private mutating func lowerOrderAttribute(_ name: Name, _ span: SourceSpan) -> CheckedExpression?
  {
    switch name.text {
    case "channel": return .init(kind: .orderChannel, type: .text, span: span)
    case "store": return .init(kind: .orderStore, type: .text, span: span)
    case "country": return .init(kind: .orderCountry, type: .text, span: span)
    default:
      let builtIn = ["channel", "store", "country"]
      guard case .found(let index) = resolveAttribute(.order, name, builtIn: builtIn) else {
        return nil
      }
      let type = TypeRules.type(of: rules.attributes[index].kind)
      return .init(kind: .attribute(index), type: type, span: span)
    }
  }

  private mutating func lowerCustomerAttribute(
    _ name: Name, _ span: SourceSpan
  ) -> CheckedExpression? {
    if let declared = names.attributes[.init(owner: .customer, name: name.text)] {
      let type = TypeRules.type(of: rules.attributes[declared.index].kind)
      return .init(kind: .attribute(declared.index), type: type, span: span)
    }
    switch name.text {
    case "id": return .init(kind: .customerID, type: .text, span: span)
    case "email": return .init(kind: .customerEmail, type: .text, span: span)
    default:
      _ = resolveAttribute(.customer, name, builtIn: ["id", "email"])
      return nil
    }
  }

  /// Whether a value can be read where the expression stands.
  private mutating func mayRead(_ syntax: ExpressionSyntax, in scope: Scope) -> Bool {
    switch syntax.kind {
    case .quantity, .kinds, .subtotal, .rankedPrice, .shipping:
      if scope.place == .unit {
        report(.cartInsideWhere, at: syntax.span, ["found": text(of: syntax.span)])
        return false
      }
      return hasCart(syntax.span, scope) && isLateEnough(syntax, scope)
    case .orderAttribute: return hasCart(syntax.span, scope)
    case .visits, .visitNumber, .visitDays, .spent, .bought, .redemptions, .balance,
      .daysSinceLastVisit:
      if scope.place == .unit {
        report(.cartInsideWhere, at: syntax.span, ["found": text(of: syntax.span)])
        return false
      }
      return true
    default: return true
    }
  }

  private mutating func hasCart(_ span: SourceSpan, _ scope: Scope) -> Bool {
    guard scope.place == .event else { return true }
    report(.cartInEvent, at: span, ["found": text(of: span)])
    return false
  }

  private mutating func isLateEnough(_ syntax: ExpressionSyntax, _ scope: Scope) -> Bool {
    guard case .subtotal(_, isAfterDiscounts: true) = syntax.kind, let give = scope.earlyGive
    else { return true }
    report(
      .afterDiscountsTooEarly, at: syntax.span, ["found": text(of: syntax.span)],
      related: [RelatedSpan(span: give, label: "this discount is not off the order or shipping")])
    return false
  }
}

extension ExpressionSyntax {
  /// The selection it measures.
  fileprivate var measuredSource: SourceSyntax? {
    switch kind {
    case .quantity(let source), .kinds(let source), .subtotal(let source, _),
      .rankedPrice(_, let source):
      source
    default: nil
    }
  }
}
