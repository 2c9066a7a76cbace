import Money
import Promo

extension Quoting {
  func applied() -> [Answer.Applied] {
    book.campaigns.compactMap { campaign in
      guard let tally = till.tallies[campaign.position], tally.hasGiven, tally.refusal == nil else {
        return nil
      }
      var applied = Answer.Applied(
        campaign: campaign.name, title: campaign.title, discount: money(tally.discount),
        times: tally.hasDeal ? max(1, tally.rounds) : 1, isCapped: tally.isCapped)
      if let row = tally.row {
        let scene = contest.scene(of: campaign, costs: tally.decidingCosts)
        applied.missing = scene.missingForNextRow(of: campaign, after: row)
      }
      applied.message = campaign.message.map { filled($0, campaign, saved: tally.discount, nil) }
      if applied.missing != nil {
        applied.hint = campaign.hint.map {
          filled($0, campaign, saved: tally.discount, applied.missing)
        }
      }
      return applied
    }
  }

  /// The campaigns that do not apply, as far as was asked.
  func notApplied() -> [Answer.NotApplied] {
    let refused = book.campaigns.filter { refusals[$0.position] != nil }
    let isOpen = { (campaign: Campaign) in !campaign.hasCode || isPresented(campaign) }
    let lacking = { (campaign: Campaign) in refusals[campaign.position]?.lacking }
    let nearest = refused.filter { isOpen($0) && lacking($0) != nil }
      .sorted { left, right in
        let (first, second) = (lacking(left) ?? .zero, lacking(right) ?? .zero)
        return first != second ? first < second : left.position < right.position
      }
      .prefix(20).map(\.position)
    let listed = refused.filter { campaign in
      switch cart.explain {
      case .none: return false
      case .all: return true
      case .near:
        let reason = refusals[campaign.position]?.reason
        return isOpen(campaign)
          && (nearest.contains(campaign.position) || campaign.hasCode
            || reason == .stacking || reason == .limit || reason == .cap)
      }
    }
    return listed.compactMap { campaign in
      guard let refusal = refusals[campaign.position] else { return nil }
      return Answer.NotApplied(
        campaign: campaign.name, reason: refusal.reason, detail: refusal.detail,
        missing: refusal.missing,
        hint: refusal.missing == nil
          ? nil : campaign.hint.map { filled($0, campaign, saved: 0, refusal.missing) },
        against: refusal.against, saving: refusal.saving)
    }
  }

  private func isPresented(_ campaign: Campaign) -> Bool {
    !contest.scene(of: campaign).presentedCodes(campaign).isEmpty
  }

  /// What became of each code presented.
  func codes() -> [Answer.Code] {
    var seen: [[UInt8]] = []
    return cart.codes.map(trimmed).compactMap { code in
      guard !seen.contains(lowered(code)) else { return nil }
      seen.append(lowered(code))
      let campaigns = book.campaigns.filter { campaign in
        !campaign.isEvent && campaign.codes.contains { normalized($0) == lowered(code) }
      }
      return Answer.Code(code: code, status: status(campaigns))
    }
  }

  private func status(_ campaigns: [Campaign]) -> Quote.Code.Status {
    if campaigns.isEmpty { return .unknown }
    let reasons = campaigns.map { refusals[$0.position]?.reason }
    if reasons.contains(nil) { return .applied }
    if reasons.contains(.stacking) { return .beaten }
    if reasons.contains(.limit) || reasons.contains(.cap) { return .usedUp }
    if reasons.contains(where: { $0 != .schedule }) { return .notEligible }
    if campaigns.allSatisfy({ contest.scene(of: $0).isYetToBegin($0) }) { return .notYet }
    if campaigns.allSatisfy({ contest.scene(of: $0).hasEnded($0) }) { return .expired }
    return .notEligible
  }

  /// A text for the shopper with its placeholders filled; `{{` writes a brace.
  private func filled(
    _ template: String, _ campaign: Campaign, saved: Int64, _ missing: Quote.Missing?
  ) -> String {
    var text = ""
    var rest = Substring(template)
    while let brace = rest.firstIndex(of: "{") {
      text += rest[..<brace]
      rest = rest[rest.index(after: brace)...]
      if rest.first == "{" {
        text += "{"
        rest.removeFirst()
      } else if let end = rest.firstIndex(of: "}") {
        text += value(of: String(rest[..<end]), campaign, saved: saved, missing)
        rest = rest[rest.index(after: end)...]
      }
    }
    return text + rest
  }

  private func value(
    of placeholder: String, _ campaign: Campaign, saved: Int64, _ missing: Quote.Missing?
  ) -> String {
    switch placeholder {
    case "saved": return AmountText.display(saved, currency: cart.currency)
    case "title": return campaign.title
    case "code": return contest.standings[campaign.position].code ?? ""
    case "remaining_uses":
      let uses = contest.scene(of: campaign).shownRemainingUses(campaign)
      return uses.map { String($0) } ?? ""
    case "missing":
      switch missing {
      case .quantity(let count), .visits(let count), .count(let count): return String(count)
      case .amount(let money):
        return AmountText.display(money.minorUnits, currency: cart.currency)
      case nil: return ""
      }
    default: return ""
    }
  }
}
