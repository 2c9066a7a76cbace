import Ledger
public import LocalTime

/// A purchase as it is recorded.
public struct StoredPurchase: Hashable, Sendable {
  /// What has become of it since.
  public enum State: String, Hashable, Sendable {
    /// It stands, though some of it may have come back.
    case final
    /// All of it came back.
    case returned
    case voided
  }

  /// One line of it.
  public struct Line: Hashable, Sendable {
    /// The cart's id of the line.
    public var id: String
    /// Units bought.
    public var quantity: Int64
    /// What was paid for the line, in minor units.
    public var paid: Int64
    /// Units that came back.
    public var returned: Int64
  }

  /// The caller's id of the order.
  public var order: String
  /// Who bought; nil for a guest.
  public var account: String?
  /// When it was recorded.
  public var recordedAt: Instant
  /// What has become of it.
  public var state: State
  /// What was bought, in the order of the cart.
  public var lines: [Line]
  /// What the caller kept with it.
  public var body: [UInt8]
}

/// Units of a line that one request brought back.
public struct StoredReturn: Hashable, Sendable {
  /// The cart's id of the line.
  public var line: String
  /// Units that came back by it.
  public var quantity: Int64
  /// Units that had come back before it.
  public var before: Int64
  /// Units bought.
  public var bought: Int64
  /// What was paid for the line, in minor units.
  public var paid: Int64

  /// What these units give back, in minor units: the parts of every split sum to what was paid.
  public var refund: Int64 {
    LineShares.refund(of: paid, units: quantity, after: before, of: bought)
  }
}

private let onePurchase = SQLText(
  """
  SELECT purchase.id, account.id, purchase.recorded_at, purchase.state, purchase.body,
    purchase.content
  FROM purchase LEFT JOIN account ON account.number = purchase.account WHERE purchase.id = $1
  """)
private let purchasesOf = SQLText(
  """
  SELECT purchase.id, account.id, purchase.recorded_at, purchase.state, purchase.body,
    purchase.content
  FROM account AS named
  JOIN account ON account.number = coalesce(named.survivor, named.number)
  JOIN purchase ON purchase.account = account.number
  WHERE named.id = $1 AND purchase.recorded_at < $2
  ORDER BY purchase.recorded_at DESC, purchase.id LIMIT $3
  """)
private let purchasesAfter = SQLText(
  """
  SELECT purchase.id, account.id, purchase.recorded_at, purchase.state, purchase.body,
    purchase.content
  FROM account AS named
  JOIN account ON account.number = coalesce(named.survivor, named.number)
  JOIN purchase ON purchase.account = account.number
  WHERE named.id = $1 AND purchase.recorded_at <= $2
    AND (purchase.recorded_at < $2 OR purchase.id > $3)
  ORDER BY purchase.recorded_at DESC, purchase.id LIMIT $4
  """)
private let linesOf = SQLText(
  "SELECT id, quantity, paid, returned FROM purchase_line WHERE purchase = $1 ORDER BY place")
private let returnedBy = SQLText(
  """
  SELECT line.id, mine.quantity, line.quantity, line.paid,
    (SELECT coalesce(sum(other.quantity), 0) FROM purchase_return AS other
      JOIN request AS earlier ON earlier.id = other.request
      WHERE other.purchase = mine.purchase AND other.line = mine.line
        AND earlier.place < request.place)
  FROM purchase_return AS mine JOIN request ON request.id = mine.request
  JOIN purchase_line AS line ON line.purchase = mine.purchase AND line.place = mine.line
  WHERE mine.request = $1 ORDER BY mine.line
  """)
private let keptUnder = SQLText(
  """
  SELECT account.id FROM account AS named
  JOIN account ON account.number = coalesce(named.survivor, named.number) WHERE named.id = $1
  """)
extension LedgerReader {
  /// A purchase as it is recorded; nil for an unknown order.
  public func purchase(_ order: String) throws(StorageError) -> StoredPurchase? {
    try purchases(onePurchase, [.text(order)]).first
  }

  /// The purchases of an account before a moment, the latest first.
  ///
  /// - Parameter most: As many at most; further ones are asked for by the last of them.
  public func purchases(of account: String, before moment: Instant, most: Int)
    throws(StorageError) -> [StoredPurchase]
  {
    try purchases(
      purchasesOf,
      [.text(account), .integer(moment.secondsSince1970), .integer(Int64(most))])
  }

  /// The purchases of an account that follow one of them, which may be gone, in the same order.
  public func purchases(
    of account: String, after order: String, at moment: Instant, most: Int
  ) throws(StorageError) -> [StoredPurchase] {
    try purchases(
      purchasesAfter,
      [.text(account), .integer(moment.secondsSince1970), .text(order), .integer(Int64(most))])
  }

  /// What a request redeemed of an account's balances, in smallest units; empty when it did not.
  public func redeemed(by request: String, from account: String) throws(StorageError)
    -> [String: Int64]
  {
    try connection.execute("BEGIN")
    defer { try? connection.execute("COMMIT") }
    guard let known = try connection.known(account) else { return [:] }
    var redeemed: [String: Int64] = [:]
    for part in try connection.redeemed(by: request) where part.account == known.number {
      guard let terms = programme.terms(part.balance) else { continue }
      redeemed[terms.name, default: 0] += part.amount
    }
    return redeemed
  }

  /// What a request brought back, in the order of the purchase's lines.
  public func returned(by request: String) throws(StorageError) -> [StoredReturn] {
    var returned: [StoredReturn] = []
    let rows = try connection.rows(returnedBy, [.text(request)])
    while try rows.next() {
      returned.append(
        StoredReturn(
          line: rows.text(0), quantity: rows.integer(1), before: rows.integer(4),
          bought: rows.integer(2), paid: rows.integer(3)))
    }
    return returned
  }

  /// The id that an account is kept under: after a merge that of the other; nil when there is none.
  public func accountID(keeping id: String) throws(StorageError) -> String? {
    let rows = try connection.rows(keptUnder, [.text(id)])
    defer { rows.close() }
    return try rows.next() ? rows.text(0) : nil
  }

  private func purchases(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError)
    -> [StoredPurchase]
  {
    var purchases: [StoredPurchase] = []
    var packed: [[UInt8]] = []
    let rows = try connection.rows(statement, values)
    while try rows.next() {
      guard let state = StoredPurchase.State(rawValue: rows.text(3)) else {
        throw .corrupt("a purchase in the state \(rows.text(3))")
      }
      let account = rows.text(1)
      purchases.append(
        StoredPurchase(
          order: rows.text(0), account: account.isEmpty ? nil : account,
          recordedAt: Instant(secondsSince1970: rows.integer(2)), state: state, lines: [],
          body: rows.bytes(4)))
      packed.append(rows.bytes(5))
    }
    for place in purchases.indices where !packed[place].isEmpty {
      guard let content = PurchaseContent(packed: packed[place]) else {
        throw .corrupt("what is packed with order \(purchases[place].order) can not be read")
      }
      purchases[place].lines = content.lines.map {
        StoredPurchase.Line(id: $0.id, quantity: $0.quantity, paid: $0.paid, returned: 0)
      }
    }
    for place in purchases.indices where packed[place].isEmpty {
      purchases[place].lines = try lines(of: purchases[place].order)
    }
    return purchases
  }

  private func lines(of order: String) throws(StorageError) -> [StoredPurchase.Line] {
    var lines: [StoredPurchase.Line] = []
    let rows = try connection.rows(linesOf, [.text(order)])
    while try rows.next() {
      lines.append(
        StoredPurchase.Line(
          id: rows.text(0), quantity: rows.integer(1), paid: rows.integer(2),
          returned: rows.integer(3)))
    }
    return lines
  }
}
