public import LocalTime

extension AccountBook {
  /// The sides by which all that stands in this book becomes another account's.
  ///
  /// A lot keeps its number and with it its expiry; what is owed is owed by the other.
  public func handOver(to other: AccountNumber, at now: Instant) -> TransactionDraft {
    var draft = TransactionDraft(.merge, effectiveAt: now)
    func move(_ amount: Int64, _ balance: BalanceID, _ lot: LotID?) {
      draft.postings.append(
        Posting(owner: account.value, balance: balance, amount: -amount, lot: lot))
      draft.postings.append(
        Posting(owner: other.value, balance: balance, amount: amount, lot: lot))
    }
    for lot in lots { move(lot.remaining, lot.balance, lot.id) }
    for standing in standings where standing.debt > 0 {
      move(-standing.debt, standing.balance, nil)
    }
    return draft
  }

  /// Whether no figure of two books together passes the limit of one.
  public func fits(with other: AccountBook) -> Bool {
    let figures: [((AccountBook, BalanceID) -> Int64, Int64)] = [
      ({ max(0, $0.posted($1)) }, LedgerLimits.balanceMaximum),
      ({ $0.pending($1) }, LedgerLimits.balanceMaximum),
      ({ $0.debt($1) }, LedgerLimits.balanceMaximum),
      ({ $0.lifetime($1) + $0.pending($1) }, LedgerLimits.lifetimeMaximum),
    ]
    return standings.map(\.balance).allSatisfy { balance in
      figures.allSatisfy { figure, most in
        Int128(figure(self, balance)) + Int128(figure(other, balance)) <= Int128(most)
      }
    }
  }

  /// Uses what is free to repay what is owed, in every balance, in one transaction.
  public mutating func repayDebts(at now: Instant) {
    var draft = TransactionDraft(.merge, effectiveAt: now)
    for standing in standings { repayFromFreeLots(standing.balance, into: &draft) }
    add(draft)
  }
}
