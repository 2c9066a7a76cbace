import Ledger
import LocalTime

extension CoinModel {
  /// A purchase as the model remembers it.
  struct Purchase: Sendable {
    struct Spent: Sendable {
      var account: String
      var balance: String
      /// Those that were there; the rest of the amount was owed.
      var coins: [Coin]
      var amount: Int64
      var shares: [Int64]
      var restored: Int64 = 0
    }
    struct Earned: Sendable {
      var key: [String]
      var amount: Int64
      var shares: [Int64]
      var takenBack: Int64 = 0
    }
    var account: String?
    var ids: [String]
    var quantities: [Int64]
    var returned: [Int64]
    var spent: [Spent] = []
    var earned: [Earned] = []
    var counts: [(key: [String], discount: Int64)] = []
    var state = "final"
  }

  /// What a checkout must answer; nothing of it happens when one part is refused.
  mutating func checkout(_ record: CheckoutRecord, at now: Instant) -> LedgerAnswer {
    guard purchases[record.order] == nil else { return LedgerAnswer(.orderExists) }
    var changed = self
    let answer = changed.buy(record, at: now)
    if answer.code == .recorded { self = changed }
    return answer
  }

  private mutating func buy(_ record: CheckoutRecord, at now: Instant) -> LedgerAnswer {
    var purchase = Purchase(
      account: record.account, ids: record.lines.map(\.id),
      quantities: record.lines.map(\.quantity), returned: record.lines.map { _ in 0 })
    for use in record.uses {
      for claim in use.claims {
        let key = [use.campaign, claim.scope.rawValue, claim.key, claim.period]
        let (uses, discount) = usage[key] ?? (0, 0)
        if let most = claim.usesMaximum, uses >= most {
          return LedgerAnswer(.limitReached, amount: most, subject: use.campaign)
        }
        if let most = claim.discountMaximum, discount + use.discount > most {
          return LedgerAnswer(
            .budgetExhausted, amount: max(0, most - discount), subject: use.campaign)
        }
        usage[key] = (uses + 1, discount + use.discount)
        purchase.counts.append((key, use.discount))
      }
    }
    let weights = record.lines.map(\.paid)
    var clipped: Int64 = 0
    var clippedCampaign = ""
    if let account = record.account {
      guard accounts[account] != nil else { return LedgerAnswer(.unknownAccount) }
      if let refusal = refusal(ofRecording: record, account) { return refusal }
      for spend in record.spends where isOutside(spend, account) {
        let (refusal, spent) = takeOutside(spend, weights, at: now)
        if let refusal { return refusal }
        purchase.spent += spent
      }
      for spend in record.spends where !isOutside(spend, account) {
        let (refusal, balance, coins) = take(spend, account)
        if let refusal { return refusal }
        purchase.spent.append(
          Purchase.Spent(
            account: account, balance: balance, coins: coins, amount: spend.amount,
            shares: split(spend.amount, weights)))
      }
      for reward in record.rewards {
        let issue = LedgerCommand.Issue(
          account: account, balance: reward.balance, amount: reward.amount,
          order: record.order, campaign: reward.campaign, availableAt: reward.availableAt,
          expiresAt: reward.expiresAt)
        let earned = purchase.earned.filter { $0.key[2] == reward.balance }
        let place = earned.count { $0.key[1] == reward.campaign }
        var answer = self.issue(
          issue, place: place, after: earned.reduce(0) { $0 + $1.amount }, at: now)
        answer.subject = answer.code == .unknownBalance ? reward.balance : reward.campaign
        if answer.code == .alreadyIssued {
          answer = LedgerAnswer(.rewardExists, subject: reward.campaign)
        }
        guard answer.isAccepted else { return answer }
        if answer.rest > 0, clipped == 0 { clippedCampaign = reward.campaign }
        clipped += answer.rest
        guard answer.amount > 0 else { continue }
        purchase.earned.append(
          Purchase.Earned(
            key: [record.order, reward.campaign, reward.balance, "\(place)"],
            amount: answer.amount,
            shares: split(answer.amount, weights)))
      }
    }
    purchases[record.order] = purchase
    return LedgerAnswer(.recorded, rest: clipped, subject: clippedCampaign)
  }

  /// Takes coins for a spend, and keeps them to be put back.
  private mutating func take(_ spend: CheckoutRecord.Spend, _ account: String)
    -> (LedgerAnswer?, String, [Coin])
  {
    let before = accounts[account]?.coins ?? []
    var refusal: LedgerAnswer?
    var name = ""
    var balance = ""
    switch spend.source {
    case .hold(let id, let remainder):
      name = id
      guard let owner = holdOwners[id] else {
        return (LedgerAnswer(.unknownHold, subject: id), "", [])
      }
      guard owner.account == account else {
        return (LedgerAnswer(.otherHold, subject: id), "", [])
      }
      balance = owner.balance
      let mine = inSpendingOrder(before.filter { $0.holder == id })
      let answer = capture(id, spend.amount, remainder)
      if answer.code != .captured { refusal = answer }
      refusal?.subject = name
      return (refusal, balance, mine.prefix(Int(spend.amount)).map(free))
    case .spending(let id, _): return (LedgerAnswer(.wrongKind, subject: id), "", [])
    case .balance(let known):
      name = known
      balance = known
      guard terms.balances.contains(known) else {
        return (LedgerAnswer(.unknownBalance, subject: known), "", [])
      }
      let there = max(0, self.free(account, known))
      guard there >= spend.amount else {
        return (LedgerAnswer(.insufficient, amount: there, subject: name), "", [])
      }
      let taken = spendable(account, known).prefix(Int(spend.amount)).map { before[$0] }
      burn(spend.amount, known, account)
      return (nil, balance, taken.map(free))
    }
  }

  private func free(_ coin: Coin) -> Coin {
    var coin = coin
    coin.holder = nil
    return coin
  }

  func inSpendingOrder(_ coins: [Coin]) -> [Coin] {
    coins.sorted {
      let first = $0.expiresAt?.secondsSince1970 ?? .max
      return (first, $0.birth) < ($1.expiresAt?.secondsSince1970 ?? .max, $1.birth)
    }
  }

  /// What undoing a purchase must answer.
  mutating func void(_ order: String, _ policy: ReturnPolicy) -> LedgerAnswer {
    guard let purchase = purchases[order] else { return LedgerAnswer(.unknownOrder) }
    if purchase.state == "voided" { return LedgerAnswer(.alreadyVoided) }
    guard purchase.state == "final", purchase.returned.allSatisfy({ $0 == 0 }) else {
      return LedgerAnswer(.alreadyReturned)
    }
    purchases[order]?.returned = purchase.quantities
    var answer = undo(order, policy)
    answer.code = .voided
    purchases[order]?.state = "voided"
    return answer
  }

  /// What a return must answer.
  mutating func giveBack(
    _ order: String, _ lines: [LedgerCommand.ReturnedLine], _ policy: ReturnPolicy
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
    let answer = undo(order, policy)
    if purchase.returned == purchase.quantities { purchases[order]?.state = "returned" }
    return answer
  }

  /// Brings a purchase's value to where its returned units say it should be.
  private mutating func undo(_ order: String, _ policy: ReturnPolicy) -> LedgerAnswer {
    guard var purchase = purchases[order] else { return LedgerAnswer(.unknownOrder) }
    let isWhole = purchase.returned == purchase.quantities
    func worth(_ amount: Int64, _ shares: [Int64]) -> Int64 {
      if isWhole { return amount }
      return shares.indices.reduce(0) {
        $0 + shares[$1] * purchase.returned[$1] / purchase.quantities[$1]
      }
    }
    var (taken, missing): (Int64, Int64) = (0, 0)
    if let account = purchase.account {
      for index in purchase.spent.indices {
        let spent = purchase.spent[index]
        let target = worth(spent.amount, spent.shares)
        purchase.spent[index].restored = target
        putBack(spent, upTo: target)
      }
      for index in purchase.earned.indices {
        let earned = purchase.earned[index]
        let target = worth(earned.amount, earned.shares)
        let left = takeBack(target - earned.takenBack, earned.key, account, policy)
        taken += target - earned.takenBack - left
        missing += left
        purchase.earned[index].takenBack = target
      }
    }
    if isWhole {
      for (key, discount) in purchase.counts {
        let (uses, sum) = usage[key] ?? (0, 0)
        usage[key] = (uses - 1, sum - discount)
      }
    }
    purchases[order] = purchase
    return LedgerAnswer(.returned, amount: taken, rest: missing)
  }

  private mutating func putBack(_ spent: Purchase.Spent, upTo target: Int64) {
    guard target > spent.restored else { return }
    let there = Int64(spent.coins.count)
    let coins = Int(min(spent.restored, there))..<Int(min(target, there))
    accounts[spent.account]?.coins += spent.coins[coins]
    let owed = max(0, target - there) - max(0, spent.restored - there)
    mint(owed, spent.balance, spent.account, expiresAt: nil, isReward: false)
    repay(spent.account, spent.balance)
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

  /// Shares by largest remainder; ties to the larger weight, then to the earlier line.
  func split(_ amount: Int64, _ weights: [Int64]) -> [Int64] {
    let weights = weights.allSatisfy { $0 == 0 } ? weights.map { _ in 1 } : weights
    let sum = weights.reduce(0, +)
    var shares = weights.map { amount * $0 / sum }
    let order = weights.indices.sorted {
      let (left, right) = (amount * weights[$0] % sum, amount * weights[$1] % sum)
      return left != right
        ? left > right
        : weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1
    }
    for place in order.prefix(Int(amount - shares.reduce(0, +))) { shares[place] += 1 }
    return shares
  }
}
