import LocalTime
import Money
package import Pricing

extension ShopperFacts {
  /// What a quote reads of a cart besides its lines.
  ///
  /// - Throws: `CartError` for a balance taken that the rules do not declare so.
  package init(_ cart: Cart, program: Program, warnings: inout [String]) throws(CartError) {
    self.init()
    let customer = cart.customer ?? Cart.Customer()
    id = customer.id
    email = customer.email
    isMember = customer.isMember
    groups = customer.groups
    orderChannel = cart.order.channel
    orderStore = cart.order.store
    orderCountry = cart.order.country
    visits = customer.history.map { VisitFacts($0) }
    present(cart.codes, cart.generatedCodes, program)
    groupSlots = groups.compactMap { program.index.groupSlots[$0.utf8] }
    customerSlot = id.flatMap { program.index.customerSlots[$0.utf8] }
    declined = Set(cart.declined.compactMap { program.campaign(named: $0) })
    addAttributes(cart, customer, program, &warnings)
    try addBalances(cart, customer, program)
    try addUses(cart, customer, program)
  }

  /// Takes codes in place of those presented so far; those that are of a generated pool stand for it.
  mutating func present(
    _ typed: [String], _ generated: [String: Cart.GeneratedCode], _ program: Program
  ) {
    codes.removeAll()
    codeSlots.removeAll()
    for code in typed {
      let normalized = normalizedCode(code)
      guard !normalized.isEmpty, !codes.contains(normalized) else { continue }
      codes.append(normalized)
      if let known = generated[code] {
        codeSlots.append(
          known.isUsed ? -1 : program.index.codeSlots[poolKey(known.pool)] ?? -1)
      } else {
        codeSlots.append(program.index.codeSlots[normalized] ?? -1)
      }
    }
  }

  private mutating func addAttributes(
    _ cart: Cart, _ customer: Cart.Customer, _ program: Program, _ warnings: inout [String]
  ) {
    for plan in program.attributes {
      let isCustomers = plan.owner == .customer
      let values = isCustomers ? customer.attributes : cart.order.attributes
      let place = isCustomers ? "customer" : "order"
      guard plan.owner != .item else {
        attributes.append(.missing)
        continue
      }
      attributes.append(
        AttributeFact(values[plan.name], as: plan.kind, currency: cart.currency) {
          warnings.append("/\(place)/attributes/\(plan.name) is no \(plan.kind.rawValue)")
        })
    }
  }

  private mutating func addBalances(
    _ cart: Cart, _ customer: Cart.Customer, _ program: Program
  ) throws(CartError) {
    for (key, wanted) in [("redeem", cart.redeem), ("pay", cart.pay)] {
      for name in wanted.keys.sorted(by: { Array($0.utf8).lexicographicallyPrecedes($1.utf8) }) {
        try checkUse(of: name, key: key, cart, program)
      }
    }
    for plan in program.balances {
      let held = customer.balances[plan.name]
      balances.append(
        try held.map { amount throws(CartError) in
          try plan.units(amount, pointer: "/customer/balances/\(plan.name)")
        } ?? 0)
      redeem.append(
        try cart.redeem[plan.name].map { amount throws(CartError) in
          try plan.units(amount, pointer: "/redeem/\(plan.name)")
        })
      pay.append(
        try cart.pay[plan.name].map { amount throws(CartError) in
          try plan.units(amount, pointer: "/pay/\(plan.name)")
        })
    }
  }

  private func checkUse(
    of name: String, key: String, _ cart: Cart, _ program: Program
  ) throws(CartError) {
    let pointer = "/\(key)/\(name)"
    guard let plan = program.balances.first(where: { hasSameBytes($0.name, name) }) else {
      throw CartError(
        code: .unknownBalance, pointer: pointer,
        message: "the rules declare no balance \"\(name)\"")
    }
    let fitting = key == "redeem" ? BalancePlan.Redemption.discount : .payment
    guard plan.redemption == fitting else {
      let advice =
        switch plan.redemption {
        case .discount: "is taken as a discount: put it under \"redeem\""
        case .payment: "is taken as payment: put it under \"pay\""
        case .none: "cannot be redeemed: its declaration says nothing of it"
        }
      throw CartError(
        code: .wrongBalanceUse, pointer: pointer, message: "the balance \"\(name)\" \(advice)")
    }
    guard plan.currency == nil || plan.currency == cart.currency else {
      throw CartError(
        code: .currencyMismatch, pointer: pointer,
        message: "the balance \"\(name)\" is in another currency than the cart")
    }
  }

  private mutating func addUses(
    _ cart: Cart, _ customer: Cart.Customer, _ program: Program
  ) throws(CartError) {
    for (index, use) in customer.redemptions.enumerated() {
      if let campaign = program.campaign(named: use.campaign) { usedCampaigns.append(campaign) }
      let plan = program.cappedBalance(of: use.campaign)
      let earned = try use.earned.map { amount throws(CartError) in
        try plan?.units(amount, pointer: "/customer/redemptions/\(index)/earned") ?? 0
      }
      redemptions.append(
        RedemptionFacts(
          campaign: use.campaign, at: use.at.secondsSince1970,
          discount: use.discount?.minorUnits ?? 0, earned: earned ?? 0))
    }
    for (name, uses) in CartValidator(currency: cart.currency).sorted(cart.usage) {
      guard let campaign = program.campaign(named: name) else { continue }
      usedCampaigns.append(campaign)
      var facts = UsageFacts()
      facts.redemptions = uses.redemptions
      facts.discount = uses.discount?.minorUnits ?? 0
      let plan = program.cappedBalance(of: name)
      facts.earned =
        try uses.earned.map { amount throws(CartError) in
          try plan?.units(amount, pointer: "/usage/\(name)/earned") ?? 0
        } ?? 0
      for (code, count) in uses.codes {
        let key = normalizedCode(code)
        facts.codes[key] = saturatingSum(facts.codes[key] ?? 0, count)
      }
      usage[campaign] = facts
    }
  }
}

extension Program {
  /// The balance of which a campaign's caps bound the issue, if one does.
  fileprivate func cappedBalance(of name: String) -> BalancePlan? {
    guard let index = campaign(named: name) else { return nil }
    return campaigns[Int(index)].caps.compactMap(\.balance).first.map { balances[Int($0)] }
  }
}

extension BalancePlan {
  /// An amount of the balance in whole points or minor units.
  fileprivate func units(
    _ amount: ExactDecimal, pointer: @autoclosure () -> String
  ) throws(CartError) -> Int64 {
    let decimals = currency.map { isMoney ? $0.decimals : 0 } ?? 0
    guard amount.value >= 0 else {
      throw CartError(
        code: .outOfRange, pointer: pointer(), message: "an amount of a balance is never negative")
    }
    guard amount.decimals <= decimals else {
      throw CartError(
        code: .tooManyDecimals, pointer: pointer(),
        message: "the balance \"\(name)\" has \(decimals) decimals")
    }
    var units = amount.value
    for _ in amount.decimals..<decimals {
      let (product, overflow) = units.multipliedReportingOverflow(by: 10)
      guard !overflow else {
        throw CartError(code: .overflow, pointer: pointer(), message: "the amount is too large")
      }
      units = product
    }
    return units
  }
}

extension VisitFacts {
  /// A visit without a total is worth what its lines are.
  init(_ visit: Cart.Visit) {
    let lines = visit.lines.map { line in
      VisitLineFacts(
        quantity: line.quantity, total: line.total?.minorUnits ?? 0, sku: line.sku,
        categories: line.categories, brands: line.brands, tags: line.tags)
    }
    let sum = lines.reduce(Int64(0)) { saturatingSum($0, $1.total) }
    self.init(at: visit.at.secondsSince1970, total: visit.total?.minorUnits ?? sum)
    self.lines = lines
    isCounted = visit.isCounted
  }
}
