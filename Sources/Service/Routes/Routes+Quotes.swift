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
    let served = service.served
    let pledges = try Pledges(call)
    let setup = try service.setUp(call, served, pledges, isPromised: isPromised)
    try service.checkGuesses(of: setup.loaded.account, setup.quote, call)
    let given = GivenQuote(
      id: "q_" + (try Secrets.randomID(16)), client: client, sent: call.request.body,
      priced: setup.loaded.cart, served: served, at: setup.at, json: setup.json,
      account: setup.loaded.account, pledges: pledges, pools: setup.loaded.pools,
      isPromised: isPromised,
      expiresAt: Instant(secondsSince1970: service.clock().secondsSince1970 + seconds))
    if isPromised { try service.promise(given) }
    service.quotes.put(given)
    let most = try service.redeemable(setup, served.rules, call.request.body)
    return .json(
      200,
      jsonObject(reservingBytes: given.json.count + 512) { writer in
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
    writer.bool(given.isPromised)
    writer.key("account")
    if let account = given.account { writer.string(account) } else { writer.null() }
    writer.key("quote")
    writer.raw(given.json)
  }
}
