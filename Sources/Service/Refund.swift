import HTTP
import Ledger
import Promo
import Storage
import WireFormat

/// What a return needs of the receipt of its purchase.
private struct ReceiptFacts {
  var decimals = 2
  /// Minor units, by the ids of lines.
  var taxes: [String: Int64] = [:]
  /// What balances and spending accounts paid, in minor units: it goes back to them by itself.
  var paidFromLedger: Int64 = 0

  init(_ receipt: [UInt8]) {
    guard let root = (try? JSONDocument(parsing: receipt))?.root else { return }
    let code = root["quote"]?["currency"]?.string
    decimals = code.flatMap { Currency(code: $0)?.decimals } ?? 2
    if let lines = root["taxes"]?["lines"] {
      for (line, amount) in lines.members { taxes[line] = units(amount) }
    }
    if let payments = root["quote"]?["payments"] {
      for payment in payments.elements { paidFromLedger += units(payment["value"]) }
    }
    if let tenders = root["tenders"] {
      for tender in tenders.elements where tender["account"] != nil {
        paidFromLedger += units(tender["amount"])
      }
    }
  }

  /// What balances and spending accounts paid of each line, in minor units.
  func paidByLedger(of purchase: StoredPurchase) -> [String: Int64] {
    let shares = LineShares.split(paidFromLedger, by: purchase.lines.map(\.paid))
    return Dictionary(
      zip(purchase.lines.map(\.id), shares), uniquingKeysWith: { first, _ in first })
  }

  private func units(_ value: JSONValue?) -> Int64 {
    guard case .success(let amount)? = value?.decimal(maximumDecimals: decimals) else { return 0 }
    return amount.units
  }
}

/// What one line gives back.
private struct LineRefund {
  let returned: StoredReturn
  /// The share of the price and of the tax, in minor units.
  let price: Int64
  let tax: Int64
  /// Of those, what balances and spending accounts have back by now.
  let restored: Int64
}

extension PromoService {
  /// What a return gives back of each line, its share of the taxes with it: some of it to the balances
  /// and spending accounts that paid, which have it already, and the rest by the shop, or as credit.
  func refund(of order: String, by request: String, creditTo balance: String?)
    throws(Problem) -> HTTPResponse
  {
    let (found, returned) = try read { (reader) throws(StorageError) in
      (try reader.purchase(order), try reader.returned(by: request))
    }
    guard let purchase = found else { throw Problem(404, "unknown_order", "no such purchase") }
    let facts = ReceiptFacts(purchase.body)
    let paidByLedger = facts.paidByLedger(of: purchase)
    let refunds = returned.map { line in
      var (tax, fromLedger) = (line, line)
      tax.paid = facts.taxes[line.line] ?? 0
      fromLedger.paid = paidByLedger[line.line] ?? 0
      return LineRefund(
        returned: line, price: line.refund, tax: tax.refund, restored: fromLedger.refund)
    }
    let whole = refunds.reduce(0) { $0 + $1.price + $1.tax }
    let restored = refunds.reduce(0) { $0 + $1.restored }
    let credited =
      try balance.map { (balance) throws(Problem) in
        try read { (reader) throws(StorageError) in
          try reader.credited(by: request, for: order, in: balance)
        }
      } ?? 0
    let body = jsonObject { writer in
      writer.text("id", order)
      for (key, amount) in [
        ("refund", whole), ("restored", restored), ("payable", whole - restored - credited),
      ] {
        writer.key(key)
        writer.decimal(amount, decimals: facts.decimals)
      }
      if let balance {
        writer.object("credited") { writer in
          writer.text("balance", balance)
          writer.key("amount")
          writer.decimal(credited, decimals: facts.decimals)
        }
      }
      writer.list("lines", refunds) { writer, refund in
        writer.beginObject()
        writer.text("id", refund.returned.line)
        writer.key("quantity")
        writer.number(refund.returned.quantity)
        for (key, amount) in [
          ("refund", refund.price + refund.tax), ("tax", refund.tax),
          ("restored", refund.restored),
        ] {
          writer.key(key)
          writer.decimal(amount, decimals: facts.decimals)
        }
        writer.endObject()
      }
    }
    return .json(200, body)
  }
}

extension PromoService {
  /// What a return gives back as credit of the customer; nil for nothing.
  ///
  /// - Throws: Why it can not become credit.
  func credit(to balance: String?, of order: String, _ body: RequestBody) throws(Problem)
    -> ReturnCredit?
  {
    guard let balance else { return nil }
    let found = try read { (reader) throws(StorageError) in try reader.purchase(order) }
    guard let purchase = found else { throw Problem(404, "unknown_order", "no such purchase") }
    let receipt = (try? JSONDocument(parsing: purchase.body))?.root
    guard receipt?["account"]?.string != nil else {
      throw body.refused("creditTo", "no_account", "there is no account that credit can go to")
    }
    let currency = receipt?["quote"]?["currency"]?.string
    guard let terms = try programme().terms(named: balance) else {
      throw body.refused("creditTo", "unknown_balance", "the rules declare no such balance")
    }
    guard let currency, terms.currency == currency else {
      throw body.refused("creditTo", "wrong_currency", "the balance does not keep that currency")
    }
    let facts = ReceiptFacts(purchase.body)
    let paidByLedger = facts.paidByLedger(of: purchase)
    return ReturnCredit(
      to: balance,
      lines: purchase.lines.map { line in
        ReturnCredit.Line(
          id: line.id, tax: facts.taxes[line.id] ?? 0, paidByLedger: paidByLedger[line.id] ?? 0)
      })
  }
}
