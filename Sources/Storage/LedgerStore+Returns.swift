import Ledger
import LocalTime

/// A recorded purchase, as far as returning it needs to know.
private struct Purchase {
  struct Line {
    var id: String
    var quantity: Int64
    var returned: Int64
    /// Units that come back now.
    var coming: Int64 = 0
  }

  struct Part {
    var campaign: String?
    var balance: BalanceID
    var amount: Int64
    var givenBack: Int64
    /// Line and amount.
    var shares: [(line: Int, amount: Int64)] = []
  }

  var order: String
  var account: AccountNumber?
  var transaction: Int64?
  var state: String
  var lines: [Line] = []
  var parts: [Part] = []

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
    SELECT id, quantity, returned FROM purchase_line WHERE purchase = $1 ORDER BY place
    """)
  private static let parts = SQLText(
    """
    SELECT campaign, kind, amount, given_back FROM purchase_part
    WHERE purchase = $1 ORDER BY place
    """)
  private static let shares = SQLText(
    "SELECT part, line, amount FROM purchase_share WHERE purchase = $1 ORDER BY part, line")
  private static let setState = SQLText("UPDATE purchase SET state = $2 WHERE id = $1")
  private static let addReturned = SQLText(
    "UPDATE purchase_line SET returned = returned + $3 WHERE purchase = $1 AND place = $2")
  private static let setGivenBack = SQLText(
    "UPDATE purchase_part SET given_back = $3 WHERE purchase = $1 AND place = $2")
  private static let insertReturn = SQLText(
    "INSERT INTO purchase_return (request, purchase, line, quantity) VALUES ($1, $2, $3, $4)")
  private static let spent = SQLText(
    """
    SELECT posting.kind, posting.amount, posting.lot, lot.expires_at, lot.original,
      lot.remaining, lot.held
    FROM posting LEFT JOIN lot ON lot.id = posting.lot
    WHERE posting.number = $1 AND posting.owner > 0 AND posting.amount < 0
    ORDER BY posting.place
    """)

  /// Undoes a purchase of which nothing came back yet: what was spent goes back to where it came
  /// from, rewards are taken back, and campaigns count one use less.
  func void(
    _ order: String, _ policy: ReturnPolicy, for request: LedgerRequest, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    guard var purchase = try read(order) else { return LedgerAnswer(.unknownOrder) }
    if purchase.state == "voided" { return LedgerAnswer(.alreadyVoided) }
    guard purchase.state == "final", purchase.lines.allSatisfy({ $0.returned == 0 }) else {
      return LedgerAnswer(.alreadyReturned)
    }
    for line in purchase.lines.indices {
      purchase.lines[line].coming = purchase.lines[line].quantity
    }
    var answer = try giveBack(purchase, policy, as: .void, for: request, at: now)
    answer.code = .voided
    try connection.run(Self.setState, [.text(order), .text("voided")])
    try giveUsesBack(of: order)
    try giveVisitBack(of: order, at: now)
    return answer
  }

  /// Takes units back; with the last of them campaigns count one use less.
  func giveBack(
    _ order: String, _ units: [LedgerCommand.ReturnedLine], _ policy: ReturnPolicy,
    for request: LedgerRequest, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    guard var purchase = try read(order) else { return LedgerAnswer(.unknownOrder) }
    if purchase.state == "voided" { return LedgerAnswer(.alreadyVoided) }
    if purchase.state == "returned" { return LedgerAnswer(.alreadyReturned) }
    for unit in units {
      let place = purchase.lines.firstIndex { $0.id.utf8.elementsEqual(unit.id.utf8) }
      guard let place else { return LedgerAnswer(.unknownLine, subject: unit.id) }
      purchase.lines[place].coming += unit.quantity
      let line = purchase.lines[place]
      guard line.coming <= line.quantity - line.returned else {
        return LedgerAnswer(
          .exceedsLine, amount: line.quantity - line.returned, subject: unit.id)
      }
    }
    let answer = try giveBack(purchase, policy, as: .giveBack, for: request, at: now)
    for (place, line) in purchase.lines.enumerated() where line.coming > 0 {
      let place = SQLValue.integer(Int64(place))
      try connection.run(Self.addReturned, [.text(order), place, .integer(line.coming)])
      try connection.run(
        Self.insertReturn, [.text(request.id), .text(order), place, .integer(line.coming)])
    }
    if purchase.lines.allSatisfy({ $0.returned + $0.coming == $0.quantity }) {
      try connection.run(Self.setState, [.text(order), .text("returned")])
      try giveUsesBack(of: order)
    }
    return answer
  }

  private func giveBack(
    _ purchase: Purchase, _ policy: ReturnPolicy, as kind: TransactionKind,
    for request: LedgerRequest, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    var answer = LedgerAnswer(.returned)
    if let account = purchase.account {
      answer = try onBook(of: account, for: request, at: now) {
        (book) throws(StorageError) in
        var draft = TransactionDraft(kind, effectiveAt: now)
        var (taken, missing): (Int64, Int64) = (0, 0)
        for (place, part) in purchase.parts.enumerated() {
          let delta = purchase.worth(of: part) - part.givenBack
          guard delta > 0 else { continue }
          if let campaign = part.campaign {
            let key = RewardKey(
              order: purchase.order, campaign: campaign, balance: part.balance)
            let left = book.takeBack(delta, of: key, policy: policy, at: now, into: &draft)
            taken += delta - left
            missing += left
          } else {
            try restore(delta, ofPart: place, of: purchase, in: &book, into: &draft)
          }
        }
        book.add(draft)
        return LedgerAnswer(.returned, amount: taken, rest: missing)
      }
    }
    for (place, part) in purchase.parts.enumerated() {
      let worth = purchase.worth(of: part)
      guard worth != part.givenBack else { continue }
      try connection.run(
        Self.setGivenBack,
        [.text(purchase.order), .integer(Int64(place)), .integer(worth)])
    }
    return answer
  }

  /// Puts a part of what was spent back into its lots.
  private func restore(
    _ amount: Int64, ofPart place: Int, of purchase: Purchase, in book: inout AccountBook,
    into draft: inout TransactionDraft
  ) throws(StorageError) {
    let part = purchase.parts[place]
    var entries: [Posting] = []
    var empty: [Lot] = []
    let rows = try connection.rows(Self.spent, [SQLValue(purchase.transaction)])
    while try rows.next() {
      let kind = BalanceID(rows.integer(0))
      let lot = rows.optionalInteger(2).map { LotID($0) }
      guard kind == part.balance else { continue }
      entries.append(
        Posting(
          owner: book.account.value, balance: kind, amount: rows.integer(1), lot: lot))
      if let lot, rows.integer(5) == 0 {
        empty.append(
          Lot(
            id: lot, balance: kind, expiresAt: rows.moment(3), original: rows.integer(4),
            remaining: 0, held: 0))
      }
    }
    // Spends of one balance follow one another in the entries, and each goes back to its own.
    let earlier = purchase.parts[..<place].filter {
      $0.campaign == nil && $0.balance == part.balance
    }
    let skipped = earlier.reduce(0) { $0 + $1.amount } + part.givenBack
    book.restore(
      amount, of: part.balance, from: entries, skipping: skipped, empty: empty, into: &draft)
  }

  private func read(_ order: String) throws(StorageError) -> Purchase? {
    let rows = try connection.rows(Self.head, [.text(order)])
    guard try rows.next() else { return nil }
    var purchase = Purchase(
      order: order, account: rows.optionalInteger(0).map { AccountNumber($0) },
      transaction: rows.optionalInteger(1), state: rows.text(2))
    rows.close()
    try unpack(order)
    let lines = try connection.rows(Self.lines, [.text(order)])
    while try lines.next() {
      purchase.lines.append(
        Purchase.Line(
          id: lines.text(0), quantity: lines.integer(1), returned: lines.integer(2)))
    }
    let parts = try connection.rows(Self.parts, [.text(order)])
    while try parts.next() {
      let campaign = parts.text(0)
      purchase.parts.append(
        Purchase.Part(
          campaign: campaign.isEmpty ? nil : campaign, balance: BalanceID(parts.integer(1)),
          amount: parts.integer(2), givenBack: parts.integer(3)))
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
