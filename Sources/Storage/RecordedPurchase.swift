import Ledger
import LocalTime

/// A recorded purchase, as far as returning it needs to know.
struct RecordedPurchase {
  struct Line {
    var id: String
    var quantity: Int64
    /// What was paid for it, in minor units.
    var paid: Int64
    var returned: Int64
    /// Units that come back now.
    var coming: Int64 = 0
  }

  struct Part {
    var campaign: String?
    var balance: BalanceID
    var amount: Int64
    var givenBack: Int64
    /// The spending account that paid it; nil when it is the customer's.
    var payer: AccountNumber?
    /// The transaction it was spent by.
    var transaction: Int64?
    /// Line and amount.
    var shares: [(line: Int, amount: Int64)] = []
  }

  var order: String
  var account: AccountNumber?
  var transaction: Int64?
  var state: String
  var lines: [Line] = []
  var parts: [Part] = []

  /// The key of a reward, whose place counts those of its campaign and balance before it.
  func key(ofRewardAt place: Int, of campaign: String) -> RewardKey {
    let balance = parts[place].balance
    let earlier = parts[..<place].count {
      $0.balance == balance && $0.campaign?.utf8.elementsEqual(campaign.utf8) == true
    }
    return RewardKey(
      order: order, campaign: campaign, balance: balance, place: Int64(earlier))
  }

  /// How much of a part the returns so far and the units coming now are worth together.
  func worth(of part: Part) -> Int64 {
    if lines.allSatisfy({ $0.returned + $0.coming == $0.quantity }) { return part.amount }
    var sum: Int64 = 0
    for (line, share) in part.shares {
      let units = lines[line].returned + lines[line].coming
      sum += LineShares.part(of: share, units: units, of: lines[line].quantity)
    }
    return sum
  }
}

extension LedgerStore {
  private static let head = SQLText(
    "SELECT account, number, state FROM purchase WHERE id = $1")
  private static let lines = SQLText(
    """
    SELECT id, quantity, returned, paid FROM purchase_line WHERE purchase = $1 ORDER BY place
    """)
  private static let parts = SQLText(
    """
    SELECT part.campaign, part.kind, part.amount, part.given_back,
      coalesce(account.survivor, part.account), part.number
    FROM purchase_part AS part LEFT JOIN account ON account.number = part.account
    WHERE part.purchase = $1 ORDER BY part.place
    """)
  private static let shares = SQLText(
    "SELECT part, line, amount FROM purchase_share WHERE purchase = $1 ORDER BY part, line")
  /// A purchase with what it moved; nil when none has the id.
  func read(_ order: String) throws(StorageError) -> RecordedPurchase? {
    let rows = try connection.rows(Self.head, [.text(order)])
    guard try rows.next() else { return nil }
    var purchase = RecordedPurchase(
      order: order, account: rows.optionalInteger(0).map { AccountNumber($0) },
      transaction: rows.optionalInteger(1), state: rows.text(2))
    rows.close()
    try unpack(order)
    let lines = try connection.rows(Self.lines, [.text(order)])
    while try lines.next() {
      purchase.lines.append(
        RecordedPurchase.Line(
          id: lines.text(0), quantity: lines.integer(1), paid: lines.integer(3),
          returned: lines.integer(2)))
    }
    let parts = try connection.rows(Self.parts, [.text(order)])
    while try parts.next() {
      let campaign = parts.text(0)
      purchase.parts.append(
        RecordedPurchase.Part(
          campaign: campaign.isEmpty ? nil : campaign, balance: BalanceID(parts.integer(1)),
          amount: parts.integer(2), givenBack: parts.integer(3),
          payer: parts.optionalInteger(4).map { AccountNumber($0) },
          transaction: parts.optionalInteger(5) ?? purchase.transaction))
    }
    let shares = try connection.rows(Self.shares, [.text(order)])
    while try shares.next() {
      let part = Int(shares.integer(0))
      guard purchase.parts.indices.contains(part),
        purchase.lines.indices.contains(Int(shares.integer(1)))
      else { throw .corrupt("order \(order) has a share of nothing") }
      purchase.parts[part].shares.append((Int(shares.integer(1)), shares.integer(2)))
    }
    return purchase
  }
}
