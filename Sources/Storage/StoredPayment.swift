public import LocalTime

/// How a purchase is to be paid, settled before it is made.
public struct StoredPayment: Hashable, Sendable {
  /// The caller's id for it.
  public var id: String
  /// The client that made it; no other sees it.
  public var client: String
  /// The quote it pays.
  public var quote: String
  /// When it was made.
  public var createdAt: Instant
  /// The request as it was sent.
  public var sent: [UInt8]
  /// Its parts as they came out, in a form of the caller's.
  public var tenders: [UInt8]

  /// A payment.
  public init(
    id: String, client: String, quote: String, createdAt: Instant, sent: [UInt8],
    tenders: [UInt8]
  ) {
    self.id = id
    self.client = client
    self.quote = quote
    self.createdAt = createdAt
    self.sent = sent
    self.tenders = tenders
  }
}

/// What another system did for a part of a payment, such as a bank for a card; only ever added.
public struct PaymentTransaction: Hashable, Sendable {
  /// The caller's id for it, unlike any other of the payment.
  public var id: String
  /// The place of the part, from 1.
  public var tender: Int64
  /// Such as `authorization`, in words that the caller chooses.
  public var kind: String
  /// Minor units, with a sign; below zero for what was given back.
  public var amount: Int64
  /// Whether it was done.
  public var succeeded: Bool
  /// What the other system called the result; empty for none.
  public var code: String
  /// What it said for people; empty for none.
  public var message: String
  /// Its own id of it; empty for none.
  public var reference: String
  /// When it was written down.
  public var recordedAt: Instant

  /// A transaction.
  public init(
    id: String, tender: Int64, kind: String, amount: Int64, succeeded: Bool, code: String,
    message: String, reference: String, recordedAt: Instant
  ) {
    self.id = id
    self.tender = tender
    self.kind = kind
    self.amount = amount
    self.succeeded = succeeded
    self.code = code
    self.message = message
    self.reference = reference
    self.recordedAt = recordedAt
  }
}

private let insertPayment = SQLText(
  """
  INSERT INTO payment (id, client, quote, created_at, sent, tenders)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING
  """)
private let insertTransaction = SQLText(
  """
  INSERT INTO payment_transaction
    (payment, place, id, tender, kind, amount, succeeded, code, message, reference, recorded_at)
  VALUES ($1,
    (SELECT coalesce(max(place), 0) + 1 FROM payment_transaction WHERE payment = $1),
    $2, $3, $4, $5, $6, $7, $8, $9, $10)
  ON CONFLICT (payment, id) DO NOTHING
  """)
private let countTransactions = SQLText(
  "SELECT count(*) FROM payment_transaction WHERE payment = $1")
private let onePayment = SQLText(
  "SELECT id, client, quote, created_at, sent, tenders FROM payment WHERE id = $1")
private let paymentsOfQuote = SQLText(
  """
  SELECT id, client, quote, created_at, sent, tenders FROM payment
  WHERE client = $1 AND quote = $2 ORDER BY created_at, id LIMIT $3
  """)
private let transactionsOf = SQLText(
  """
  SELECT id, tender, kind, amount, succeeded, code, message, reference, recorded_at
  FROM payment_transaction WHERE payment = $1 ORDER BY place
  """)

extension LedgerStore {
  /// Keeps a payment; false when another has the id.
  public func add(_ payment: StoredPayment) throws(StorageError) -> Bool {
    try administer { () throws(StorageError) in
      try connection.run(
        insertPayment,
        [
          .text(payment.id), .text(payment.client), .text(payment.quote),
          .integer(payment.createdAt.secondsSince1970), .bytes(payment.sent),
          .bytes(payment.tenders),
        ]) == 1
    }
  }

  /// Adds what another system did for a payment, once for each id; false when it has as many as it can.
  public func add(_ transaction: PaymentTransaction, to payment: String, most: Int64)
    throws(StorageError) -> Bool
  {
    try administer { () throws(StorageError) in
      guard try connection.number(countTransactions, [.text(payment)]) ?? 0 < most else {
        return false
      }
      try connection.run(
        insertTransaction,
        [
          .text(payment), .text(transaction.id), .integer(transaction.tender),
          .text(transaction.kind),
          .integer(transaction.amount), .integer(transaction.succeeded ? 1 : 0),
          .text(transaction.code), .text(transaction.message), .text(transaction.reference),
          .integer(transaction.recordedAt.secondsSince1970),
        ])
      return true
    }
  }
}

extension LedgerReader {
  /// A payment by its id; nil for an unknown one.
  public func payment(_ id: String) throws(StorageError) -> StoredPayment? {
    try payments(onePayment, [.text(id)]).first
  }

  /// The payments that a client made for a quote, in the order they were made.
  public func payments(of quote: String, by client: String, most: Int) throws(StorageError)
    -> [StoredPayment]
  {
    try payments(paymentsOfQuote, [.text(client), .text(quote), .integer(Int64(most))])
  }

  /// What other systems did for a payment, in the order it was written down.
  public func transactions(of payment: String) throws(StorageError) -> [PaymentTransaction] {
    var transactions: [PaymentTransaction] = []
    let rows = try connection.rows(transactionsOf, [.text(payment)])
    defer { rows.close() }
    while try rows.next() {
      transactions.append(
        PaymentTransaction(
          id: rows.text(0), tender: rows.integer(1), kind: rows.text(2), amount: rows.integer(3),
          succeeded: rows.integer(4) == 1, code: rows.text(5), message: rows.text(6),
          reference: rows.text(7), recordedAt: Instant(secondsSince1970: rows.integer(8))))
    }
    return transactions
  }

  private func payments(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError)
    -> [StoredPayment]
  {
    var payments: [StoredPayment] = []
    let rows = try connection.rows(statement, values)
    defer { rows.close() }
    while try rows.next() {
      payments.append(
        StoredPayment(
          id: rows.text(0), client: rows.text(1), quote: rows.text(2),
          createdAt: Instant(secondsSince1970: rows.integer(3)), sent: rows.bytes(4),
          tenders: rows.bytes(5)))
    }
    return payments
  }
}
