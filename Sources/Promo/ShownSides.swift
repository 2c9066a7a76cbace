import Money
import Pricing
import RuleChecking
import RuleSyntax

/// Which sides of one campaign a single test shows, as told by its quote.
struct ShownSides {
  let campaign: CheckedCampaign
  let testCase: TestCase
  let quote: Quote
  let decisions: CampaignDecisions?
  private let outcome: CampaignOutcome

  init(
    campaign: CheckedCampaign, testCase: TestCase, quote: Quote, decisions: CampaignDecisions?
  ) {
    self.campaign = campaign
    self.testCase = testCase
    self.quote = quote
    self.decisions = decisions
    outcome = CampaignOutcome(campaign.name, in: quote, isAsked: true)
  }

  /// Whether a part of the conditions holds, and whether it fails; neither while it is not asked.
  func condition(_ index: Int) -> [Bool] {
    guard outcome.isPast(.cap), let conjuncts = decisions?.conjuncts,
      conjuncts.indices.contains(index), let holds = conjuncts[index]
    else { return [false, false] }
    return [holds, !holds]
  }

  /// Whether a row of the tiers applied.
  func row(_ index: Int) -> [Bool] { [outcome.hasApplied && decisions?.row == index] }

  /// Whether a gate lets the campaign in, and whether it keeps it out.
  func gate(_ reason: Quote.Reason) -> [Bool] {
    [outcome.isPast(reason), outcome.isRefused(because: reason)]
  }

  /// Whether a limit allows a use, and whether it stops one.
  func limit(_ limit: CheckedLimit) -> [Bool] {
    let isRefused = outcome.isRefused(because: .limit)
    let usage = testCase.cart.usage[campaign.name]
    let stops: Bool
    switch limit.bound {
    case .order: stops = outcome.hasApplied && countInOrder >= limit.count
    case .customer: stops = isRefused && ownUses.count >= limit.count
    case .total: stops = isRefused && (usage?.redemptions ?? 0) >= limit.count
    case .code: stops = isRefused && (usage?.codes.values.max() ?? 0) >= limit.count
    }
    return [outcome.hasApplied, stops]
  }

  /// Whether a cap leaves everything, and whether it cuts something.
  func cap(_ cap: CheckedCap) -> [Bool] {
    if cap.balance != nil {
      let isClipped = quote.earned.contains { $0.campaign == campaign.name && $0.clipped != nil }
      return [outcome.hasApplied && !isClipped, isClipped]
    }
    var isCapped = outcome.isRefused(because: .cap)
    if case .applied(let applied) = outcome, applied.isCapped { isCapped = true }
    let least = campaign.caps.filter { $0.balance == nil }.map(left).min()
    return [outcome.hasApplied && !isCapped, isCapped && left(of: cap) == least]
  }

  /// What a cap leaves after what the test says was given before.
  private func left(of cap: CheckedCap) -> Int64 {
    let used: Int64 =
      switch cap.bound {
      case .order, .code: 0
      case .customer:
        ownUses.reduce(0) {
          $0.addingReportingOverflow($1.discount?.minorUnits ?? 0).partialValue
        }
      case .total: testCase.cart.usage[campaign.name]?.discount?.minorUnits ?? 0
      }
    return cap.amount.subtractingReportingOverflow(used).partialValue
  }

  private var ownUses: [Cart.Redemption] {
    testCase.cart.customer?.redemptions.filter { $0.campaign == campaign.name } ?? []
  }

  /// Rounds of a deal, gifts, or units that were cut: what a limit per order counts.
  private var countInOrder: Int64 {
    guard case .applied(let applied) = outcome else { return 0 }
    let gifts = quote.gifts.reduce(Int64(0)) {
      $1.campaign == campaign.name ? $0 + $1.quantity : $0
    }
    var units: Int64 = 0
    for line in quote.lines where line.discounts.contains(where: { $0.campaign == campaign.name }) {
      for group in line.units where group.unitPrice.minorUnits < line.price.minorUnits {
        units += group.quantity
      }
    }
    return max(applied.times, gifts, units)
  }
}
