import Findings
import RuleSyntax

extension Checker {
  /// Lowers one `give`; nil after a mistake.
  mutating func lower(_ give: GiveSyntax, in scope: Scope) -> CheckedGive? {
    guard scope.place != .event else {
      report(.giveInEvent, at: give.span)
      // Looked at as if it could stand, so that what it names counts as used.
      _ = lowerKind(give, in: Scope(file: scope.file, place: .cart))
      return nil
    }
    return lowerKind(give, in: scope).map { CheckedGive(kind: $0, span: give.span) }
  }

  private mutating func lowerKind(_ give: GiveSyntax, in scope: Scope) -> CheckedGive.Kind? {
    switch give.kind {
    case .off(let amount, let target):
      return lowerOff(amount, target, give.span, in: scope)
    case .shippingPrice(let price): return minorUnits(of: price).map { .shippingPrice($0) }
    case .eachPrice(let price, let pick):
      let units = minorUnits(of: price)
      let pick = lower(pick, in: scope)
      guard let units, let pick else { return nil }
      return .unitPrice(units, pick)
    case .bundlePrice(let price, let slots):
      let units = minorUnits(of: price)
      var lowered: [CheckedSlot] = []
      for slot in slots {
        let isPositive = isPositive(slot.count)
        guard let selection = lowerDiscounted(slot.source, in: scope), isPositive else { continue }
        lowered.append(CheckedSlot(count: slot.count.value, selection: selection))
      }
      guard let units, lowered.count == slots.count else { return nil }
      warnOfOverlap(lowered, slots.map(\.source))
      return .bundle(units, lowered)
    case .freeShipping:
      let whole = CheckedConstant.percent(numerator: 100, denominator: 100)
      let amount = CheckedExpression(kind: .constant(whole), type: .percent, span: give.span)
      return .shippingOff(.percent(amount))
    case .gift(let quantity, let sku):
      if let quantity, !isPositive(quantity) { return nil }
      return .gift(sku: sku.text, quantity: quantity?.value ?? 1)
    }
  }

  private mutating func lowerOff(
    _ amountSyntax: GiveSyntax.Amount, _ target: GiveSyntax.Target, _ span: SourceSpan,
    in scope: Scope
  ) -> CheckedGive.Kind? {
    let amount = lower(amountSyntax, span, in: scope)
    switch target {
    case .order: return amount.map { .orderOff($0) }
    case .shipping: return amount.map { .shippingOff($0) }
    case .subtotal(let pickSyntax):
      let pick = lower(pickSyntax, in: scope)
      guard let amount, let pick else { return nil }
      return .subtotalOff(amount, pick)
    case .each(let pickSyntax):
      let pick = lower(pickSyntax, in: scope)
      guard let amount, let pick else { return nil }
      switch amount {
      case .money(let money): return .unitMoney(money, pick)
      case .percent(let percent): return .unitPercent(percent, pick)
      }
    case .units(let pickSyntax):
      let pick = lower(pickSyntax, in: scope)
      guard let amount, let pick else { return nil }
      switch amount {
      case .percent(let percent): return .unitPercent(percent, pick)
      case .money(let money):
        reportMoneyOffUnits(money, give: span)
        return nil
      }
    }
  }

  private mutating func lower(
    _ amount: GiveSyntax.Amount, _ give: SourceSpan, in scope: Scope
  ) -> CheckedAmount? {
    let syntax: ExpressionSyntax
    switch amount {
    case .money(let literal):
      return lower(.money(literal), at: literal.span, in: scope).map { .money($0) }
    case .percent(let literal):
      guard let lowered = lower(.percent(literal), at: literal.span, in: scope) else { return nil }
      warnOfPercentages(in: lowered)
      return .percent(lowered)
    case .expression(let expression): syntax = expression
    }
    guard let lowered = lower(syntax, in: scope) else { return nil }
    switch lowered.type {
    case .money:
      warnOfMaximum(lowered)
      warnOfPercentages(in: lowered)
      return .money(lowered)
    case .percent:
      warnOfPercentages(in: lowered)
      return .percent(lowered)
    default:
      report(
        .notAnAmount, at: syntax.span, ["found": TypeRules.words(lowered.type)],
        repairs: [ValueType.money, .percent].compactMap {
          repair(syntax, toward: $0, in: scope).map {
            Repair(title: $0.title, edits: $0.edits, isSafe: false)
          }
        })
      return nil
    }
  }

  /// Money directly off a selection may mean each unit or all of them: both are offered.
  private mutating func reportMoneyOffUnits(_ amount: CheckedExpression, give: SourceSpan) {
    let bytes = sources[Int(give.file)].bytes
    var offset = Int(amount.span.end)
    while offset < min(Int(give.end), bytes.count), bytes[offset] != UInt8(ascii: "o") {
      offset += 1
    }
    let place = SourceSpan(file: give.file, start: Int32(offset), end: Int32(offset) + 3)
    let repairs =
      text(of: place) == "off"
      ? ["off each of", "off subtotal of"].map {
        Checker.replace(place, with: $0, isSafe: false)
      } : []
    report(.moneyOffUnits, at: amount.span, repairs: repairs)
  }
}
