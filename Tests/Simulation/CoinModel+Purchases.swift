import Ledger
import LocalTime

extension CoinModel {
  /// A purchase as the model remembers it.
  struct Purchase: Sendable {
    struct Spent: Sendable {
      /// The spending account that paid; nil for who bought.
      var payer: String?
      var balance: String
      /// What beyond the coins is paid was owed.
      var amount: Int64
      var coins: [Coin]
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
    if let refusal = claim(record, &purchase, at: now) { return refusal }
    let weights = record.lines.map(\.paid)
    var clipped: Int64 = 0
    var clippedCampaign = ""
    if let account = record.account {
      guard accounts[account] != nil else { return LedgerAnswer(.unknownAccount) }
      if let refusal = refusal(ofBuying: record, account) { return refusal }
      for spend in record.spends where isOutside(spend, account) {
        let (refusal, spent) = takeOutside(spend, at: now)
        if let refusal { return refusal }
        guard var spent else { continue }
        spent.shares = split(spend.amount, weights)
        purchase.spent.append(spent)
      }
      for spend in record.spends where !isOutside(spend, account) {
        let (refusal, balance, coins) = take(spend, account)
        if let refusal { return refusal }
        purchase.spent.append(
          Purchase.Spent(
            balance: balance, amount: spend.amount, coins: coins,
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
      _ = visit(account, record.order, at: now)
    }
    purchases[record.order] = purchase
    return LedgerAnswer(.recorded, rest: clipped, subject: clippedCampaign)
  }

  /// Counts what a purchase uses against the limits, and says which of them does not allow it.
  private mutating func claim(
    _ record: CheckoutRecord, _ purchase: inout Purchase, at now: Instant
  ) -> LedgerAnswer? {
    for use in record.uses {
      for claim in use.claims {
        let (refusal, name) = claimCode(claim, record.order, at: now)
        if let refusal { return LedgerAnswer(refusal, subject: use.campaign) }
        let key = [use.campaign, claim.scope.rawValue, name, claim.period]
        if purchase.counts.contains(where: { $0.key == key }) { continue }
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
    return nil
  }

  /// Why a purchase of an account can not be recorded; nil when it can.
  private func refusal(ofBuying record: CheckoutRecord, _ account: String) -> LedgerAnswer? {
    if people.persons[account]?.isErased == true {
      return refusal(ofUsing: account, spends: false)
    }
    if people.disabled.contains(account) {
      return record.spends.isEmpty && record.rewards.isEmpty
        ? nil : refusal(ofUsing: account, spends: false)
    }
    for spend in record.spends {
      if case .spending = spend.source { continue }
      return refusal(ofUsing: account, spends: true)
    }
    return nil
  }

  /// Whether a spending account pays rather than who bought.
  private func isOutside(_ spend: CheckoutRecord.Spend, _ account: String) -> Bool {
    switch spend.source {
    case .balance: return false
    case .spending: return true
    case .hold(let id, _):
      let owner = holdOwners[id]?.account ?? account
      return owner != account && people.spendings[owner] != nil
    }
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
    case .spending(let id, _): return (LedgerAnswer(.unknownAccount, subject: id), "", [])
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

  func free(_ coin: Coin) -> Coin {
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

  /// Shares by largest remainder; ties to the larger weight, then to the earlier line.
  private func split(_ amount: Int64, _ weights: [Int64]) -> [Int64] {
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
