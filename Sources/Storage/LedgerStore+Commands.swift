import Ledger
import LocalTime

extension LedgerStore {
  private static let insertAccount = SQLText(
    "INSERT INTO account (number, id, opened_at) VALUES ($1, $2, $3)")
  private static let due = SQLText(
    """
    SELECT number FROM account WHERE next_change_at <= $1
    ORDER BY next_change_at, number LIMIT $2
    """)
  private static let issued = SQLText(
    """
    SELECT amount FROM reward
    WHERE for_order = $1 AND campaign = $2 AND kind = $3 AND place = $4
    """)
  private static let version = SQLText(
    "SELECT version FROM balance WHERE account = $1 AND kind = $2")

  /// The number of an account; nil when there is none of that id.
  func number(of account: String) throws(StorageError) -> AccountNumber? {
    try owner(of: account)?.number
  }

  /// Whose books an id means; nil when there is no account of that id.
  func owner(of account: String) throws(StorageError) -> KnownAccount? {
    if let owner = shelf.owner(of: account) { return owner }
    guard let owner = try connection.known(account) else { return nil }
    shelf.keep(owner, of: account)
    return owner
  }

  /// Opens an account.
  func open(_ account: String, at now: Instant) throws(StorageError) -> LedgerAnswer {
    guard try number(of: account) == nil else { return LedgerAnswer(.accountExists) }
    try note(.opened, of: try add(account, at: now), at: now)
    return LedgerAnswer(.opened)
  }

  /// Gives an id the next number.
  func add(_ account: String, at now: Instant) throws(StorageError) -> AccountNumber {
    tail.account += 1
    try connection.run(
      Self.insertAccount,
      [.integer(tail.account), .text(account), .integer(now.secondsSince1970)])
    return AccountNumber(tail.account)
  }

  /// The book of an account as it is stored.
  private func book(of account: AccountNumber) throws(StorageError) -> AccountBook {
    if let book = shelf.book(of: account, lastLot: tail.lot) { return book }
    return try loadBook(of: account, from: connection, lastLot: tail.lot)
  }

  /// Lets everything due happen, asks for a decision, lets what follows happen, and writes it all.
  ///
  /// - Parameters:
  ///   - writesRefusals: Whether what was due is also written when the decision is a refusal.
  ///   - order: A purchase that keeps itself what comes of it at once.
  func onBook(
    of account: AccountNumber, for request: LedgerRequest, at now: Instant,
    writesRefusals: Bool = true, packing order: String? = nil,
    _ decide: (inout AccountBook) throws(StorageError) -> LedgerAnswer
  ) throws(StorageError) -> LedgerAnswer {
    let before = try self.book(of: account)
    var book = before
    book.settle(at: now, programme)
    let answer = try decide(&book)
    guard answer.isAccepted || writesRefusals else { return answer }
    book.finish(at: now, programme)
    try write(&book, before: before, packing: order, for: request, at: now)
    try announce(book, since: before, at: now)
    shelf.keep(book.asStored(before: before))
    return answer
  }

  /// The same for one balance, both named as the caller knows them.
  func onBalance(
    _ name: String, of account: String, for request: LedgerRequest, at now: Instant,
    _ decide: (inout AccountBook, BalanceID) throws(StorageError) -> LedgerAnswer
  ) throws(StorageError) -> LedgerAnswer {
    guard let terms = programme.terms(named: name) else { return LedgerAnswer(.unknownBalance) }
    guard let number = try number(of: account) else { return LedgerAnswer(.unknownAccount) }
    return try onBook(of: number, for: request, at: now) { (book) throws(StorageError) in
      try decide(&book, terms.id)
    }
  }

  /// Brings value in; an order gets one reward of a campaign and balance.
  func issue(_ issue: LedgerCommand.Issue, for request: LedgerRequest, at now: Instant)
    throws(StorageError) -> LedgerAnswer
  {
    if let refusal = try refusal(ofUsing: issue.account, to: .earn) { return refusal }
    return try onBalance(issue.balance, of: issue.account, for: request, at: now) {
      (book, id) throws(StorageError) in
      let key = RewardKey(order: issue.order, campaign: issue.campaign, balance: id)
      var earlier = try amount(issuedFor: key)
      if earlier == nil { earlier = try amount(packedFor: key) }
      if let earlier {
        return LedgerAnswer(.alreadyIssued, amount: earlier)
      }
      return book.issue(
        issue.amount, of: id, for: key, availableAt: issue.availableAt,
        expiresAt: issue.expiresAt, at: now, programme)
    }
  }

  /// What an order was promised by a campaign in a balance, as rows tell; nil for nothing.
  func amount(issuedFor key: RewardKey) throws(StorageError) -> Int64? {
    try connection.number(
      Self.issued,
      [
        .text(key.order), .text(key.campaign), .integer(key.balance.value), .integer(key.place),
      ])
  }

  /// Sets what is posted, if nobody changed the balance since the caller read it.
  func set(
    _ balance: String, of account: String, to amount: Int64, ifVersion expected: Int64,
    for request: LedgerRequest, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    try onBalance(balance, of: account, for: request, at: now) {
      (book, id) throws(StorageError) in
      let current =
        try connection.number(Self.version, [.integer(book.account.value), .integer(id.value)])
        ?? 0
      guard current == expected else { return LedgerAnswer(.staleVersion, amount: current) }
      let change = amount - book.posted(id)
      guard change != 0 else { return LedgerAnswer(.adjusted, amount: amount) }
      return book.adjust(
        id, by: change, expiresAt: nil, allowsDebt: false, at: now, programme)
    }
  }

  /// Settles the accounts on which something is due, the longest overdue first.
  func settleDue(_ most: Int64, for request: LedgerRequest, at now: Instant)
    throws(StorageError) -> LedgerAnswer
  {
    var numbers: [AccountNumber] = []
    let (limit, isTooMany) = most.addingReportingOverflow(1)
    let rows = try connection.rows(
      Self.due, [.integer(now.secondsSince1970), .integer(isTooMany ? most : limit)])
    while try rows.next() { numbers.append(AccountNumber(rows.integer(0))) }
    let isMore = numbers.count > most
    for number in numbers.prefix(isMore ? Int(most) : numbers.count) {
      _ = try onBook(of: number, for: request, at: now) { _ in LedgerAnswer(.settled) }
    }
    return LedgerAnswer(
      .settled, amount: Int64(isMore ? Int(most) : numbers.count), rest: isMore ? 1 : 0)
  }
}
