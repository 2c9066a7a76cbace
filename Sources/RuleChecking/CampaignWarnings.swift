import Findings
import RuleSyntax

extension Checker {
  /// Warnings about one campaign that has no errors.
  mutating func warn(_ campaign: CheckedCampaign, _ shape: CampaignShape, _ syntax: CampaignSyntax)
  {
    let isPlain = campaign.conditions.count == 1 && campaign.conditions[0].isPlainThreshold
    if campaign.tiers != nil || !campaign.conditions.isEmpty && !isPlain {
      let bounds = examine(campaign.conditions)
      warnOfTiers(campaign, bounds, syntax)
    }
    if campaign.audience == .guests { warnOfGuests(campaign, shape) }
    guard !shape.hasCode else { return }
    for limit in campaign.limits {
      guard case .code = limit.bound else { continue }
      warn(.limitOfNoCode, at: limit.span, ["found": text(of: limit.span)])
    }
  }

  /// A guest cannot be told from another, and has no account to earn on.
  private mutating func warnOfGuests(_ campaign: CheckedCampaign, _ shape: CampaignShape) {
    let bounds =
      campaign.limits.map { ($0.bound, $0.span) } + campaign.caps.map { ($0.bound, $0.span) }
    let related = shape.first(.audience).map { RelatedSpan(span: $0, label: "guests have no id") }
    for (bound, span) in bounds {
      guard case .customer = bound else { continue }
      warn(
        .customerLimitForGuests, at: span, ["found": text(of: span)],
        related: [related].compactMap { $0 })
    }
    if let earn = shape.earn {
      warn(.earnForGuests, at: earn, related: [related].compactMap { $0 })
    }
  }

  /// Rows that lie outside what the conditions of the campaign leave of their amount.
  private mutating func warnOfTiers(
    _ campaign: CheckedCampaign, _ bounds: KnownBounds, _ syntax: CampaignSyntax
  ) {
    guard let tiers = campaign.tiers else { return }
    for (index, row) in tiers.rows.enumerated() {
      guard let threshold = Fraction(row.threshold) else { continue }
      if let bound = ValueBound(tiers.by, .greaterOrEqual, threshold) {
        let known = bounds[bound.value]
        let interval = known?.interval ?? ValueRange(of: bound.value).interval
        if interval.intersection(bound.interval).isEmpty {
          warnOfRow(
            row, against: known?.span, bound.isThroughPercentage || tiers.by.readsPercentage)
          continue
        }
        guard index + 1 < tiers.rows.count, let low = interval.low, known != nil,
          let next = Fraction(tiers.rows[index + 1].threshold), tiers.by == bound.value,
          next <= low, next != threshold
        else { continue }
        warnOfRow(row, against: known?.span, false)
      } else if ValueRange(of: tiers.by).interval.isBelow(.point(threshold)) {
        warnOfRow(row, against: nil, tiers.by.readsPercentage)
      }
    }
  }

  private mutating func warnOfRow(
    _ row: CheckedTiers.Row, against condition: SourceSpan?, _ isThroughPercentage: Bool
  ) {
    warn(
      isThroughPercentage ? .thresholdOutOfReach : .tierUnreachable, at: row.span,
      ["found": text(of: row.span)],
      related: [condition].compactMap { $0 }.map {
        RelatedSpan(span: $0, label: "this must hold as well")
      })
  }

  /// `max` takes the larger of a percentage and an amount; a cap takes the smaller.
  mutating func warnOfMaximum(_ amount: CheckedExpression) {
    guard case .maximum(let all) = amount.kind, all.contains(where: \.isConstant),
      all.contains(where: { !$0.isConstant && $0.readsPercentage })
    else { return }
    let start = amount.span.start
    let word = SourceSpan(file: amount.span.file, start: start, end: start + 3)
    warn(
      .maximumMeantAsCap, at: amount.span, ["found": text(of: amount.span)],
      repairs: text(of: word) == "max" ? [Checker.replace(word, with: "min", isSafe: false)] : [])
  }

  /// Percentages of an amount that take nothing, or more than there is.
  mutating func warnOfPercentages(in amount: CheckedExpression) {
    if case .constant(.percent(let numerator, let denominator)) = amount.kind,
      numerator > 0, numerator <= denominator
    {
      return
    }
    if amount.type == .percent, let value = Fraction(constant: amount) {
      warnOfPercentage(value, at: amount.span)
      return
    }
    switch amount.kind {
    case .arithmetic(let left, _, let right):
      warnOfPercentages(in: left)
      warnOfPercentages(in: right)
    case .minimum(let all), .maximum(let all): for one in all { warnOfPercentages(in: one) }
    default: break
    }
  }

  /// Warns of a percentage that is 0% or more than 100%.
  mutating func warnOfPercentage(_ value: Fraction, at span: SourceSpan) {
    if value > Fraction(1) {
      warn(
        .percentOverHundred, at: span, ["found": text(of: span)],
        repairs: [Checker.replace(span, with: "100%", isSafe: false)])
    } else if value.isZero {
      warn(.percentZero, at: span, ["found": text(of: span)])
    }
  }

  /// Slots of a bundle that compete for the same units.
  mutating func warnOfOverlap(_ slots: [CheckedSlot], _ sources: [SourceSyntax]) {
    for index in slots.indices.dropFirst() {
      let other = slots[..<index].firstIndex { earlier in
        isPart(slots[index].selection, of: earlier.selection)
          || isPart(earlier.selection, of: slots[index].selection)
      }
      guard let other else { continue }
      warn(
        .slotsOverlap, at: sources[index].span, ["found": text(of: sources[index].span)],
        related: [
          RelatedSpan(span: sources[other].span, label: "this slot takes the same units")
        ])
    }
  }

  /// Whether a selection is another one, or was narrowed from it.
  private func isPart(_ selection: SelectionID, of whole: SelectionID) -> Bool {
    var current = selection
    while current.index >= whole.index {
      if current == whole { return true }
      switch rules.selections[current.index] {
      case .items, .allItems: return false
      case .narrowed(let base, _, _), .filtered(let base, _): current = base
      }
    }
    return false
  }
}
