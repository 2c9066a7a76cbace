public import LocalTime
public import Promo

/// A count that a campaign's bound is held against: in which period, over what.
public struct UsageCount: Hashable, Sendable {
  /// The name under which it is counted: the campaign's, or that of its issues in a balance.
  public var campaign: String
  /// `total` or `code`.
  public var scope: String
  /// The name of the period; empty for ever.
  public var period: String
  /// The code; empty in total.
  public var key: String
}

extension RuleSet {
  /// What everyone has used of the campaigns that are bounded over everyone, or over a code.
  ///
  /// A cart tells one number of uses; where a campaign has several limits, it is the one that leaves
  /// as few uses as the tightest of them does.
  /// - Parameters:
  ///   - campaigns: Those of `campaignsBoundedInTotal`, which whoever asks often keeps.
  ///   - codes: The codes presented, as typed.
  ///   - moment: The moment of the quote, which decides the periods.
  ///   - count: Looks one count up: purchases, and what they gave in smallest units.
  public func usage(
    of campaigns: [String], codes: [String], at moment: Instant, currency: Currency,
    count: (UsageCount) throws -> (uses: Int64, amount: Int64)
  ) rethrows -> [String: Cart.Usage] {
    var all: [String: Cart.Usage] = [:]
    let codes = codes.map(countedSpelling)
    for campaign in campaigns {
      var usage = Cart.Usage()
      var tightest = Tightest()
      var tightestOfCode: [String: Tightest] = [:]
      for bound in bounds(of: campaign) where bound.scope != .customer {
        let counted =
          bound.balance.map { "\(campaign).\($0)" } ?? campaign
        let period = periodName(bound.period, holding: moment, for: campaign)
        for key in bound.scope == .code ? codes : [""] {
          let (uses, amount) = try count(
            UsageCount(
              campaign: counted, scope: bound.scope == .code ? "code" : "total", period: period,
              key: key))
          if let most = bound.usesMaximum {
            if bound.scope == .code {
              tightestOfCode[key, default: Tightest()].add(most, used: uses)
            } else {
              tightest.add(most, used: uses)
            }
          } else if bound.scope == .total, let balance = bound.balance {
            usage.earned = ExactDecimal(
              value: max(amount, usage.earned?.value ?? 0), decimals: decimals(of: balance))
          } else if bound.scope == .total {
            usage.discount = Money(
              minorUnits: max(amount, usage.discount?.minorUnits ?? 0), currency: currency)
          }
        }
      }
      usage.redemptions = tightest.used
      for (code, tightest) in tightestOfCode where tightest.used > 0 {
        usage.codes[code] = tightest.used
      }
      if usage != Cart.Usage() { all[campaign] = usage }
    }
    return all
  }

  private func decimals(of balance: String) -> Int {
    loyalty.balances.first { $0.name == balance }?.currency?.decimals ?? 0
  }
}

/// Several limits as one: the lowest, with so many uses that it leaves what the tightest leaves.
private struct Tightest {
  private var most: Int64?
  private var left: Int64 = .max

  mutating func add(_ limit: Int64, used: Int64) {
    most = min(most ?? limit, limit)
    left = min(left, limit - used)
  }

  var used: Int64 { most.map { $0 - left } ?? 0 }
}
