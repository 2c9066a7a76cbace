import Ledger
import LocalTime

extension CoinModel {
  /// What undoing a purchase must answer.
  mutating func void(_ order: String, _ policy: ReturnPolicy, at now: Instant)
    -> LedgerAnswer
  {
    guard let purchase = purchases[order] else { return LedgerAnswer(.unknownOrder) }
    if purchase.state == "voided" { return LedgerAnswer(.alreadyVoided) }
    guard purchase.state == "final", purchase.returned.allSatisfy({ $0 == 0 }) else {
      return LedgerAnswer(.alreadyReturned)
    }
    purchases[order]?.returned = purchase.quantities
    var answer = undo(order, policy, at: now)
    answer.code = .voided
    purchases[order]?.state = "voided"
    return answer
  }

  /// What a return must answer.
  mutating func giveBack(
    _ order: String, _ lines: [LedgerCommand.ReturnedLine], _ policy: ReturnPolicy,
    at now: Instant
  ) -> LedgerAnswer {
    guard var purchase = purchases[order] else { return LedgerAnswer(.unknownOrder) }
    if purchase.state == "voided" { return LedgerAnswer(.alreadyVoided) }
    if purchase.state == "returned" { return LedgerAnswer(.alreadyReturned) }
    let before = purchase.returned
    for line in lines {
      guard let place = purchase.ids.firstIndex(of: line.id) else {
        return LedgerAnswer(.unknownLine, subject: line.id)
      }
      purchase.returned[place] += line.quantity
      guard purchase.returned[place] <= purchase.quantities[place] else {
        return LedgerAnswer(
          .exceedsLine, amount: purchase.quantities[place] - before[place], subject: line.id)
      }
    }
    purchases[order] = purchase
    let answer = undo(order, policy, at: now)
    if purchase.returned == purchase.quantities { purchases[order]?.state = "returned" }
    return answer
  }

  /// Brings a purchase's value to where its returned units say it should be.
  private mutating func undo(_ order: String, _ policy: ReturnPolicy, at now: Instant)
    -> LedgerAnswer
  {
    guard var purchase = purchases[order] else { return LedgerAnswer(.unknownOrder) }
    let isWhole = purchase.returned == purchase.quantities
    let (returned, quantities) = (purchase.returned, purchase.quantities)
    func worth(_ amount: Int64, _ shares: [Int64]) -> Int64 {
      if isWhole { return amount }
      return shares.indices.reduce(0) { $0 + shares[$1] * returned[$1] / quantities[$1] }
    }
    var (taken, missing): (Int64, Int64) = (0, 0)
    if let account = purchase.account {
      for index in purchase.spent.indices where purchase.spent[index].payer == nil {
        restore(&purchase.spent[index], to: account, worth)
      }
      for index in purchase.earned.indices {
        let earned = purchase.earned[index]
        let target = worth(earned.amount, earned.shares)
        let left = takeBack(target - earned.takenBack, earned.key, account, policy)
        taken += target - earned.takenBack - left
        missing += left
        purchase.earned[index].takenBack = target
      }
      settle(account, at: now)
    }
    for payer in purchase.spent.compactMap(\.payer) {
      for index in purchase.spent.indices where purchase.spent[index].payer == payer {
        restore(&purchase.spent[index], to: payer, worth)
      }
      settle(payer, at: now)
    }
    if isWhole {
      for (key, discount) in purchase.counts {
        let (uses, sum) = usage[key] ?? (0, 0)
        usage[key] = (uses - 1, sum - discount)
      }
      giveCodesBack(order)
      unvisit(order, at: now)
    }
    purchases[order] = purchase
    return LedgerAnswer(.returned, amount: taken, rest: missing)
  }

  /// Puts back into an account what it paid, as far as it is due; what was owed is new.
  private mutating func restore(
    _ spent: inout Purchase.Spent, to account: String,
    _ worth: (_ amount: Int64, _ shares: [Int64]) -> Int64
  ) {
    let target = worth(spent.amount, spent.shares)
    guard target > spent.restored else { return }
    let there = Int64(spent.coins.count)
    let coins = spent.coins[Int(min(there, spent.restored))..<Int(min(there, target))]
    accounts[account]?.coins += coins
    let owed = target - spent.restored - Int64(coins.count)
    if owed > 0 { mint(owed, spent.balance, account, expiresAt: nil, isReward: false) }
    spent.restored = target
    repay(account, spent.balance)
  }

  private mutating func takeBack(
    _ amount: Int64, _ key: [String], _ account: String, _ policy: ReturnPolicy
  ) -> Int64 {
    guard amount > 0 else { return 0 }
    if let index = accounts[account]?.promises.firstIndex(where: { $0.key == key }) {
      accounts[account]?.promises[index].amount -= amount
      if accounts[account]?.promises[index].amount == 0 {
        accounts[account]?.promises.remove(at: index)
      }
      return 0
    }
    let taken =
      switch policy {
      case .pendingOnly: Int64(0)
      case .withinBalance: min(amount, max(0, free(account, key[2])))
      case .debt: amount
      }
    burn(taken, key[2], account)
    return amount - taken
  }

  private mutating func repay(_ account: String, _ balance: String) {
    let owed = min(
      accounts[account]?.debts[balance] ?? 0, Int64(spendable(account, balance).count))
    guard owed > 0 else { return }
    accounts[account]?.debts[balance, default: 0] -= owed
    burn(owed, balance, account)
  }
}
