import Ledger

private let parts = SQLText(
  """
  SELECT part.purchase, part.place, part.amount, part.given_back, purchase.state,
    share.amount, line.returned, line.quantity
  FROM purchase_part AS part JOIN purchase ON purchase.id = part.purchase
  LEFT JOIN purchase_share AS share ON share.purchase = part.purchase AND share.part = part.place
  LEFT JOIN purchase_line AS line ON line.purchase = share.purchase AND line.place = share.line
  ORDER BY part.purchase, part.place
  """)
private let packed = SQLText(
  """
  SELECT purchase.id, purchase.content, purchase.state, coalesce(account.survivor, account.number),
    purchase.number
  FROM purchase LEFT JOIN account ON account.number = purchase.account
  WHERE purchase.content IS NOT NULL ORDER BY purchase.id
  """)
private let lost = SQLText(
  """
  SELECT id FROM purchase WHERE content IS NULL AND number IS NOT NULL AND state = 'final'
    AND NOT EXISTS (SELECT 1 FROM purchase_part WHERE purchase_part.purchase = purchase.id)
  ORDER BY id
  """)
private let codes = SQLText(
  """
  SELECT redemption.purchase, redemption.scope_key FROM redemption
  JOIN purchase ON purchase.id = redemption.purchase
  WHERE redemption.scope = 'code' AND purchase.state = 'final'
  """)
private let usedFor = SQLText("SELECT coalesce(used_for, '') FROM code WHERE digest = $1")

/// A part of a purchase, and what its returned units are worth as far as they were added up.
private struct AuditedPart {
  var order: String
  var place: Int64
  var givenBack: Int64
  var worth: Int64

  /// What differs, in one line; nil when nothing does.
  var difference: String? {
    givenBack == worth
      ? nil
      : "order \(order) part \(place): given back \(givenBack), worth of returned units \(worth)"
  }
}

extension LedgerReader {
  /// Works out what was given back of every part of a purchase.
  func checkParts(_ report: inout AuditReport, _ most: Int) throws(StorageError) {
    var current: AuditedPart?
    func finish() {
      if let difference = current?.difference, report.differences.count < most {
        report.differences.append(difference)
      }
    }
    let rows = try connection.rows(parts, [])
    defer { rows.close() }
    while try rows.next() {
      let (order, place) = (rows.text(0), rows.integer(1))
      let isWhole = rows.text(4) != "final"
      if current?.place != place || current?.order.utf8.elementsEqual(order.utf8) != true {
        finish()
        current = AuditedPart(
          order: order, place: place, givenBack: rows.integer(3),
          worth: isWhole ? rows.integer(2) : 0)
      }
      guard !isWhole, let share = rows.optionalInteger(5) else { continue }
      current?.worth += LineShares.part(
        of: share, units: rows.integer(6), of: max(1, rows.integer(7)))
    }
    finish()
  }

  /// Reads what is packed with purchases of which nothing came back, and adds up their uses and what
  /// came of them at once.
  func checkPacked(
    _ report: inout AuditReport, _ most: Int, _ uses: inout AuditedUses,
    _ entries: inout AuditedEntries
  ) throws(StorageError) {
    let rows = try connection.rows(packed, [])
    defer { rows.close() }
    func tell(_ difference: String) {
      if report.differences.count < most { report.differences.append(difference) }
    }
    while try rows.next() {
      let order = rows.text(0)
      guard let content = PurchaseContent(packed: rows.bytes(1)) else {
        tell("order \(order): what is packed can not be read")
        continue
      }
      for (place, part) in content.parts.enumerated() {
        let together = part.shares.reduce(0, &+)
        if !content.lines.isEmpty, together != part.amount {
          tell("order \(order) part \(place): amount \(part.amount), shares \(together)")
        }
        guard part.isIssued else { continue }
        report.rewards += 1
        entries.addEarned(part.amount, of: part.balance, by: rows.integer(3))
      }
      if let difference = try difference(ofSpendsIn: content, by: rows.optionalInteger(4)) {
        tell("order \(order): \(difference)")
      }
      guard rows.text(2) == "final" else { continue }
      for use in content.uses {
        uses.add(use)
        guard use.scope == "code" else { continue }
        if let difference = try difference(ofCode: use.key, for: order) { tell(difference) }
      }
    }
  }

  /// What is wrong with what a purchase says it spent; nil when its transactions say the same.
  private func difference(ofSpendsIn content: PurchaseContent, by number: Int64?)
    throws(StorageError) -> String?
  {
    var said: [Int64: [BalanceID: Int64]] = [:]
    for part in content.parts where part.campaign == nil {
      guard let transaction = part.payer?.transaction ?? number else {
        return "it spent something, and has no transaction"
      }
      said[transaction, default: [:]][part.balance, default: 0] &+= part.amount
    }
    for (transaction, amounts) in said.sorted(by: { $0.key < $1.key }) {
      var spent: [BalanceID: Int64] = [:]
      for side in try connection.sides(of: transaction) where side.owner > 0 && side.amount < 0 {
        spent[side.balance, default: 0] &-= side.amount
      }
      for (balance, amount) in amounts.sorted(by: { $0.key.value < $1.key.value })
      where spent[balance] != amount {
        return "spent \(amount) of balance \(balance.value), transaction \(transaction) "
          + "\(spent[balance] ?? 0)"
      }
    }
    return nil
  }

  /// Tells of purchases that moved something and no longer say what.
  func checkLost(_ report: inout AuditReport, _ most: Int) throws(StorageError) {
    let rows = try connection.rows(lost, [])
    defer { rows.close() }
    while report.differences.count < most, try rows.next() {
      report.differences.append("order \(rows.text(0)): what it moved is gone")
    }
  }

  /// Looks whether the single-use codes of purchases that stand are used for them.
  func checkCodes(_ report: inout AuditReport, _ most: Int) throws(StorageError) {
    let rows = try connection.rows(codes, [])
    defer { rows.close() }
    while report.differences.count < most, try rows.next() {
      if let difference = try difference(ofCode: rows.text(1), for: rows.text(0)) {
        report.differences.append(difference)
      }
    }
  }

  /// What is wrong with the code that an order has used; nil when nothing is.
  private func difference(ofCode key: String, for order: String) throws(StorageError) -> String? {
    guard let digest = bytes(ofHexadecimal: key),
      let used = try connection.text(usedFor, [.bytes(digest)]),
      !used.utf8.elementsEqual(order.utf8)
    else { return nil }
    return "order \(order): its code is used for \(used.isEmpty ? "nothing" : used)"
  }
}

/// The bytes that digits stand for; nil for a text that is no digest of a code.
private func bytes(ofHexadecimal text: String) -> [UInt8]? {
  let digits = Array(text.utf8)
  guard digits.count == 32 else { return nil }
  var bytes: [UInt8] = []
  for place in stride(from: 0, to: digits.count, by: 2) {
    let pair = String(decoding: digits[place..<place + 2], as: UTF8.self)
    guard let byte = UInt8(pair, radix: 16) else { return nil }
    bytes.append(byte)
  }
  return bytes
}
