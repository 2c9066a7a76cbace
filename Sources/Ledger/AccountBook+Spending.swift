import LocalTime

extension AccountBook {
  /// What a credit came to.
  public struct Credit: Hashable, Sendable {
    /// What came in, repaid debts included.
    public var granted: Int64
    /// What a limit of the balance kept out.
    public var clipped: Int64
  }

  /// How much of an amount the limits of a balance let in now.
  ///
  /// - Parameter before: What the same transaction brought in of the balance already.
  func allowed(
    _ amount: Int64, of balance: BalanceID, after before: Int64, in programme: LoyaltyProgramme
  ) -> Credit {
    let granted = min(amount, room(in: balance, after: before, programme))
    return Credit(granted: granted, clipped: amount - granted)
  }

  /// What the limits of a balance let in as a reward now, of one transaction and of all.
  private func room(in balance: BalanceID, after before: Int64, _ programme: LoyaltyProgramme)
    -> Int64
  {
    let terms = programme.terms(balance)
    let most = terms?.balanceMaximum ?? LedgerLimits.balanceMaximum
    let earned = lifetime(balance) + pending(balance)
    return max(
      0,
      min(
        most - posted(balance) - pending(balance), LedgerLimits.lifetimeMaximum - earned,
        terms?.issueMaximum.map { $0 - before } ?? .max))
  }

  /// Brings value in: repays what is owed, and puts the rest into a new lot.
  mutating func credit(
    _ amount: Int64, of balance: BalanceID, expiresAt: Instant?, from house: House,
    isReward: Bool, into draft: inout TransactionDraft
  ) {
    guard amount > 0 else { return }
    if isReward { withStanding(of: balance) { $0.lifetime += amount } }
    let repaid = min(amount, max(0, debt(balance)))
    if repaid > 0 {
      withStanding(of: balance) { $0.debt -= repaid }
      draft.postings.append(
        Posting(owner: account.value, balance: balance, amount: repaid, lot: nil))
    }
    if amount > repaid {
      let lot = Lot(
        id: nextLot, balance: balance, expiresAt: expiresAt, original: amount - repaid,
        remaining: amount - repaid, held: 0)
      nextLot = LotID(nextLot.value + 1)
      withStanding(of: balance) { _ in }
      lots.append(lot)
      draft.postings.append(
        Posting(owner: account.value, balance: balance, amount: lot.original, lot: lot.id))
    }
    draft.postings.append(
      Posting(owner: house.rawValue, balance: balance, amount: -amount, lot: nil))
  }

  /// Takes free value out, the earliest to expire first; what is missing becomes a debt.
  ///
  /// - Precondition: `amount` is above zero; the caller has decided whether a debt is allowed.
  mutating func debit(
    _ amount: Int64, of balance: BalanceID, to house: House, into draft: inout TransactionDraft
  ) {
    precondition(amount > 0, "an entry moves something")
    var left = amount
    for place in placesInSpendingOrder(balance) where left > 0 {
      let part = min(left, lots[place].free)
      lots[place].remaining -= part
      left -= part
      draft.postings.append(
        Posting(owner: account.value, balance: balance, amount: -part, lot: lots[place].id))
    }
    if left > 0 {
      withStanding(of: balance) { $0.debt += left }
      draft.postings.append(
        Posting(owner: account.value, balance: balance, amount: -left, lot: nil))
    }
    draft.postings.append(
      Posting(owner: house.rawValue, balance: balance, amount: amount, lot: nil))
    dropEmptyLots()
  }

  /// Uses value that became free to repay what is owed.
  ///
  /// Both sides are the account's own: a part of a lot goes, and as much of the debt.
  mutating func repayFromFreeLots(_ balance: BalanceID, into draft: inout TransactionDraft) {
    var owed = debt(balance)
    guard owed > 0 else { return }
    for place in placesInSpendingOrder(balance) where owed > 0 {
      let part = min(owed, lots[place].free)
      lots[place].remaining -= part
      owed -= part
      draft.postings.append(
        Posting(owner: account.value, balance: balance, amount: -part, lot: lots[place].id))
      draft.postings.append(
        Posting(owner: account.value, balance: balance, amount: part, lot: nil))
    }
    withStanding(of: balance) { $0.debt = owed }
    dropEmptyLots()
  }

  /// Turns whole steps of a balance into another, as often as they fit.
  ///
  /// Steps of one conversion share a transaction as far as the most that one may bring in allows.
  /// What a limit of the target keeps out stays what it is, and is turned when there is room again.
  mutating func convert(_ programme: LoyaltyProgramme, at moment: Instant) {
    for conversion in programme.conversions {
      for _ in 0..<LedgerLimits.conversionsMaximum {
        let steps = max(0, available(conversion.source)) / conversion.every
        let room = room(in: conversion.target, after: 0, programme)
        let fitting = min(steps, room / conversion.into)
        guard fitting > 0 else { break }
        var draft = TransactionDraft(.conversion, effectiveAt: moment)
        debit(fitting * conversion.every, of: conversion.source, to: .converted, into: &draft)
        credit(
          fitting * conversion.into, of: conversion.target,
          expiresAt: programme.expiry(of: conversion.target, from: moment), from: .converted,
          isReward: true, into: &draft)
        add(draft)
      }
    }
  }

  /// Adds a transaction that has sides.
  public mutating func add(_ draft: TransactionDraft) {
    guard !draft.postings.isEmpty else { return }
    precondition(draft.isBalanced, "the sides of a transaction sum to zero")
    drafts.append(draft)
  }
}
