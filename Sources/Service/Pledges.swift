import HTTP
import Ledger
import LocalTime
import Promo
import Storage

/// Value that was set aside or redeemed for a purchase before it is made.
///
/// It is no longer available, and yet this purchase may take it.
struct Pledges: Hashable, Sendable {
  /// The ids of holds.
  var holds: [String] = []
  /// The idempotency keys of redemptions.
  var redemptions: [String] = []

  /// What is named in the query of a quote: `hold=ID` and `redeemed=KEY`, each as often as need be.
  init(_ call: Call) throws(Problem) {
    holds = call.request.query.filter { $0.name == "hold" }.map(\.value)
    redemptions = call.request.query.filter { $0.name == "redeemed" }.map(\.value)
    try check()
  }

  /// What is named in the body of a final checkout.
  init(holds: [String], redemptions: [String]) throws(Problem) {
    self.holds = holds
    self.redemptions = redemptions
    try check()
  }

  private func check() throws(Problem) {
    guard Set(holds).count == holds.count, Set(redemptions).count == redemptions.count,
      holds.count + redemptions.count <= ServiceLimits.tendersMaximum
    else { throw Problem(422, "too_much", "each hold and redemption is named once") }
  }
}

/// What pledges come to, by balance.
struct PledgedValue: Hashable, Sendable {
  /// The hold to capture.
  var holds: [String: String] = [:]
  /// What the hold still sets aside, in smallest units.
  var held: [String: Int64] = [:]
  /// What each request redeemed before, in smallest units, by its id.
  var redemptions: [String: [String: Int64]] = [:]
  /// What they redeemed together.
  var redeemed: [String: ExactDecimal] = [:]
}

extension PledgedValue {
  /// What is counted so that no redemption pays for two purchases.
  var uses: [CampaignUse] {
    redemptions.values.flatMap(\.keys).sorted().map { request in
      CampaignUse(
        campaign: "redeemed before", discount: 0,
        claims: [CampaignUse.Claim(.total, key: request, usesMaximum: 1)])
    }
  }
}

extension PledgedValue {
  /// Makes sure that a purchase takes just what was redeemed for it before.
  func check(against quote: Quote) throws(Problem) {
    for (balance, amount) in redeemed {
      let taken = (quote.redeemed + quote.payments).first { $0.balance == balance }?.amount
      guard taken != amount else { continue }
      var problem = Problem(
        422, "redemption_mismatch",
        "the purchase takes another amount of \(balance) than was redeemed for it")
      problem.members = [
        ("redeemed", jsonAmount(amount.value, amount.decimals)),
        ("taken", jsonAmount(taken?.value ?? 0, taken?.decimals ?? amount.decimals)),
      ]
      throw problem
    }
  }
}

extension PromoService {
  /// Adds what is pledged to what a customer can spend in a cart.
  ///
  /// - Throws: 404 for a hold that is not the customer's, 409 for one that is over, 422 for a
  ///   redemption that none of this client's requests made from this account, and for two of a balance.
  func add(_ pledges: Pledges, to loaded: inout LoadedCart, _ call: Call, at now: Instant)
    throws(Problem) -> PledgedValue
  {
    var value = PledgedValue()
    for id in pledges.holds {
      let found = try read { (reader) throws(StorageError) in try reader.hold(id) }
      guard let hold = found, let account = loaded.account, hold.account == account else {
        throw Problem(404, "unknown_hold", "the customer has no such hold")
      }
      guard hold.ending == nil, hold.deadline > now else {
        throw Problem(409, hold.ending.map { "already_\($0)" } ?? "expired", "the hold is over")
      }
      guard value.holds.updateValue(id, forKey: hold.balance) == nil else {
        throw Problem(422, "two_holds", "a purchase captures one hold of a balance")
      }
      value.held[hold.balance] = hold.amount - hold.captured
      loaded.add(hold.amount - hold.captured, to: hold.balance, try decimals(of: hold.balance))
    }
    for key in pledges.redemptions {
      let request = Self.requestID(call.actor, key)
      guard let account = loaded.account else {
        throw Problem(422, "unknown_redemption", "nobody redeemed under this key")
      }
      let redeemed = try read { (reader) throws(StorageError) in
        try reader.redeemed(by: request, from: account)
      }
      guard !redeemed.isEmpty else {
        throw Problem(422, "unknown_redemption", "nobody redeemed under this key")
      }
      for (balance, amount) in redeemed {
        let decimals = try decimals(of: balance)
        value.redemptions[balance, default: [:]][request] = amount
        value.redeemed[balance, default: ExactDecimal(value: 0, decimals: decimals)].value +=
          amount
        loaded.add(amount, to: balance, decimals)
      }
    }
    return value
  }
}

extension LoadedCart {
  fileprivate mutating func add(_ units: Int64, to balance: String, _ decimals: Int) {
    let zero = ExactDecimal(value: 0, decimals: decimals)
    cart.customer?.balances[balance, default: zero].value += units
  }
}
