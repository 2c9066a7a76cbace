public import LocalTime
import Pricing

/// A bound on how often a campaign may be used, or on how much it may give: a `limit` or a `cap`.
///
/// A quote holds to the uses that its cart tells of. Whoever records purchases counts against the
/// same bounds, so that purchases at the same moment can not pass them together.
public struct CampaignBound: Hashable, Sendable {
  /// What it counts over.
  public enum Scope: Hashable, Sendable { case customer, code, total }

  /// What it counts over.
  public var scope: Scope
  /// The calendar period it counts in, in the zone of the campaign; nil for ever.
  public var period: CalendarPeriod?
  /// The most orders in which the campaign gave something; nil for a cap.
  public var usesMaximum: Int64?
  /// The most it may give: minor units of money off, or smallest units of `balance`; nil for a limit.
  public var amountMaximum: Int64?
  /// The balance whose issue is capped; nil for a limit, and for a cap on money off.
  public var balance: String?

  /// A bound; one with no most only counts.
  public init(
    scope: Scope, period: CalendarPeriod? = nil, usesMaximum: Int64? = nil,
    amountMaximum: Int64? = nil, balance: String? = nil
  ) {
    self.scope = scope
    self.period = period
    self.usesMaximum = usesMaximum
    self.amountMaximum = amountMaximum
    self.balance = balance
  }
}

extension RuleSet {
  /// What bounds a campaign beyond one order, in the order written; empty for an unknown campaign.
  public func bounds(of campaign: String) -> [CampaignBound] {
    guard let index = program.campaign(named: campaign) else { return [] }
    let terms = program.campaigns[Int(index)].terms
    let limits = terms.limits.compactMap { limit in
      place(of: limit.bound).map {
        CampaignBound(scope: $0.scope, period: $0.period, usesMaximum: limit.count)
      }
    }
    let caps = terms.caps.compactMap { cap in
      place(of: cap.bound).map {
        CampaignBound(
          scope: $0.scope, period: $0.period, amountMaximum: cap.amount,
          balance: cap.balance.map { program.balances[Int($0)].name })
      }
    }
    return limits + caps
  }

  /// The campaigns that are bounded over everyone or over a code, by name in the order of the files.
  public var campaignsBoundedInTotal: [String] {
    program.campaigns.filter { plan in
      (plan.terms.limits.map(\.bound) + plan.terms.caps.map(\.bound)).contains {
        place(of: $0).map { $0.scope != .customer } ?? false
      }
    }.map(\.name)
  }

  /// The pools whose codes some campaign asks for, each once, in the order of the files.
  public var codePools: [String] {
    var pools: [String] = []
    for plan in program.campaigns {
      for pool in plan.codePools where !pools.contains(where: { $0.utf8.elementsEqual(pool.utf8) })
      {
        pools.append(pool)
      }
    }
    return pools
  }

  /// The first day of the period that holds a moment, on the clocks of a campaign.
  public func firstDay(of period: CalendarPeriod, holding moment: Instant, for campaign: String)
    -> CivilDate
  {
    let zone = program.campaign(named: campaign).map { program.campaigns[Int($0)].zone } ?? -1
    let seconds = moment.secondsSince1970
    let date =
      zone < 0
      ? CivilDate(dayNumber: Int32(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400))
      : program.zones[Int(zone)].local(at: seconds).date
    return period.start(holding: date)
  }

  private func place(of bound: BoundPlan) -> (scope: CampaignBound.Scope, period: CalendarPeriod?)?
  {
    switch bound {
    case .order: nil
    case .customer(let period): (.customer, period)
    case .code(let period): (.code, period)
    case .total(let period): (.total, period)
    }
  }
}

/// The one spelling under which the uses of a code are counted: no outer blanks, small letters.
public func countedSpelling(ofCode typed: String) -> String {
  String(decoding: normalizedCode(typed), as: UTF8.self)
}
