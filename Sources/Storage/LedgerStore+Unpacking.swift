import Ledger

private let content = SQLText("SELECT content FROM purchase WHERE id = $1")
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

extension LedgerStore {
  /// Turns what is packed with a purchase into rows, once; before anything of it comes back.
  ///
  /// - Throws: `corrupt` for what can not be read, and for an amount that its shares do not make up.
  func unpack(_ order: String) throws(StorageError) {
    let name = SQLValue.text(order)
    guard let bytes = try connection.bytes(content, [name]), !bytes.isEmpty else { return }
    guard let content = PurchaseContent(packed: bytes),
      content.lines.isEmpty
        || content.parts.allSatisfy({ part in part.shares.reduce(0, &+) == part.amount })
    else { throw .corrupt("what is packed with order \(order) can not be read") }
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
    }
    try connection.run(dropContent, [name])
  }
}
