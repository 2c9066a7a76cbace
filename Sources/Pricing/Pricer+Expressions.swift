import LocalTime
import Money

extension Pricer {
  /// What an expression comes to, for the line at hand where it asks of one.
  mutating func value(_ expression: Expression) -> Value {
    switch expression {
    case .constant(let rational): return .number(rational)
    case .constantFlag(let flag): return .flag(flag)
    case .constantText(let text): return .texts([text])
    case .add(let left, let right): return combine(left, right) { $0.adding($1) }
    case .subtract(let left, let right): return combine(left, right) { $0.subtracting($1) }
    case .multiply(let left, let right): return combine(left, right) { $0.multiplied(by: $1) }
    case .divide(let left, let right): return combine(left, right) { $0.divided(by: $1) }
    case .minimum(let parts): return extreme(parts) { $0 < $1 }
    case .maximum(let parts): return extreme(parts) { $1 < $0 }
    case .floor(let inner): return map(inner) { Rational($0.floor, over: 1) }
    case .round(let inner):
      return map(inner) { Rational($0.rounded(.halfAwayFromZero), over: 1) }
    case .measure(let slot): return measurement(slot).value
    case .subtotalAfterDiscounts(let selection): return subtotalAfterDiscounts(of: selection)
    case .shipping: return cart.shipping.map(Value.count) ?? .missing
    case .attribute(let index): return value(of: shopper.attributes[Int(index)])
    case .fact(let fact): return value(of: fact)
    case .today(let zone): return .count(Int64(today(zone).dayNumber))
    case .weekday(let zone): return .count(Int64(today(zone).weekday))
    case .partOfDate(let part, let inner): return map(inner) { datePart(part, of: $0) }
    case .daysSince(let inner, let zone):
      let today = Rational(Int64(today(zone).dayNumber))
      return map(inner) { today.subtracting($0) }
    case .unit(let fact): return value(of: fact)
    case .unitAttribute(let index):
      return value(of: cart.attributes[Int(index)][Int(lineAtHand)])
    case .and, .or, .not, .compare, .compareSame, .isOneOf, .isMissing, .textTest,
      .unitInMembership, .unitInSelection:
      switch truth(expression) {
      case .holds: return .flag(true)
      case .fails: return .flag(false)
      case .failed: return .failed
      }
    }
  }

  /// The local day of a zone.
  func today(_ zone: Int32) -> CivilDate { localTime(zone).date }

  /// The local day and second of a zone now.
  func localTime(_ zone: Int32) -> (date: CivilDate, second: Int32) { local(now, zone) }

  /// The local day and second of a zone at a moment.
  func local(_ moment: Int64, _ zone: Int32) -> (date: CivilDate, second: Int32) {
    program.local(moment, zone)
  }

  private mutating func combine(
    _ left: Expression, _ right: Expression, _ operation: (Rational, Rational) -> Rational?
  ) -> Value {
    let (first, second) = (value(left), value(right))
    if case .failed = first { return .failed }
    if case .failed = second { return .failed }
    guard case .number(let one) = first, case .number(let other) = second else { return .missing }
    return .result(operation(one, other))
  }

  private mutating func extreme(
    _ parts: [Expression], _ precedes: (Rational, Rational) -> Bool
  ) -> Value {
    var best: Rational?
    var isMissing = false
    for part in parts {
      switch value(part) {
      case .number(let rational):
        best = best.map { precedes(rational, $0) ? rational : $0 } ?? rational
      case .failed: return .failed
      case .missing, .flag, .texts: isMissing = true
      }
    }
    return isMissing ? .missing : .result(best)
  }

  private mutating func map(_ inner: Expression, _ operation: (Rational) -> Rational?) -> Value {
    switch value(inner) {
    case .number(let rational): .result(operation(rational))
    case .failed: .failed
    case .missing, .flag, .texts: .missing
    }
  }

  private func value(of fact: AttributeFact) -> Value {
    switch fact {
    case .missing: .missing
    case .number(let rational): .number(rational)
    case .flag(let flag): .flag(flag)
    case .texts(let texts): .texts(texts)
    }
  }

  private mutating func value(of fact: ShopperFact) -> Value {
    switch fact {
    case .orderChannel: text(shopper.orderChannel)
    case .orderStore: text(shopper.orderStore)
    case .orderCountry: text(shopper.orderCountry)
    case .customerID: text(shopper.id)
    case .customerEmail: text(shopper.email)
    case .isMember: .flag(shopper.isMember)
    case .inGroup(let names): .flag(isInGroup(names))
    }
  }

  private mutating func value(of fact: UnitFact) -> Value {
    let line = Int(lineAtHand)
    return switch fact {
    case .price: .count(cart.prices[line])
    case .quantityOfSKU: .count(cart.skuQuantities[cart.skuPlace(line)])
    case .sku: .texts([cart.skus[line]])
    case .name: text(cart.names[line])
    case .brand: cart.brands[line].isEmpty ? .missing : .texts(cart.brands[line])
    case .vendor: text(cart.vendors[line])
    case .onSale: .flag(cart.traits[line].contains(.onSale))
    }
  }

  /// Whether the shopper is in any of the groups.
  func isInGroup(_ names: [String]) -> Bool {
    shopper.groups.contains { group in names.contains { hasSameBytes($0, group) } }
  }

  private func text(_ text: String?) -> Value { text.map { .texts([$0]) } ?? .missing }
}

private func datePart(_ part: DatePart, of day: Rational) -> Rational? {
  guard let number = Int32(exactly: day.floor) else { return nil }
  let parts = CivilDate(dayNumber: number).parts
  return switch part {
  case .year: Rational(Int64(parts.year))
  case .month: Rational(Int64(parts.month))
  case .day: Rational(Int64(parts.day))
  }
}
