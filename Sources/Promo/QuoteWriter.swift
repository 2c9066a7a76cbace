import LocalTime
import Money
import Pricing

/// Turns what pricing came to, which speaks in indices, into a quote, which speaks in names.
struct QuoteWriter {
  /// The rules that priced it.
  let content: RuleSet.Content
  let cart: Cart
  let shopper: ShopperFacts
  let evaluation: Evaluation
  let at: Instant

  /// The quote, with everything that was asked for.
  func quote(warnings: [String]) -> Quote {
    let lines = quoteLines()
    var totals = LineTotals()
    for line in lines {
      totals.add(
        subtotal: line.subtotal.minorUnits, discount: line.discount.minorUnits,
        orderShare: line.orderShare.minorUnits, redeemedShare: line.redeemedShare.minorUnits)
    }
    var quote = frame(warnings: warnings, totals)
    quote.lines = lines
    quote.withdrawnGifts = withdrawnGifts()
    return quote
  }

  /// The quote without what is told line by line.
  func frame(warnings: [String], _ totals: LineTotals) -> Quote {
    var quote = head(warnings: warnings, totals)
    quote.applied = applied()
    quote.notApplied = notApplied()
    return quote
  }

  /// The quote without what is told line by line and campaign by campaign.
  func head(warnings: [String], _ totals: LineTotals) -> Quote {
    let paid = evaluation.payments.reduce(0) { $0 + $1.value }
    let shipping = (cart.shipping?.minorUnits ?? 0) - evaluation.shippingDiscount
    let total = totals.total + shipping
    var quote = Quote(
      rules: content.identity.text, currency: cart.currency, at: at,
      subtotal: money(totals.subtotal),
      discount: money(totals.discount), total: money(total), due: money(total - paid))
    quote.shipping = cart.shipping.map {
      Quote.Shipping(
        price: $0, discount: money(evaluation.shippingDiscount), total: money(shipping))
    }
    quote.gifts = gifts()
    quote.redeemed = evaluation.redeemed.map(balanceUse)
    quote.payments = evaluation.payments.map(balanceUse)
    quote.earned = evaluation.earned.map(earned)
    quote.codes = codes()
    quote.isProven = evaluation.isProven
    quote.warnings = warnings
    return quote
  }

  func money(_ minorUnits: Int64) -> Money {
    Money(minorUnits: minorUnits, currency: cart.currency)
  }

  func name(_ campaign: Int32) -> String { content.program.campaigns[Int(campaign)].name }

  // MARK: Lines

  private func quoteLines() -> [Quote.Line] {
    var entries = Array(repeating: [DiscountEntry](), count: cart.lines.count)
    for entry in evaluation.entries { entries[Int(entry.line)].append(entry) }
    let withdrawn = Set(evaluation.withdrawnLines)
    var lines: [Quote.Line] = []
    for (index, line) in cart.lines.enumerated() where !withdrawn.contains(Int32(index)) {
      lines.append(
        quoteLine(
          line, id: line.id ?? String(index + 1), result: evaluation.line(Int32(index)),
          entries: entries[index]))
    }
    return lines
  }

  /// What became of a line.
  ///
  /// - Parameters:
  ///   - result: What became of its units.
  ///   - entries: What was taken off it, in order of application.
  func quoteLine(
    _ line: Cart.Line, id: String, result: LineResult, entries: some Sequence<DiscountEntry>
  ) -> Quote.Line {
    var discounts: [Quote.LineDiscount] = []
    var taken: Int64 = 0
    for entry in entries {
      add(lineDiscount(entry), to: &discounts)
      if entry.stage == .items { taken += entry.amount }
    }
    let isGift = line.gift != nil
    var result = result
    if isGift { result.units = [(line.quantity, 0)] }
    let subtotal = isGift ? 0 : line.price.minorUnits * line.quantity
    let units = result.units.map {
      Quote.PriceGroup(quantity: $0.quantity, unitPrice: money($0.price))
    }
    return Quote.Line(
      id: id, sku: line.sku, quantity: line.quantity, price: line.price,
      unitPrice: units.count == 1 ? units[0].unitPrice : nil, units: units,
      subtotal: money(subtotal), discount: money(taken), orderShare: money(result.orderShare),
      redeemedShare: money(result.redeemedShare),
      total: money(subtotal - taken - result.orderShare - result.redeemedShare),
      discounts: discounts)
  }

  /// Several effects of one campaign on a line in one stage are one discount.
  private func add(_ discount: Quote.LineDiscount, to discounts: inout [Quote.LineDiscount]) {
    if let last = discounts.indices.last, discounts[last].stage == discount.stage,
      discounts[last].campaign == discount.campaign, discounts[last].balance == discount.balance
    {
      discounts[last].amount = money(
        discounts[last].amount.minorUnits + discount.amount.minorUnits)
    } else {
      discounts.append(discount)
    }
  }

  private func lineDiscount(_ entry: DiscountEntry) -> Quote.LineDiscount {
    switch entry.stage {
    case .redeem:
      Quote.LineDiscount(
        balance: content.program.balances[Int(entry.source)].name, stage: .redeem,
        amount: money(entry.amount))
    case .items, .order, .shipping:
      Quote.LineDiscount(
        campaign: name(entry.source), stage: entry.stage == .items ? .items : .order,
        amount: money(entry.amount))
    }
  }

  private func gifts() -> [Quote.Gift] {
    var gifts: [Quote.Gift] = []
    for verdict in evaluation.verdicts {
      guard case .applied(let application) = verdict.verdict else { continue }
      for gift in application.gifts {
        gifts.append(
          Quote.Gift(
            campaign: name(verdict.campaign), sku: gift.sku, quantity: gift.quantity))
      }
    }
    return gifts
  }

  private func withdrawnGifts() -> [Quote.WithdrawnGift] {
    evaluation.withdrawnLines.sorted().compactMap { index in
      let line = cart.lines[Int(index)]
      return line.gift.map {
        Quote.WithdrawnGift(id: line.id ?? String(index + 1), sku: line.sku, campaign: $0)
      }
    }
  }

  // MARK: Balances

  private func balanceUse(_ grant: BalanceGrant) -> Quote.BalanceUse {
    Quote.BalanceUse(
      balance: content.program.balances[Int(grant.balance)].name,
      amount: amount(grant.amount, grant.balance),
      value: money(grant.value))
  }

  private func amount(_ units: Int64, _ balance: Int32) -> ExactDecimal {
    let plan = content.program.balances[Int(balance)]
    return ExactDecimal(value: units, decimals: plan.isMoney ? cart.currency.decimals : 0)
  }

  private func earned(_ earned: EarnedAmount) -> Quote.Earned {
    let plan = content.program.campaigns[Int(earned.campaign)]
    let today = localDate(plan.zone)
    let firstDay = earned.after.map { $0.period.advance(today, by: Int($0.count)) }
    let available = firstDay.map { midnight($0, plan.zone) } ?? at
    let expires = earned.expiresIn.map {
      midnight($0.period.advance(firstDay ?? today, by: Int($0.count)), plan.zone)
    }
    return Quote.Earned(
      campaign: plan.name, balance: content.program.balances[Int(earned.balance)].name,
      amount: amount(earned.amount, earned.balance),
      clipped: earned.clipped > 0 ? amount(earned.clipped, earned.balance) : nil,
      code: code(usedBy: earned.campaign),
      availableAt: available, expiresAt: expires)
  }

  private func zone(_ index: Int32) -> ZoneTable {
    index < 0
      ? ZoneTable(identifier: "UTC", transitions: [], offsets: [0])
      : content.program.zones[Int(index)]
  }

  private func localDate(_ index: Int32) -> CivilDate {
    zone(index).local(at: at.secondsSince1970).date
  }

  private func midnight(_ date: CivilDate, _ index: Int32) -> Instant {
    zone(index).instant(of: date, second: 0)
  }
}

/// What the lines of a quote come to, in minor units.
struct LineTotals {
  private(set) var subtotal: Int64 = 0
  /// Of items and order.
  private(set) var discount: Int64 = 0
  private(set) var total: Int64 = 0

  /// Adds a line.
  mutating func add(subtotal: Int64, discount: Int64, orderShare: Int64, redeemedShare: Int64) {
    self.subtotal += subtotal
    self.discount += discount + orderShare
    total += subtotal - discount - orderShare - redeemedShare
  }
}
