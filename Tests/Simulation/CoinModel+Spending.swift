import Ledger
import LocalTime

extension CoinModel {
  /// Why an account can not earn or be spent from; nil when it can, or when there is none.
  func refusal(ofUsing id: String, spends: Bool) -> LedgerAnswer? {
    if people.persons[id]?.isErased == true { return LedgerAnswer(.accountErased, subject: id) }
    if people.disabled.contains(id) { return LedgerAnswer(.accountDisabled, subject: id) }
    return spends && people.spendings[id] != nil
      ? LedgerAnswer(.notAssigned, subject: id) : nil
  }

  mutating func open(_ spending: SpendingAccount, at now: Instant) -> LedgerAnswer {
    let id = spending.account
    guard terms.balances.contains(spending.balance) else { return LedgerAnswer(.unknownBalance) }
    if accounts[id] != nil {
      guard people.spendings[id]?.balance == spending.balance else {
        return LedgerAnswer(.wrongKind, subject: id)
      }
    } else {
      begin(id)
    }
    people.spendings[id] = spending
    people.note("spending", id, at: now)
    return LedgerAnswer(.opened)
  }

  mutating func assign(
    _ id: String, _ assignee: SpendingAssignee, _ most: Int64?, at now: Instant
  ) -> LedgerAnswer {
    guard accounts[id] != nil else { return LedgerAnswer(.unknownAccount) }
    guard people.spendings[id] != nil else { return LedgerAnswer(.wrongKind) }
    if assignee.scope == .user, accounts[assignee.key] == nil {
      return LedgerAnswer(.unknownAccount, subject: assignee.key)
    }
    let known = people.assignments.firstIndex { $0.assignee == assignee && $0.spending == id }
    if most == nil, known == nil { return LedgerAnswer(.notAssigned) }
    if let known { people.assignments.remove(at: known) }
    if let most {
      people.assignments.append(
        PeopleModel.Assignment(assignee: assignee, spending: id, exceedMaximum: most))
    }
    people.note("spending", id, at: now)
    return LedgerAnswer(most == nil ? .unassigned : .assigned)
  }

  /// How far beyond what is there somebody may spend from an account; nil for not at all.
  func exceedMaximum(_ spending: String, _ spender: Spender, at now: Instant) -> Int64? {
    var mine = [SpendingAssignee(.user, spender.user)]
    let inside = groups(of: spender.user, at: now)
    for group in inside + spender.groups { mine.append(SpendingAssignee(.group, group)) }
    if let buyer = spender.buyer { mine.append(SpendingAssignee(.buyer, buyer)) }
    return people.assignments.filter { $0.spending == spending && mine.contains($0.assignee) }
      .map(\.exceedMaximum).max()
  }

  func isOpen(_ spending: SpendingAccount, at now: Instant) -> Bool {
    if let start = spending.startsAt, now < start { return false }
    if let end = spending.endsAt, now >= end { return false }
    return true
  }

  /// Why somebody can not spend from an account; nil when they can.
  func refusal(ofSpending id: String, _ spender: Spender, at now: Instant) -> LedgerAnswer? {
    let user = spender.user
    guard accounts[user] != nil else { return LedgerAnswer(.unknownAccount, subject: user) }
    if let refusal = refusal(ofUsing: user, spends: false) { return refusal }
    guard accounts[id] != nil else { return LedgerAnswer(.unknownAccount, subject: id) }
    guard let spending = people.spendings[id] else {
      return LedgerAnswer(.wrongKind, subject: id)
    }
    if people.disabled.contains(id) { return LedgerAnswer(.accountDisabled, subject: id) }
    guard exceedMaximum(id, spender, at: now) != nil else {
      return LedgerAnswer(.notAssigned, subject: id)
    }
    return isOpen(spending, at: now) ? nil : LedgerAnswer(.outsideWindow, subject: id)
  }

  /// Why a hold that is open can not be captured; nil when it can.
  func refusal(ofCapturing hold: String, at now: Instant) -> LedgerAnswer? {
    guard holdStates[hold] == "open", let owner = holdOwners[hold]?.account else { return nil }
    if people.disabled.contains(owner) { return LedgerAnswer(.accountDisabled, subject: owner) }
    if let spending = people.spendings[owner], !isOpen(spending, at: now) {
      return LedgerAnswer(.outsideWindow, subject: owner)
    }
    return nil
  }

  /// Why a hold can not be placed for whom it names; nil when it can.
  func refusal(ofPlacing hold: LedgerCommand.PlaceHold, at now: Instant) -> LedgerAnswer? {
    guard let spender = hold.spender else { return refusal(ofUsing: hold.account, spends: true) }
    return refusal(ofSpending: hold.account, spender, at: now)
  }

  mutating func pay(_ parts: [SpendingPart], _ spender: Spender, at now: Instant)
    -> LedgerAnswer
  {
    var changed = self
    var sum: Int64 = 0
    for part in parts {
      let spend = CheckoutRecord.Spend(
        .spending(account: part.account, by: spender), amount: part.amount)
      let (refusal, _) = changed.takeOutside(spend, at: now)
      if let refusal { return refusal }
      sum += part.amount
    }
    self = changed
    return LedgerAnswer(.redeemed, amount: sum)
  }

  /// Takes from a spending account, directly or from a hold, and keeps the coins to be put back.
  mutating func takeOutside(_ spend: CheckoutRecord.Spend, at now: Instant)
    -> (LedgerAnswer?, Purchase.Spent?)
  {
    let payer: String
    let balance: String
    let coins: [Coin]
    switch spend.source {
    case .balance: return (nil, nil)
    case .spending(let id, let spender):
      if let refusal = refusal(ofSpending: id, spender, at: now) { return (refusal, nil) }
      payer = id
      balance = people.spendings[id]?.balance ?? ""
      let most = free(id, balance) + (exceedMaximum(id, spender, at: now) ?? 0)
      if spend.amount > most {
        return (LedgerAnswer(.insufficient, amount: max(0, most), subject: id), nil)
      }
      let before = accounts[id]?.coins ?? []
      coins = spendable(id, balance).prefix(Int(spend.amount)).map { before[$0] }
      burn(spend.amount, balance, id)
    case .hold(let id, let remainder):
      if let refusal = refusal(ofCapturing: id, at: now) { return (refusal, nil) }
      guard let owner = holdOwners[id] else { return (LedgerAnswer(.unknownHold), nil) }
      (payer, balance) = owner
      let held = accounts[payer]?.coins.filter { $0.holder == id } ?? []
      coins = Array(inSpendingOrder(held).prefix(Int(spend.amount)))
      var answer = capture(id, spend.amount, remainder)
      answer.subject = id
      if answer.code != .captured { return (answer, nil) }
    }
    settle(payer, at: now)
    return (
      nil,
      Purchase.Spent(
        payer: payer, balance: balance, amount: spend.amount, coins: coins.map(free), shares: [])
    )
  }

  /// Lets happen on an account what follows from a change of it.
  mutating func settle(_ account: String, at now: Instant) {
    advance(to: now, notBefore: now)
    convert(account)
  }

  /// The spending accounts somebody can use, those that end first before others.
  func spendings(usableBy spender: Spender, at now: Instant) -> [String] {
    guard accounts[spender.user] != nil else { return [] }
    let usable = people.opened.filter {
      people.spendings[$0] != nil && refusal(ofSpending: $0, spender, at: now) == nil
    }
    func end(_ id: String) -> Int64 { people.spendings[id]?.endsAt?.secondsSince1970 ?? .max }
    let places = usable.enumerated().sorted {
      (end($0.element), $0.offset) < (end($1.element), $1.offset)
    }
    return places.map { place in
      let id = place.element
      let balance = people.spendings[id]?.balance ?? ""
      return "\(id) \(balance) \(free(id, balance)) \(exceedMaximum(id, spender, at: now) ?? -1)"
    }
  }
}
