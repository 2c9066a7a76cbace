import Ledger

private let content = SQLText("SELECT content, account, recorded_at FROM purchase WHERE id = $1")
private let contentOf = SQLText("SELECT content FROM purchase WHERE id = $1")
private let dropContent = SQLText("UPDATE purchase SET content = NULL WHERE id = $1")
private let insertLine = SQLText(
  """
  INSERT INTO purchase_line (purchase, place, id, quantity, paid, returned)
  VALUES ($1, $2, $3, $4, $5, 0)
  """)
private let insertPart = SQLText(
  """
  INSERT INTO purchase_part (purchase, place, campaign, kind, amount, given_back, account, number)
  VALUES ($1, $2, $3, $4, $5, 0, $6, $7)
  """)
private let insertShare = SQLText(
  "INSERT INTO purchase_share (purchase, part, line, amount) VALUES ($1, $2, $3, $4)")

private let insertReward = SQLText(
  """
  INSERT INTO reward (for_order, campaign, kind, place, account, amount, due_at, state)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 'issued')
  """)
private let insertUse = SQLText(
  """
  INSERT INTO redemption (purchase, campaign, scope, scope_key, period, discount)
  VALUES ($1, $2, $3, $4, $5, $6)
  """)

extension LedgerStore {
  /// What came at once with an order, of which no row tells; nil for nothing.
  func amount(packedFor key: RewardKey) throws(StorageError) -> Int64? {
    guard let bytes = try connection.bytes(contentOf, [.text(key.order)]), !bytes.isEmpty else {
      return nil
    }
    guard let content = PurchaseContent(packed: bytes) else { throw unreadable(key.order) }
    return content.amount(issuedBy: key.campaign, in: key.balance, at: key.place)
  }

  private func unreadable(_ order: String) -> StorageError {
    .corrupt("what is packed with order \(order) can not be read")
  }

  /// Turns what is packed with a purchase into rows, once; before anything of it comes back.
  ///
  /// - Throws: `corrupt` for what can not be read, and for an amount that its shares do not make up.
  func unpack(_ order: String) throws(StorageError) {
    let name = SQLValue.text(order)
    let rows = try connection.rows(content, [name])
    guard try rows.next() else { return }
    let (bytes, account) = (rows.bytes(0), SQLValue(rows.optionalInteger(1)))
    let moment = SQLValue.integer(rows.integer(2))
    rows.close()
    guard !bytes.isEmpty else { return }
    guard let content = PurchaseContent(packed: bytes),
      content.lines.isEmpty
        || content.parts.allSatisfy({ part in part.shares.reduce(0, &+) == part.amount })
    else { throw unreadable(order) }
    for (place, line) in content.lines.enumerated() {
      try connection.run(
        insertLine,
        [
          name, .integer(Int64(place)), .text(line.id), .integer(line.quantity),
          .integer(line.paid),
        ])
    }
    for (place, part) in content.parts.enumerated() {
      let number = SQLValue.integer(Int64(place))
      try connection.run(
        insertPart,
        [
          name, number, part.campaign.map(SQLValue.text) ?? .null,
          .integer(part.balance.value), .integer(part.amount),
          SQLValue(part.payer?.account.value), SQLValue(part.payer?.transaction),
        ])
      for (line, share) in part.shares.enumerated() where share > 0 {
        try connection.run(insertShare, [name, number, .integer(Int64(line)), .integer(share)])
      }
      guard part.isIssued, let campaign = part.campaign else { continue }
      try connection.run(
        insertReward,
        [
          name, .text(campaign), .integer(part.balance.value),
          .integer(content.place(ofRewardAt: place)), account, .integer(part.amount), moment,
        ])
    }
    for use in content.uses {
      try connection.run(
        insertUse,
        [
          name, .text(use.campaign), .text(use.scope), .text(use.key), .text(use.period),
          .integer(use.discount),
        ])
    }
    try connection.run(dropContent, [name])
  }
}
