import LocalTime
import Money
import Pricing
import RuleChecking
import RuleSyntax

extension Lowering {
  /// The compiled form of a `give`.
  mutating func give(_ give: consuming CheckedGive.Kind) -> GivePlan {
    switch give {
    case .unitPercent(let expression, let pick): .unitPercent(lower(expression), plan(pick))
    case .unitMoney(let expression, let pick): .unitMoney(lower(expression), plan(pick))
    case .unitPrice(let price, let pick): .unitPrice(price, plan(pick))
    case .subtotalOff(let amount, let pick): .subtotalOff(plan(amount), plan(pick))
    case .bundle(let price, let slots):
      .bundle(
        price,
        slots.map { BundleSlot(count: $0.count, selection: Int32($0.selection.index)) })
    case .orderOff(let amount): .orderOff(plan(amount))
    case .shippingOff(let amount): .shippingOff(plan(amount))
    case .shippingPrice(let price): .shippingPrice(price)
    case .gift(let sku, let quantity): .gift(sku: sku, quantity: quantity)
    }
  }

  /// The compiled form of an `earn`.
  func earn(_ earn: CheckedEarn) -> EarnPlan {
    let kind: EarnPlan.Kind =
      switch earn.kind {
      case .fixed(let amount): .fixed(amount)
      case .perAmount(let points, let per, let base):
        .perAmount(points, perMinorUnits: per, of: plan(base))
      case .perUnits(let points, let per, let selection):
        .perUnits(points, per: per, of: Int32(selection.index))
      case .percent(let numerator, let denominator, let base):
        .percent(rational(numerator, denominator), of: plan(base))
      case .times(let numerator, let denominator, let selection):
        .times(rational(numerator, denominator), on: selection.map { Int32($0.index) })
      }
    return EarnPlan(
      kind: kind, balance: Int32(earn.balance), after: earn.after.map(term),
      expiresIn: earn.expiresIn.map(term))
  }

  private func plan(_ base: CheckedEarn.Base) -> EarnPlan.Base {
    switch base {
    case .order(let withShipping): .order(withShipping: withShipping)
    case .selection(let selection): .selection(Int32(selection.index))
    }
  }

  private func plan(_ pick: CheckedPick) -> Pick {
    switch pick {
    case .all(let selection): .all(Int32(selection.index))
    case .ranked(let rank, let count, let selection):
      .ranked(isCheapest: rank == .cheapest, count: count, of: Int32(selection.index))
    case .every(let rank, let count, let size, let selection):
      .every(
        isCheapest: rank == .cheapest, count: count, groupSize: size,
        of: Int32(selection.index))
    case .per(let rank, let count, let selection, let triggerCount, let triggers):
      .per(
        isCheapest: rank == .cheapest, count: count, of: Int32(selection.index),
        triggerCount: triggerCount, triggers: Int32(triggers.index))
    }
  }

  private mutating func plan(_ amount: CheckedAmount) -> AmountPlan {
    switch amount {
    case .money(let expression): .money(lower(expression))
    case .percent(let expression): .percent(lower(expression))
    }
  }

  private func term(_ duration: DurationLiteral) -> CalendarTerm {
    CalendarTerm(count: Int32(clamping: duration.count), period: period(duration.unit))
  }
}
