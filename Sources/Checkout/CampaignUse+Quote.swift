public import Ledger
package import LocalTime
public import Promo

extension CampaignUse {
  /// The uses that a quote makes of campaigns once it is bought, each with the limits of the rules.
  ///
  /// Whoever is known is counted for every campaign, limited or not, since conditions may ask how
  /// often a campaign was used. What a campaign issues of a balance whose issue is capped is counted
  /// beside its uses, under `CAMPAIGN.BALANCE`.
  /// - Parameters:
  ///   - quote: What was agreed to.
  ///   - rules: The rules it was made by.
  ///   - customer: The account's id; nil for a guest, of whom nothing is counted.
  ///   - pools: The pool of each code that stands for one use, by the code as it was typed.
  ///   - programme: The ledger's balances.
  /// - Throws: `unknownBalance`, `inexactAmount`.
  public static func uses(
    in quote: Quote, of rules: RuleSet, by customer: String?, pools: [String: String] = [:],
    programme: LoyaltyProgramme
  ) throws(RecordingError) -> [CampaignUse] {
    var uses: [CampaignUse] = []
    for (campaign, discount, code) in quote.campaignsUsed {
      var claims = ClaimList(campaign, rules, at: quote.at, customer: customer, code: code)
      let bounds = rules.bounds(of: campaign)
      for bound in bounds where bound.balance == nil { claims.add(bound) }
      if let code, let pool = pools[code] { claims.addOnlyUse(of: code, from: pool) }
      if customer != nil { claims.add(CampaignBound(scope: .customer)) }
      if !claims.claims.isEmpty {
        uses.append(CampaignUse(campaign: campaign, discount: discount, claims: claims.claims))
      }
      uses += try issues(of: campaign, in: quote, bounds, customer, code, rules, programme)
    }
    return uses
  }

  /// The name under which it is counted what a campaign issues of a balance.
  public static func name(ofIssuesBy campaign: String, in balance: String) -> String {
    "\(campaign).\(balance)"
  }

  private static func issues(
    of campaign: String, in quote: Quote, _ bounds: [CampaignBound], _ customer: String?,
    _ code: String?, _ rules: RuleSet, _ programme: LoyaltyProgramme
  ) throws(RecordingError) -> [CampaignUse] {
    var uses: [CampaignUse] = []
    for earned in quote.earned where earned.campaign == campaign {
      let counted = name(ofIssuesBy: campaign, in: earned.balance)
      var claims = ClaimList(campaign, rules, at: quote.at, customer: customer, code: code)
      for bound in bounds where bound.balance == earned.balance { claims.add(bound) }
      let amount = try units(of: earned.amount, earned.balance, programme)
      guard !claims.claims.isEmpty, amount > 0 else { continue }
      if let place = uses.firstIndex(where: { $0.campaign == counted }) {
        uses[place].discount += amount
      } else {
        uses.append(CampaignUse(campaign: counted, discount: amount, claims: claims.claims))
      }
    }
    return uses
  }
}

/// The claims of one use, one for each thing that is counted.
private struct ClaimList {
  private let campaign: String
  private let rules: RuleSet
  private let moment: Instant
  private let customer: String?
  private let code: String?
  private(set) var claims: [CampaignUse.Claim] = []

  init(_ campaign: String, _ rules: RuleSet, at moment: Instant, customer: String?, code: String?) {
    self.campaign = campaign
    self.rules = rules
    self.moment = moment
    self.customer = customer
    self.code = code
  }

  /// Counts against a bound as well; two bounds on the same count keep the lower.
  mutating func add(_ bound: CampaignBound) {
    let scope: CampaignUse.Scope
    let key: String
    switch bound.scope {
    case .total: (scope, key) = (.total, "")
    case .customer:
      guard let customer else { return }
      (scope, key) = (.customer, customer)
    case .code:
      guard let code else { return }
      (scope, key) = (.code, countedSpelling(ofCode: code))
    }
    let period = rules.periodName(bound.period, holding: moment, for: campaign)
    guard
      let place = claims.firstIndex(where: {
        $0.scope == scope && $0.key == key && $0.period == period
      })
    else {
      claims.append(
        CampaignUse.Claim(
          scope, key: key, period: period, usesMaximum: bound.usesMaximum,
          discountMaximum: bound.amountMaximum))
      return
    }
    claims[place].usesMaximum = lower(claims[place].usesMaximum, bound.usesMaximum)
    claims[place].discountMaximum = lower(claims[place].discountMaximum, bound.amountMaximum)
  }

  /// Takes the one use that a code of a pool stands for.
  mutating func addOnlyUse(of code: String, from pool: String) {
    claims.removeAll { $0.scope == .code }
    claims.append(CampaignUse.Claim(.code, key: code, usesMaximum: 1, pool: pool))
  }

  private func lower(_ left: Int64?, _ right: Int64?) -> Int64? {
    guard let left, let right else { return left ?? right }
    return min(left, right)
  }
}

extension RuleSet {
  /// The name of the period in which uses of a campaign are counted now, such as
  /// `month 2026-11-01`; empty for ever.
  package func periodName(
    _ period: CalendarPeriod?, holding moment: Instant, for campaign: String
  ) -> String {
    guard let period else { return "" }
    return "\(period) \(firstDay(of: period, holding: moment, for: campaign))"
  }
}

extension Quote {
  /// Every campaign that gave or earned something, with what it took off and the code it used.
  fileprivate var campaignsUsed: [(campaign: String, discount: Int64, code: String?)] {
    var used = applied.map {
      (campaign: $0.campaign, discount: $0.discount.minorUnits, code: $0.code)
    }
    for earned in earned where !used.contains(where: { $0.campaign == earned.campaign }) {
      used.append((campaign: earned.campaign, discount: 0, code: earned.code))
    }
    return used
  }
}
