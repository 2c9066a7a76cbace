import Money

extension Pricer {
  /// What the order earns once it is bought, on what is paid after discounts and cashback.
  ///
  /// - Parameters:
  ///   - chosen: Campaigns of the choice; they earn only if they gave something.
  ///   - earners: Campaigns that only earn, at least in the row of their tiers that applies.
  mutating func earn(chosen: [Int32], earners: [Int32], into result: inout Evaluation) {
    let earning = admittedEarners(earners, chosen: chosen, into: &result)
    var multipliers: [(campaign: Int32, balance: Int32, factor: Rational, lines: [Int32])] = []
    for (campaign, row) in earning {
      for earn in plan(campaign).rows[row].earns {
        guard case .times(let factor, let selection) = earn.kind else { continue }
        let covered = selection.map { lines(of: $0) } ?? earningLines
        multipliers.append((campaign, earn.balance, factor, covered))
      }
    }
    var raising = Set<Int32>()
    for (campaign, row) in earning {
      let own = multipliers.filter { $0.campaign != campaign }
      earn(campaign, row: row, multipliers: own, raising: &raising, into: &result)
    }
    let onlyEarning = Set(earners)
    for (campaign, _) in earning where onlyEarning.contains(campaign) {
      if case .refused = result.verdicts[Int(campaign)] { continue }
      result.verdicts[Int(campaign)] =
        raising.contains(campaign)
        ? .earnedOnly
        : verdictOnEarning(campaign, result)
          ?? .refused(Refusal(reason: .nothingToGive, code: admissions[campaign]?.code))
    }
  }

  /// What is said of a campaign by what it earned; nil when it earned nothing, clipped or not.
  ///
  /// One whose points were clipped to nothing by its cap is kept out by the cap.
  func verdictOnEarning(_ campaign: Int32, _ result: Evaluation) -> Verdict? {
    let own = result.earned.filter { $0.campaign == campaign }
    if own.isEmpty { return nil }
    if own.contains(where: { $0.amount > 0 }) { return .earnedOnly }
    let admission = admissions[campaign]
    return .refused(
      Refusal(reason: .cap, code: admission?.code, remainingUses: admission?.remainingUses))
  }

  /// Campaigns that may earn, with the row that applies, in file order.
  private mutating func admittedEarners(
    _ earners: [Int32], chosen: [Int32], into result: inout Evaluation
  ) -> [(campaign: Int32, row: Int)] {
    var admitted: [(campaign: Int32, row: Int)] = []
    readingStage = .redeem
    for campaign in earners {
      guard shopper.isMember else {
        result.verdicts[Int(campaign)] = .refused(
          Refusal(reason: .nothingToGive, code: admissions[campaign]?.code))
        continue
      }
      guard let late = decideLate(campaign) else {
        result.verdicts[Int(campaign)] = .refused(
          Refusal(reason: .error, code: admissions[campaign]?.code))
        continue
      }
      guard late.isAdmitted, let row = late.row else {
        result.verdicts[Int(campaign)] = .refused(
          Refusal(reason: .condition, code: admissions[campaign]?.code))
        continue
      }
      admitted.append((campaign, row))
    }
    for campaign in chosen where shopper.isMember {
      guard let state = progress[campaign], let row = state.row else { continue }
      let onlyEarns =
        !state.hasFailed && !state.isHeldBack && plan(campaign).rows[row].gives.isEmpty
      if hasGiven(state) || onlyEarns { admitted.append((campaign, row)) }
    }
    return admitted.sorted { $0.campaign < $1.campaign }
  }

  /// Whether a campaign took something off or proposed a gift.
  func hasGiven(_ state: CampaignProgress) -> Bool {
    !state.hasFailed && !state.isHeldBack
      && (state.given > 0 || state.shippingGiven > 0 || !state.gifts.isEmpty)
  }

  /// Lines that are earned on.
  private var earningLines: [Int32] {
    (0..<Int32(cart.lineCount)).filter {
      cart.traits[Int($0)].isDisjoint(with: [.giftCard, .gift])
    }
  }

  private mutating func earn(
    _ campaign: Int32, row: Int,
    multipliers: [(campaign: Int32, balance: Int32, factor: Rational, lines: [Int32])],
    raising: inout Set<Int32>, into result: inout Evaluation
  ) {
    var sums: [(plan: EarnPlan, sum: Rational?)] = []
    for earn in plan(campaign).rows[row].earns {
      if case .times = earn.kind { continue }
      let own = multipliers.filter { $0.balance == earn.balance }
      let amount = amountEarned(earn.kind, multipliers: own, raising: &raising)
      if let index = sums.firstIndex(where: { isSameTerm($0.plan, earn) }) {
        sums[index].sum = sums[index].sum.flatMap { sum in amount.flatMap { sum.adding($0) } }
      } else {
        sums.append((earn, amount))
      }
    }
    let amounts = sums.compactMap { wholeUnits($0.sum, of: $0.plan.balance) }
    guard amounts.count == sums.count else {
      result.verdicts[Int(campaign)] = .refused(
        Refusal(reason: .error, code: admissions[campaign]?.code))
      return
    }
    for (earn, whole) in zip(sums.map(\.plan), amounts) {
      add(whole, of: earn, campaign, into: &result)
    }
  }

  /// An exact sum cut to whole points, or rounded to minor units; nil when it does not fit.
  private func wholeUnits(_ sum: Rational?, of balance: Int32) -> Int64? {
    guard let sum else { return nil }
    let isMoney = program.balances[Int(balance)].isMoney
    return Int64(exactly: isMoney ? sum.rounded(program.rounding) : sum.floor)
  }

  private func isSameTerm(_ first: EarnPlan, _ second: EarnPlan) -> Bool {
    first.balance == second.balance && first.after == second.after
      && first.expiresIn == second.expiresIn
  }

  private mutating func add(
    _ whole: Int64, of earn: EarnPlan, _ campaign: Int32, into result: inout Evaluation
  ) {
    guard whole > 0 else { return }
    let soFar = result.earned.reduce(Int64(0)) {
      let isSame = $1.campaign == campaign && $1.balance == earn.balance
      return isSame ? saturatingSum($0, $1.amount) : $0
    }
    let granted = min(whole, max(0, issueLeft(campaign, earn.balance) - soFar))
    result.earned.append(
      EarnedAmount(
        campaign: campaign, balance: earn.balance, amount: granted, clipped: whole - granted,
        after: earn.after, expiresIn: earn.expiresIn))
  }

  /// What the caps of a campaign leave to be issued of a balance.
  private func issueLeft(_ campaign: Int32, _ balance: Int32) -> Int64 {
    let plan = plan(campaign)
    var left = Int64.max
    for cap in plan.caps where cap.balance == balance {
      let used: Int64 =
        switch cap.bound {
        case .order, .code: 0
        case .customer(let period):
          redemptions(of: plan, in: period).reduce(0) { saturatingSum($0, $1.earned) }
        case .total: shopper.usage[campaign]?.earned ?? 0
        }
      left = min(left, max(0, cap.amount - used))
    }
    return left
  }
}
