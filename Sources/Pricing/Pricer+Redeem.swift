import Money

extension Pricer {
  /// Takes balances as a discount, then as payment, in the order they are declared.
  mutating func redeemBalances() {
    guard !program.balances.isEmpty else { return }
    let paying = (0..<Int32(cart.lineCount)).filter {
      cart.traits[Int($0)].isDisjoint(with: [.giftCard, .gift])
    }
    let order = paying.reduce(0) { $0 + cost(ofLine: $1, before: .shipping) }
    for balance in program.balances.indices {
      guard let asked = shopper.redeem[balance] else { continue }
      let open = paying.reduce(0) { $0 + cost(ofLine: $1, before: .redeem) }
      let grant = grant(balance, asked: asked, open: open, order: order)
      share(grant.value, of: Int32(balance), over: paying)
      redeemed.append(grant)
    }
    let lines = (0..<Int32(cart.lineCount)).reduce(0) { $0 + cost(ofLine: $1, before: .redeem) }
    var due = lines + (cart.shipping ?? 0) - shippingDiscount
    for balance in program.balances.indices {
      guard let asked = shopper.pay[balance] else { continue }
      let grant = grant(balance, asked: asked, open: due, order: order)
      due -= grant.value
      payments.append(grant)
    }
  }

  /// The least of what is asked, available, allowed and open, in whole steps.
  ///
  /// - Parameters:
  ///   - open: Minor units that are left to be covered.
  ///   - order: What the lines cost after discounts, gift cards aside.
  private mutating func grant(_ balance: Int, asked: Int64, open: Int64, order: Int64)
    -> BalanceGrant
  {
    let plan = program.balances[balance]
    var coverable = open
    if let share = plan.atMostOfOrderPPM {
      let most = Int128(order) * Int128(share) / 1_000_000
      coverable = min(coverable, Int64(clamping: most))
    }
    var amount = min(asked, shopper.balances[balance], amountWorth(atMost: coverable, plan))
    if let step = plan.step, step > 0 { amount -= amount % step }
    if amount < plan.atLeast ?? 0 || shopper.isAnonymous { amount = 0 }
    amount = max(0, amount)
    return BalanceGrant(balance: Int32(balance), amount: amount, value: worth(of: amount, plan))
  }

  /// The largest amount of a balance that stands for at most some minor units.
  private func amountWorth(atMost minorUnits: Int64, _ plan: BalancePlan) -> Int64 {
    if plan.isMoney { return minorUnits }
    guard let worth = plan.worthMinorUnits, worth > 0 else { return 0 }
    let (below, overflow) = (Int128(minorUnits) + 1).multipliedReportingOverflow(
      by: Int128(plan.worthPer))
    guard !overflow else { return .max }
    return Int64(clamping: (below + Int128(worth) - 1) / Int128(worth) - 1)
  }

  private func worth(of amount: Int64, _ plan: BalancePlan) -> Int64 {
    if plan.isMoney { return amount }
    guard let worth = plan.worthMinorUnits else { return 0 }
    return Int64(clamping: Int128(amount) * Int128(worth) / Int128(plan.worthPer))
  }

  private mutating func share(_ value: Int64, of balance: Int32, over lines: [Int32]) {
    guard value > 0 else { return }
    var open: [Int32] = []
    for line in lines { runs.forEachRun(of: line) { open.append($0) } }
    let parts = open.map { run in
      let cost = runs.cost(run) - runs.redeemedShare(run)
      return CellPart(
        key: cellKey(run, newPrice: 0), line: runs.line(run), weight: cost, capacity: cost)
    }
    for (run, share) in zip(open, share(value, over: parts)) where share > 0 {
      runs.redeem(share, from: run)
      entries.append(share, line: runs.line(run), source: balance, stage: .redeem)
    }
  }
}
