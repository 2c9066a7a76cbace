import Findings
import RuleSyntax

extension Checker {
  /// Checks what a test says of its customer.
  mutating func check(_ facts: [CustomerFactSyntax]) -> Bool {
    var isWhole = true
    var stated: [String: SourceSpan] = [:]
    for fact in facts {
      switch fact {
      case .id(let text): isWhole = isOnce("id", text.span, &stated) && isWhole
      case .member(let span): isWhole = isOnce("member", span, &stated) && isWhole
      case .group: break
      case .visits(_, let window): isWhole = check(window) && isWhole
      case .visitDays(_, let window): isWhole = check(window) && isWhole
      case .bought(_, _, _, let window): isWhole = check(window) && isWhole
      case .spent(let money, _, _, let window):
        isWhole = minorUnits(of: money) != nil && isWhole
        isWhole = check(window) && isWhole
      case .redeemed(let name, _):
        guard case .found = resolveCampaign(name) else {
          isWhole = false
          continue
        }
      case .balance(let name, let amount): isWhole = checkBalance(name, amount) && isWhole
      case .attribute(let value):
        isWhole = isOnce(value.name.text, value.name.span, &stated) && isWhole
        isWhole = check(value, of: .customer, builtIn: ["email"]) && isWhole
      }
    }
    return isWhole
  }

  /// Checks one attribute of a test's order; three are known without being declared.
  mutating func checkOrder(_ value: AttributeValueSyntax) -> Bool {
    check(value, of: .order, builtIn: ["channel", "store", "country"])
  }

  /// Checks one line of a test's cart.
  mutating func check(_ line: TestLineSyntax) -> Bool {
    var isWhole = isPositive(line.quantity)
    isWhole = minorUnits(of: line.price) != nil && isWhole
    var stated: [String: SourceSpan] = [:]
    for fact in line.facts {
      switch fact {
      case .category, .tag: break
      case .brand(let text): isWhole = isOnce("brand", text.span, &stated) && isWhole
      case .vendor(let text): isWhole = isOnce("vendor", text.span, &stated) && isWhole
      case .name(let text): isWhole = isOnce("name", text.span, &stated) && isWhole
      case .was(let money):
        isWhole = isOnce("was", money.span, &stated) && isWhole
        isWhole = minorUnits(of: money) != nil && isWhole
      case .floor(let money):
        isWhole = isOnce("floor", money.span, &stated) && isWhole
        isWhole = minorUnits(of: money) != nil && isWhole
      case .giftCard(let span): isWhole = isOnce("gift_card", span, &stated) && isWhole
      case .notDiscountable(let span):
        isWhole = isOnce("not_discountable", span, &stated) && isWhole
      case .attribute(let value):
        // After an unknown word the rest of a line is seldom what it seems.
        guard check(value, of: .item, builtIn: []) else { return false }
      }
    }
    return isWhole
  }

  /// Whether a fact is said for the first time.
  private mutating func isOnce(
    _ word: String, _ span: SourceSpan, _ stated: inout [String: SourceSpan]
  ) -> Bool {
    if let earlier = stated[word] {
      report(
        .factTwice, at: span, ["word": word],
        related: [RelatedSpan(span: earlier, label: "the first")])
      return false
    }
    stated[word] = span
    return true
  }

  /// A window in a test is read in the file's time zone, or in UTC where it has none.
  private mutating func check(_ window: WindowSyntax) -> Bool {
    if case .last(let duration) = window { isSensible(duration) } else { true }
  }

  private mutating func checkBalance(_ name: Name, _ amount: AmountSyntax) -> Bool {
    let resolved: Resolved<NameTable.DeclaredBalance> = resolveBalance(name)
    if case .money(let money) = amount, minorUnits(of: money) == nil { return false }
    guard case .found(let balance) = resolved else { return false }
    switch amount {
    case .count(let count):
      guard balance.isMoney else { return true }
      let digits = DecimalDigits(value: count.value, decimals: 0)
      let number = LiteralSyntax.number(NumberLiteral(digits: digits, span: count.span))
      let syntax = ExpressionSyntax(kind: .literal(number), span: count.span)
      let scope = Scope(file: Int(count.span.file), place: .cart)
      report(
        .balanceAmountType, at: count.span,
        ["name": name.text, "expected": "money", "found": "a count"],
        repairs: [repair(syntax, toward: .money, in: scope)].compactMap { $0 })
      return false
    case .money(let money):
      guard !balance.isMoney else { return agreesOnCurrency(balance, name) }
      report(
        .balanceAmountType, at: money.span,
        ["name": name.text, "expected": "a count", "found": "money"])
      return false
    }
  }

  /// Checks that an attribute of a test is declared, and that its value is of the declared type.
  private mutating func check(
    _ value: AttributeValueSyntax, of owner: AttributeDeclaration.Owner, builtIn: [String]
  ) -> Bool {
    let scope = Scope(file: Int(value.name.span.file), place: .cart)
    let lowered = lower(value.value, in: scope)
    let type: ValueType
    if names.attributes[.init(owner: owner, name: value.name.text)] == nil,
      builtIn.contains(value.name.text)
    {
      type = .text
    } else {
      guard case .found(let index) = resolveAttribute(owner, value.name, builtIn: builtIn) else {
        return false
      }
      type = TypeRules.type(of: rules.attributes[index].kind)
    }
    guard let lowered else { return false }
    if lowered.type == type || (type == .number && lowered.type == .count) { return true }
    let syntax = ExpressionSyntax(kind: .literal(value.value), span: value.value.span)
    report(
      .attributeValueType, at: value.value.span,
      [
        "name": value.name.text, "expected": TypeRules.words(type),
        "found": TypeRules.words(lowered.type),
      ], repairs: [repair(syntax, toward: type, in: scope)].compactMap { $0 })
    return false
  }
}
