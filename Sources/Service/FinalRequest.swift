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
  /// The payment that settled how it is paid; nil when the request says so itself.
  var payment: StoredPayment?
  private let body: RequestBody
  /// Where taxes, tenders and the spender are said: in the request, or in its payment.
  private var paying: RequestBody

  private static let keys = [
    "id", "quote", "cart", "holds", "redeemedBefore", "taxes", "tenders", "total", "due",
    "charged", "spender", "payment",
  ]

  private static let payingKeys = ["taxes", "tenders", "spender"]

  /// Reads the members of a request.
  static func body(of call: Call) throws(Problem) -> RequestBody {
    try RequestBody(call.request.body, known: keys, maximum: ServiceLimits.cartBytesMaximum)
  }

  /// Finds the cart of a request whose members were read, and what was agreed to.
  init(_ body: RequestBody, _ call: Call, _ service: PromoService) throws(Problem) {
    guard case .client(let client, _) = call.caller else { throw Problem.noClient }
    self.body = body
    paying = body
    order = try body.newID()
    let named = try Pledges(
      holds: try body.texts("holds") ?? [], redemptions: try body.texts("redeemedBefore") ?? [])
    pledges = named
    if let id = try body.text("quote") {
      guard !body.has("cart") else {
        throw body.refused("cart", "two_carts", "a quote has its cart; send one or the other")
      }
      guard let given = try service.given(id, to: client) else {
        throw Problem(
          409, "quote_unknown", "the quote is not remembered; ask for a new one", at: "/quote")
      }
      agreed = given
      cart = try given.cart()
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
    try readPayment(service, client)
  }

  private mutating func readPayment(_ service: PromoService, _ client: String) throws(Problem) {
    guard let id = try body.text("payment") else { return }
    for key in ["taxes", "tenders", "spender", "holds", "redeemedBefore"] where body.has(key) {
      throw body.refused(key, "said_twice", "the payment or its quote says so")
    }
    guard let payment = try service.stored(id, of: client) else {
      throw Problem(404, "unknown_payment", "no payment of that id is known", at: "/payment")
    }
    guard payment.quote == agreed?.id else {
      throw Problem(
        409, "payment_of_other_quote", "the payment settles another quote", at: "/payment")
    }
    self.payment = payment
    let parts = try RequestBody(payment.parts, known: ["currency", "tenders", "paying"])
    guard let settled = try parts.object("paying", known: Self.payingKeys) else {
      throw parts.missing("paying")
    }
    paying = settled
  }

  /// The members that say how it is paid, as one object.
  var payingMembers: [UInt8] {
    jsonObject { writer in
      for key in Self.payingKeys {
        guard let value = body.raw(key) else { continue }
        writer.key(key)
        writer.raw(value)
      }
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
      guard (0...LedgerLimits.amountMaximum).contains(theirs) else {
        throw body.refused(key, "bad_amount", "a sum is not below zero, nor that large")
      }
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
    guard let object = try paying.object("taxes", known: ["lines", "shipping"]) else {
      return Taxes()
    }
    let decimals = quote.currency.decimals
    var taxes = Taxes()
    if let lines = try object.object("lines") {
      let known = Set(quote.lines.map(\.id))
      for (id, amount) in try lines.amounts(decimals: decimals) {
        guard known.contains(id) else {
          throw lines.refused(id, "unknown_line", "the cart has no such line")
        }
        guard (0...LedgerLimits.amountMaximum).contains(amount) else {
          throw lines.refused(id, "bad_amount", "a tax is not below zero, nor that large")
        }
        taxes.lines[id] = amount
      }
    }
    taxes.shipping = try tax(object, "shipping", decimals)
    var left = LedgerLimits.amountMaximum
    for amount in taxes.lines.values + [taxes.shipping] {
      left -= amount
      guard left >= 0 else {
        throw paying.refused("taxes", "bad_amount", "these are too much together")
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
  ///
  /// Groups that the ledger keeps are what it says of them; the caller names others.
  func spender(_ account: String?, _ service: PromoService) throws(Problem) -> Spender? {
    guard let object = try paying.object("spender", known: ["user", "groups", "buyer"]) else {
      return account.map { Spender($0) }
    }
    return Spender(
      try object.text("user") ?? account ?? "",
      groups: try service.unkept(try object.texts("groups") ?? []),
      buyer: try object.text("buyer"))
  }

  /// How what is due was paid: each part once, one of them perhaps the remainder.
  func tenders(due: Int64, decimals: Int) throws(Problem) -> [Tender] {
    let known = ["method", "amount", "reference", "account"]
    guard let parts = try paying.objects("tenders", known: known) else { return [] }
    guard parts.count <= ServiceLimits.tendersMaximum else {
      throw paying.refused("tenders", "too_much", "at most \(ServiceLimits.tendersMaximum)")
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
      var problem = paying.refused(
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
