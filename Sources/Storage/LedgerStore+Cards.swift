public import Ledger
import LocalTime

private let upsertPool = SQLText(
  """
  INSERT INTO card_pool (name, prefix, width, first, last, has_check, next)
  VALUES ($1, $2, $3, $4, $5, $6, $4) ON CONFLICT (name) DO UPDATE SET last = excluded.last
  """)
private let pool = SQLText(
  "SELECT prefix, width, first, last, has_check, next FROM card_pool WHERE name = $1")
private let poolCount = SQLText("SELECT count(*) FROM card_pool")
private let setNext = SQLText("UPDATE card_pool SET next = $2 WHERE name = $1")
private let isTaken = SQLText("SELECT count(*) FROM card WHERE digest = $1")
private let insertCard = SQLText(
  "INSERT INTO card (digest, pool, account, sealed) VALUES ($1, $2, $3, $4)")
private let findByCard = SQLText(
  "INSERT INTO person_lookup (kind, digest, account) VALUES ('card', $1, $2)")
private let cardsOf = SQLText("SELECT digest, sealed FROM card WHERE account = $1")
private let moveCard = SQLText("UPDATE card SET account = $2, sealed = $3 WHERE digest = $1")
/// Keeps the number from being given out again, and says nothing else of it.
private let retireCards = SQLText(
  "UPDATE card SET account = NULL, sealed = NULL WHERE account = $1")

extension SQLConnection {
  /// A pool of cards as it was declared, and the first place that was never looked at.
  func cardPool(_ name: String) throws(StorageError) -> (pool: CardPool, next: Int64)? {
    let rows = try rows(pool, [.text(name)])
    defer { rows.close() }
    guard try rows.next() else { return nil }
    let pool = CardPool(
      name, prefix: rows.text(0), width: Int(rows.integer(1)), first: rows.integer(2),
      last: rows.integer(3), hasCheckDigit: rows.integer(4) != 0)
    return (pool, rows.integer(5))
  }

  /// The cards of an account, opened with its person's key.
  func cards(of account: AccountNumber) throws(StorageError)
    -> [(digest: [UInt8], number: String)]
  {
    guard let secret = try secret(of: account) else { return [] }
    var sealed: [(digest: [UInt8], bytes: [UInt8])] = []
    let rows = try rows(cardsOf, [.integer(account.value)])
    while try rows.next() { sealed.append((rows.bytes(0), rows.bytes(1))) }
    var found: [(digest: [UInt8], number: String)] = []
    for card in sealed {
      let number = try PersonSeal.open(card.bytes, for: "card", key: secret)
      found.append((card.digest, String(decoding: number, as: UTF8.self)))
    }
    return found.sorted { $0.number.utf8.lexicographicallyPrecedes($1.number.utf8) }
  }
}

extension LedgerStore {
  /// Lets cards be allocated from pools; a pool that is known can only get longer.
  ///
  /// - Throws: `constraint` for a pool with numbers that can not be, for another form of a known
  ///   one, and for too many.
  public func declareCards(_ pools: [CardPool]) throws(StorageError) {
    try inOneCommit { () throws(StorageError) in
      for pool in pools {
        guard pool.isGood else { throw .constraint("pool \(pool.name) has no good numbers") }
        if var known = try connection.cardPool(pool.name)?.pool {
          let isLonger = known.last <= pool.last
          known.last = pool.last
          guard isLonger, known == pool else {
            throw .constraint("pool \(pool.name) can only get longer")
          }
        }
        try connection.run(
          upsertPool,
          [
            .text(pool.name), .text(pool.prefix), .integer(Int64(pool.width)),
            .integer(pool.first), .integer(pool.last), .integer(pool.hasCheckDigit ? 1 : 0),
          ])
      }
      guard try connection.number(poolCount) ?? 0 <= LedgerLimits.cardPoolsMaximum else {
        throw .constraint("more than \(LedgerLimits.cardPoolsMaximum) pools")
      }
    }
  }

  /// Gives an account a card that nobody has or had; the key of the card makes it so.
  func allocate(
    _ number: String?, of name: String, to id: String, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    guard let (pool, next) = try connection.cardPool(name) else {
      return LedgerAnswer(.unknownPool)
    }
    guard let account = try self.number(of: id) else { return LedgerAnswer(.unknownAccount) }
    guard let person = try connection.person(of: account) else {
      return LedgerAnswer(.notRegistered)
    }
    if person.isErased { return LedgerAnswer(.accountErased, subject: id) }
    guard let key = try connection.lookupSecret(),
      let secret = try connection.secret(of: account)
    else { throw .corrupt("a person without a key") }
    var place = next
    if let number {
      guard let named = pool.place(of: number) else { return LedgerAnswer(.unknownCard) }
      if try isAllocated(pool.number(at: named), key) { return LedgerAnswer(.cardTaken) }
      place = named
    } else {
      while place <= pool.last, try isAllocated(pool.number(at: place), key) { place += 1 }
      guard place <= pool.last else { return LedgerAnswer(.poolExhausted) }
      try connection.run(setNext, [.text(name), .integer(place + 1)])
    }
    let text = pool.number(at: place)
    let sealed = try PersonSeal.seal(Array(text.utf8), for: "card", key: secret)
    try connection.run(
      insertCard,
      [
        .bytes(allocation(of: text, key)), .text(name), .integer(account.value),
        .bytes(sealed),
      ])
    if let digest = LookupKind.card.digest(of: text, key: key) {
      try connection.run(findByCard, [.bytes(digest), .integer(account.value)])
    }
    try note(.card, of: account, names: [name], at: now)
    return LedgerAnswer(.cardAllocated, amount: place)
  }

  private func isAllocated(_ number: String, _ key: [UInt8]) throws(StorageError) -> Bool {
    try connection.number(isTaken, [.bytes(allocation(of: number, key))]) != 0
  }

  /// What stands for a number that was given out; it is not what the card is found by, so that
  /// nothing leads from a number to a person who was forgotten.
  private func allocation(of number: String, _ key: [UInt8]) -> [UInt8] {
    PersonSeal.digest(Array(number.utf8), for: "allocated card", key: key)
  }

  /// Seals the cards of one account under the key of another, whose they become.
  func moveCards(of merged: AccountNumber, to kept: AccountNumber) throws(StorageError) {
    guard let secret = try connection.secret(of: kept) else { return }
    for card in try connection.cards(of: merged) {
      let sealed = try PersonSeal.seal(Array(card.number.utf8), for: "card", key: secret)
      try connection.run(
        moveCard, [.bytes(card.digest), .integer(kept.value), .bytes(sealed)])
    }
  }

  /// Forgets whose cards an account's were.
  func retireCards(of account: AccountNumber) throws(StorageError) {
    try connection.run(Storage.retireCards, [.integer(account.value)])
  }
}
