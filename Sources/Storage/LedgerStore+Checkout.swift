import Ledger
import LocalTime

extension LedgerStore {
  private static let exists = SQLText("SELECT count(*) FROM purchase WHERE id = $1")
  private static let insertPurchase = SQLText(
    """
    INSERT INTO purchase (id, account, recorded_at, number, state, body, content)
    VALUES ($1, $2, $3, $4, 'final', $5, $6)
    """)

  /// Records a purchase: its uses, what it spends and what it earns, all or nothing.
  func record(_ record: CheckoutRecord, for request: LedgerRequest, at now: Instant)
    throws(StorageError) -> LedgerAnswer
  {
    guard try connection.number(Self.exists, [.text(record.order)]) == 0 else {
      return LedgerAnswer(.orderExists)
    }
    guard hasSavepoints else {
      let changes = connection.changeCount
      let answer = try recordAll(of: record, for: request, at: now)
      guard answer.isAccepted || connection.changeCount == changes else {
        throw .constraint("order \(record.order) is refused, and a part of it is written")
      }
      return answer
    }
    let before = tail
    try connection.execute("SAVEPOINT checkout")
    let answer = try recordAll(of: record, for: request, at: now)
    if !answer.isAccepted {
      tail = before
      try connection.execute("ROLLBACK TO checkout")
    }
    try connection.execute("RELEASE checkout")
    return answer
  }

  private func recordAll(
    of record: CheckoutRecord, for request: LedgerRequest, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    var content = PurchaseContent(lines: [], parts: [], uses: [])
    if let refusal = try claim(record.uses, for: record.order, at: now, &content.uses) {
      return refusal
    }
    var transaction: Int64?
    var owner: AccountNumber?
    var recorded = LedgerAnswer(.recorded)
    if let account = record.account {
      guard let known = try self.owner(of: account) else { return LedgerAnswer(.unknownAccount) }
      if let refusal = known.refusal(ofRecording: record) { return refusal }
      let number = known.number
      owner = number
      // Before anything is earned, which can not pay for the purchase that earns it.
      if let refusal = try spendOutside(record, of: number, for: request, at: now, &content.parts) {
        return refusal
      }
      if let refusal = try spendBefore(record, of: number, &content.parts) { return refusal }
      let first = tail.transaction
      let answer = try onBook(
        of: number, for: request, at: now, writesRefusals: false, packing: record.order
      ) {
        (book) throws(StorageError) in
        var draft = TransactionDraft(.checkout, effectiveAt: now)
        if let refusal = try spend(record, in: &book, at: now, &draft, &content.parts) {
          return refusal
        }
        if !draft.postings.isEmpty {
          book.add(draft)
          transaction = first + Int64(book.drafts.count)
        }
        return try earn(record, in: &book, at: now, &content.parts)
      }
      guard answer.isAccepted else { return answer }
      recorded = answer
    }
    try write(record, of: owner, &content, transaction, at: now)
    if let owner { try visit(of: owner, by: record.order, at: now) }
    return recorded
  }

  private func spend(
    _ record: CheckoutRecord, in book: inout AccountBook, at now: Instant,
    _ draft: inout TransactionDraft, _ parts: inout [PurchaseContent.Part]
  ) throws(StorageError) -> LedgerAnswer? {
    for spend in record.spends {
      var refusal: LedgerAnswer?
      let balance: BalanceID
      switch spend.source {
      case .hold(let id, let remainder):
        guard let owner = try owner(ofHold: id) else {
          return LedgerAnswer(.unknownHold, subject: id)
        }
        guard owner.account == book.account else {
          // A spending account's was captured before, another customer's never is.
          if try connection.spending(owner.account) != nil { continue }
          return LedgerAnswer(.otherHold, subject: id)
        }
        balance = owner.balance
        refusal = try capture(
          id, spend.amount, remainder, in: &book, at: now, &draft)
      case .balance(let name):
        guard let terms = programme.terms(named: name) else {
          return LedgerAnswer(.unknownBalance, subject: name)
        }
        balance = terms.id
        refusal = book.spend(spend.amount, of: balance, into: &draft)
      case .spending: continue
      }
      if var refusal {
        refusal.subject = spend.source.name
        return refusal
      }
      parts.append(
        PurchaseContent.Part(
          campaign: nil, balance: balance, amount: spend.amount,
          shares: record.shares(of: spend.amount, by: spend.weights)))
    }
    return nil
  }

  private func earn(
    _ record: CheckoutRecord, in book: inout AccountBook, at now: Instant,
    _ parts: inout [PurchaseContent.Part]
  ) throws(StorageError) -> LedgerAnswer {
    var recorded = LedgerAnswer(.recorded)
    var issued: [BalanceID: Int64] = [:]
    for reward in record.rewards {
      guard let terms = programme.terms(named: reward.balance) else {
        return LedgerAnswer(.unknownBalance, subject: reward.balance)
      }
      let earlier = parts.count { $0.isReward(of: reward.campaign, in: terms.id) }
      let key = RewardKey(
        order: record.order, campaign: reward.campaign, balance: terms.id,
        place: Int64(earlier))
      guard try amount(issuedFor: key) == nil else {
        return LedgerAnswer(.rewardExists, subject: reward.campaign)
      }
      let answer = book.issue(
        reward.amount, of: terms.id, for: key, availableAt: reward.availableAt,
        expiresAt: reward.expiresAt, after: issued[terms.id] ?? 0, at: now, programme)
      issued[terms.id, default: 0] += answer.amount
      if answer.rest > 0 {
        if recorded.rest == 0 { recorded.subject = reward.campaign }
        recorded.rest += answer.rest
      }
      guard answer.amount > 0 else { continue }
      parts.append(
        PurchaseContent.Part(
          campaign: reward.campaign, isIssued: answer.code == .issued, balance: terms.id,
          amount: answer.amount, shares: record.shares(of: answer.amount, by: reward.weights)))
    }
    return recorded
  }

  private func write(
    _ record: CheckoutRecord, of owner: AccountNumber?, _ content: inout PurchaseContent,
    _ transaction: Int64?, at now: Instant
  ) throws(StorageError) {
    content.lines = record.lines.map {
      PurchaseContent.Line(id: $0.id, quantity: $0.quantity, paid: $0.paid)
    }
    try connection.run(
      Self.insertPurchase,
      [
        .text(record.order), SQLValue(owner?.value), .integer(now.secondsSince1970),
        SQLValue(transaction), .bytes(record.body),
        .bytes(content.packed),
      ])
  }
}

extension CheckoutRecord {
  /// What of an amount belongs to each line: by weights, or without any by what was paid.
  func shares(of amount: Int64, by weights: [Int64]) -> [Int64] {
    LineShares.split(amount, by: weights.isEmpty ? lines.map(\.paid) : weights)
  }
}

extension KnownAccount {
  /// Why a purchase of the account can not be recorded; nil when it can.
  ///
  /// One that is disabled may buy, so that what was sold is known, but neither earns nor spends.
  /// One whose person was forgotten buys nothing, since nobody's purchases are kept under it.
  fileprivate func refusal(ofRecording record: CheckoutRecord) -> LedgerAnswer? {
    let id = record.account ?? ""
    if isDisabled, !isErased {
      return record.spends.isEmpty && record.rewards.isEmpty
        ? nil : refusal(ofUsing: id, to: .earn)
    }
    let spendsOwn = record.spends.contains {
      if case .spending = $0.source { false } else { true }
    }
    return spendsOwn || isErased ? refusal(ofUsing: id, to: .spend) : nil
  }
}
