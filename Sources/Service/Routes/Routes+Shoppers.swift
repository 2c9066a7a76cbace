import Checkout
import HTTP
import Ledger
import LocalTime
import Promo
import Storage
import WireFormat

extension Routes {
  static let shoppers = [
    Route(
      "POST", "/v1/shopper-tokens", .client(.tokens),
      "A token with which a shopper's browser may ask about its own account.", mint),
    Route("GET", "/v1/me", .shopper, "Who the shop thinks I am.", me),
    Route("GET", "/v1/me/balances", .shopper, "What I have.", myBalances),
    Route("GET", "/v1/me/offers", .shopper, "Offers I can use, with the uses left.", myOffers),
    Route("GET", "/v1/me/history", .shopper, "What I bought.", myHistory),
  ]

  private static func mint(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse {
    let body = try RequestBody(call.request.body, known: ["account", "seconds"])
    let account = try body.required("account")
    let seconds = try body.wholeNumber("seconds") ?? ServiceLimits.quoteSeconds
    guard (1...ServiceLimits.tokenSecondsMaximum).contains(seconds) else {
      throw body.refused(
        "seconds", "bad_amount", "from 1 to \(ServiceLimits.tokenSecondsMaximum)")
    }
    let known = try service.read { (reader) throws(StorageError) in
      try reader.isForgotten(account) == true ? nil : try reader.accountID(keeping: account)
    }
    guard let id = known else {
      throw Problem(404, "unknown_account", "no account of that id is known")
    }
    let end = service.clock().secondsSince1970 + seconds
    let token = ShopperToken(account: id, end: end).text(key: service.tokenKey)
    return .json(
      201,
      jsonObject { writer in
        writer.text("token", token)
        writer.text("expiresAt", "\(Instant(secondsSince1970: end))")
      })
  }

  private static func me(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse {
    let (record, programme) = try service.record(of: try call.account())
    var writer = JSONWriter()
    writer.account(record, programme)
    return .json(200, writer.bytes)
  }

  private static func myBalances(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    .json(200, try service.balances(of: try call.account()))
  }

  /// What an empty cart of the shopper would still get, and how often.
  private static func myOffers(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let rules = service.rules
    let now = service.clock()
    let code = try call.argument("currency", or: rules.currencies.first?.code)
    guard let currency = Currency(code: code) else {
      throw Problem(422, "unknown_currency", "currency is a code such as USD")
    }
    var cart = Cart(currency: currency, lines: [])
    cart.explain = .all
    var customer = Cart.Customer()
    customer.id = try call.account()
    cart.customer = customer
    let loaded = try service.load(cart, service.served, at: now)
    let quote = try service.quote(loaded.cart, rules, at: now)
    let closed: Set<Quote.Reason> = [
      .currency, .declined, .audience, .code, .schedule, .limit, .cap, .error,
    ]
    let open = quote.notApplied.filter { !closed.contains($0.reason) }
    let uses = loaded.cart.customer?.redemptions ?? []
    return .json(
      200,
      jsonObject { writer in
        writer.list("offers", open) { writer, offer in
          writer.beginObject()
          writer.text("campaign", offer.campaign)
          writer.text("title", rules.title(of: offer.campaign))
          writer.text("hint", offer.hint)
          if let left = rules.usesLeft(of: offer.campaign, after: uses, at: now) {
            writer.key("usesLeft")
            writer.number(left)
          }
          writer.endObject()
        }
      })
  }

  private static func myHistory(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let account = try call.account()
    let most = try call.number("limit", 1...ServiceLimits.pageMaximum) ?? ServiceLimits.pageDefault
    let list = "history of \(account)"
    let cursor = try call.cursor("after", in: list, service)
    let seen = cursor?.split(separator: " ", maxSplits: 1).map(String.init)
    let purchases = try service.read { (reader) throws(StorageError) in
      if let seen, seen.count == 2, let second = Int64(seen[0]) {
        return try reader.purchases(
          of: account, after: seen[1], at: Instant(secondsSince1970: second), most: Int(most))
      }
      let later = Instant(secondsSince1970: service.clock().secondsSince1970 + 1)
      return try reader.purchases(of: account, before: later, most: Int(most))
    }
    return .json(
      200,
      jsonObject { writer in
        writer.list("purchases", purchases) { writer, purchase in
          writer.beginObject()
          writer.text("id", purchase.order)
          writer.text("state", purchase.state.rawValue)
          writer.text("recordedAt", "\(purchase.recordedAt)")
          writer.key("receipt")
          if purchase.body.isEmpty { writer.null() } else { writer.raw(purchase.body) }
          writer.endObject()
        }
        if purchases.count == most, let last = purchases.last {
          let place = "\(last.recordedAt.secondsSince1970) \(last.order)"
          writer.text(
            "next", PageCursor(list: list, place: place).text(key: service.cursorKey))
        }
      })
  }
}

extension Call {
  /// The shopper's account.
  fileprivate func account() throws(Problem) -> String {
    guard case .shopper(let account) = caller else {
      throw Problem(403, "forbidden", "this is for shoppers, with a shopper's token")
    }
    return account
  }

  /// A text of the query, or what stands for it.
  fileprivate func argument(_ name: String, or other: String?) throws(Problem) -> String {
    guard let text = request.argument(name) ?? other else {
      throw Problem(422, "missing_argument", "say which \(name)")
    }
    return text
  }
}

extension RuleSet {
  /// How often a customer may still use a campaign; nil without a limit per customer.
  fileprivate func usesLeft(
    of campaign: String, after uses: [Cart.Redemption], at now: Instant
  ) -> Int64? {
    var left: Int64?
    for bound in bounds(of: campaign) where bound.scope == .customer {
      guard let most = bound.usesMaximum else { continue }
      let start = bound.period.map { firstDay(of: $0, holding: now, for: campaign) }
      let used = uses.count { use in
        use.campaign == campaign
          && (bound.period.map { firstDay(of: $0, holding: use.at, for: campaign) == start } ?? true)
      }
      left = min(left ?? .max, max(0, most - Int64(used)))
    }
    return left
  }
}
