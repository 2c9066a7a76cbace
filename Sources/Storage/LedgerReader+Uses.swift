public import LocalTime

/// How often a campaign was used by one customer, and what it gave.
public struct StoredUse: Hashable, Sendable {
  /// The order it was used for.
  public var order: String
  /// The campaign's name in the rules.
  public var campaign: String
  /// When the purchase was recorded.
  public var at: Instant
  /// What it took off, in minor units.
  public var discount: Int64
}

/// What a limit counts of a campaign.
public struct StoredUsage: Hashable, Sendable {
  /// The key of the count: a code for a limit per code, empty in total.
  public var key: String
  /// Purchases that used it.
  public var uses: Int64
  /// What it took off them together, in minor units.
  public var discount: Int64
}

private let usesBy = SQLText(
  """
  SELECT purchase.id, purchase.recorded_at, purchase.content, redemption.campaign,
    redemption.discount
  FROM account AS named
  JOIN purchase ON purchase.account = coalesce(named.survivor, named.number)
  LEFT JOIN redemption ON redemption.purchase = purchase.id
    AND redemption.scope = 'customer' AND redemption.period = ''
  WHERE named.id = $1 AND purchase.state = 'final'
  ORDER BY purchase.recorded_at, purchase.id, redemption.campaign
  """)
private let usageOf = SQLText(
  """
  SELECT scope_key, uses, discount FROM campaign_usage
  WHERE campaign = $1 AND scope = $2 AND period = $3 AND scope_key = $4
  """)

extension LedgerReader {
  /// Every use of a campaign by an account that was not undone, the earliest first.
  public func uses(by account: String) throws(StorageError) -> [StoredUse] {
    var uses: [StoredUse] = []
    let rows = try connection.rows(usesBy, [.text(account)])
    while try rows.next() {
      let (order, at) = (rows.text(0), Instant(secondsSince1970: rows.integer(1)))
      if rows.optionalInteger(4) != nil {
        let discount = rows.integer(4)
        uses.append(
          StoredUse(order: order, campaign: rows.text(3), at: at, discount: discount))
        continue
      }
      let bytes = rows.bytes(2)
      guard !bytes.isEmpty else { continue }
      guard let content = PurchaseContent(packed: bytes) else {
        throw .corrupt("what is packed with order \(order) can not be read")
      }
      let counted = content.uses.filter { $0.scope == "customer" && $0.period.isEmpty }
      let sorted = counted.sorted {
        $0.campaign.utf8.lexicographicallyPrecedes($1.campaign.utf8)
      }
      uses += sorted.map {
        StoredUse(order: order, campaign: $0.campaign, at: at, discount: $0.discount)
      }
    }
    return uses
  }

  /// What is counted of a campaign in one place; nil when nothing is yet.
  ///
  /// - Parameters:
  ///   - scope: `total` or `code`.
  ///   - period: The name of the period; empty for ever.
  ///   - key: The code; empty in total.
  public func usage(of campaign: String, scope: String, period: String, key: String)
    throws(StorageError) -> StoredUsage?
  {
    guard let counted = scope == "code" ? try countedKey(ofWord: key) : key else { return nil }
    let rows = try connection.rows(
      usageOf, [.text(campaign), .text(scope), .text(period), .text(counted)])
    defer { rows.close() }
    guard try rows.next() else { return nil }
    return StoredUsage(key: key, uses: rows.integer(1), discount: rows.integer(2))
  }
}
