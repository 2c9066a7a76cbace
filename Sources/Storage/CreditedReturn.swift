import Ledger
import LocalTime

private let credited = SQLText(
  """
  SELECT amount FROM reward
  WHERE for_order = $1 AND campaign = $2 AND kind = $3 AND place = 0 AND state = 'issued'
  """)

extension LedgerStore {
  /// Gives the customer credit for what comes back now, as far as the balance's limits let it in;
  /// who neither earns nor spends gets none.
  func give(
    _ credit: ReturnCredit, for purchase: RecordedPurchase, by request: LedgerRequest,
    at now: Instant
  ) throws(StorageError) {
    guard let account = purchase.account, let terms = programme.terms(named: credit.balance),
      try connection.mayEarn(account)
    else { return }
    let amount = purchase.payable(credit)
    guard amount > 0 else { return }
    let key = RewardKey(
      order: purchase.order, campaign: ReturnCredit.campaign(of: request.id), balance: terms.id)
    let programme = programme
    let answer = try onBook(of: account, for: request, at: now) { book in
      book.issue(
        amount, of: terms.id, for: key, availableAt: nil, expiresAt: nil, at: now, programme)
    }
    guard answer.amount > 0 else { return }
    try tell(.balanceIssued, of: credit.balance, to: account, at: now)
  }
}

private let mayEarn = SQLText(
  """
  SELECT count(*) FROM account WHERE number = $1 AND disabled_at IS NULL
    AND NOT EXISTS (
      SELECT 1 FROM person WHERE person.account = $1 AND person.state = 'erased')
  """)

extension SQLConnection {
  fileprivate func mayEarn(_ account: AccountNumber) throws(StorageError) -> Bool {
    try number(Storage.mayEarn, [.integer(account.value)]) == 1
  }
}

extension RecordedPurchase {
  /// What the shop would pay out for the units that come back now: their prices and taxes, less what
  /// goes back to where it came from by itself.
  fileprivate func payable(_ credit: ReturnCredit) -> Int64 {
    let more = Dictionary(
      credit.lines.map { (Array($0.id.utf8), $0) }, uniquingKeysWith: { first, _ in first })
    return lines.reduce(0) { sum, line in
      guard line.coming > 0 else { return sum }
      let other = more[Array(line.id.utf8)]
      func part(_ amount: Int64) -> Int64 {
        LineShares.refund(of: amount, units: line.coming, after: line.returned, of: line.quantity)
      }
      return sum + part(line.paid) + part(other?.tax ?? 0) - part(other?.paidByLedger ?? 0)
    }
  }
}

extension LedgerReader {
  /// What credit a request gave for what it brought back of an order, in smallest units.
  public func credited(by request: String, for order: String, in balance: String)
    throws(StorageError) -> Int64
  {
    guard let terms = programme.terms(named: balance) else { return 0 }
    return try connection.number(
      Storage.credited,
      [
        .text(order), .text(ReturnCredit.campaign(of: request)), .integer(terms.id.value),
      ]) ?? 0
  }
}
