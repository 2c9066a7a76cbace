import HTTP
import LocalTime
import Promo
import WireFormat

extension Routes {
  static let quotes = [
    Route(
      "POST", "/v1/quotes", .client(.quotes), trace: .nowhere,
      "Checkout setup: prices a cart and changes nothing.", makeQuote),
    Route("GET", "/v1/quotes/{id}", .client(.quotes), "A quote given before.", showQuote),
  ]

  /// `POST /v1/quotes?validFor=SECONDS&guarantee=true&hold=ID&redeemed=KEY`, with a cart.
  private static func makeQuote(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    guard case .client(let client, _) = call.caller else { throw Problem.noClient }
    let seconds = try call.number("validFor", 1...86_400) ?? ServiceLimits.quoteSeconds
    let isPromised = call.request.argument("guarantee") == "true"
    let (sent, at) = try service.cart(call.request.body)
    guard at == nil || !isPromised else {
      throw Problem(422, "not_writable", "a price is promised for now", at: "/at")
    }
    let now = at ?? service.clock()
    let served = service.served
    let rules = served.rules
    var loaded = try service.load(sent, served, at: now)
    let pledges = try Pledges(call)
    _ = try service.add(pledges, to: &loaded, call, at: now)
    let quote = try service.quote(loaded.cart, rules, at: now)
    try service.checkGuesses(of: loaded.account, quote, call)
    let given = GivenQuote(
      id: "q_" + (try Secrets.randomText(16)), client: client, cart: sent,
      account: loaded.account, quote: quote, pledges: pledges, pools: loaded.pools,
      promised: isPromised ? served : nil,
      expiresAt: Instant(secondsSince1970: service.clock().secondsSince1970 + seconds),
      byteCount: 4 * (call.request.body.count + quote.lines.count * 100) + 65_536)
    if isPromised { try service.promise(given, pricing: loaded.cart, by: served) }
    service.quotes.put(given)
    let most = try service.redeemable(loaded, rules, at: now)
    return .json(
      200,
      jsonObject { writer in
        write(given, to: &writer)
        writer.list("redeemable", most) { writer, most in
          writer.beginObject()
          writer.text("balance", most.balance)
          writer.text("as", most.isDiscount ? "redeem" : "pay")
          writer.amount("amount", most.amount)
          writer.endObject()
        }
      })
  }

  private static func showQuote(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    guard case .client(let client, _) = call.caller else { throw Problem.noClient }
    guard let given = try service.given(call.parameter("id"), to: client) else {
      throw Problem(404, "unknown_quote", "no quote of that id is remembered")
    }
    return .json(200, jsonObject { write(given, to: &$0) })
  }

  private static func write(_ given: GivenQuote, to writer: inout JSONWriter) {
    writer.text("id", given.id)
    writer.text("expiresAt", "\(given.expiresAt)")
    writer.key("guaranteed")
    writer.bool(given.promised != nil)
    writer.key("account")
    if let account = given.account { writer.string(account) } else { writer.null() }
    writer.key("quote")
    writer.raw(given.quote.json())
  }
}
