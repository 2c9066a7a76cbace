import Checkout
import HTTP
import Ledger
import LocalTime
import Promo
import Storage
import WireFormat

extension PromoService {
  /// Buys: prices the cart once more, holds it against what was agreed to, and records all of it in
  /// one commit.
  func finalize(_ call: Call) throws(Problem) -> HTTPResponse {
    let body = try FinalRequest.body(of: call)
    let order = try body.required("id")
    let render = { (answer: LedgerAnswer) throws(Problem) -> HTTPResponse in
      try self.receipt(of: order, answer)
    }
    if let earlier = try replay(call, render) { return earlier }
    do throws(Problem) {
      return try buy(body, call, order, render)
    } catch {
      // A twin may have bought it meanwhile, or have been told why not.
      if let earlier = try replay(call, render) { return earlier }
      throw error
    }
  }

  private func buy(
    _ body: RequestBody, _ call: Call, _ order: String,
    _ render: (LedgerAnswer) throws(Problem) -> HTTPResponse
  ) throws(Problem) -> HTTPResponse {
    // Who is asked about payments may take seconds, and a stored payment is marked by the writer
    // first: for neither a commit waits.
    let expected = paymentHook == nil && !body.has("payment") ? queue.expect() : nil
    let request = try FinalRequest(body, call, self)
    let now = clock()
    let priced = try price(request, call, at: now)
    try priced.pledged.check(against: priced.quote)
    let taxes = try request.taxes(priced.quote)
    try request.reconcile(priced.quote, taxes)
    try checkGuesses(of: priced.loaded.account, priced.quote, call)
    let tenders = try request.tenders(
      due: priced.quote.due.minorUnits + taxes.total, decimals: priced.quote.currency.decimals)
    if let payment = request.payment {
      try use(payment, for: order)
    } else {
      try confirm(
        ProposedPayment(
          id: order, account: priced.loaded.account, quote: priced.quote, taxes: taxes,
          tenders: tenders))
    }
    let receipt = Receipt(
      order: order, account: priced.loaded.account, quote: priced.quote,
      payment: request.payment?.id, tenders: tenders, taxes: taxes, cart: request.cart)
    var record = try record(request, priced, receipt)
    record.spends += try spends(
      tenders, request.spender(priced.loaded.account, self), priced, at: now)
    let receiptJSON = record.body
    let answer = try ask(call, .checkout(record), expected: expected)
    // No twin is being done meanwhile, so that what was accepted is this purchase.
    if answer.isAccepted { return .json(201, receiptJSON) }
    guard Self.isStale(answer.code) else { return try render(answer) }
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
    var served: RulesInForce
    var pledged: PledgedValue
  }

  func price(_ request: FinalRequest, _ call: Call, at now: Instant) throws(Problem)
    -> Priced
  {
    let agreedQuote = try request.agreed?.quote()
    if let agreed = request.agreed, let agreedQuote, agreed.isPromised, now < agreed.expiresAt {
      var loaded = LoadedCart(cart: request.cart, account: agreed.account, pools: agreed.pools)
      let pledged = try add(request.pledges, to: &loaded, call, at: now)
      return Priced(loaded: loaded, quote: agreedQuote, served: agreed.served, pledged: pledged)
    }
    let served = served
    let rules = served.rules
    var loaded = try load(request.cart, served, at: now)
    let pledged = try add(request.pledges, to: &loaded, call, at: now)
    // A purchase does not tell what else could have been had.
    var bought = loaded.cart
    bought.explain = .none
    let price = try quote(bought, rules, at: now)
    let priced = Priced(loaded: loaded, quote: price, served: served, pledged: pledged)
    guard let agreedQuote else { return priced }
    guard !QuoteDifference(agreed: agreedQuote, now: price).changes.isEmpty else { return priced }
    let quote = try quote(loaded.cart, rules, at: now)
    loaded.cart.explain = .all
    let explained = try self.quote(loaded.cart, rules, at: now)
    throw stale(QuoteDifference(agreed: agreedQuote, now: explained), quote, limit: nil)
  }

  private func record(_ request: FinalRequest, _ priced: Priced, _ receipt: Receipt)
    throws(Problem) -> CheckoutRecord
  {
    let programme = try programme()
    do throws(RecordingError) {
      var record = try CheckoutRecord(
        order: request.order, account: priced.loaded.account, quote: priced.quote,
        holds: priced.pledged.holds, held: priced.pledged.held,
        redeemedBefore: priced.pledged.redemptions, programme: programme)
      record.uses = try CampaignUse.uses(
        in: priced.quote, of: priced.served.rules, by: priced.loaded.account,
        pools: priced.loaded.pools, programme: programme)
      record.uses += priced.pledged.uses
      if let agreed = request.agreed, agreed.isPromised {
        record.uses.append(.promise(agreed.id))
      }
      record.body = receipt.json
      return record
    } catch {
      throw Problem(422, "unknown_balance", "\(error)")
    }
  }

  /// What spending accounts pay.
  func spends(_ tenders: [Tender], _ spender: Spender?, _ priced: Priced, at now: Instant)
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
}

extension CampaignUse {
  /// That a promised price is charged once, for one purchase.
  fileprivate static func promise(_ quote: String) -> CampaignUse {
    CampaignUse(
      campaign: "promised quote", discount: 0,
      claims: [Claim(.total, key: quote, usesMaximum: 1)])
  }
}
