import Ledger
import LocalTime

extension CoinModel {
  /// Why an account can not earn or be spent from.
  func refusal(ofUsing account: String, spends: Bool) -> LedgerAnswer? {
    guard accounts[account] != nil else { return nil }
    if disabled.contains(account) { return LedgerAnswer(.accountDisabled, subject: account) }
    return spends && spendings[account] != nil
      ? LedgerAnswer(.notAssigned, subject: account) : nil
  }

  /// Why somebody can not spend from an account, or else how far beyond what is there.
  func permission(_ account: String, _ spender: Spender, at now: Instant)
    -> (refusal: LedgerAnswer?, exceed: Int64)
  {
    func no(_ code: LedgerAnswer.Code, _ subject: String) -> (LedgerAnswer?, Int64) {
      (LedgerAnswer(code, subject: subject), 0)
    }
    guard accounts[spender.user] != nil else { return no(.unknownAccount, spender.user) }
    if disabled.contains(spender.user) { return no(.accountDisabled, spender.user) }
    guard accounts[account] != nil else { return no(.unknownAccount, account) }
    guard let spending = spendings[account] else { return no(.wrongKind, account) }
    if disabled.contains(account) { return no(.accountDisabled, account) }
    guard let exceed = assignments[[account, spender.user]] else {
      return no(.notAssigned, account)
    }
    if let start = spending.startsAt, now < start { return no(.outsideWindow, account) }
    if let end = spending.endsAt, now >= end { return no(.outsideWindow, account) }
    return (nil, exceed)
  }

  /// Takes coins of a spending account, and says which; what is missing is owed.
  mutating func pay(_ amount: Int64, from account: String, by spender: Spender, at now: Instant)
    -> (LedgerAnswer, [Coin])
  {
    let (refusal, exceed) = permission(account, spender, at: now)
    guard refusal == nil, let balance = spendings[account]?.balance else {
      return (refusal ?? LedgerAnswer(.wrongKind), [])
    }
    let there = max(0, free(account, balance) + exceed)
    guard amount <= there else {
      return (LedgerAnswer(.insufficient, amount: there, subject: account), [])
    }
    let coins = accounts[account]?.coins ?? []
    let taken = spendable(account, balance).prefix(Int(amount)).map { coins[$0] }
    burn(amount, balance, account)
    return (LedgerAnswer(.redeemed, amount: amount), taken)
  }

  /// What a change of an account must answer.
  mutating func answer(to command: AccountCommand, at now: Instant) -> LedgerAnswer {
    switch command {
    case .disable(let account), .enable(let account):
      guard accounts[account] != nil else { return LedgerAnswer(.unknownAccount) }
      let was = disabled.contains(account)
      if case .disable = command {
        disabled.insert(account)
        return LedgerAnswer(was ? .alreadyDisabled : .disabled)
      }
      disabled.remove(account)
      return LedgerAnswer(was ? .enabled : .alreadyEnabled)
    case .openSpending(let spending):
      if accounts[spending.account] == nil {
        accounts[spending.account] = Account()
      } else if spendings[spending.account] == nil {
        return LedgerAnswer(.wrongKind, subject: spending.account)
      }
      spendings[spending.account] = spending
      return LedgerAnswer(.opened)
    case .assignSpending(let account, let assignee, let exceed):
      guard accounts[account] != nil else { return LedgerAnswer(.unknownAccount) }
      guard spendings[account] != nil else { return LedgerAnswer(.wrongKind) }
      guard accounts[assignee.key] != nil else {
        return LedgerAnswer(.unknownAccount, subject: assignee.key)
      }
      let was = assignments.updateValue(exceed ?? 0, forKey: [account, assignee.key])
      guard exceed == nil else { return LedgerAnswer(.assigned) }
      assignments[[account, assignee.key]] = nil
      return LedgerAnswer(was == nil ? .notAssigned : .unassigned)
    case .paySpending(let parts, let spender):
      var changed = self
      for part in parts {
        let (answer, _) = changed.pay(part.amount, from: part.account, by: spender, at: now)
        guard answer.isAccepted else { return answer }
      }
      self = changed
      return LedgerAnswer(.redeemed, amount: parts.reduce(0) { $0 + $1.amount })
    default: return LedgerAnswer(.settled)
    }
  }

  /// Whether a spend is of another account than the customer's.
  func isOutside(_ spend: CheckoutRecord.Spend, _ customer: String) -> Bool {
    switch spend.source {
    case .balance: false
    case .spending: true
    case .hold(let id, _):
      holdOwners[id].map { $0.account != customer && spendings[$0.account] != nil } ?? false
    }
  }

  /// Why a purchase of a customer can not be recorded.
  func refusal(ofRecording record: CheckoutRecord, _ customer: String) -> LedgerAnswer? {
    let spendsOwn = record.spends.contains {
      if case .spending = $0.source { false } else { true }
    }
    if disabled.contains(customer), record.spends.isEmpty, record.rewards.isEmpty { return nil }
    return refusal(ofUsing: customer, spends: spendsOwn)
  }

  /// Takes what a spending account pays of a purchase.
  mutating func takeOutside(
    _ spend: CheckoutRecord.Spend, _ weights: [Int64], at now: Instant
  ) -> (LedgerAnswer?, [Purchase.Spent]) {
    var answer: LedgerAnswer
    var coins: [Coin] = []
    var (account, balance) = ("", "")
    switch spend.source {
    case .balance: return (nil, [])
    case .spending(let id, let spender):
      (account, balance) = (id, spendings[id]?.balance ?? "")
      (answer, coins) = pay(spend.amount, from: id, by: spender, at: now)
    case .hold(let id, let remainder):
      guard let owner = holdOwners[id] else { return (nil, []) }
      (account, balance) = owner
      if let refusal = refusal(ofCapturing: id, at: now) { return (refusal, []) }
      coins = heldCoins(id, spend.amount)
      answer = capture(id, spend.amount, remainder)
      if !answer.isAccepted { answer.subject = id }
    }
    guard answer.isAccepted else { return (answer, []) }
    let shares = split(spend.amount, weights)
    return (
      nil,
      [
        Purchase.Spent(
          account: account, balance: balance, coins: coins, amount: spend.amount,
          shares: shares)
      ]
    )
  }

  private func heldCoins(_ hold: String, _ amount: Int64) -> [Coin] {
    guard let account = holdOwners[hold]?.account else { return [] }
    let mine = (accounts[account]?.coins ?? []).filter { $0.holder == hold }
    return inSpendingOrder(mine).prefix(Int(amount)).map {
      var coin = $0
      coin.holder = nil
      return coin
    }
  }
}
