import HTTP
import Ledger
import LocalTime
import Promo
import Storage
import WireFormat

/// A payment with what became of its parts.
struct PaymentState {
  /// One part.
  struct Part {
    var method: String
    /// Minor units.
    var amount: Int64
    var account: String?
    var reference: String?
    /// What other systems say they set aside or took of it, whichever is more, in minor units; nil when
    /// they said nothing.
    var paid: Int64?
    /// Whether the ledger itself pays it.
    var isOfLedger: Bool { account != nil }
    /// Whether another system was asked, and paid something else.
    var isAmiss: Bool { paid.map { $0 != amount } ?? false }
  }

  var currency: Currency
  var tenders: [Part]
  var transactions: [PaymentTransaction]
  /// Whether a purchase was paid with it.
  var isUsed: Bool
  var decimals: Int { currency.decimals }
}

extension PromoService {
  /// A payment of a client; nil for an unknown one.
  func stored(_ id: String, of client: String) throws(Problem) -> StoredPayment? {
    try read { (reader) throws(StorageError) in try reader.payment(id, of: client) }
  }

  /// The payment that a path names, if it is the caller's.
  func payment(_ call: Call) throws(Problem) -> StoredPayment {
    guard case .client(let client, _) = call.caller else { throw Problem.noClient }
    guard let payment = try stored(call.parameter("id"), of: client) else {
      throw Problem(404, "unknown_payment", "no payment of that id is known")
    }
    return payment
  }

  /// What became of a payment.
  func state(of payment: StoredPayment) throws(Problem) -> PaymentState {
    let (transactions, isUsed) = try read { (reader) throws(StorageError) in
      let order = try reader.purchase(namingFirst: payment)
      return (
        try reader.transactions(of: payment),
        try order.flatMap { (order) throws(StorageError) in try reader.purchase(order) }
          .map { $0.names(payment.id) } ?? false
      )
    }
    guard let root = (try? JSONDocument(parsing: payment.parts))?.root,
      let currency = root["currency"]?.string.flatMap({ Currency(code: $0) }),
      let tenders = root["tenders"]
    else { throw Problem(503, "unavailable", "the payment can not be read") }
    var parts: [PaymentState.Part] = []
    for (place, part) in tenders.elements.enumerated() {
      guard case .success(let money)? = part["amount"]?.decimal(maximumDecimals: currency.decimals)
      else { throw Problem(503, "unavailable", "the payment can not be read") }
      let own = transactions.filter { $0.tender == Int64(place + 1) }
      parts.append(
        PaymentState.Part(
          method: part["method"]?.string ?? "", amount: money.units,
          account: part["account"]?.string, reference: part["reference"]?.string,
          paid: own.isEmpty ? nil : Self.paid(own)))
    }
    return PaymentState(
      currency: currency, tenders: parts, transactions: transactions,
      isUsed: isUsed)
  }

  private static func paid(_ transactions: [PaymentTransaction]) -> Int64 {
    var sums: [PaymentTransaction.Kind: Int64] = [:]
    for transaction in transactions where transaction.succeeded {
      sums[transaction.kind, default: 0] += transaction.amount
    }
    let setAside = (sums[.authorization] ?? 0) - (sums[.reversal] ?? 0)
    return max(setAside, sums[.capture] ?? 0) - (sums[.refund] ?? 0)
  }

  /// Makes sure that other systems which were asked paid just what they should.
  private func checkTransactions(of payment: StoredPayment) throws(Problem) {
    let state = try state(of: payment)
    let amiss = state.tenders.indices.filter { state.tenders[$0].isAmiss }
    guard !amiss.isEmpty else { return }
    var problem = Problem(
      409, "payment_not_accepted", "what other systems say they paid is not what they should",
      at: "/payment")
    var writer = JSONWriter()
    writer.beginArray()
    for place in amiss {
      writer.beginObject()
      writer.key("tender")
      writer.number(Int64(place + 1))
      writer.key("amount")
      writer.decimal(state.tenders[place].amount, decimals: state.decimals)
      writer.key("paid")
      writer.decimal(state.tenders[place].paid ?? 0, decimals: state.decimals)
      writer.endObject()
    }
    writer.endArray()
    problem.members = [("tenders", writer.bytes)]
    throw problem
  }

  /// Has a payment pay one purchase and no other, also after that one was undone: its money went back.
  func use(_ payment: StoredPayment, for order: String) throws(Problem) {
    // A purchase that is there already is refused as such, and takes no payment.
    let isNew = try read { (reader) throws(StorageError) in try reader.purchase(order) == nil }
    guard isNew else { return }
    // The writer looks and takes in one go: nothing is written down between.
    let trouble: Problem? = try administer { (store) throws(StorageError) in
      do throws(Problem) { try checkTransactions(of: payment) } catch { return error }
      guard try store.use(payment, for: order) else {
        return Problem(409, "payment_used", "the payment is another purchase's", at: "/payment")
      }
      return nil
    }
    if let trouble { throw trouble }
  }

  /// Makes sure that spending accounts have what they are to pay; the final checkout looks again.
  func checkFunds(_ tenders: [Tender], _ spender: Spender?, _ priced: Priced, at now: Instant)
    throws(Problem)
  {
    _ = try spends(tenders, spender, priced, at: now)
    guard let spender else { return }
    let usable = try read { (reader) throws(StorageError) in
      try reader.spendingAccounts(usableBy: spender, at: now)
    }
    var asked: [String: Int64] = [:]
    for tender in tenders {
      guard let account = tender.account else { continue }
      asked[account, default: 0] += tender.amount
    }
    for (account, amount) in asked.sorted(by: { $0.key < $1.key }) {
      guard let view = usable.first(where: { $0.spending.account == account }) else {
        throw Problem(409, "not_assigned", "the spender can not use the account \(account) now")
      }
      let most = view.available + view.exceedMaximum
      guard amount <= most else {
        var problem = Problem(409, "insufficient", "the account \(account) has less than that")
        problem.members = [("available", jsonAmount(most, priced.quote.currency.decimals))]
        throw problem
      }
    }
  }

  /// A payment as its client sees it.
  func shown(_ payment: StoredPayment) throws(Problem) -> [UInt8] {
    let state = try state(of: payment)
    return jsonObject { writer in
      writer.text("id", payment.id)
      writer.text("quote", payment.quote)
      writer.text("state", state.isUsed ? "used" : "open")
      writer.text("createdAt", "\(payment.createdAt)")
      writer.text("currency", state.currency.code)
      writer.list("tenders", state.tenders) { writer, part in
        writer.beginObject()
        writer.text("method", part.method)
        writer.key("amount")
        writer.decimal(part.amount, decimals: state.decimals)
        writer.text("account", part.account)
        writer.text("reference", part.reference)
        if let paid = part.paid {
          writer.key("paid")
          writer.decimal(paid, decimals: state.decimals)
        }
        writer.endObject()
      }
      writer.list("transactions", state.transactions) { writer, transaction in
        writer.transaction(transaction, state.decimals)
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func transaction(_ transaction: PaymentTransaction, _ decimals: Int) {
    beginObject()
    text("id", transaction.id)
    key("tender")
    number(transaction.tender)
    text("type", transaction.kind.rawValue)
    key("amount")
    decimal(transaction.amount, decimals: decimals)
    key("succeeded")
    bool(transaction.succeeded)
    for (name, value) in [
      ("code", transaction.code), ("message", transaction.message),
      ("reference", transaction.reference),
    ] where !value.isEmpty {
      text(name, value)
    }
    text("recordedAt", "\(transaction.recordedAt)")
    endObject()
  }
}

extension StoredPurchase {
  /// Whether its receipt says that a payment paid it.
  fileprivate func names(_ payment: String) -> Bool {
    let named = (try? JSONDocument(parsing: body))?.root["payment"]?.string
    return named?.utf8.elementsEqual(payment.utf8) ?? false
  }
}
