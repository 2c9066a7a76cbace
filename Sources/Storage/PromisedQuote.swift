public import LocalTime

/// A quote whose price was promised until a moment, so that it outlives the process that gave it.
///
/// Pricing is pure: the cart as it was priced, the revision of the rules and the moment give the same
/// quote again.
public struct PromisedQuote: Hashable, Sendable {
  /// Its id.
  public var id: String
  /// The client it was given to.
  public var client: String
  /// The customer's account; nil for a guest.
  public var account: String?
  /// The revision of the rules that priced it.
  public var revision: Int64
  /// The moment it was priced for, as the quote tells it.
  public var pricedAt: String
  /// The first moment at which it is no longer promised.
  public var expiresAt: Instant
  /// The cart as it was sent.
  public var sent: [UInt8]
  /// The cart as it was priced.
  public var priced: [UInt8]
  /// What else the caller needs with it.
  public var extras: [UInt8]

  /// A promise.
  public init(
    id: String, client: String, account: String?, revision: Int64, pricedAt: String,
    expiresAt: Instant, sent: [UInt8], priced: [UInt8], extras: [UInt8]
  ) {
    self.id = id
    self.client = client
    self.account = account
    self.revision = revision
    self.pricedAt = pricedAt
    self.expiresAt = expiresAt
    self.sent = sent
    self.priced = priced
    self.extras = extras
  }
}

private let insertPromise = SQLText(
  """
  INSERT INTO promised_quote (id, client, account, revision, priced_at, expires_at, sent, priced,
    extras)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  """)
private let dropOver = SQLText("DELETE FROM promised_quote WHERE expires_at <= $1")
private let onePromise = SQLText(
  """
  SELECT id, client, account, revision, priced_at, expires_at, sent, priced, extras
  FROM promised_quote WHERE id = $1
  """)

extension LedgerStore {
  /// Keeps a promise, and drops those that are over.
  public func keep(_ promise: PromisedQuote, at now: Instant) throws(StorageError) {
    try administer { () throws(StorageError) in
      try connection.run(dropOver, [.integer(now.secondsSince1970)])
      try connection.run(
        insertPromise,
        [
          .text(promise.id), .text(promise.client), promise.account.map(SQLValue.text) ?? .null,
          .integer(promise.revision), .text(promise.pricedAt),
          .integer(promise.expiresAt.secondsSince1970), .bytes(promise.sent),
          .bytes(promise.priced), .bytes(promise.extras),
        ])
    }
  }
}

extension LedgerReader {
  /// A promise by the quote's id; nil for an unknown one.
  public func promisedQuote(_ id: String) throws(StorageError) -> PromisedQuote? {
    let rows = try connection.rows(onePromise, [.text(id)])
    defer { rows.close() }
    guard try rows.next() else { return nil }
    let account = rows.text(2)
    return PromisedQuote(
      id: rows.text(0), client: rows.text(1), account: account.isEmpty ? nil : account,
      revision: rows.integer(3), pricedAt: rows.text(4),
      expiresAt: Instant(secondsSince1970: rows.integer(5)), sent: rows.bytes(6),
      priced: rows.bytes(7), extras: rows.bytes(8))
  }
}
