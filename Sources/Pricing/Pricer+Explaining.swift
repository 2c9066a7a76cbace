import Money

extension Pricer {
  /// The first comparison of a campaign that fails, with the values compared.
  mutating func failingDetail(_ campaign: Int32) -> ComparisonDetail? {
    let gate = program.gates[Int(campaign)]
    readingStage = gate.readStage
    for test in gate.tests {
      if case .holds = truth(ofTest: test, campaign) { continue }
      let part = Int(test - gate.tests.lowerBound)
      let expression = program.campaigns.span[Int(campaign)].conjuncts[part].expression
      return failingDetail(expression, isNegated: false)
    }
    guard let tierValue = program.campaigns.span[Int(campaign)].tierValue,
      let lowest = program.campaigns.span[Int(campaign)].rows.first?.threshold
    else { return nil }
    let reached = value(tierValue.expression)
    return ComparisonDetail(
      left: compared(reached, tierValue.display), comparison: Comparison.greaterOrEqual.rawValue,
      right: compared(.number(lowest), tierValue.display))
  }

  /// The first comparison, in the order written, for which a condition does not come out right.
  ///
  /// - Parameter isNegated: Under an odd number of `not`: a comparison is wrong when it holds.
  private mutating func failingDetail(
    _ expression: Expression, isNegated: Bool
  ) -> ComparisonDetail? {
    switch expression {
    case .and(let parts), .or(let parts):
      for part in parts where isWrong(part, isNegated) {
        return failingDetail(part, isNegated: isNegated)
      }
      return nil
    case .not(let inner): return failingDetail(inner, isNegated: !isNegated)
    case .compare(let left, let comparison, let right, let kind):
      return ComparisonDetail(
        left: compared(value(left), kind),
        comparison: (isNegated ? comparison.opposite : comparison).rawValue,
        right: compared(value(right), kind))
    case .compareSame(let left, let comparison, let right):
      return ComparisonDetail(
        left: compared(value(left), .text),
        comparison: (isNegated ? comparison.opposite : comparison).rawValue,
        right: compared(value(right), .text))
    case .isOneOf(let inner, let choices, let kind, let isNot):
      var texts: [String] = []
      for choice in choices {
        texts.append(compared(value(choice), kind)?.text(currency: cart.currency) ?? "")
      }
      return ComparisonDetail(
        left: compared(value(inner), kind),
        comparison: isNot != isNegated ? "is not one of" : "is one of",
        right: .text(texts.joined(separator: ", ")))
    case .isMissing(let inner, let kind, let isNot):
      return ComparisonDetail(
        left: compared(value(inner), kind), comparison: isNot != isNegated ? "is not" : "is",
        right: .text("missing"))
    case .textTest(let inner, let match, let pattern):
      return ComparisonDetail(
        left: compared(value(inner), .text),
        comparison: isNegated ? match.negatedText : match.rawValue, right: .text(pattern))
    case .fact(.inGroup(let names)):
      return ComparisonDetail(
        left: .text(shopper.groups.joined(separator: ", ")),
        comparison: isNegated ? "not in group" : "in group",
        right: .text(names.joined(separator: ", ")))
    default:
      return ComparisonDetail(
        left: compared(value(expression), .flag), comparison: "is",
        right: .text(isNegated ? "no" : "yes"))
    }
  }

  private mutating func isWrong(_ expression: Expression, _ isNegated: Bool) -> Bool {
    switch truth(expression) {
    case .holds: isNegated
    case .fails, .failed: !isNegated
    }
  }

  /// A value as it was compared; nil when it is missing.
  private func compared(_ value: Value, _ kind: ValueKind) -> ComparedValue? {
    switch value {
    case .missing, .failed: nil
    case .flag(let flag): .text(flag ? "yes" : "no")
    case .texts(let texts): .text(texts.joined(separator: ", "))
    case .number(let rational): .number(rational, kind)
    }
  }
}

extension TextMatch {
  fileprivate var negatedText: String {
    switch self {
    case .contains: "does not contain"
    case .startsWith: "does not start with"
    case .endsWith: "does not end with"
    }
  }
}
