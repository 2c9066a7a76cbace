import Checkout
import HTTP
import Ledger
import LocalTime
import Promo
import Storage
import WireFormat

extension PromoService {
  /// Whether somebody else was first, so that a new price is what the customer needs.
  static func isStale(_ code: LedgerAnswer.Code) -> Bool {
    [.limitReached, .budgetExhausted, .codeAlreadyUsed, .insufficient].contains(code)
  }

  func staleness(
    _ request: FinalRequest, _ call: Call, _ priced: Priced, _ answer: LedgerAnswer
  )
    throws(Problem) -> Problem
  {
    let now = clock()
    let served = served
    let rules = served.rules
    var loaded = try load(request.cart, served, at: now)
    _ = try add(request.pledges, to: &loaded, call, at: now)
    let quote = try quote(loaded.cart, rules, at: now)
    loaded.cart.explain = .all
    let explained = try self.quote(loaded.cart, rules, at: now)
    return stale(QuoteDifference(agreed: priced.quote, now: explained), quote, limit: answer)
  }

  func stale(_ difference: QuoteDifference, _ quote: Quote, limit answer: LedgerAnswer?)
    -> Problem
  {
    var problem = Problem(
      409, "quote_stale", "what was agreed to is not what it would cost now")
    if let answer {
      problem.members.append(
        (
          "refusal",
          jsonObject { writer in
            writer.text("code", answer.code.rawValue)
            writer.text("subject", answer.subject)
            if answer.code == .limitReached {
              writer.key("maximum")
              writer.number(answer.amount)
            }
          }
        ))
    }
    var writer = JSONWriter()
    writer.beginArray()
    for change in difference.changes { writer.change(change) }
    writer.endArray()
    problem.members.append(("changes", writer.bytes))
    problem.members.append(("quote", quote.json()))
    return problem
  }
}

extension JSONWriter {
  fileprivate mutating func change(_ change: QuoteDifference.Change) {
    beginObject()
    text("change", change.agreed == nil ? "added" : change.now == nil ? "removed" : "changed")
    switch change.subject {
    case .discount(let campaign):
      text("of", "discount")
      text("campaign", campaign)
    case .earning(let campaign, let balance):
      text("of", "earning")
      text("campaign", campaign)
      text("balance", balance)
    case .balance(let balance):
      text("of", "balance")
      text("balance", balance)
    case .line(let id):
      text("of", "line")
      text("line", id)
    case .shipping: text("of", "shipping")
    case .total: text("of", "total")
    case .due: text("of", "due")
    }
    amount("agreed", change.agreed)
    amount("now", change.now)
    if let reason = change.reason { text("reason", reason.reason.rawValue) }
    endObject()
  }
}
