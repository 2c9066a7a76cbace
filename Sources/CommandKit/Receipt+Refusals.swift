import Promo
import RuleChecking

extension Receipt {
  /// Campaigns that gave nothing and are not just short of something.
  var refusals: [String] {
    section(
      "Not this time",
      quote.notApplied.filter { isWorthTelling($0) }.map {
        "\(title($0.campaign)): \(words(of: $0))"
      })
  }

  /// Whether its code's status has not told it already, and it would have changed anything.
  private func isWorthTelling(_ refused: Quote.NotApplied) -> Bool {
    let isTold = campaignsOfCodes.contains(refused.campaign) && refused.reason != .stacking
    return refused.missing == nil && !isTold && refused.saving?.minorUnits != 0
  }

  private func words(of refused: Quote.NotApplied) -> String {
    switch refused.reason {
    case .currency: return "is for another currency"
    case .declined: return "was declined"
    case .audience: return "is for other customers"
    case .code: return "needs a code"
    case .schedule: return "is not running at this time"
    case .limit: return "has been used as often as it may be"
    case .cap: return "has given all it may give"
    case .nothingToGive: return "has nothing to take off here"
    case .error: return "could not be worked out for this cart"
    case .condition: return need(of: refused)
    case .stacking:
      let others = (refused.against ?? []).map(title).joined(separator: ", ")
      let saving = refused.saving.map { "; it would have saved \(amount($0))" } ?? ""
      return (others.isEmpty ? "gives way to others" : "gives way to \(others)") + saving
    }
  }

  /// What a campaign asks for and does not find here.
  private func need(of refused: Quote.NotApplied) -> String {
    guard let campaign = rules.campaigns.first(where: { $0.name == refused.campaign }) else {
      return "its conditions are not met"
    }
    let told = CampaignSentences(campaign, of: rules)
    guard let detail = refused.detail, let unmet = told.unmet(detail) else {
      let conditions = told.allConditions
      return conditions.isEmpty ? "its conditions are not met" : "needs that \(conditions)"
    }
    guard let found = unmet.found else { return "needs that \(unmet.need)" }
    return "needs that \(unmet.need); here it is \(printable(found))"
  }
}
