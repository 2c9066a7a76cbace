import Checkout
import Ledger
import Promo
import WireFormat

/// A way in which a part of a purchase was paid: by a spending account, or by what the ledger does not
/// keep, such as a card.
struct Tender: Hashable, Sendable {
  /// The method of those that a spending account of the ledger pays.
  static let spendingAccount = "spending_account"
  var method: String
  /// Minor units.
  var amount: Int64
  var reference: String?
  /// The spending account that pays; nil for other methods.
  var account: String?
}

/// Taxes as the shop's tax service has them; kept with the purchase and given back with its lines.
struct Taxes: Hashable, Sendable {
  /// Minor units, by the ids of lines; lines without tax are missing.
  var lines: [String: Int64] = [:]
  /// Minor units on shipping.
  var shipping: Int64 = 0

  /// All of them, in minor units.
  var total: Int64 { lines.values.reduce(shipping, +) }
}

/// What a purchase was answered with, and is kept with it.
struct Receipt {
  var order: String
  var account: String?
  var quote: Quote
  /// The payment that settled the tenders; nil when none did.
  var payment: String?
  var tenders: [Tender]
  var taxes: Taxes
  /// The cart's lines, for what rules ask of earlier purchases.
  var cart: Cart

  /// The quote without what else could have been had.
  private var settled: Quote {
    var settled = quote
    settled.notApplied = []
    return settled
  }

  /// The bytes, the same each time.
  var json: [UInt8] {
    let decimals = quote.currency.decimals
    return jsonObject { writer in
      writer.text("id", order)
      writer.key("account")
      if let account { writer.string(account) } else { writer.null() }
      writer.text("at", "\(quote.at)")
      writer.key("quote")
      writer.raw(settled.json())
      if taxes != Taxes() {
        writer.object("taxes") { writer in
          writer.object("lines") { writer in
            for (line, amount) in taxes.lines.sorted(by: { $0.key < $1.key }) {
              writer.key(line)
              writer.decimal(amount, decimals: decimals)
            }
          }
          writer.key("shipping")
          writer.decimal(taxes.shipping, decimals: decimals)
        }
      }
      writer.key("charged")
      writer.decimal(quote.due.minorUnits + taxes.total, decimals: decimals)
      writer.text("payment", payment)
      writer.list("tenders", tenders) { $0.tender($1, decimals) }
      writer.list("items", cart.lines.enumerated()) { writer, element in
        let (place, line) = element
        writer.beginObject()
        writer.text("id", line.id ?? String(place + 1))
        writer.text("sku", line.sku)
        for (key, values) in [
          ("category", line.categories), ("brand", line.brands), ("tags", line.tags),
        ] where !values.isEmpty {
          writer.list(key, values) { $0.string($1) }
        }
        writer.endObject()
      }
    }
  }
}

extension JSONWriter {
  /// Writes a tender.
  mutating func tender(_ tender: Tender, _ decimals: Int) {
    beginObject()
    text("method", tender.method)
    key("amount")
    decimal(tender.amount, decimals: decimals)
    text("account", tender.account)
    text("reference", tender.reference)
    endObject()
  }
}
