import Money
import RuleChecking
import RuleSyntax

/// Compares what a test expects with the quote of its cart.
struct TestExpectations {
  let quote: Quote
  let testCase: TestCase
  let builder: TestCaseBuilder

  /// What there is instead of what is expected; nil when the expectation is met.
  func mismatch(_ expectation: ExpectationSyntax) -> String? {
    switch expectation {
    case .discount(let amount): return differs(quote.discount, amount)
    case .shipping(let amount):
      guard let shipping = quote.shipping else { return "the cart has no shipping" }
      return differs(shipping.total, amount)
    case .lineTotal(let sku, let amount): return lineTotal(sku.text, amount)
    case .lineUnitPrice(let sku, let amount): return unitPrice(sku.text, amount)
    case .applied(let name):
      let outcome = outcome(of: name.text)
      return outcome.hasApplied ? nil : words(outcome)
    case .refused(let name, let reason, _):
      let outcome = outcome(of: name.text)
      if case .refused(let refusal) = outcome, refusal.reason.rawValue == reason.rawValue {
        return nil
      }
      return words(outcome)
    case .gift(let sku): return gift(sku.text)
    case .earned(let holding): return earned(holding)
    case .hint(let text):
      let hints = quote.notApplied.compactMap(\.hint) + quote.applied.compactMap(\.hint)
      return misses(text.text, in: hints, what: "hint")
    case .message(let text):
      return misses(text.text, in: quote.applied.compactMap(\.message), what: "message")
    }
  }

  private func differs(_ found: Money, _ expected: MoneyLiteral) -> String? {
    found == builder.money(expected) ? nil : display(found)
  }

  private func lineTotal(_ sku: String, _ expected: MoneyLiteral) -> String? {
    let lines = lines(of: sku)
    guard !lines.isEmpty else { return "no such line" }
    let sum = lines.reduce(Int64(0)) {
      $0.addingReportingOverflow($1.total.minorUnits).partialValue
    }
    return differs(Money(minorUnits: sum, currency: quote.currency), expected)
  }

  private func unitPrice(_ sku: String, _ expected: MoneyLiteral) -> String? {
    var prices: [Money] = []
    for group in lines(of: sku).flatMap(\.units) where !prices.contains(group.unitPrice) {
      prices.append(group.unitPrice)
    }
    guard let first = prices.first else { return "no such line" }
    guard prices.count == 1 else {
      return "units at " + prices.map(display).joined(separator: " and ")
    }
    return differs(first, expected)
  }

  private func lines(of sku: String) -> [Quote.Line] {
    quote.lines.filter { $0.sku.utf8.elementsEqual(sku.utf8) }
  }

  private func gift(_ sku: String) -> String? {
    if quote.gifts.contains(where: { $0.sku.utf8.elementsEqual(sku.utf8) }) { return nil }
    let gifts = quote.gifts.map { "\($0.quantity) \"\($0.sku)\"" }
    return gifts.isEmpty ? "no gift" : gifts.joined(separator: ", ")
  }

  private func earned(_ holding: HoldingSyntax) -> String? {
    let (name, expected): (String, ExactDecimal) =
      switch holding {
      case .count(let count, let name): (name.text, ExactDecimal(value: count.value))
      case .money(let literal, let name): (name.text, ExactDecimal(builder.money(literal)))
      }
    let balance = builder.balanceName(name)
    let amounts = quote.earned.filter { $0.balance == balance }.map(\.amount)
    let isMoney = builder.rules.balances.contains { $0.name == balance && $0.isMoney }
    let decimals = isMoney ? builder.currency.decimals : 0
    let sum = ExactDecimal.sum(amounts, decimals: decimals)
    if sum == ExactDecimal.sum([expected], decimals: decimals) { return nil }
    let text = AmountText.text(sum.value, decimals: sum.decimals)
    return isMoney
      ? "\(display(Money(minorUnits: sum.value, currency: builder.currency))) of \(name)"
      : "\(text) \(name)"
  }

  private func misses(_ text: String, in found: [String], what: String) -> String? {
    if found.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return nil }
    return found.isEmpty ? "no \(what)" : found.map { "\"\($0)\"" }.joined(separator: ", ")
  }

  private func outcome(of campaign: String) -> CampaignOutcome {
    let isAsked = builder.rules.campaigns.contains { $0.name == campaign && testCase.asks($0) }
    return CampaignOutcome(campaign, in: quote, isAsked: isAsked)
  }

  // MARK: Words

  private func words(_ outcome: CampaignOutcome) -> String {
    switch outcome {
    case .applied(let applied): "applied, \(display(applied.discount)) off"
    case .earnedOnly: "applied, it earned"
    case .refused(let refusal): "refused because \(refusal.words)"
    case .silent: "the quote does not speak of it"
    }
  }

  private func display(_ money: Money) -> String {
    AmountText.display(money.minorUnits, currency: money.currency)
  }
}

extension ExactDecimal {
  /// The sum of amounts, all brought to one number of decimals.
  fileprivate static func sum(_ amounts: [ExactDecimal], decimals: Int) -> ExactDecimal {
    var sum = ExactDecimal(value: 0, decimals: decimals)
    for amount in amounts {
      var value = amount.value
      for _ in amount.decimals..<max(decimals, amount.decimals) {
        value = value.multipliedReportingOverflow(by: 10).partialValue
      }
      for _ in decimals..<max(decimals, amount.decimals) { value /= 10 }
      sum.value = sum.value.addingReportingOverflow(value).partialValue
    }
    return sum
  }
}

extension Quote.NotApplied {
  /// The reason, with the comparison that failed and the campaigns that won.
  var words: String {
    var words = reason.rawValue
    if let detail {
      let sides = [detail.left ?? "missing", detail.operator, detail.right ?? "missing"]
      words += " (\(sides.joined(separator: " ")))"
    }
    if let against, !against.isEmpty { words += " (against \(against.joined(separator: ", ")))" }
    return words
  }
}
