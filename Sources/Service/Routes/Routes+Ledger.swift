import HTTP
import Ledger
import Storage
import WireFormat

extension Routes {
  static let ledger = [
    Route(
      "GET", "/v1/accounts/{id}/ledger", .client(.balancesRead),
      "What changed an account's balances, the latest first.", showLedger)
  ]

  private static func showLedger(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let id = call.parameter("id")
    let balance = call.request.argument("balance")
    let programme = try service.programme()
    var only: BalanceTerms?
    if let balance {
      only = programme.terms(named: balance)
      guard only != nil else {
        throw Problem(422, "unknown_balance", "the rules declare no such balance")
      }
    }
    let most = try call.number("limit", 1...ServiceLimits.pageMaximum) ?? ServiceLimits.pageDefault
    let list = "ledger \(balance ?? "") of \(id)"
    let place = try call.cursor("after", in: list, service).flatMap { EntryPlace($0) }
    let found = try service.read { (reader) throws(StorageError) in
      try reader.entries(of: id, balance: only?.id, from: place, most: Int(most))
    }
    guard let page = found else {
      throw Problem(404, "unknown_account", "no account of that id is known")
    }
    return .json(
      200,
      jsonObject { writer in
        writer.text("account", id)
        writer.list("entries", page.entries) { writer, entry in
          if let terms = programme.terms(entry.balance) { writer.entry(entry, terms) }
        }
        if let next = page.next {
          writer.text(
            "next", PageCursor(list: list, place: next.text).text(key: service.cursorKey))
        }
      })
  }
}

extension JSONWriter {
  /// Writes what one transaction changed of a balance.
  fileprivate mutating func entry(_ entry: AccountEntry, _ terms: BalanceTerms) {
    beginObject()
    text("id", "\(entry.transaction)-\(terms.name)")
    key("transaction")
    number(entry.transaction)
    text("kind", entry.kind.rawValue)
    text("at", "\(entry.effectiveAt)")
    text("recordedAt", "\(entry.recordedAt)")
    text("balance", terms.name)
    for (name, amount) in [("amount", entry.amount), ("posted", entry.posted)] {
      key(name)
      decimal(amount, decimals: terms.decimals)
    }
    if !entry.about.isEmpty { text(entry.kind == .capture ? "hold" : "order", entry.about) }
    if !entry.actor.isEmpty { text("by", entry.actor) }
    if !entry.reason.isEmpty { text("reason", entry.reason) }
    endObject()
  }
}
