import HTTP
import Ledger
import Promo
import Storage
import WireFormat

extension Routes {
  static let payments = [
    Route(
      "POST", "/v1/payments", .client(.checkouts), trace: .books,
      "Settles how a quote is to be paid; nothing is paid before the final checkout names it.",
      makePayment),
    Route("GET", "/v1/payments", .client(.checkouts), "The payments of a quote.", listPayments),
    Route("GET", "/v1/payments/{id}", .client(.checkouts), "One of them.", showPayment),
    Route(
      "POST", "/v1/payments/{id}/transactions", .client(.checkouts), trace: .books,
      "Writes down what another system did for a part of it, such as a bank for a card.",
      addTransaction),
  ]

  private static func makePayment(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    guard case .client(let client, _) = call.caller else { throw Problem.noClient }
    let body = try RequestBody(
      call.request.body,
      known: ["id", "quote", "taxes", "tenders", "spender", "total", "due", "charged"])
    let id = try body.newID()
    guard isIdentifier(id) else {
      throw body.refused("id", "bad_identifier", "1 to 128 bytes that can be printed")
    }
    let named = try body.required("quote")
    if let earlier = try service.stored(id, of: client) {
      return try again(service, earlier, call)
    }
    let now = service.clock()
    let request = try FinalRequest(body, call, service)
    let priced = try service.price(request, call, at: now)
    let taxes = try request.taxes(priced.quote)
    try request.reconcile(priced.quote, taxes)
    let decimals = priced.quote.currency.decimals
    let tenders = try request.tenders(
      due: priced.quote.due.minorUnits + taxes.total, decimals: decimals)
    try service.checkFunds(
      tenders, try request.spender(priced.loaded.account, service), priced, at: now)
    try service.confirm(
      ProposedPayment(
        id: id, account: priced.loaded.account, quote: priced.quote, taxes: taxes,
        tenders: tenders))
    let parts = jsonObject { writer in
      writer.text("currency", priced.quote.currency.code)
      writer.list("tenders", tenders) { $0.tender($1, decimals) }
      writer.key("paying")
      writer.raw(request.payingMembers)
    }
    let payment = StoredPayment(
      client: client, id: id, quote: named, account: priced.loaded.account, createdAt: now,
      digest: Secrets.digest(call.request.body), parts: parts)
    let isNew = try service.administer { (store) throws(StorageError) in try store.add(payment) }
    guard isNew else { return try again(service, try service.stored(id, of: client), call) }
    return .json(201, try service.shown(payment))
  }

  /// What is sent again is answered again; another payment needs another id.
  private static func again(_ service: PromoService, _ payment: StoredPayment?, _ call: Call)
    throws(Problem) -> HTTPResponse
  {
    guard let payment, payment.digest == Secrets.digest(call.request.body) else {
      throw Problem(409, "payment_exists", "another payment has the id")
    }
    return .json(201, try service.shown(payment))
  }

  private static func listPayments(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    guard case .client(let client, _) = call.caller else { throw Problem.noClient }
    guard let quote = call.request.argument("quote") else {
      throw Problem(422, "missing_argument", "say of which quote")
    }
    let payments = try service.read { (reader) throws(StorageError) in
      try reader.payments(of: quote, by: client, most: Int(ServiceLimits.pageMaximum))
    }
    var shown: [[UInt8]] = []
    for payment in payments { shown.append(try service.shown(payment)) }
    return .json(200, jsonObject { $0.list("payments", shown) { $0.raw($1) } })
  }

  private static func showPayment(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    .json(200, try service.shown(try service.payment(call)))
  }

  private static func addTransaction(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let payment = try service.payment(call)
    let body = try RequestBody(
      call.request.body,
      known: ["id", "tender", "type", "amount", "succeeded", "code", "message", "reference"])
    let state = try service.state(of: payment)
    guard let place = try body.wholeNumber("tender"), place > 0, place <= state.tenders.count
    else { throw body.refused("tender", "unknown_tender", "the place of a tender, from 1") }
    guard !state.tenders[Int(place) - 1].isOfLedger else {
      throw body.refused("tender", "not_writable", "the ledger itself pays this part")
    }
    guard let amount = try body.amount("amount", decimals: state.decimals) else {
      throw body.missing("amount")
    }
    guard (1...LedgerLimits.amountMaximum).contains(amount) else {
      throw body.refused("amount", "bad_amount", "an amount above nothing")
    }
    guard let kind = PaymentTransaction.Kind(rawValue: try body.required("type")) else {
      let known = PaymentTransaction.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw body.refused("type", "unknown_word", "a type is one of \(known)")
    }
    guard let succeeded = try body.flag("succeeded") else { throw body.missing("succeeded") }
    var texts: [String: String] = [:]
    let id = try body.newID()
    guard isIdentifier(id) else {
      throw body.refused("id", "bad_identifier", "1 to 128 bytes that can be printed")
    }
    for key in ["code", "message", "reference"] {
      let text = try body.text(key) ?? ""
      guard text.utf8.count <= LedgerLimits.textBytesMaximum else {
        throw body.refused(key, "bad_text", "at most \(LedgerLimits.textBytesMaximum) bytes")
      }
      texts[key] = text
    }
    let transaction = PaymentTransaction(
      id: id, tender: place, kind: kind, amount: amount, succeeded: succeeded,
      code: texts["code"] ?? "", message: texts["message"] ?? "",
      reference: texts["reference"] ?? "", recordedAt: service.clock())
    let isAdded = try service.administer { (store) throws(StorageError) in
      try store.add(
        transaction, to: payment, most: ServiceLimits.paymentTransactionsMaximum)
    }
    guard isAdded else {
      throw Problem(
        409, "too_many_transactions",
        "a payment has at most \(ServiceLimits.paymentTransactionsMaximum)")
    }
    var kept = try service.read { (reader) throws(StorageError) in
      try reader.transactions(of: payment).first { $0.id == id }
    }
    kept?.recordedAt = transaction.recordedAt
    guard kept == transaction else {
      throw Problem(409, "transaction_exists", "another transaction of the payment has the id")
    }
    return .json(201, try service.shown(payment))
  }
}
