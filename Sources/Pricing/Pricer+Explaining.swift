import Money

extension Pricer {
  /// Adds compared values and what is missing to every refusal by a condition.
  mutating func explainConditions(in result: inout Evaluation) {
    for index in result.verdicts.indices {
      guard case .refused(var refusal) = result.verdicts[index], refusal.reason == .condition,
        !refusal.isExplained
      else { continue }
      explain(Int32(index), in: &refusal)
      result.verdicts[index] = .refused(refusal)
    }
  }

  /// The first comparison that fails, and what is missing where only one threshold is.
  mutating func explain(_ campaign: Int32, in refusal: inout Refusal) {
    readingStage = readStage(campaign)
    let plan = plan(campaign)
    var failing: [Conjunct] = []
    for conjunct in plan.conjuncts {
      if case .holds = truth(conjunct.expression) { continue }
      failing.append(conjunct)
    }
    if let first = failing.first {
      refusal.detail = failingDetail(first.expression, isNegated: false)
      let tiersHold = plan.tierValue == nil || tierReached(plan) != nil
      if failing.count == 1, tiersHold, let threshold = first.threshold {
        refusal.missing = missing(for: threshold)
      }
    } else if let tierValue = plan.tierValue, let first = plan.rows.first?.threshold {
      let reached = value(tierValue.expression)
      refusal.detail = ComparisonDetail(
        left: text(reached, tierValue.display), comparison: Comparison.greaterOrEqual.rawValue,
        right: text(.number(first), tierValue.display))
      refusal.missing = missing(tierValue, for: first)
    }
  }

  private mutating func tierReached(_ plan: CampaignPlan) -> Int? {
    guard let tierValue = plan.tierValue, case .number(let reached) = value(tierValue.expression)
    else { return nil }
    return rowReached(plan, reached)
  }

  /// What is missing for the row after the one that applied.
  mutating func missingForNextRow(
    _ campaign: Int32, _ state: CampaignProgress
  ) -> MissingAmount? {
    let plan = plan(campaign)
    guard let tierValue = plan.tierValue, let row = state.row, row + 1 < plan.rows.count,
      let next = plan.rows[row + 1].threshold
    else { return nil }
    readingStage = readStage(campaign)
    return missing(tierValue, for: next)
  }

  private mutating func missing(_ tierValue: TierValue, for constant: Rational) -> MissingAmount? {
    guard let unit = tierValue.unit else { return nil }
    return missing(
      for: Threshold(
        value: tierValue.expression, comparison: .greaterOrEqual, constant: constant, unit: unit))
  }

  private mutating func missing(for threshold: Threshold) -> MissingAmount? {
    guard case .number(let reached) = value(threshold.value), !(threshold.constant < reached),
      let gap = threshold.constant.subtracting(reached),
      gap > .zero || threshold.comparison == .greater
    else { return nil }
    var amount = gap.ceiling
    if threshold.comparison == .greater { amount = gap.floor + 1 }
    let share =
      threshold.constant > .zero ? gap.divided(by: threshold.constant) ?? .one : .one
    return MissingAmount(
      amount: Int64(clamping: amount), unit: threshold.unit, share: share)
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
        left: text(value(left), kind),
        comparison: (isNegated ? comparison.opposite : comparison).rawValue,
        right: text(value(right), kind))
    case .compareSame(let left, let comparison, let right):
      return ComparisonDetail(
        left: text(value(left), .text),
        comparison: (isNegated ? comparison.opposite : comparison).rawValue,
        right: text(value(right), .text))
    case .isOneOf(let inner, let choices, let kind, let isNot):
      var texts: [String] = []
      for choice in choices { texts.append(text(value(choice), kind) ?? "") }
      return ComparisonDetail(
        left: text(value(inner), kind),
        comparison: isNot != isNegated ? "is not one of" : "is one of",
        right: texts.joined(separator: ", "))
    case .isMissing(let inner, let kind, let isNot):
      return ComparisonDetail(
        left: text(value(inner), kind), comparison: isNot != isNegated ? "is not" : "is",
        right: "missing")
    case .textTest(let inner, let match, let pattern):
      return ComparisonDetail(
        left: text(value(inner), .text),
        comparison: isNegated ? match.negatedText : match.rawValue, right: pattern)
    case .fact(.inGroup(let names)):
      return ComparisonDetail(
        left: shopper.groups.joined(separator: ", "),
        comparison: isNegated ? "not in group" : "in group", right: names.joined(separator: ", "))
    default:
      return ComparisonDetail(
        left: text(value(expression), .flag), comparison: "is", right: isNegated ? "no" : "yes")
    }
  }

  private mutating func isWrong(_ expression: Expression, _ isNegated: Bool) -> Bool {
    switch truth(expression) {
    case .holds: isNegated
    case .fails, .failed: !isNegated
    }
  }

  /// A value as a text; nil when it is missing.
  private func text(_ value: Value, _ kind: ValueKind) -> String? {
    switch value {
    case .missing, .failed: nil
    case .flag(let flag): flag ? "yes" : "no"
    case .texts(let texts): texts.joined(separator: ", ")
    case .number(let rational): numberText(rational, kind, currency: cart.currency)
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
