import LocalTime
import Money
import Promo
import RuleSyntax

/// What can be said of a campaign before anything is priced.
struct Standing {
  /// Why it cannot apply; nil when it may.
  var refusal: Refusal?
  /// The code it was opened with, as presented.
  var code: String?
  /// The tier row reached, where that does not wait for prices.
  var row: Int?
  /// Conditions that wait for prices.
  var deferred: [ConditionSyntax] = []
  /// Whether the tier row waits for prices.
  var defersRow = false
}

extension Scene {
  /// Looks for reasons against a campaign in the order the language names them.
  func standing(of campaign: Campaign) -> Standing {
    var standing = Standing()
    standing.deferred = campaign.conjuncts.filter(\.readsAfterDiscounts)
    standing.defersRow = campaign.tiersBy?.readsAfterDiscounts ?? false
    if let code = campaign.currencyCode, code != cart.currency.code {
      standing.refusal = Refusal(.currency)
    } else if cart.declined.contains(where: { same($0, campaign.name) }) {
      standing.refusal = Refusal(.declined)
    } else if !isAddressed(campaign) {
      standing.refusal = Refusal(.audience)
    } else if campaign.hasCode, presentedCodes(campaign).isEmpty {
      standing.refusal = Refusal(.code)
    } else if !isActive(campaign) {
      standing.refusal = Refusal(.schedule)
    } else if hasReachedLimit(campaign) {
      standing.refusal = Refusal(.limit)
    } else if remainingCap(campaign) ?? 1 <= 0 {
      standing.refusal = Refusal(.cap)
    } else {
      standing.refusal = refusal(by: campaign.conjuncts.filter { !$0.readsAfterDiscounts })
      if !standing.defersRow { decideRow(of: campaign, &standing) }
    }
    standing.code = usableCode(campaign) ?? presentedCodes(campaign).first
    return standing
  }

  // MARK: Who

  private func isAddressed(_ campaign: Campaign) -> Bool {
    switch campaign.audience {
    case .members: guard customer.isMember else { return false }
    case .guests: guard !isIdentified else { return false }
    case .groups(let groups):
      let isInAny = customer.groups.contains { group in groups.contains { same($0.text, group) } }
      guard isInAny else { return false }
    case .customer(let wanted):
      guard let id = customer.id, same(id, wanted.text) else { return false }
    case nil: break
    }
    let bounds = campaign.limits.map(\.bound) + campaign.caps.map(\.bound)
    if bounds.contains(where: \.isPerCustomer), !isIdentified { return false }
    return campaign.canGive || customer.isMember
  }

  // MARK: Codes

  /// The codes of a campaign that were presented, trimmed, in the order presented.
  func presentedCodes(_ campaign: Campaign) -> [String] {
    cart.codes.map(trimmed).filter { code in
      campaign.codes.contains { normalized($0) == lowered(code) }
    }
  }

  private func usableCode(_ campaign: Campaign) -> String? {
    presentedCodes(campaign).first { uses(of: $0, campaign) < (codeLimit(campaign) ?? .max) }
  }

  private func codeLimit(_ campaign: Campaign) -> Int64? {
    campaign.limits.filter { if case .code = $0.bound { true } else { false } }.map(\.count).min()
  }

  private func uses(of code: String, _ campaign: Campaign) -> Int64 {
    let codes = cart.usage[campaign.name]?.codes ?? [:]
    return codes.filter { normalized($0.key) == lowered(code) }.map(\.value).reduce(0, +)
  }

  // MARK: Limits and caps

  private func redemptions(_ campaign: Campaign, _ period: CalendarUnit?) -> [Cart.Redemption] {
    customer.redemptions.filter { use in
      same(use.campaign, campaign.name) && period.map { isInPeriod($0, use.at) } ?? true
    }
  }

  private func hasReachedLimit(_ campaign: Campaign) -> Bool {
    if remainingUses(campaign) ?? 1 <= 0 { return true }
    return codeLimit(campaign) != nil && usableCode(campaign) == nil
  }

  /// How many more orders it may give in, by its limits per customer and in total.
  func remainingUses(_ campaign: Campaign) -> Int64? {
    campaign.limits.compactMap { limit -> Int64? in
      switch limit.bound {
      case .customer(let period): limit.count - Int64(redemptions(campaign, period).count)
      case .total: limit.count - (cart.usage[campaign.name]?.redemptions ?? 0)
      case .code, .order: nil
      }
    }.min()
  }

  /// The smallest number of uses left by all limits, for texts.
  func shownRemainingUses(_ campaign: Campaign) -> Int64? {
    let ofCode = codeLimit(campaign).flatMap { limit in
      usableCode(campaign).map { limit - uses(of: $0, campaign) }
    }
    return [remainingUses(campaign), ofCode].compactMap { $0 }.min()
  }

  /// Minor units it may still give in this order; nil without a cap.
  func remainingCap(_ campaign: Campaign) -> Int64? {
    campaign.caps.compactMap { cap -> Int64? in
      guard case .money(let money) = cap.amount,
        let most = (try? minorUnits(money)).map({ Int64(clamping: $0.floor) })
      else { return nil }
      switch cap.bound {
      case .customer(let period):
        let given = redemptions(campaign, period).map { $0.discount?.minorUnits ?? 0 }
        return most - given.reduce(0, +)
      case .total: return most - (cart.usage[campaign.name]?.discount?.minorUnits ?? 0)
      case .order, .code: return most
      }
    }.min()
  }

  /// How much of a balance it may still issue; nil without a cap.
  func remainingCap(_ campaign: Campaign, of balance: String) throws(Failure) -> Rational? {
    let shift = book.balance(balance)?.isMoney == true ? cart.currency.decimals : 0
    var least: Rational?
    for cap in campaign.caps {
      guard case .balance(let count, let name) = cap.amount,
        book.balance(name.text)?.name == balance
      else { continue }
      let issued: [ExactDecimal?] =
        switch cap.bound {
        case .customer(let period): redemptions(campaign, period).map(\.earned)
        case .total: [cart.usage[campaign.name]?.earned]
        case .order, .code: []
        }
      var rest = try Rational(digits: count.value, decimals: 0, shift: shift)
      for amount in issued.compactMap({ $0 }) {
        rest = try rest - Rational(digits: amount.value, decimals: amount.decimals, shift: shift)
      }
      least = min(least ?? rest, max(rest, .zero))
    }
    return least.map { max($0, .zero) }
  }

  // MARK: Tiers

  /// Finds the highest row reached; without one no single condition is what is missing.
  func decideRow(of campaign: Campaign, _ standing: inout Standing) {
    var reached = Standing()
    reachRow(of: campaign, &reached)
    standing.row = reached.row
    if standing.refusal == nil {
      standing.refusal = reached.refusal
    } else if reached.refusal != nil {
      standing.refusal?.forgetMissing()
    }
  }

  /// Finds the highest row reached, or says why none is.
  private func reachRow(of campaign: Campaign, _ standing: inout Standing) {
    guard let by = campaign.tiersBy else { return }
    do {
      let value = try value(of: by)
      let thresholds = try thresholds(of: campaign)
      let reached = thresholds.indices.filter { compare(value, .greaterOrEqual, thresholds[$0]) }
      standing.row = try reached.max { try lower(thresholds[$0], thresholds[$1]) }
      guard standing.row == nil, let first = try thresholds.min(by: lower) else { return }
      var refusal = Refusal(.condition)
      refusal.detail = Answer.Detail(
        left: value?.text(in: cart.currency), operator: ">=",
        right: first.text(in: cart.currency))
      if let shortfall = try shortfall(of: by, .greaterOrEqual, first) {
        refusal.missing = shortfall.missing
        refusal.lacking = shortfall.lacking
      }
      standing.refusal = refusal
    } catch {
      standing.refusal = Refusal(.error)
    }
  }

  private func lower(_ left: Value, _ right: Value) throws(Failure) -> Bool {
    (left.figure ?? .zero) < (right.figure ?? .zero)
  }

  private func thresholds(of campaign: Campaign) throws(Failure) -> [Value] {
    var values: [Value] = []
    for row in campaign.rows {
      switch row.threshold {
      case .money(let money): values.append(.money(try minorUnits(money)))
      case .number(let number): values.append(.number(try self.number(number)))
      }
    }
    return values
  }

  /// What is missing for the row after the one reached.
  func missingForNextRow(of campaign: Campaign, after row: Int) -> Quote.Missing? {
    guard let by = campaign.tiersBy, let thresholds = try? thresholds(of: campaign) else {
      return nil
    }
    let higher = thresholds.filter { compare($0, .greater, thresholds[row]) }
    guard let next = try? higher.min(by: lower) else { return nil }
    return (try? shortfall(of: by, .greaterOrEqual, next))??.missing
  }
}

extension BoundSyntax {
  var isPerCustomer: Bool { if case .customer = self { true } else { false } }
}
