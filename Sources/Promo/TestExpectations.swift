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
    found == builder.money(expected) ? nil : "it is \(display(found))"
  }

  private func lineTotal(_ sku: String, _ expected: MoneyLiteral) -> String? {
    let lines = lines(of: sku)
    guard !lines.isEmpty else { return noLine(sku) }
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
    guard let first = prices.first else { return noLine(sku) }
    guard prices.count == 1 else {
      return "its units cost " + prices.map(display).joined(separator: " and ")
    }
    return differs(first, expected)
  }

  private func noLine(_ sku: String) -> String { "the cart has no line \"\(sku)\"" }

  private func lines(of sku: String) -> [Quote.Line] {
    quote.lines.filter { $0.sku.utf8.elementsEqual(sku.utf8) }
  }

  private func gift(_ sku: String) -> String? {
    if quote.gifts.contains(where: { $0.sku.utf8.elementsEqual(sku.utf8) }) { return nil }
    let gifts = quote.gifts.map { "\($0.quantity) \"\($0.sku)\"" }
    return gifts.isEmpty ? "there is no gift" : "the gifts are \(gifts.joined(separator: ", "))"
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
      ? "it is \(display(Money(minorUnits: sum.value, currency: builder.currency))) of \(name)"
      : "it is \(text) \(name)"
  }

  private func misses(_ text: String, in found: [String], what: String) -> String? {
    if found.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return nil }
    guard !found.isEmpty else { return "there is no \(what)" }
    let texts = found.map { "\"\($0)\"" }.joined(separator: ", ")
    return found.count == 1 ? "the \(what) is \(texts)" : "the \(what)s are \(texts)"
  }

  private func outcome(of campaign: String) -> CampaignOutcome {
    let isAsked = builder.rules.campaigns.contains { $0.name == campaign && testCase.asks($0) }
    return CampaignOutcome(campaign, in: quote, isAsked: isAsked)
  }

  // MARK: Words

  private func words(_ outcome: CampaignOutcome) -> String {
    switch outcome {
    case .applied(let applied): "it applied, with \(display(applied.discount)) off"
    case .earnedOnly: "it applied, and earned"
    case .refused(let refusal): "it was refused because \(refusal.words)"
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
    if let detail { words += ": \(detail.words)" }
    if let against, !against.isEmpty { words += ": \(against.joined(separator: " and ")) won" }
    return words
  }
}

extension Quote.Detail {
  /// What was wanted and what was found: `it wants at least 100.00 and finds 54.19`.
  fileprivate var words: String {
    let wanted = right ?? "something"
    let comparison =
      switch `operator` {
      case "is" where right == "missing": "no value"
      case "is not" where right == "missing": "a value"
      case "=", "is": wanted
      case "!=", "is not": "anything but \(wanted)"
      case "<": "less than \(wanted)"
      case "<=": "at most \(wanted)"
      case ">": "more than \(wanted)"
      case ">=": "at least \(wanted)"
      case "is one of": "one of \(wanted)"
      case "is not one of": "none of \(wanted)"
      default: "a text that \(`operator`) \(wanted)"
      }
    let isGroup = `operator`.hasSuffix("in group")
    let sentence =
      isGroup ? "it wants a customer \(`operator`) \(wanted)" : "it wants \(comparison)"
    let found = left.map { $0.isEmpty ? "none" : $0 } ?? "nothing"
    return "\(sentence) and finds \(found)"
  }
}
