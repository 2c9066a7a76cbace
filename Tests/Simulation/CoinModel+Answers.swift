package import Ledger
package import LocalTime

extension CoinModel {
  /// Does a command and says what the real ledger must answer.
  ///
  /// - Parameter isCurrent: For `set`: whether the version it names is the balance's.
  package mutating func answer(
    to command: LedgerCommand, at now: Instant, isCurrent: Bool
  ) -> LedgerAnswer {
    advance(to: now)
    let answer = decide(command, at: now, isCurrent)
    if answer.isAccepted, let account = account(of: command) {
      settle(account, at: now)
    }
    return answer
  }

  private func account(of command: LedgerCommand) -> String? {
    switch command {
    case .open(let account), .redeem(let account, _, _, _), .adjust(let account, _, _, _, _),
      .set(let account, _, _, _):
      account
    case .issue(let issue): issue.account
    case .hold(let hold), .replaceHold(_, let hold): hold.account
    case .capture(let hold, _, _), .release(let hold): holdOwners[hold]?.account
    case .checkout(let record): record.account
    case .void(let order, _), .giveBack(let order, _, _, _): purchases[order]?.account
    case .settle, .account: nil
    }
  }

  private mutating func decide(_ command: LedgerCommand, at now: Instant, _ isCurrent: Bool)
    -> LedgerAnswer
  {
    switch command {
    case .open(let account):
      guard accounts[account] == nil else { return LedgerAnswer(.accountExists) }
      begin(account)
      people.note("opened", account, at: now)
      return LedgerAnswer(.opened)
    case .issue(let issue):
      return refusal(ofUsing: issue.account, spends: false) ?? self.issue(issue, at: now)
    case .redeem(let account, let balance, let amount, let takesWhatThereIs):
      if let refusal = refusal(ofUsing: account, spends: true) { return refusal }
      return naming(account, balance) { model in
        let there = max(0, model.free(account, balance))
        guard there >= amount || takesWhatThereIs && there > 0 else {
          return LedgerAnswer(.insufficient, amount: there)
        }
        model.burn(min(there, amount), balance, account)
        return LedgerAnswer(
          .redeemed, amount: min(there, amount), rest: amount - min(there, amount))
      }
    case .adjust(let account, let balance, let change, let expiresAt, let allowsDebt):
      return naming(account, balance) { model in
        model.adjust(account, balance, change, expiresAt, allowsDebt)
      }
    case .set(let account, let balance, let amount, let version):
      return naming(account, balance) { model in
        guard isCurrent else { return LedgerAnswer(.staleVersion, amount: version) }
        let change = amount - model.posted(account, balance)
        guard change != 0 else { return LedgerAnswer(.adjusted, amount: amount) }
        return model.adjust(account, balance, change, nil, false)
      }
    case .hold(let hold):
      guard holdStates[hold.id] == nil else { return LedgerAnswer(.holdExists) }
      if let refusal = refusal(ofPlacing: hold, at: now) { return refusal }
      return naming(hold.account, hold.balance) { $0.place(hold, replacing: nil, at: now) }
    case .replaceHold(let old, let hold): return replace(old, by: hold, at: now)
    case .capture(let hold, let amount, let remainder):
      return refusal(ofCapturing: hold, at: now) ?? capture(hold, amount, remainder)
    case .release(let hold):
      guard holdStates[hold] == "open" else { return refusal(of: hold) }
      let left = coins(of: hold)
      end(hold, as: "released")
      return LedgerAnswer(.released, amount: left)
    case .checkout(let record): return checkout(record, at: now)
    case .void(let order, let policy): return void(order, policy, at: now)
    case .giveBack(let order, let lines, let policy, _):
      return giveBack(order, lines, policy, at: now)
    case .account(let command): return answer(to: command, at: now)
    case .settle: return LedgerAnswer(.settled)
    }
  }

  private mutating func naming(
    _ account: String, _ balance: String, _ act: (inout CoinModel) -> LedgerAnswer
  ) -> LedgerAnswer {
    guard terms.balances.contains(balance) else { return LedgerAnswer(.unknownBalance) }
    guard accounts[account] != nil else { return LedgerAnswer(.unknownAccount) }
    return act(&self)
  }

  /// - Parameters:
  ///   - place: How many rewards of the campaign and balance the purchase has before it.
  ///   - before: What the purchase has of the balance before it.
  mutating func issue(
    _ issue: LedgerCommand.Issue, place: Int = 0, after before: Int64 = 0, at now: Instant
  ) -> LedgerAnswer {
    naming(issue.account, issue.balance) { model in
      let key = [issue.order, issue.campaign, issue.balance, "\(place)"]
      if let earlier = model.issuedAmounts[key] {
        return LedgerAnswer(.alreadyIssued, amount: earlier)
      }
      let room =
        (model.terms.balanceMaximum[issue.balance] ?? .max / 2)
        - model.posted(issue.account, issue.balance)
        - model.pending(issue.account, issue.balance)
      let granted = min(
        issue.amount, (model.terms.issueMaximum[issue.balance] ?? .max) - before, max(0, room))
      let rest = issue.amount - granted
      guard granted > 0 else { return LedgerAnswer(.issued, amount: 0, rest: rest) }
      model.issuedAmounts[key] = granted
      let dueAt = issue.availableAt.map { max($0, now) } ?? now
      model.accounts[issue.account]?.promises.append(
        Promise(key: key, amount: granted, dueAt: dueAt, expiresAt: issue.expiresAt))
      return LedgerAnswer(dueAt > now ? .pending : .issued, amount: granted, rest: rest)
    }
  }

  private mutating func adjust(
    _ account: String, _ balance: String, _ change: Int64, _ expiresAt: Instant?,
    _ allowsDebt: Bool
  ) -> LedgerAnswer {
    if change > 0 {
      let most = terms.balanceMaximum[balance] ?? .max / 2
      guard posted(account, balance) + pending(account, balance) + change <= most,
        change <= terms.issueMaximum[balance] ?? .max
      else { return LedgerAnswer(.badAmount) }
      mint(change, balance, account, expiresAt: expiresAt, isReward: false)
    } else {
      guard allowsDebt || free(account, balance) >= -change else {
        return LedgerAnswer(.insufficient, amount: max(0, free(account, balance)))
      }
      burn(-change, balance, account)
    }
    return LedgerAnswer(.adjusted, amount: posted(account, balance))
  }

  private mutating func place(
    _ hold: LedgerCommand.PlaceHold, replacing old: String?, at now: Instant
  ) -> LedgerAnswer {
    guard hold.deadline > now else { return LedgerAnswer(.badDeadline) }
    let there = max(0, free(hold.account, hold.balance))
    guard there >= hold.amount || hold.takesWhatThereIs && there > 0 else {
      return LedgerAnswer(.insufficient, amount: there)
    }
    let granted = min(there, hold.amount)
    for place in spendable(hold.account, hold.balance).prefix(Int(granted)) {
      accounts[hold.account]?.coins[place].holder = hold.id
    }
    accounts[hold.account]?.holds.append(
      OpenHold(id: hold.id, balance: hold.balance, deadline: hold.deadline))
    holdStates[hold.id] = "open"
    holdOwners[hold.id] = (hold.account, hold.balance)
    return LedgerAnswer(.held, amount: granted, rest: hold.amount - granted)
  }

  private mutating func replace(
    _ old: String, by hold: LedgerCommand.PlaceHold, at now: Instant
  ) -> LedgerAnswer {
    guard let owner = holdOwners[old] else { return LedgerAnswer(.unknownHold) }
    guard holdStates[hold.id] == nil else { return LedgerAnswer(.holdExists) }
    if let refusal = refusal(ofPlacing: hold, at: now) { return refusal }
    return naming(hold.account, hold.balance) { model in
      guard owner == (hold.account, hold.balance) else { return LedgerAnswer(.otherHold) }
      guard model.holdStates[old] == "open" else { return model.refusal(of: old) }
      var changed = model
      changed.end(old, as: "replaced")
      changed.advance(to: now, converts: false)
      let answer = changed.place(hold, replacing: old, at: now)
      if answer.code == .held { model = changed }
      return answer
    }
  }

  mutating func capture(
    _ hold: String, _ amount: Int64, _ remainder: AccountBook.Remainder
  ) -> LedgerAnswer {
    guard holdStates[hold] == "open", let (account, _) = holdOwners[hold] else {
      return refusal(of: hold)
    }
    let left = coins(of: hold)
    guard amount <= left else { return LedgerAnswer(.exceedsHold, amount: left) }
    let coins = accounts[account]?.coins ?? []
    let mine = coins.indices.filter { coins[$0].holder == hold }.sorted { one, other in
      let first = coins[one].expiresAt?.secondsSince1970 ?? .max
      let second = coins[other].expiresAt?.secondsSince1970 ?? .max
      return (first, coins[one].birth, one) < (second, coins[other].birth, other)
    }
    for place in mine.prefix(Int(amount)).sorted(by: >) {
      accounts[account]?.coins.remove(at: place)
    }
    if amount == left || remainder == .released { end(hold, as: "captured") }
    return LedgerAnswer(.captured, amount: amount, rest: remainder == .kept ? left - amount : 0)
  }

  private func refusal(of hold: String) -> LedgerAnswer {
    switch holdStates[hold] {
    case "captured": LedgerAnswer(.alreadyCaptured)
    case "released", "replaced": LedgerAnswer(.alreadyReleased)
    case "expired": LedgerAnswer(.expired)
    default: LedgerAnswer(.unknownHold)
    }
  }
}
