import Ledger
import LocalTime

extension LedgerStore {
  private static let setState = SQLText("UPDATE purchase SET state = $2 WHERE id = $1")
  private static let addReturned = SQLText(
    "UPDATE purchase_line SET returned = returned + $3 WHERE purchase = $1 AND place = $2")
  private static let setGivenBack = SQLText(
    "UPDATE purchase_part SET given_back = $3 WHERE purchase = $1 AND place = $2")
  private static let insertReturn = SQLText(
    "INSERT INTO purchase_return (request, purchase, line, quantity) VALUES ($1, $2, $3, $4)")
  private static let lot = SQLText(
    "SELECT expires_at, original, remaining FROM lot WHERE id = $1")

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

  /// Takes units back; with the last of them campaigns count one use less, and groups one visit.
  func giveBack(
    _ order: String, _ units: [LedgerCommand.ReturnedLine], _ policy: ReturnPolicy,
    _ credit: ReturnCredit?, for request: LedgerRequest, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    guard var purchase = try read(order) else { return LedgerAnswer(.unknownOrder) }
    if purchase.state == "voided" { return LedgerAnswer(.alreadyVoided) }
    if purchase.state == "returned" { return LedgerAnswer(.alreadyReturned) }
    let places = Dictionary(
      purchase.lines.enumerated().map { (Array($0.element.id.utf8), $0.offset) },
      uniquingKeysWith: { first, _ in first })
    for unit in units {
      guard let place = places[Array(unit.id.utf8)] else {
        return LedgerAnswer(.unknownLine, subject: unit.id)
      }
      purchase.lines[place].coming += unit.quantity
      let line = purchase.lines[place]
      guard line.coming <= line.quantity - line.returned else {
        return LedgerAnswer(
          .exceedsLine, amount: line.quantity - line.returned, subject: unit.id)
      }
    }
    let answer = try giveBack(purchase, policy, as: .giveBack, for: request, at: now)
    if let credit { try give(credit, for: purchase, by: request, at: now) }
    for (place, line) in purchase.lines.enumerated() where line.coming > 0 {
      let place = SQLValue.integer(Int64(place))
      try connection.run(Self.addReturned, [.text(order), place, .integer(line.coming)])
      try connection.run(
        Self.insertReturn, [.text(request.id), .text(order), place, .integer(line.coming)])
    }
    if purchase.lines.allSatisfy({ $0.returned + $0.coming == $0.quantity }) {
      try connection.run(Self.setState, [.text(order), .text("returned")])
      try giveUsesBack(of: order)
      try giveVisitBack(of: order, at: now)
    }
    return answer
  }

  private func giveBack(
    _ purchase: RecordedPurchase, _ policy: ReturnPolicy, as kind: TransactionKind,
    for request: LedgerRequest, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    var answer = LedgerAnswer(.returned)
    if let account = purchase.account {
      let draft = TransactionDraft(kind, effectiveAt: now)
      answer = try giveBack(purchase, to: account, isPayer: false, policy, draft, for: request)
    }
    var payers: [AccountNumber] = []
    for payer in purchase.parts.compactMap(\.payer) where !payers.contains(payer) {
      payers.append(payer)
      let draft = TransactionDraft(kind, effectiveAt: now)
      _ = try giveBack(purchase, to: payer, isPayer: true, policy, draft, for: request)
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

  /// Gives one account back what it paid, and takes from the customer what was earned.
  ///
  /// - Parameter isPayer: Whether it gets what it paid as a spending account; it may be the customer
  ///   too, who gets the rest.
  private func giveBack(
    _ purchase: RecordedPurchase, to account: AccountNumber, isPayer: Bool,
    _ policy: ReturnPolicy, _ empty: TransactionDraft, for request: LedgerRequest
  ) throws(StorageError) -> LedgerAnswer {
    let now = empty.effectiveAt
    return try onBook(of: account, for: request, at: now) { (book) throws(StorageError) in
      var draft = empty
      var (taken, missing): (Int64, Int64) = (0, 0)
      for (place, part) in purchase.parts.enumerated()
      where part.payer == (isPayer ? account : nil) {
        let delta = purchase.worth(of: part) - part.givenBack
        guard delta > 0 else { continue }
        if let campaign = part.campaign {
          let key = purchase.key(ofRewardAt: place, of: campaign)
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

  /// Puts a part of what was spent back into its lots.
  private func restore(
    _ amount: Int64, ofPart place: Int, of purchase: RecordedPurchase, in book: inout AccountBook,
    into draft: inout TransactionDraft
  ) throws(StorageError) {
    let part = purchase.parts[place]
    var entries: [Posting] = []
    var empty: [Lot] = []
    let sides = try part.transaction.map { (number) throws(StorageError) in
      try connection.sides(of: number)
    }
    for var side in sides ?? []
    where side.owner > 0 && side.amount < 0 && side.balance == part.balance {
      side.owner = book.account.value
      entries.append(side)
      if let lot = side.lot, let emptied = try emptied(lot, of: side.balance) {
        empty.append(emptied)
      }
    }
    // Spends of one balance follow one another in the entries, and each goes back to its own.
    let earlier = purchase.parts[..<place].filter {
      $0.campaign == nil && $0.balance == part.balance && $0.transaction == part.transaction
    }
    let skipped = earlier.reduce(0) { $0 + $1.amount } + part.givenBack
    let spent = entries.reduce(0) { $0 - $1.amount }
    guard spent >= skipped + amount else {
      throw .corrupt("order \(purchase.order) part \(place): more comes back than was spent")
    }
    book.restore(
      amount, of: part.balance, from: entries, skipping: skipped, empty: empty,
      expiresAt: programme.expiry(of: part.balance, from: draft.effectiveAt), into: &draft)
  }
  /// A lot of which nothing is left; nil for one of which something is.
  private func emptied(_ lot: LotID, of balance: BalanceID) throws(StorageError) -> Lot? {
    let rows = try connection.rows(Self.lot, [.integer(lot.value)])
    defer { rows.close() }
    guard try rows.next(), rows.integer(2) == 0 else { return nil }
    return Lot(
      id: lot, balance: balance, expiresAt: rows.moment(0), original: rows.integer(1),
      remaining: 0, held: 0)
  }
}
