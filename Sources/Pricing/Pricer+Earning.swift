import Money

extension Pricer {
  /// What the order earns once it is bought, on what is paid after discounts and cashback.
  ///
  /// Campaigns of the choice earn only if they gave something.
  mutating func earn() {
    guard !earners.isEmpty || giverFlags.contains(.earns) && choiceEarns() else { return }
    let earning = admittedEarners()
    guard !earning.isEmpty else { return }
    let multipliers = multipliers(among: earning)
    for (campaign, row) in earning {
      earn(campaign, row: row, multipliers: multipliers.filter { $0.campaign != campaign })
    }
    for (campaign, _) in earning where campaigns[campaign].onlyEarns {
      if campaigns[campaign].refusal != nil || campaigns[campaign].hasRaised { continue }
      campaigns[campaign].refusal = refusalAfterEarning(campaign)
    }
  }

  /// Whether a campaign of the choice speaks of earning.
  private mutating func choiceEarns() -> Bool {
    for place in choice.members.indices
    where program.gates[Int(choice.members[place])].flags.contains(.earns) {
      return true
    }
    return false
  }

  /// Why a campaign that should earn has not; nil when it has.
  ///
  /// One whose points were clipped to nothing by its cap is kept out by the cap.
  @inline(__always)
  func refusalAfterEarning(_ campaign: Int32) -> Refusal.Reason? {
    let state = campaigns[campaign]
    return state.hasEarned ? nil : state.hasIssued ? .cap : .nothingToGive
  }

  private mutating func multipliers(among earning: [(campaign: Int32, row: Int)]) -> [Multiplier] {
    var found: [Multiplier] = []
    for (campaign, row) in earning {
      for earn in program.campaigns[Int(campaign)].rows[row].earns {
        guard case .times(let factor, let selection) = earn.kind else { continue }
        let covered =
          selection.map { selection in
            lines(of: selection).map { pool.lines[$0] }
          } ?? earningLines
        found.append((campaign, earn.balance, factor, covered))
      }
    }
    return found
  }

  /// Campaigns that may earn, with the row that applies, in file order.
  private mutating func admittedEarners() -> [(campaign: Int32, row: Int)] {
    var admitted: [(campaign: Int32, row: Int)] = []
    readingStage = .redeem
    for place in earners.indices {
      let campaign = earners[place]
      guard shopper.isMember else {
        campaigns[campaign].refusal = .nothingToGive
        continue
      }
      guard let late = decideLate(campaign) else {
        campaigns[campaign].refusal = .error
        continue
      }
      guard late.isAdmitted, let row = late.row else {
        campaigns[campaign].refusal = .condition
        continue
      }
      admitted.append((campaign, row))
    }
    for place in choice.members.indices where shopper.isMember {
      let campaign = choice.members[place]
      guard program.gates[Int(campaign)].flags.contains(.earns),
        let row = campaigns[campaign].row
      else { continue }
      let state = campaigns[campaign]
      let onlyEarns =
        !state.hasFailed && !state.isHeldBack
        && program.campaigns[Int(campaign)].rows[row].gives.isEmpty
      if state.hasGiven || onlyEarns { admitted.append((campaign, row)) }
    }
    return admitted.sorted { $0.campaign < $1.campaign }
  }

  /// Lines that are earned on.
  private var earningLines: [Int32] {
    (0..<Int32(cart.lineCount)).filter {
      cart.traits[Int($0)].isDisjoint(with: [.giftCard, .gift])
    }
  }

  private mutating func earn(
    _ campaign: Int32, row: Int, multipliers: [Multiplier]
  ) {
    var sums: [(plan: EarnPlan, sum: Rational?)] = []
    for earn in program.campaigns[Int(campaign)].rows[row].earns {
      if case .times = earn.kind { continue }
      let own = multipliers.filter { $0.balance == earn.balance }
      let amount = amountEarned(earn.kind, multipliers: own)
      if let index = sums.firstIndex(where: { isSameTerm($0.plan, earn) }) {
        sums[index].sum = sums[index].sum.flatMap { sum in amount.flatMap { sum.adding($0) } }
      } else {
        sums.append((earn, amount))
      }
    }
    let amounts = sums.compactMap { wholeUnits($0.sum, of: $0.plan.balance) }
    guard amounts.count == sums.count else {
      if campaigns[campaign].onlyEarns { campaigns[campaign].refusal = .error }
      return
    }
    for (earn, whole) in zip(sums.map(\.plan), amounts) {
      add(whole, of: earn, campaign)
    }
  }

  /// An exact sum cut to whole points, or rounded to minor units; nil when it does not fit.
  private mutating func wholeUnits(_ sum: Rational?, of balance: Int32) -> Int64? {
    guard let sum else { return nil }
    let isMoney = program.balances[Int(balance)].isMoney
    return Int64(exactly: isMoney ? sum.rounded(program.rounding) : sum.floor)
  }

  private func isSameTerm(_ first: EarnPlan, _ second: EarnPlan) -> Bool {
    first.balance == second.balance && first.after == second.after
      && first.expiresIn == second.expiresIn
  }

  private mutating func add(
    _ whole: Int64, of earn: EarnPlan, _ campaign: Int32
  ) {
    guard whole > 0 else { return }
    var left = issueLeft(campaign, earn.balance)
    if left < .max {
      for amount in earned where amount.campaign == campaign && amount.balance == earn.balance {
        left = max(0, left - amount.amount)
      }
    }
    let granted = min(whole, left)
    campaigns[campaign].hasIssued = true
    if granted > 0 { campaigns[campaign].hasEarned = true }
    earned.append(
      EarnedAmount(
        campaign: campaign, balance: earn.balance, amount: granted, clipped: whole - granted,
        after: earn.after, expiresIn: earn.expiresIn))
  }

  /// What the caps of a campaign leave to be issued of a balance.
  private mutating func issueLeft(_ campaign: Int32, _ balance: Int32) -> Int64 {
    let plan = program.campaigns[Int(campaign)]
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
