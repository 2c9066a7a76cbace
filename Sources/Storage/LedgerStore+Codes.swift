import Ledger
public import LocalTime

/// A code that a pool has, and whether it can still be used.
public struct CodeState: Hashable, Sendable {
  /// When it was used; nil while it can be.
  public var usedAt: Instant?
  /// The order it was used for.
  public var usedFor: String?

  /// How a code stands; as if it was not used unless told.
  package init(usedAt: Instant? = nil, usedFor: String? = nil) {
    self.usedAt = usedAt
    self.usedFor = usedFor
  }
}

private let addToPool = SQLText(
  """
  INSERT INTO code_pool (name, codes) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET codes = code_pool.codes + excluded.codes
  """)
private let insertCode = SQLText(
  "INSERT INTO code (digest, pool) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING")
private let poolCodes = SQLText("SELECT codes FROM code_pool WHERE name = $1")
private let state = SQLText(
  "SELECT used_at, used_for FROM code WHERE digest = $1 AND pool = $2")
private let use = SQLText(
  """
  UPDATE code SET used_at = $3, used_for = $4
  WHERE digest = $1 AND pool = $2 AND used_for IS NULL
  """)
private let claimForOrder = SQLText(
  """
  UPDATE code SET used_at = coalesce(used_at, $2), used_for = $3
  WHERE digest = $1 AND (used_for IS NULL OR used_for = $3)
  """)
private let poolOfCode = SQLText("SELECT pool FROM code WHERE digest = $1")
private let purchaseState = SQLText("SELECT state FROM purchase WHERE id = $1")
private let freeCodes = SQLText(
  "UPDATE code SET used_at = NULL, used_for = NULL WHERE used_for = $1")

extension SQLConnection {
  /// What a code is kept as; nil for what can be no code, and before there is any.
  func digest(ofCode typed: String) throws(StorageError) -> [UInt8]? {
    guard let bytes = SingleUseCode.bytes(of: typed), let key = try lookupSecret() else {
      return nil
    }
    return codeDigest(bytes, key)
  }

  /// How a code of a pool stands; nil when the pool has no such code.
  func codeState(_ typed: String, in pool: String) throws(StorageError) -> CodeState? {
    guard let digest = try digest(ofCode: typed) else { return nil }
    let rows = try rows(state, [.bytes(digest), .text(pool)])
    defer { rows.close() }
    guard try rows.next() else { return nil }
    let order = rows.text(1)
    return CodeState(usedAt: rows.moment(0), usedFor: order.isEmpty ? nil : order)
  }
}

/// What a use of a campaign is counted under, or why it is not.
enum CountedKey {
  case key(String)
  case refused(LedgerAnswer.Code)
}

/// Bytes as text.
private func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  let letters = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  return String(decoding: letters, as: UTF8.self)
}

/// Half of a keyed digest: more bits than a code has.
private func codeDigest(_ bytes: [UInt8], _ key: [UInt8]) -> [UInt8] {
  Array(PersonSeal.digest(bytes, for: "code", key: key).prefix(16))
}

extension LedgerStore {
  /// Adds the codes that random bytes make to a pool; only keyed digests of them are kept.
  ///
  /// The digests go in sorted, so that a million of them are added to the end of few pages rather
  /// than into the middle of all.
  func generateCodes(_ random: [UInt8], for pool: String) throws(StorageError) -> LedgerAnswer {
    try connection.execute("SAVEPOINT codes")
    let key = try lookupSecret(orFrom: Array(HashChain.digest(random)))
    let starts = stride(from: 0, to: random.count, by: SingleUseCode.randomBytes)
    var digests = starts.map {
      codeDigest(Array(random[$0..<$0 + SingleUseCode.randomBytes]), key)
    }
    digests.sort { $0.lexicographicallyPrecedes($1) }
    let name = SQLValue.text(pool)
    try connection.run(addToPool, [name, .integer(Int64(digests.count))])
    var added = 0
    for digest in digests { added += try connection.run(insertCode, [.bytes(digest), name]) }
    if added < digests.count { try connection.execute("ROLLBACK TO codes") }
    try connection.execute("RELEASE codes")
    return added < digests.count
      ? LedgerAnswer(.badRandom) : LedgerAnswer(.codesGenerated, amount: Int64(added))
  }

  /// Uses a code for an order; looking and using are one statement, so that it is used once.
  ///
  /// An order that was undone has given its codes back and uses none.
  func use(code: String, of pool: String, for order: String, at now: Instant)
    throws(StorageError) -> LedgerAnswer
  {
    guard try connection.number(poolCodes, [.text(pool)]) != nil else {
      return LedgerAnswer(.unknownPool)
    }
    if let state = try connection.text(purchaseState, [.text(order)]), state != "final" {
      return LedgerAnswer(state == "voided" ? .alreadyVoided : .alreadyReturned)
    }
    guard try connection.codeState(code, in: pool) != nil,
      let digest = try connection.digest(ofCode: code)
    else { return LedgerAnswer(.unknownCode) }
    let used = try connection.run(
      Storage.use,
      [.bytes(digest), .text(pool), .integer(now.secondsSince1970), .text(order)])
    return LedgerAnswer(used == 1 ? .codeUsed : .codeAlreadyUsed)
  }

  /// The key under which a use of a campaign is counted against a limit, or why it can not be.
  ///
  /// A code of a pool is used by it, also when the limit names no pool, and stands as its digest.
  func countedKey(of limit: CampaignUse.Claim, for order: String, at now: Instant)
    throws(StorageError) -> CountedKey
  {
    switch limit.scope {
    case .total, .group: return .key(limit.key)
    case .customer:
      if let owner = try owner(of: limit.key) { return .key(owner.countedID) }
      return .key(try pseudonym(of: limit.key, "customer"))
    case .code: break
    }
    guard let digest = try connection.digest(ofCode: limit.key),
      let pool = try connection.text(poolOfCode, [.bytes(digest)]),
      limit.pool.map({ $0.utf8.elementsEqual(pool.utf8) }) ?? true
    else {
      guard let pool = limit.pool else { return .key(try pseudonym(of: limit.key, "word")) }
      let isKnown = try connection.number(poolCodes, [.text(pool)]) != nil
      return .refused(isKnown ? .unknownCode : .unknownPool)
    }
    let used = try connection.run(
      claimForOrder, [.bytes(digest), .integer(now.secondsSince1970), .text(order)])
    return used == 1 ? .key(hexadecimal(digest)) : .refused(.codeAlreadyUsed)
  }

  /// What stands for a text that may tell who somebody is, or is a secret, among what is never
  /// removed: a keyed digest, after a word for its kind.
  private func pseudonym(of text: String, _ kind: String) throws(StorageError) -> String {
    Storage.pseudonym(of: text, kind, key: try lookupSecret(orFrom: []))
  }

  /// Lets the codes be used again that an order has used.
  func giveCodesBack(of order: String) throws(StorageError) {
    try connection.run(freeCodes, [.text(order)])
  }
}

/// A keyed digest of a text, after a word for its kind.
private func pseudonym(of text: String, _ kind: String, key: [UInt8]) -> String {
  kind + " " + hexadecimal(PersonSeal.digest(Array(text.utf8), for: kind, key: key))
}

extension LedgerReader {
  /// The key under which the uses of a word are counted that anybody may present; nil before any was.
  func countedKey(ofWord word: String) throws(StorageError) -> String? {
    try connection.lookupSecret().map { Storage.pseudonym(of: word, "word", key: $0) }
  }

  /// How a code stands; nil when the pool has no such code.
  public func code(_ typed: String, in pool: String) throws(StorageError) -> CodeState? {
    try connection.codeState(typed, in: pool)
  }
}
