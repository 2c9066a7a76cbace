private let merged = SQLText(
  """
  SELECT merged.id, kept.id FROM account AS merged
  JOIN account AS kept ON kept.number = merged.survivor
  """)
private let standing = SQLText(
  """
  SELECT r.campaign, r.scope, r.scope_key, r.period, r.discount
  FROM redemption AS r JOIN purchase ON purchase.id = r.purchase
  WHERE purchase.state = 'final'
  """)
private let kept = SQLText(
  """
  SELECT campaign, scope, scope_key, period, uses, discount FROM campaign_usage
  ORDER BY campaign, scope, scope_key, period
  """)

/// The uses of purchases that stand, by what they are counted under.
struct AuditedUses {
  private struct Count {
    var uses: Int64 = 0
    var discount: Int64 = 0
  }

  /// By the bytes of campaign, scope, key and period.
  private var counts: [[UInt8]: Count] = [:]
  /// The ids of customers who were merged into others, and those of the others.
  private var keptIDs: [[UInt8]: String] = [:]

  /// Begins with the uses that have rows of their own.
  init(_ connection: any SQLConnection) throws(StorageError) {
    let names = try connection.rows(merged, [])
    while try names.next() { keptIDs[Array(names.text(0).utf8)] = names.text(1) }
    let rows = try connection.rows(standing, [])
    while try rows.next() {
      add(
        PurchaseContent.Use(
          campaign: rows.text(0), scope: rows.text(1), key: rows.text(2), period: rows.text(3),
          discount: rows.integer(4)))
    }
  }

  /// Adds a use; that of a merged customer is counted under the other.
  mutating func add(_ use: PurchaseContent.Use) {
    let other = use.scope == "customer" ? keptIDs[Array(use.key.utf8)] : nil
    let place = Self.place([use.campaign, use.scope, other ?? use.key, use.period])
    counts[place, default: Count()].uses += 1
    counts[place, default: Count()].discount &+= use.discount
  }

  private static func place(_ texts: [String]) -> [UInt8] {
    var packed = PackedBytes(form: 0, room: 64)
    for text in texts { packed.add(text) }
    return packed.bytes
  }

  /// Tells of each count that is not what the uses come to.
  mutating func compare(_ connection: any SQLConnection, _ tell: (String) -> Void)
    throws(StorageError)
  {
    let rows = try connection.rows(kept, [])
    while try rows.next() {
      let texts = (0..<4).map { rows.text($0) }
      let count = counts.removeValue(forKey: Self.place(texts)) ?? Count()
      let (uses, discount) = (rows.integer(4), rows.integer(5))
      let name = "campaign " + texts.joined(separator: " ")
      if uses != count.uses { tell("\(name): uses \(uses), purchases that stand \(count.uses)") }
      if discount != count.discount {
        tell("\(name): discount \(discount), purchases that stand \(count.discount)")
      }
    }
    for (place, count) in counts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      var reader = PackedReader(place, form: 0)
      let texts = (0..<4).map { _ in reader?.text() ?? "" }
      let name = "campaign " + texts.joined(separator: " ")
      tell("\(name): no count, of purchases that stand \(count.uses)")
    }
  }
}
