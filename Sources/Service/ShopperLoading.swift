import Checkout
import Ledger
import LocalTime
import Promo
import Storage
import WireFormat

/// What the ledger adds to a cart before it is priced.
struct LoadedCart: Sendable {
  /// The cart with everything known of its customer and of the uses of campaigns.
  var cart: Cart
  /// The id the customer's account is kept under; nil for a guest and for somebody unknown.
  var account: String?
  /// The pool of each generated code that can be used, by the code as typed.
  var pools: [String: String]
}

extension PromoService {
  /// Adds to a cart what only the ledger knows.
  ///
  /// Membership, balances, earlier purchases and uses come from the ledger alone, so a cart that
  /// brings them is refused. Groups that the rules declare do too; others are the shop's to name.
  func load(_ sent: Cart, _ served: RulesInForce, at now: Instant) throws(Problem) -> LoadedCart {
    try refuseWhatIsKnown(sent)
    let rules = served.rules
    return try read { (reader) throws(StorageError) in
      var loaded = LoadedCart(cart: sent, account: nil, pools: [:])
      try reader.find(codesOf: &loaded, in: served.codePools)
      loaded.cart.usage = try reader.usage(of: sent, served, at: now)
      guard let customer = sent.customer else { return loaded }
      var id = try customer.id.flatMap { (id) throws(StorageError) in
        try reader.isForgotten(id) == true ? nil : try reader.accountID(keeping: id)
      }
      if id == nil, let email = customer.email {
        id = try reader.search(AccountQuery(email: email), at: now).first?.id
      }
      guard let id else {
        loaded.cart.customer = customer.unknown(
          groups: try reader.unkept(customer.groups, by: rules))
        return loaded
      }
      loaded.account = id
      try reader.add(account: id, to: &loaded.cart, rules, at: now)
      // Whoever knows an e-mail address may be given points, and may not spend them.
      if customer.id == nil { loaded.cart.customer?.balances = [:] }
      return loaded
    }
  }

  private func refuseWhatIsKnown(_ cart: Cart) throws(Problem) {
    let customer = cart.customer ?? Cart.Customer()
    let brought = [
      ("/usage", !cart.usage.isEmpty), ("/customer/history", !customer.history.isEmpty),
      ("/customer/redemptions", !customer.redemptions.isEmpty),
      ("/customer/balances", !customer.balances.isEmpty),
    ]
    guard let (pointer, _) = brought.first(where: \.1) else { return }
    throw Problem(422, "not_writable", "the service keeps this itself", at: pointer)
  }
}

extension Cart.Customer {
  /// Somebody the ledger does not know: what they would use up could not be counted under an id, so
  /// they are a guest with what the shop says of them.
  ///
  /// - Parameter groups: Those of their groups that are the shop's to name.
  fileprivate func unknown(groups: [String]) -> Cart.Customer {
    var guest = self
    guest.id = nil
    guest.email = nil
    guest.isMember = false
    guest.groups = groups
    return guest
  }
}

extension RuleSet {
  /// Whether a group is one that the rules name.
  func declares(group: String) -> Bool {
    loyalty.groups.contains { $0.name.utf8.elementsEqual(group.utf8) }
  }
}

extension LedgerReader {
  /// Those of some groups of which the ledger does not know itself who is in them.
  func unkept(_ groups: [String], by rules: RuleSet) throws(StorageError) -> [String] {
    var unkept: [String] = []
    for group in groups where !rules.declares(group: group) {
      if try self.group(group)?.isMade != true { unkept.append(group) }
    }
    return unkept
  }

  /// Finds which of the codes presented were generated for a pool.
  fileprivate func find(codesOf loaded: inout LoadedCart, in pools: [String])
    throws(StorageError)
  {
    for pool in pools {
      for code in loaded.cart.codes where loaded.cart.generatedCodes[code] == nil {
        guard let state = try self.code(code, in: pool) else { continue }
        loaded.cart.generatedCodes[code] = Cart.GeneratedCode(
          pool: pool, isUsed: state.usedAt != nil)
        if state.usedAt == nil { loaded.pools[code] = pool }
      }
    }
  }

  fileprivate func usage(of cart: Cart, _ served: RulesInForce, at now: Instant)
    throws(StorageError)
    -> [String: Cart.Usage]
  {
    do {
      return try served.rules.usage(
        of: served.boundedCampaigns, codes: cart.codes, at: now, currency: cart.currency
      ) { count in
        let usage = try self.usage(
          of: count.campaign, scope: count.scope, period: count.period, key: count.key)
        return (usage?.uses ?? 0, usage?.discount ?? 0)
      }
    } catch let error as StorageError {
      throw error
    } catch {
      throw .misuse("\(error)")
    }
  }

  fileprivate func add(
    account id: String, to cart: inout Cart, _ rules: RuleSet, at now: Instant
  ) throws(StorageError) {
    var customer = cart.customer ?? Cart.Customer()
    customer.id = id
    customer.isMember = false
    let isDisabled = try isDisabled(id) ?? false
    if let record = try account(id, returning: AccountSelection(fields: nil), at: now) {
      customer.isMember = record.enrolledAt != nil && !record.isDisabled
      if case .text(let email) = record.fields["email"] { customer.email = customer.email ?? email }
      for attribute in rules.customerAttributes where customer.attributes[attribute.name] == nil {
        customer.attributes[attribute.name] = record.fields[attribute.name].map(attributeValue)
      }
    }
    customer.groups = try unkept(customer.groups, by: rules) + (try groups(of: id, at: now))
    for terms in programme.balances {
      guard !isDisabled, rules.loyalty.balances.contains(where: { $0.name == terms.name }),
        let available = try available(terms.name, of: id, at: now), available > 0
      else { continue }
      customer.balances[terms.name] = ExactDecimal(
        value: available, decimals: terms.decimals)
    }
    let later = Instant(secondsSince1970: now.secondsSince1970 + 1)
    for purchase in try purchases(
      of: id, before: later, most: ServiceLimits.historyMaximum) where purchase.state == .final
    {
      customer.history.append(visit(purchase, currency: cart.currency))
    }
    customer.redemptions = try redemptions(of: id, currency: cart.currency)
    cart.customer = customer
  }

  /// The uses of campaigns by an account; what a campaign issued belongs to its use.
  private func redemptions(of account: String, currency: Currency) throws(StorageError)
    -> [Cart.Redemption]
  {
    var redemptions: [Cart.Redemption] = []
    var places: [String: Int] = [:]
    for use in try uses(by: account) {
      let parts = use.campaign.split(separator: ".", maxSplits: 1).map(String.init)
      let key = "\(parts[0])\n\(use.order)"
      let place = places[key] ?? redemptions.count
      if place == redemptions.count {
        places[key] = place
        redemptions.append(Cart.Redemption(campaign: parts[0], at: use.at))
      }
      if parts.count == 2 {
        let decimals = programme.terms(named: parts[1])?.decimals ?? 0
        redemptions[place].earned = ExactDecimal(value: use.discount, decimals: decimals)
      } else {
        redemptions[place].discount = Money(minorUnits: use.discount, currency: currency)
      }
    }
    return redemptions
  }
}

extension BalanceTerms {
  /// The decimals that people write it with.
  var decimals: Int { currency.flatMap { Currency(code: $0)?.decimals } ?? 0 }
}

private func attributeValue(_ value: FieldValue) -> Cart.AttributeValue {
  switch value {
  case .text(let text): .text(text)
  case .number(let number): .number(ExactDecimal(value: number))
  case .flag(let flag): .flag(flag)
  case .date(let date): .text("\(date)")
  }
}

/// A purchase as rules look back on it: what did not come back of it.
private func visit(_ purchase: StoredPurchase, currency: Currency) -> Cart.Visit {
  var visit = Cart.Visit(at: purchase.recordedAt)
  let (facts, sold) = soldLines(purchase.body)
  // What was spent in another currency is a visit, and no money that could be added to this.
  let isComparable = sold == nil || sold == currency.code
  var total: Int64 = 0
  for line in purchase.lines where line.returned < line.quantity {
    let kept = line.quantity - line.returned
    let paid = line.paid - share(line.paid, line.returned, of: line.quantity)
    total += paid
    var sold = facts[line.id] ?? Cart.VisitLine(sku: "", quantity: 0)
    sold.quantity = kept
    sold.total = isComparable ? Money(minorUnits: paid, currency: currency) : nil
    visit.lines.append(sold)
  }
  if isComparable { visit.total = Money(minorUnits: total, currency: currency) }
  return visit
}

/// A part of an amount, rounded down.
private func share(_ amount: Int64, _ part: Int64, of whole: Int64) -> Int64 {
  let (high, low) = amount.multipliedFullWidth(by: part)
  return whole.dividingFullWidth((high, low)).quotient
}

/// What was sold in the lines of a purchase, by their ids, and in which currency, as its receipt has it.
private func soldLines(_ receipt: [UInt8]) -> (
  lines: [String: Cart.VisitLine], currency: String?
) {
  guard let root = (try? JSONDocument(parsing: receipt))?.root, let lines = root["items"] else {
    return ([:], nil)
  }
  var sold: [String: Cart.VisitLine] = [:]
  for line in lines.elements {
    guard let id = line["id"]?.string, let sku = line["sku"]?.string else { continue }
    var visit = Cart.VisitLine(sku: sku, quantity: 0)
    visit.categories = texts(line["category"])
    visit.brands = texts(line["brand"])
    visit.tags = texts(line["tags"])
    sold[id] = visit
  }
  return (sold, root["quote"]?["currency"]?.string)
}

private func texts(_ value: JSONValue?) -> [String] {
  value?.elements.compactMap(\.string) ?? []
}
