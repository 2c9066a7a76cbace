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
  /// and spending accounts that paid, which have it already, and the rest by the shop.
  func refund(of order: String, by request: String) throws(Problem) -> HTTPResponse {
    let (found, returned) = try read { (reader) throws(StorageError) in
      (try reader.purchase(order), try reader.returned(by: request))
    }
    guard let purchase = found else { throw Problem(404, "unknown_order", "no such purchase") }
    let facts = ReceiptFacts(purchase.body)
    let shares = LineShares.split(facts.paidFromLedger, by: purchase.lines.map(\.paid))
    var paidByLedger: [String: Int64] = [:]
    for (line, share) in zip(purchase.lines, shares) { paidByLedger[line.id] = share }
    let refunds = returned.map { line in
      var (tax, fromLedger) = (line, line)
      tax.paid = facts.taxes[line.line] ?? 0
      fromLedger.paid = paidByLedger[line.line] ?? 0
      return LineRefund(
        returned: line, price: line.refund, tax: tax.refund, restored: fromLedger.refund)
    }
    let whole = refunds.reduce(0) { $0 + $1.price + $1.tax }
    let restored = refunds.reduce(0) { $0 + $1.restored }
    let body = jsonObject { writer in
      writer.text("id", order)
      for (key, amount) in [
        ("refund", whole), ("restored", restored), ("payable", whole - restored),
      ] {
        writer.key(key)
        writer.decimal(amount, decimals: facts.decimals)
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
