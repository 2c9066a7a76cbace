import Money
import Promo
import RuleSyntax

/// A cart that cannot be quoted at all.
package enum CartRefusal: Error, Equatable {
  /// A balance the rules do not declare, or not for this use.
  case balance(String)
}

extension Till {
  /// Takes balances as a discount, in the order declared, and shares them over what is paid.
  mutating func redeem() throws(Failure) -> [Answer.BalanceUse] {
    var uses: [Answer.BalanceUse] = []
    let lines = portions.indices.filter { !cart.lines[portions[$0].line].isGiftCard }
    let costBefore = lines.map { portions[$0].cost }.reduce(0, +)
    for (index, balance) in book.balances.enumerated() {
      guard let asked = cart.redeem[balance.name] else { continue }
      let cost = lines.map { portions[$0].cost }.reduce(0, +)
      let use = try granted(balance, asked, atMost: cost, ofOrder: costBefore)
      uses.append(use)
      let parts = lines.map { index in
        let portion = portions[index]
        return Portion(
          line: portion.line, key: portion.key, weight: portion.cost, capacity: portion.cost)
      }
      for (line, share) in zip(lines, share(use.value.minorUnits, over: parts)) {
        portions[line].taken += share
        note(share, line: portions[line].line, .redeem, by: index)
      }
    }
    return uses
  }

  /// Takes balances as payment, in the order declared, up to what is due.
  func pay(_ total: Int64, ofOrder cost: Int64) throws(Failure) -> [Answer.BalanceUse] {
    var uses: [Answer.BalanceUse] = []
    var due = total
    for balance in book.balances {
      guard let asked = cart.pay[balance.name] else { continue }
      let use = try granted(balance, asked, atMost: due, ofOrder: cost)
      due -= use.value.minorUnits
      uses.append(use)
    }
    return uses
  }

  /// The least of asked, available, `at most` and what there is to pay, in whole steps.
  private func granted(
    _ balance: Balance, _ asked: ExactDecimal, atMost cost: Int64, ofOrder order: Int64
  ) throws(Failure) -> Answer.BalanceUse {
    let shift = balance.isMoney ? cart.currency.decimals : 0
    func whole(_ digits: ExactDecimal) throws(Failure) -> Int128 {
      try Rational(digits: digits.value, decimals: digits.decimals, shift: shift).floor
    }
    func whole(_ fact: AmountSyntax) throws(Failure) -> Int128 {
      switch fact {
      case .count(let count): Int128(count.value)
      case .money(let money): try base.minorUnits(money).floor
      }
    }
    var bound = Int128(cost)
    if let percent = balance.atMostOfOrder {
      let fraction = try Rational(
        digits: percent.digits.value, decimals: percent.digits.decimals + 2)
      bound = min(bound, try (fraction * Rational(order)).floor)
    }
    /// The money that an amount of the balance stands for.
    func value(_ amount: Int128) throws(Failure) -> Int128 {
      guard !balance.isMoney, let (worth, per) = balance.worth else { return amount }
      let each = try base.minorUnits(worth) / Rational(per)
      return try (each * Rational(amount, over: 1)).floor
    }
    let held = base.isAnonymous ? nil : base.customer.balances[balance.name]
    var units = min(try whole(asked), try whole(held ?? ExactDecimal(value: 0)))
    if !balance.isMoney, let (worth, per) = balance.worth {
      // The largest number of points worth no more than the bound: one less than what it takes
      // to be worth one minor unit more.
      let each = try base.minorUnits(worth) / Rational(per)
      units = min(units, try (Rational(bound + 1, over: 1) / each).ceiling - 1)
    } else {
      units = min(units, bound)
    }
    let step = max(1, try balance.step.map(whole) ?? 1)
    units = max(0, units - units % step)
    if let least = balance.atLeast, try units < whole(least) { units = 0 }
    return Answer.BalanceUse(
      balance: balance.name,
      amount: ExactDecimal(
        value: try amount(units), decimals: balance.isMoney ? cart.currency.decimals : 0),
      value: Money(minorUnits: try amount(value(units)), currency: cart.currency))
  }
}
