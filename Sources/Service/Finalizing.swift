import Checkout
import HTTP
import Ledger
import LocalTime
import Promo
import Storage
import WireFormat

/// A final checkout as it was asked for.
struct FinalRequest {
  var order: String
  /// The cart as it was sent, now or with its quote.
  var cart: Cart
  /// What the customer agreed to, when a quote was named.
  var agreed: GivenQuote?
  /// What was set aside or redeemed for it before.
  var pledges: Pledges
  private let body: RequestBody

  private static let keys = [
    "id", "quote", "cart", "holds", "redeemedBefore", "taxes", "tenders", "total", "due",
    "charged", "spender",
  ]

  /// The order that a request is about, read before all else.
  static func order(of call: Call) throws(Problem) -> String {
    try RequestBody(call.request.body, known: keys, maximum: ServiceLimits.cartBytesMaximum)
      .required("id")
  }

  init(_ call: Call, _ service: PromoService) throws(Problem) {
    guard case .client(let client, _) = call.caller else { throw Problem.noClient }
    body = try RequestBody(
      call.request.body, known: Self.keys, maximum: ServiceLimits.cartBytesMaximum)
    order = try body.required("id")
    let named = try Pledges(
      holds: try body.texts("holds") ?? [], redemptions: try body.texts("redeemedBefore") ?? [])
    pledges = named
    if let id = try body.text("quote") {
      guard let given = service.quotes.quote(id, of: client) else {
        throw Problem(
          409, "quote_unknown", "the quote is not remembered; ask for a new one", at: "/quote")
      }
      agreed = given
      cart = given.cart
      if !body.has("holds") { pledges.holds = given.pledges.holds }
      if !body.has("redeemedBefore") { pledges.redemptions = given.pledges.redemptions }
    } else if let json = body.raw("cart") {
      let at: Instant?
      (cart, at) = try service.cart(json, at: "/cart")
      guard at == nil else {
        throw Problem(422, "not_writable", "a purchase happens now", at: "/cart/at")
      }
    } else {
      throw body.missing("quote")
    }
  }

  /// Makes sure that the caller's sums are ours.
  func reconcile(_ quote: Quote, _ taxes: Taxes) throws(Problem) {
    let due = quote.due.minorUnits
    for (key, ours) in [
      ("total", quote.total.minorUnits), ("due", due), ("charged", due + taxes.total),
    ] {
      let decimals = quote.currency.decimals
      guard let theirs = try body.amount(key, decimals: decimals), theirs != ours else { continue }
      var problem = body.refused(
        key, "total_mismatch", "this is not what the prices and taxes come to")
      problem.members = [
        ("expected", jsonAmount(ours, decimals)),
        ("difference", jsonAmount(theirs - ours, decimals)),
      ]
      throw problem
    }
  }

  /// The taxes of lines and of shipping.
  func taxes(_ quote: Quote) throws(Problem) -> Taxes {
    guard let object = try body.object("taxes", known: ["lines", "shipping"]) else {
      return Taxes()
    }
    let decimals = quote.currency.decimals
    var taxes = Taxes()
    if let lines = try object.object("lines") {
      for id in lines.keys {
        guard quote.lines.contains(where: { $0.id == id }) else {
          throw lines.refused(id, "unknown_line", "the cart has no such line")
        }
        taxes.lines[id] = try tax(lines, id, decimals)
      }
    }
    taxes.shipping = try tax(object, "shipping", decimals)
    var left = LedgerLimits.amountMaximum
    for amount in taxes.lines.values + [taxes.shipping] {
      left -= amount
      guard left >= 0 else {
        throw body.refused("taxes", "bad_amount", "these are too much together")
      }
    }
    return taxes
  }

  private func tax(_ object: RequestBody, _ key: String, _ decimals: Int) throws(Problem) -> Int64 {
    let amount = try object.amount(key, decimals: decimals) ?? 0
    guard (0...LedgerLimits.amountMaximum).contains(amount) else {
      throw object.refused(key, "bad_amount", "a tax is not below zero")
    }
    return amount
  }

  /// Who spends from spending accounts: the customer, unless another is named.
  func spender(_ account: String?) throws(Problem) -> Spender? {
    guard let object = try body.object("spender", known: ["user", "groups", "buyer"]) else {
      return account.map { Spender($0) }
    }
    return Spender(
      try object.text("user") ?? account ?? "", groups: try object.texts("groups") ?? [],
      buyer: try object.text("buyer"))
  }

  /// How what is due was paid: each part once, one of them perhaps the remainder.
  func tenders(due: Int64, decimals: Int) throws(Problem) -> [Tender] {
    let known = ["method", "amount", "reference", "account"]
    guard let parts = try body.objects("tenders", known: known) else { return [] }
    guard parts.count <= ServiceLimits.tendersMaximum else {
      throw body.refused("tenders", "too_much", "at most \(ServiceLimits.tendersMaximum)")
    }
    var tenders: [Tender] = []
    var remainder: Int?
    var paid: Int64 = 0
    for part in parts {
      let method = try part.required("method")
      var amount: Int64 = 0
      if part.isNull("amount") {
        guard remainder == nil else {
          throw part.refused("amount", "two_remainders", "one tender takes the remainder")
        }
        remainder = tenders.count
      } else {
        guard let given = try part.amount("amount", decimals: decimals) else {
          throw part.missing("amount")
        }
        guard given > 0, given <= LedgerLimits.amountMaximum else {
          throw part.refused("amount", "bad_amount", "a tender pays more than nothing")
        }
        amount = given
      }
      paid += amount
      tenders.append(
        Tender(
          method: method, amount: amount, reference: try part.text("reference"),
          account: method == Tender.spendingAccount ? try part.required("account") : nil))
    }
    if let remainder, paid <= due {
      tenders[remainder].amount = due - paid
      paid = due
    }
    guard paid == due else {
      let isOver = paid > due
      var problem = body.refused(
        "tenders", isOver ? "over_payment" : "under_payment",
        "the tenders are not what is charged")
      problem.members = [
        ("charged", jsonAmount(due, decimals)), ("difference", jsonAmount(paid - due, decimals)),
      ]
      throw problem
    }
    return tenders.filter { $0.amount > 0 }
  }
}

/// An amount as JSON has it.
func jsonAmount(_ minorUnits: Int64, _ decimals: Int) -> [UInt8] {
  var writer = JSONWriter()
  writer.decimal(minorUnits, decimals: decimals)
  return writer.bytes
}

extension PromoService {
  /// Buys: prices the cart once more, holds it against what was agreed to, and records all of it in
  /// one commit.
  func finalize(_ call: Call) throws(Problem) -> HTTPResponse {
    let order = try FinalRequest.order(of: call)
    let render = { (answer: LedgerAnswer) throws(Problem) -> HTTPResponse in
      try self.receipt(of: order, answer)
    }
    if let earlier = try replay(call, render) { return earlier }
    let request = try FinalRequest(call, self)
    let now = clock()
    let priced = try price(request, call, at: now)
    try priced.pledged.check(against: priced.quote)
    let taxes = try request.taxes(priced.quote)
    try request.reconcile(priced.quote, taxes)
    try checkGuesses(request.cart, priced.quote, call)
    let tenders = try request.tenders(
      due: priced.quote.due.minorUnits + taxes.total, decimals: priced.quote.currency.decimals)
    let receipt = Receipt(
      order: order, account: priced.loaded.account, quote: priced.quote, tenders: tenders,
      taxes: taxes, cart: request.cart)
    var record = try record(request, priced, receipt)
    record.spends += try spends(tenders, request.spender(priced.loaded.account), priced, at: now)
    let answer = try ask(call, .checkout(record))
    guard !answer.isAccepted, Self.isStale(answer.code) else { return try render(answer) }
    let problem = try staleness(request, call, priced, answer)
    if let once = call.once {
      let kept = KeptAnswer(status: Int64(problem.status), body: problem.body)
      try administer { (store) throws(StorageError) in try store.keep(kept, for: once.id) }
    }
    throw problem
  }

  /// The prices a purchase is made at.
  struct Priced {
    var loaded: LoadedCart
    var quote: Quote
    var rules: RuleSet
    var pledged: PledgedValue
  }

  private func price(_ request: FinalRequest, _ call: Call, at now: Instant) throws(Problem)
    -> Priced
  {
    if let agreed = request.agreed, let promised = agreed.promised, now < agreed.expiresAt {
      var loaded = LoadedCart(cart: agreed.cart, account: agreed.account, pools: agreed.pools)
      let pledged = try add(request.pledges, to: &loaded, call, at: now)
      return Priced(loaded: loaded, quote: agreed.quote, rules: promised, pledged: pledged)
    }
    let rules = rules
    var loaded = try load(request.cart, rules, at: now)
    let pledged = try add(request.pledges, to: &loaded, call, at: now)
    let quote = try quote(loaded.cart, rules, at: now)
    let priced = Priced(loaded: loaded, quote: quote, rules: rules, pledged: pledged)
    guard let agreed = request.agreed else { return priced }
    guard !QuoteDifference(agreed: agreed.quote, now: quote).changes.isEmpty else { return priced }
    loaded.cart.explain = .all
    let explained = try self.quote(loaded.cart, rules, at: now)
    throw stale(QuoteDifference(agreed: agreed.quote, now: explained), quote, limit: nil)
  }

  private func record(_ request: FinalRequest, _ priced: Priced, _ receipt: Receipt)
    throws(Problem) -> CheckoutRecord
  {
    let programme = try programme()
    do throws(RecordingError) {
      var record = try CheckoutRecord(
        order: request.order, account: priced.loaded.account, quote: priced.quote,
        holds: priced.pledged.holds, spentBefore: Set(priced.pledged.redemptions.keys),
        programme: programme)
      record.uses = try CampaignUse.uses(
        in: priced.quote, of: priced.rules, by: priced.loaded.account,
        pools: priced.loaded.pools, programme: programme)
      record.uses += priced.pledged.uses
      record.body = receipt.json
      return record
    } catch {
      throw Problem(422, "unknown_balance", "\(error)")
    }
  }

  /// What spending accounts pay.
  private func spends(_ tenders: [Tender], _ spender: Spender?, _ priced: Priced, at now: Instant)
    throws(Problem) -> [CheckoutRecord.Spend]
  {
    var spends: [CheckoutRecord.Spend] = []
    for tender in tenders {
      guard let account = tender.account else { continue }
      guard let spender else {
        throw Problem(422, "not_assigned", "a guest spends from no account; name a spender")
      }
      let currency = priced.quote.currency.code
      let usable = try read { (reader) throws(StorageError) in
        (try reader.spendingAccounts(usableBy: spender, at: now), reader.programme)
      }
      let found = usable.0.first { $0.spending.account == account }
      if let found, usable.1.terms(named: found.spending.balance)?.currency != currency {
        throw Problem(
          422, "wrong_currency", "the spending account \(account) does not keep \(currency)")
      }
      spends.append(
        CheckoutRecord.Spend(.spending(account: account, by: spender), amount: tender.amount))
    }
    return spends
  }

  private func receipt(of order: String, _ answer: LedgerAnswer) throws(Problem) -> HTTPResponse {
    guard answer.isAccepted else { throw Problem(answer) }
    guard
      let purchase = try read({ (reader) throws(StorageError) in
        try reader.purchase(order)
      })
    else { throw Problem(503, "unavailable", "the purchase can not be read") }
    return .json(201, purchase.body)
  }

  // MARK: What changed meanwhile

  /// Whether somebody else was first, so that a new price is what the customer needs.
  private static func isStale(_ code: LedgerAnswer.Code) -> Bool {
    [.limitReached, .budgetExhausted, .codeAlreadyUsed, .insufficient].contains(code)
  }

  private func staleness(
    _ request: FinalRequest, _ call: Call, _ priced: Priced, _ answer: LedgerAnswer
  )
    throws(Problem) -> Problem
  {
    let now = clock()
    let rules = rules
    var loaded = try load(request.cart, rules, at: now)
    _ = try add(request.pledges, to: &loaded, call, at: now)
    let quote = try quote(loaded.cart, rules, at: now)
    loaded.cart.explain = .all
    let explained = try self.quote(loaded.cart, rules, at: now)
    return stale(QuoteDifference(agreed: priced.quote, now: explained), quote, limit: answer)
  }

  private func stale(_ difference: QuoteDifference, _ quote: Quote, limit answer: LedgerAnswer?)
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
