import RuleChecking
import RuleSyntax

extension CampaignSentences {
  /// What it gives and earns, or its rows.
  var effects: [String] {
    var all = campaign.gives.map { sentence(of: $0) } + campaign.earns.map { sentence(of: $0) }
    guard let tiers = campaign.tiers else { return all }
    all.append(
      "What it does depends on \(aloneInSentence(tiers.by)); the highest row that is reached applies, alone:"
    )
    for row in tiers.rows {
      let parts = row.gives.map { sentence(of: $0) } + row.earns.map { sentence(of: $0) }
      all.append("  From \(constant(row.threshold)): \(parts.joined(separator: " "))")
    }
    return all
  }

  /// A value before a punctuation mark of the sentence.
  private func aloneInSentence(_ expression: CheckedExpression) -> String {
    let text = value(expression)
    return text.hasSuffix(",") ? String(text.dropLast()) : text
  }

  private func sentence(of give: CheckedGive) -> String {
    switch give.kind {
    case .unitPercent(let percent, let pick) where isWhole(percent):
      "It makes \(everyUnit(pick)) free."
    case .unitPercent(let percent, let pick):
      "It takes \(value(percent)) off the price of \(everyUnit(pick))."
    case .unitMoney(let amount, let pick): "It takes \(value(amount)) off \(each(pick))."
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
    case .gift(let sku, let quantity):
      quantity == 1
        ? "It offers one \(quoted(sku)) as a gift."
        : "It offers \(grouped(Int(clamping: quantity))) \(quoted(sku)) as gifts."
    }
  }

  private func everyUnit(_ pick: CheckedPick) -> String {
    pick == .all(.items) ? "every item" : units(pick)
  }

  private func each(_ pick: CheckedPick) -> String {
    switch pick {
    case .ranked(_, 1, _), .every(_, 1, _, _), .per(_, 1, _, _, _): units(pick)
    default: "each of \(units(pick))"
    }
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
    let parts = slots.map { slot in
      slot.count == 1
        ? "one of \(units(slot.selection))" : "\(slot.count) \(units(slot.selection))"
    }
    return list(parts, joining: "and")
  }

  private func units(_ pick: CheckedPick) -> String {
    switch pick {
    case .all(let selection): return units(selection)
    case .ranked(let rank, 1, .items): return "the \(rank.rawValue) item"
    case .ranked(let rank, let count, .items): return "\(ranked(rank, count)) items"
    case .ranked(let rank, let count, let selection):
      return "\(ranked(rank, count)) of \(units(selection))"
    case .every(let rank, let count, let size, let selection):
      return "\(ranked(rank, count)) of \(every(size, selection))"
    case .per(let rank, let count, let selection, let triggerCount, let triggers):
      return "\(ranked(rank, count)) of \(units(selection)) for \(every(triggerCount, triggers))"
    }
  }

  /// `the cheapest`, `the 2 cheapest`.
  private func ranked(_ rank: Rank, _ count: Int64) -> String {
    count == 1 ? "the \(rank.rawValue)" : "the \(count) \(rank.rawValue)"
  }

  private func every(_ count: Int64, _ selection: SelectionID) -> String {
    count == 1 ? "each of \(units(selection))" : "every \(count) \(units(selection))"
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
        "It earns \(balanceAmount(amount, earn.balance)) for \(every(per, selection))"
    case .percent(let numerator, let denominator, let base):
      text = "It earns \(percent(numerator, denominator)) of \(words(of: base)) as \(balance.name)"
    case .times(let numerator, let denominator, let selection):
      let factor = decimal(numerator, over: denominator)
      let target = selection.map { "\(units($0))" } ?? "the whole order"
      return
        "It multiplies the \(balance.name) that other campaigns earn for \(target) by \(factor)."
    }
    let after = earn.after.map { "after \(words(of: $0))" }
    let term = earn.expiresIn.map { "for \(words(of: $0))" + (after == nil ? "" : " from then") }
    let use = [after, term].compactMap { $0 }
    return text + (use.isEmpty ? "." : ", to be used \(use.joined(separator: ", ")).")
  }

  private func words(of base: CheckedEarn.Base) -> String {
    switch base {
    case .order(let withShipping):
      withShipping ? "what is paid for the order and shipping" : "what is paid for the order"
    case .selection(let selection): "what is paid for \(units(selection))"
    }
  }
}
