public import LocalTime

extension AccountBook {
  /// Puts back what a purchase has spent, into the lots it came from, with their expiry.
  ///
  /// - Parameters:
  ///   - amount: How much to put back; above zero.
  ///   - entries: The account's entries of the purchase in one balance, in order, below zero.
  ///   - skipped: How much of the entries was put back before.
  ///   - empty: Lots of the entries that the book does not hold because nothing is left in them.
  ///   - expiresAt: When that goes which was owed then and was repaid since.
  public mutating func restore(
    _ amount: Int64, of balance: BalanceID, from entries: [Posting], skipping skipped: Int64,
    empty: [Lot], expiresAt: Instant?, into draft: inout TransactionDraft
  ) {
    var toSkip = skipped
    var left = amount
    var owed: Int64 = 0
    for entry in entries where left > 0 {
      let passed = min(toSkip, -entry.amount)
      toSkip -= passed
      let part = min(left, -entry.amount - passed)
      guard part > 0 else { continue }
      left -= part
      guard let lot = entry.lot else {
        owed += part
        continue
      }
      refill(lot, by: part, empty)
      draft.postings.append(
        Posting(owner: account.value, balance: balance, amount: part, lot: lot))
    }
    precondition(left == 0, "no more is put back than was spent")
    if amount > owed {
      draft.postings.append(
        Posting(
          owner: House.redeemed.rawValue, balance: balance, amount: owed - amount, lot: nil))
    }
    credit(
      owed, of: balance, expiresAt: expiresAt, from: .redeemed, isReward: false, into: &draft)
    repayFromFreeLots(balance, into: &draft)
  }

  private mutating func refill(_ id: LotID, by part: Int64, _ empty: [Lot]) {
    if let place = place(of: id) {
      lots[place].remaining += part
    } else if var lot = (emptiedLots + empty).last(where: { $0.id == id }) {
      emptiedLots.removeAll { $0.id == id }
      lot.remaining += part
      lots.append(lot)
      lots.sort { $0.id < $1.id }
    } else {
      preconditionFailure("every entry names a lot of the account")
    }
  }

  /// Takes back a reward, or a part of it: what is pending is cancelled, what was issued is taken
  /// as the policy says.
  ///
  /// - Returns: What could not be taken back.
  public mutating func takeBack(
    _ amount: Int64, of key: RewardKey, policy: ReturnPolicy, at now: Instant,
    into draft: inout TransactionDraft
  ) -> Int64 {
    guard amount > 0 else { return 0 }
    if let index = rewards.firstIndex(where: { $0.key == key }) {
      rewards[index].amount -= amount
      if rewards[index].amount == 0 {
        let reward = rewards.remove(at: index)
        endedRewards.append(EndedReward(reward: reward, ending: .cancelled, at: now))
      }
      return 0
    }
    let taken =
      switch policy {
      case .pendingOnly: Int64(0)
      case .withinBalance: min(amount, max(0, available(key.balance)))
      case .debt: amount
      }
    if taken > 0 { debit(taken, of: key.balance, to: .returned, into: &draft) }
    return amount - taken
  }
}
