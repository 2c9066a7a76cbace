public import LocalTime

/// How a purchase is to be paid, settled before it is made.
public struct StoredPayment: Hashable, Sendable {
  /// The client that made it; no other sees it.
  public var client: String
  /// The client's id for it.
  public var id: String
  /// The quote it pays.
  public var quote: String
  /// The customer's account; nil for a guest. It goes when the person is forgotten.
  public var account: String?
  /// When it was made.
  public var createdAt: Instant
  /// Tells the request from another of its id.
  public var digest: [UInt8]
  /// Its parts as they came out, in a form of the caller's.
  public var parts: [UInt8]

  /// A payment.
  public init(
    client: String, id: String, quote: String, account: String?, createdAt: Instant,
    digest: [UInt8], parts: [UInt8]
  ) {
    self.client = client
    self.id = id
    self.quote = quote
    self.account = account
    self.createdAt = createdAt
    self.digest = digest
    self.parts = parts
  }
}

/// What another system did for a part of a payment, such as a bank for a card; only ever added.
public struct PaymentTransaction: Hashable, Sendable {
  /// What was done. The names are part of the contract and never change.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The money was set aside.
    case authorization
    /// What was set aside was let go.
    case reversal
    /// The money was taken.
    case capture
    /// The money was given back.
    case refund
  }

  /// The caller's id for it, unlike any other of the payment.
  public var id: String
  /// The place of the part, from 1.
  public var tender: Int64
  /// What was done.
  public var kind: Kind
  /// Minor units; above zero.
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
    id: String, tender: Int64, kind: Kind, amount: Int64, succeeded: Bool, code: String,
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
  INSERT INTO payment (client, id, quote, account, created_at, digest, parts)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (client, id) DO NOTHING
  """)
private let insertTransaction = SQLText(
  """
  INSERT INTO payment_transaction (client, payment, place, id, tender, kind, amount, succeeded,
    code, message, reference, recorded_at)
  VALUES ($1, $2,
    (SELECT coalesce(max(place), 0) + 1 FROM payment_transaction
     WHERE client = $1 AND payment = $2),
    $3, $4, $5, $6, $7, $8, $9, $10, $11)
  """)
private let countTransactions = SQLText(
  "SELECT count(*) FROM payment_transaction WHERE client = $1 AND payment = $2")
private let hasTransaction = SQLText(
  "SELECT count(*) FROM payment_transaction WHERE client = $1 AND payment = $2 AND id = $3")
private let insertUse = SQLText(
  """
  INSERT INTO payment_use (client, payment, purchase) VALUES ($1, $2, $3)
  ON CONFLICT (client, payment) DO NOTHING
  """)
private let useOf = SQLText(
  "SELECT purchase FROM payment_use WHERE client = $1 AND payment = $2")
private let onePayment = SQLText(
  """
  SELECT client, id, quote, account, created_at, digest, parts FROM payment
  WHERE client = $1 AND id = $2
  """)
private let paymentsOfQuote = SQLText(
  """
  SELECT client, id, quote, account, created_at, digest, parts FROM payment
  WHERE client = $1 AND quote = $2 ORDER BY created_at, id LIMIT $3
  """)
private let transactionsOf = SQLText(
  """
  SELECT id, tender, kind, amount, succeeded, code, message, reference, recorded_at
  FROM payment_transaction WHERE client = $1 AND payment = $2 ORDER BY place
  """)

extension LedgerStore {
  /// Keeps a payment; false when the client has another of its id.
  public func add(_ payment: StoredPayment) throws(StorageError) -> Bool {
    try administer { () throws(StorageError) in
      try connection.run(
        insertPayment,
        [
          .text(payment.client), .text(payment.id), .text(payment.quote),
          payment.account.map(SQLValue.text) ?? .null,
          .integer(payment.createdAt.secondsSince1970), .bytes(payment.digest),
          .bytes(payment.parts),
        ]) == 1
    }
  }

  /// Adds what another system did for a payment, once for each id; false when it has as many as it
  /// can.
  public func add(_ transaction: PaymentTransaction, to payment: StoredPayment, most: Int64)
    throws(StorageError) -> Bool
  {
    let key: [SQLValue] = [.text(payment.client), .text(payment.id)]
    return try administer { () throws(StorageError) in
      guard try connection.number(hasTransaction, key + [.text(transaction.id)]) == 0 else {
        return true
      }
      guard try connection.number(countTransactions, key) ?? 0 < most else { return false }
      try connection.run(
        insertTransaction,
        key + [
          .text(transaction.id), .integer(transaction.tender), .text(transaction.kind.rawValue),
          .integer(transaction.amount), .integer(transaction.succeeded ? 1 : 0),
          .text(transaction.code), .text(transaction.message), .text(transaction.reference),
          .integer(transaction.recordedAt.secondsSince1970),
        ])
      return true
    }
  }

  /// Has a payment pay a purchase and no other ever after; false when it is another's already.
  public func use(_ payment: StoredPayment, for order: String) throws(StorageError) -> Bool {
    let key: [SQLValue] = [.text(payment.client), .text(payment.id)]
    return try administer { () throws(StorageError) in
      try connection.run(insertUse, key + [.text(order)])
      let rows = try connection.rows(useOf, key)
      defer { rows.close() }
      return try rows.next() && rows.text(0).utf8.elementsEqual(order.utf8)
    }
  }
}

extension LedgerReader {
  /// A payment of a client by its id; nil for an unknown one.
  public func payment(_ id: String, of client: String) throws(StorageError) -> StoredPayment? {
    try payments(onePayment, [.text(client), .text(id)]).first
  }

  /// The payments that a client made for a quote, in the order they were made.
  public func payments(of quote: String, by client: String, most: Int) throws(StorageError)
    -> [StoredPayment]
  {
    try payments(paymentsOfQuote, [.text(client), .text(quote), .integer(Int64(most))])
  }

  /// The purchase that named a payment first; nil when none has.
  public func purchase(namingFirst payment: StoredPayment) throws(StorageError) -> String? {
    let rows = try connection.rows(useOf, [.text(payment.client), .text(payment.id)])
    defer { rows.close() }
    return try rows.next() ? rows.text(0) : nil
  }

  /// What other systems did for a payment, in the order it was written down.
  public func transactions(of payment: StoredPayment) throws(StorageError)
    -> [PaymentTransaction]
  {
    var transactions: [PaymentTransaction] = []
    let rows = try connection.rows(transactionsOf, [.text(payment.client), .text(payment.id)])
    defer { rows.close() }
    while try rows.next() {
      guard let kind = PaymentTransaction.Kind(rawValue: rows.text(2)) else {
        throw .corrupt("a payment's transaction of the unknown kind \(rows.text(2))")
      }
      transactions.append(
        PaymentTransaction(
          id: rows.text(0), tender: rows.integer(1), kind: kind, amount: rows.integer(3),
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
      let account = rows.text(3)
      payments.append(
        StoredPayment(
          client: rows.text(0), id: rows.text(1), quote: rows.text(2),
          account: account.isEmpty ? nil : account,
          createdAt: Instant(secondsSince1970: rows.integer(4)), digest: rows.bytes(5),
          parts: rows.bytes(6)))
    }
    return payments
  }
}
