import Ledger
import LocalTime

extension LedgerStore {
  /// Takes what spending accounts pay of a purchase, directly or from holds, each part in a
  /// transaction of its own.
  ///
  /// - Parameter owner: Who bought, whose own balances and holds are spent elsewhere.
  /// - Returns: Why not; nil when all of it was taken.
  func spendOutside(
    _ record: CheckoutRecord, of owner: AccountNumber, for request: LedgerRequest,
    at now: Instant, _ parts: inout [PurchaseContent.Part]
  ) throws(StorageError) -> LedgerAnswer? {
    for spend in record.spends {
      let payer: UsableSpending
      switch spend.source {
      case .balance: continue
      case .spending(let id, let spender):
        switch try permission(toUse: id, by: spender, at: now) {
        case .refused(let refusal): return refusal
        case .usable(let spending): payer = spending
        }
      case .hold(let id, _):
        guard let hold = try self.owner(ofHold: id), hold.account != owner,
          try connection.spending(hold.account) != nil
        else { continue }
        if let refusal = try refusal(ofCapturing: hold, at: now) { return refusal }
        payer = UsableSpending(
          account: hold.account, balance: hold.balance, exceedMaximum: 0)
      }
      var taken: Int64 = 0
      var answer = try onBook(of: payer.account, for: request, at: now, writesRefusals: false) {
        [first = tail.transaction] (book) throws(StorageError) in
        let answer = try take(spend, from: payer, in: &book, at: now)
        taken = first + Int64(book.drafts.count)
        return answer
      }
      guard answer.isAccepted else {
        answer.subject = spend.source.name
        return answer
      }
      parts.append(
        PurchaseContent.Part(
          campaign: nil, balance: payer.balance, amount: spend.amount,
          shares: record.shares(of: spend.amount, by: spend.weights),
          payer: .init(account: payer.account, transaction: taken)))
    }
    return nil
  }

  private func take(
    _ spend: CheckoutRecord.Spend, from payer: UsableSpending, in book: inout AccountBook,
    at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    guard case .hold(let id, let remainder) = spend.source else {
      return book.spend(
        spend.amount, of: payer.balance, exceedingBy: payer.exceedMaximum, as: .checkout,
        at: now)
    }
    var draft = TransactionDraft(.checkout, effectiveAt: now)
    if let refusal = try capture(id, spend.amount, remainder, in: &book, at: now, &draft) {
      return refusal
    }
    book.add(draft)
    return LedgerAnswer(.captured, amount: spend.amount)
  }
}

extension CheckoutRecord.Spend.Source {
  /// The hold, the balance or the spending account.
  var name: String {
    switch self {
    case .hold(let id, _), .balance(let id), .spending(let id, _): id
    }
  }
}
