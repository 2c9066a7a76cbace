import Findings
import RuleSyntax

extension Checker {
  /// Rules about which clauses may stand together, as far as the words alone tell.
  mutating func checkShape(_ shape: CampaignShape, of syntax: CampaignSyntax) {
    for (word, span, first) in shape.repeated {
      report(
        .clauseTwice, at: span, ["word": word.rawValue],
        related: [RelatedSpan(span: first, label: "the first `\(word.rawValue)`")],
        repairs: [Checker.remove(span, isSafe: text(of: span) == text(of: first))])
    }
    if let tiers = shape.tiers, let give = shape.topGive {
      report(
        .tiersAndGive, at: give, related: [RelatedSpan(span: tiers, label: "the tiers")])
    }
    if !shape.hasGives, shape.earn == nil, !silence.hidesAbsence {
      report(.campaignGivesNothing, at: syntax.name.span, ["name": syntax.name.text])
    }
    if let alone = shape.first(.stackAlone) {
      for clause in syntax.clauses {
        guard case .stack(let stacking) = clause.kind else { continue }
        if case .alone = stacking { continue }
        report(
          .stackContradicts, at: clause.span, ["found": text(of: clause.span)],
          related: [RelatedSpan(span: alone, label: "this shares an order with nothing")])
      }
    }
  }

  /// Rules about which clauses may stand together, once each of them is sound.
  mutating func checkTogether(
    _ campaign: CheckedCampaign, _ shape: CampaignShape, _ syntax: CampaignSyntax
  ) {
    checkLimitsPerOrder(campaign.limits, shape)
    checkBestOfOnItems(campaign, syntax)
    if campaign.usesOriginalBase, !campaign.allGives.contains(where: \.kind.isPercentage),
      let span = shape.first(.base)
    {
      report(.baseWithoutPercentage, at: span)
    }
    for cap in campaign.caps {
      guard let balance = cap.balance,
        !campaign.allEarns.contains(where: { $0.balance == balance })
      else { continue }
      report(.capOfOtherBalance, at: cap.span, ["name": rules.balances[balance].name])
    }
    if campaign.message != nil || campaign.hint != nil { checkMissing(campaign, syntax) }
  }

  private mutating func checkLimitsPerOrder(_ limits: [CheckedLimit], _ shape: CampaignShape) {
    for limit in limits {
      guard case .order = limit.bound else { continue }
      let uncounted = shape.uncountableGive
      guard uncounted != nil || !shape.hasGives else { continue }
      report(
        .limitOfUncountable, at: limit.span, ["found": text(of: limit.span)],
        related: [uncounted].compactMap { $0 }.map {
          RelatedSpan(span: $0, label: "this has no rounds, units or gifts to count")
        })
    }
  }

  private mutating func checkBestOfOnItems(_ campaign: CheckedCampaign, _ syntax: CampaignSyntax) {
    guard !campaign.stacking.bestOfOnItems.isEmpty else { return }
    let gives = campaign.allGives
    let unfit = gives.first { !$0.kind.isPlainUnitPrice }
    guard unfit != nil || gives.isEmpty else { return }
    let clause = syntax.clauses.first {
      if case .stack(.bestOfOnItems) = $0.kind { true } else { false }
    }
    report(
      .bestOfOnItemsUnfit, at: clause?.span ?? syntax.name.span,
      related: [unfit].compactMap { $0 }.map {
        RelatedSpan(span: $0.span, label: "this does not set the price of each unit")
      })
  }
}

extension CheckedCampaign {
  /// Its effects and those of all its rows.
  fileprivate var allGives: [CheckedGive] { gives + (tiers?.rows.flatMap(\.gives) ?? []) }

  /// What it earns and what all its rows do.
  fileprivate var allEarns: [CheckedEarn] { earns + (tiers?.rows.flatMap(\.earns) ?? []) }
}

extension CheckedGive.Kind {
  /// A percentage, which may be of the original price.
  fileprivate var isPercentage: Bool {
    switch self {
    case .unitPercent, .subtotalOff(.percent, _), .orderOff(.percent), .shippingOff(.percent): true
    default: false
    }
  }

  /// A new price for each unit of a selection, with no deal.
  fileprivate var isPlainUnitPrice: Bool {
    switch self {
    case .unitPercent(_, .all), .unitMoney(_, .all), .unitPrice(_, .all): true
    default: false
    }
  }
}
