import Ledger

/// What one transaction of a request redeemed.
struct RedeemedPart {
  var transaction: Int64
  /// Whose it was; of an account that was merged, the other.
  var account: AccountNumber
  var balance: BalanceID
  var amount: Int64
}

private let redeemedIn = SQLText(
  """
  SELECT moved.number FROM request JOIN ledger_transaction AS moved
    ON moved.number <= request.number AND moved.number > request.number - 100
      AND moved.request = request.id AND moved.kind = 'redeem'
  WHERE request.id = $1 AND request.code = 'redeemed' ORDER BY moved.number
  """)
private let survivor = SQLText(
  "SELECT coalesce(survivor, number) FROM account WHERE number = $1")
private let insertUse = SQLText(
  """
  INSERT INTO redemption_use (request, purchase) VALUES ($1, $2) ON CONFLICT (request) DO NOTHING
  """)

extension SQLConnection {
  /// What a request redeemed, of whatever account; empty when it did not.
  func redeemed(by request: String) throws(StorageError) -> [RedeemedPart] {
    var numbers: [Int64] = []
    let rows = try rows(redeemedIn, [.text(request)])
    while try rows.next() { numbers.append(rows.integer(0)) }
    var parts: [RedeemedPart] = []
    for number in numbers {
      for entry in try sides(of: number).entries where entry.amount < 0 {
        let owner = try self.number(survivor, [.integer(entry.owner)]) ?? entry.owner
        parts.append(
          RedeemedPart(
            transaction: number, account: AccountNumber(owner), balance: entry.balance,
            amount: -entry.amount))
      }
    }
    return parts
  }
}

extension LedgerStore {
  /// Lets a purchase be paid by what was redeemed for it before, as if it were spent now.
  ///
  /// - Parameter owner: Who bought and redeemed.
  /// - Returns: Why not; nil when all of it pays.
  func spendBefore(
    _ record: CheckoutRecord, of owner: AccountNumber, _ parts: inout [PurchaseContent.Part]
  ) throws(StorageError) -> LedgerAnswer? {
    for redemption in record.redemptions {
      guard let terms = programme.terms(named: redemption.balance) else {
        return LedgerAnswer(.unknownBalance, subject: redemption.balance)
      }
      let redeemed = try connection.redeemed(by: redemption.request).filter {
        $0.account == owner && $0.balance == terms.id
      }
      guard redeemed.reduce(0, { $0 + $1.amount }) == redemption.amount else {
        return LedgerAnswer(.badAmount, subject: redemption.balance)
      }
      for part in redeemed {
        parts.append(
          PurchaseContent.Part(
            campaign: nil, balance: part.balance, amount: part.amount,
            shares: record.shares(of: part.amount, by: redemption.weights),
            payer: .init(account: owner, transaction: part.transaction)))
      }
    }
    var requests: [String] = []
    for redemption in record.redemptions where !requests.contains(redemption.request) {
      let request = redemption.request
      requests.append(request)
      let isFirst = try connection.run(insertUse, [.text(request), .text(record.order)]) == 1
      guard isFirst else {
        return LedgerAnswer(.limitReached, amount: 1, subject: "redeemed before")
      }
    }
    return nil
  }
}
