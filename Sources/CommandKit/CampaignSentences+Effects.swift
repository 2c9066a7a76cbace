import RuleChecking
import RuleSyntax

extension CampaignSentences {
  /// What it gives and earns, or its rows.
  var effects: [String] {
    var all = campaign.gives.map { sentence(of: $0) } + campaign.earns.map { sentence(of: $0) }
    guard let tiers = campaign.tiers else { return all }
    all.append(
      "What it does depends on \(value(tiers.by)); the highest row that is reached applies, alone:")
    for row in tiers.rows {
      let parts = row.gives.map { sentence(of: $0) } + row.earns.map { sentence(of: $0) }
      all.append("  From \(constant(row.threshold)): \(parts.joined(separator: " "))")
    }
    return all
  }

  private func sentence(of give: CheckedGive) -> String {
    switch give.kind {
    case .unitPercent(let percent, let pick):
      "It takes \(value(percent)) off the price of \(everyUnit(pick))."
    case .unitMoney(let amount, let pick): "It takes \(value(amount)) off each of \(units(pick))."
    case .unitPrice(let price, let pick):
      "It sells \(units(pick)) at \(money(price)) each, where that is less."
    case .subtotalOff(let amount, let pick):
      "It takes \(self.amount(amount)) off what \(units(pick)) cost together."
    case .bundle(let price, let slots):
      "It sells \(bundle(slots)) together for \(money(price)), as often as that fits and saves."
    case .orderOff(let amount): "It takes \(self.amount(amount)) off the order, shipping apart."
    case .shippingOff(.percent(let percent)) where isWhole(percent): "Shipping is free."
    case .shippingOff(let amount): "It takes \(self.amount(amount)) off shipping."
    case .shippingPrice(let price): "Shipping costs \(money(price)), where that is less."
    case .gift(let sku, let quantity): "It offers \(quantity) of \(quoted(sku)) as a gift."
    }
  }

  private func everyUnit(_ pick: CheckedPick) -> String {
    pick == .all(.items) ? "every item" : units(pick)
  }

  private func isWhole(_ percent: CheckedExpression) -> Bool {
    if case .constant(.percent(let numerator, let denominator)) = percent.kind {
      return numerator == denominator
    }
    return false
  }

  private func amount(_ amount: CheckedAmount) -> String {
    switch amount {
    case .money(let expression), .percent(let expression): value(expression)
    }
  }

  private func bundle(_ slots: [CheckedSlot]) -> String {
    list(slots.map { "\($0.count) of \(units($0.selection))" }, joining: "and")
  }

  private func units(_ pick: CheckedPick) -> String {
    switch pick {
    case .all(let selection): return units(selection)
    case .ranked(let rank, let count, let selection):
      return "the \(rank.rawValue) \(count) of \(units(selection))"
    case .every(let rank, let count, let size, let selection):
      return "the \(rank.rawValue) \(count) of every \(size) of \(units(selection))"
    case .per(let rank, let count, let selection, let triggerCount, let triggers):
      return "the \(rank.rawValue) \(count) of \(units(selection))"
        + " for every \(triggerCount) of \(units(triggers))"
    }
  }

  private func sentence(of earn: CheckedEarn) -> String {
    let balance = rules.balances[earn.balance]
    var text: String
    switch earn.kind {
    case .fixed(let amount): text = "It earns \(balanceAmount(amount, earn.balance))"
    case .perAmount(let amount, let per, let base):
      text =
        "It earns \(balanceAmount(amount, earn.balance)) for every full \(money(per)) of \(words(of: base))"
    case .perUnits(let amount, let per, let selection):
      text =
        "It earns \(balanceAmount(amount, earn.balance)) for every \(per) of \(units(selection))"
    case .percent(let numerator, let denominator, let base):
      text = "It earns \(percent(numerator, denominator)) of \(words(of: base)) as \(balance.name)"
    case .times(let numerator, let denominator, let selection):
      let factor = decimal(numerator, over: denominator)
      let target = selection.map { "\(units($0))" } ?? "the whole order"
      return
        "It multiplies the \(balance.name) that other campaigns earn for \(target) by \(factor)."
    }
    if let after = earn.after { text += "; they can be used after \(words(of: after))" }
    if let term = earn.expiresIn { text += "; they end \(words(of: term)) later" }
    return text + "."
  }

  private func words(of base: CheckedEarn.Base) -> String {
    switch base {
    case .order(let withShipping):
      withShipping ? "what is paid for the order and shipping" : "what is paid for the order"
    case .selection(let selection): "what is paid for \(units(selection))"
    }
  }
}
