import Checkout
import HTTP
import Ledger
import LocalTime
import Promo

/// A cart that was priced at checkout setup.
struct SetupQuote: Sendable {
  /// The cart with what the ledger knows; without lines when its quote has none.
  var loaded: LoadedCart
  /// The quote; its lines and what is told of campaigns may be in its bytes alone.
  var quote: Quote
  /// The quote as compact JSON.
  var json: [UInt8]
  /// The moment it was priced for.
  var at: Instant
}

extension PromoService {
  /// Prices the cart of a request with what the ledger knows, and changes nothing.
  ///
  /// No value is made of the lines of a plain cart; a rare or wrong one is read as a value, which
  /// tells what is wrong with it.
  func setUp(_ call: Call, _ served: RulesInForce, _ pledges: Pledges, isPromised: Bool)
    throws(Problem) -> SetupQuote
  {
    let json = call.request.body
    if !isPromised {
      var loaded: LoadedCart?
      let plain = try served.rules.plainQuote(json: json, now: clock(), limits: .http) {
        (cart, at) throws(Problem) in
        var complete = try load(cart, served, at: at)
        _ = try add(pledges, to: &complete, call, at: at)
        cart = complete.cart
        loaded = complete
      }
      if let plain, let loaded {
        return SetupQuote(loaded: loaded, quote: plain.head, json: plain.json, at: plain.at)
      }
    }
    let (sent, at) = try cart(json)
    guard at == nil || !isPromised else {
      throw Problem(422, "not_writable", "a price is promised for now", at: "/at")
    }
    let now = at ?? clock()
    var loaded = try load(sent, served, at: now)
    _ = try add(pledges, to: &loaded, call, at: now)
    let quote = try quote(loaded.cart, served.rules, at: now)
    return SetupQuote(loaded: loaded, quote: quote, json: quote.json(), at: now)
  }

  /// The most of each balance that a cart could take, each by itself.
  func redeemable(_ setup: SetupQuote, _ rules: RuleSet, _ json: [UInt8]) throws(Problem)
    -> [(balance: String, isDiscount: Bool, amount: ExactDecimal)]
  {
    guard setup.loaded.account != nil else { return [] }
    var found: [(balance: String, isDiscount: Bool, amount: ExactDecimal)] = []
    for balance in rules.loyalty.balances where balance.redemption != .never {
      guard let available = setup.loaded.cart.customer?.balances[balance.name] else { continue }
      var cart = setup.loaded.cart
      cart.explain = .none
      let isDiscount = balance.redemption == .discount
      if isDiscount {
        cart.redeem[balance.name] = available
      } else {
        cart.pay[balance.name] = available
      }
      let quote = try quote(cart, of: setup, rules, json)
      let uses = isDiscount ? quote.redeemed : quote.payments
      let amount = uses.first { $0.balance == balance.name }?.amount
      found.append(
        (
          balance.name, isDiscount,
          amount ?? ExactDecimal(value: 0, decimals: available.decimals)
        ))
    }
    return found
  }

  /// Prices the cart of a setup once more, with what is no line of it changed.
  private func quote(
    _ changed: Cart, of setup: SetupQuote, _ rules: RuleSet, _ json: [UInt8]
  ) throws(Problem) -> Quote {
    guard changed.lines.isEmpty else { return try quote(changed, rules, at: setup.at) }
    let plain = rules.plainQuote(json: json, now: setup.at, limits: .http) { (cart, _) in
      cart = changed
    }
    if let plain { return plain.head }
    return try quote(changed.withLines(of: try cart(json).0), rules, at: setup.at)
  }
}
