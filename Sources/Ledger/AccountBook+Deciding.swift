public import LocalTime

extension AccountBook {
  /// Brings value in, or promises it for later.
  ///
  /// - Parameter before: What the same purchase brings in of the balance already.
  public mutating func issue(
    _ amount: Int64, of balance: BalanceID, for key: RewardKey, availableAt: Instant?,
    expiresAt: Instant?, after before: Int64 = 0, at now: Instant, _ programme: LoyaltyProgramme
  ) -> LedgerAnswer {
    let credit = allowed(amount, of: balance, after: before, in: programme)
    guard credit.granted > 0 else { return LedgerAnswer(.issued, amount: 0, rest: amount) }
    let dueAt = max(availableAt ?? now, now)
    let expiresAt = expiresAt ?? programme.expiry(of: balance, from: dueAt)
    let reward = PendingReward(
      key: key, amount: credit.granted, dueAt: dueAt, expiresAt: expiresAt)
    rewards.append(reward)
    rewards.sort { $0.key < $1.key }
    withStanding(of: balance) { _ in }
    return LedgerAnswer(
      dueAt > now ? .pending : .issued, amount: credit.granted, rest: credit.clipped)
  }

  /// Spends value directly.
  public mutating func redeem(
    _ amount: Int64, of balance: BalanceID, takesWhatThereIs: Bool, at now: Instant
  ) -> LedgerAnswer {
    let there = max(0, available(balance))
    guard there >= amount || (takesWhatThereIs && there > 0) else {
      return LedgerAnswer(.insufficient, amount: there)
    }
    let granted = min(amount, there)
    var draft = TransactionDraft(.redeem, effectiveAt: now)
    debit(granted, of: balance, to: .redeemed, into: &draft)
    add(draft)
    return LedgerAnswer(.redeemed, amount: granted, rest: amount - granted)
  }

  /// Spends value as a part of a purchase.
  ///
  /// - Returns: Why not; nil when it was spent.
  public mutating func spend(
    _ amount: Int64, of balance: BalanceID, into draft: inout TransactionDraft
  ) -> LedgerAnswer? {
    let there = max(0, available(balance))
    guard there >= amount else { return LedgerAnswer(.insufficient, amount: there) }
    debit(amount, of: balance, to: .redeemed, into: &draft)
    return nil
  }

  /// Corrects what is posted by an amount with a sign.
  ///
  /// A correction is made as it was asked for or not at all: one that passes a limit of the balance
  /// is refused, where an issue would be clipped.
  /// - Precondition: `change` is not zero.
  public mutating func adjust(
    _ balance: BalanceID, by change: Int64, expiresAt: Instant?, allowsDebt: Bool,
    at now: Instant, _ programme: LoyaltyProgramme
  ) -> LedgerAnswer {
    var draft = TransactionDraft(.adjust, effectiveAt: now)
    if change > 0 {
      let terms = programme.terms(balance)
      let most = terms?.balanceMaximum ?? LedgerLimits.balanceMaximum
      guard change <= most - posted(balance) - pending(balance),
        change <= terms?.issueMaximum ?? change
      else { return LedgerAnswer(.badAmount) }
      credit(
        change, of: balance, expiresAt: expiresAt ?? programme.expiry(of: balance, from: now),
        from: .adjusted, isReward: false, into: &draft)
    } else {
      let there = available(balance)
      guard -change <= there || allowsDebt, debt(balance) - change <= LedgerLimits.balanceMaximum
      else { return LedgerAnswer(.insufficient, amount: max(0, there)) }
      debit(-change, of: balance, to: .adjusted, into: &draft)
    }
    add(draft)
    return LedgerAnswer(.adjusted, amount: posted(balance))
  }
}
