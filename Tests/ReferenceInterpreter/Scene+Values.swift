import LocalTime
import Money
import Promo
import RuleSyntax

extension Scene {
  /// Arithmetic; with a missing operand the result is missing.
  func figure(of kind: ExpressionKind, line: Int?) throws(Failure) -> Value? {
    switch kind {
    case .arithmetic(let left, let sign, let right):
      guard let left = try value(of: left, line: line), let right = try value(of: right, line: line)
      else { return nil }
      return try calculate(left, sign, right)
    case .minimum(let parts), .maximum(let parts):
      var best: Value?
      for part in parts {
        guard let value = try value(of: part, line: line) else { return nil }
        guard let old = best?.figure, let new = value.figure else {
          best = value
          continue
        }
        if case .minimum = kind { best = new < old ? value : best }
        if case .maximum = kind { best = new > old ? value : best }
      }
      return best
    case .floor(let inner):
      guard let figure = try value(of: inner, line: line)?.figure else { return nil }
      return .number(try Rational(figure.floor, over: 1))
    case .round(let inner):
      guard let figure = try value(of: inner, line: line)?.figure else { return nil }
      return .number(
        try Rational(figure.rounded(halfToEven: false), over: 1))
    default: return nil
    }
  }

  private func calculate(_ left: Value, _ sign: ArithmeticOperator, _ right: Value)
    throws(Failure) -> Value?
  {
    guard let first = left.figure, let second = right.figure else { return nil }
    let result =
      switch sign {
      case .add: try first + second
      case .subtract: try first - second
      case .multiply: try first * second
      case .divide: try first / second
      }
    switch (left, sign, right) {
    case (.money, .divide, .money), (.percent, .divide, .percent): return .number(result)
    case (.money, _, _), (_, _, .money): return .money(result)
    case (.percent, _, _), (_, _, .percent): return .percent(result)
    default: return .number(result)
    }
  }

  /// What is asked of the unit at hand, which is a unit of a cart line.
  func unitValue(_ kind: ExpressionKind, line: Int) throws(Failure) -> Value? {
    let unit = cart.lines[line]
    switch kind {
    case .unitPrice: return .money(Rational(unit.price.minorUnits))
    case .unitQuantity:
      let lines = cart.lines.filter { $0.gift == nil && same($0.sku, unit.sku) }
      return .number(Rational(lines.map(\.quantity).reduce(0, +)))
    case .unitSKU: return .texts([unit.sku])
    case .unitName: return unit.name.map { .texts([$0]) }
    case .unitBrand: return unit.brands.isEmpty ? nil : .texts(unit.brands)
    case .unitVendor: return unit.vendor.map { .texts([$0]) }
    case .unitOnSale:
      return .flag(unit.compareAt.map { $0.minorUnits > unit.price.minorUnits } ?? false)
    case .unitIn(let dimension, let texts):
      return .flag(isIn(dimension, texts, line: line))
    case .unitInSet(let name):
      guard let filter = book.sets[name.text] else { return .flag(false) }
      return .flag(try contains(filter, line: line))
    case .itemAttribute(let name):
      return try attribute("item", name.text, in: unit.attributes)
    default: return nil
    }
  }

  /// What is asked of the cart, the customer and the calendar.
  func cartValue(_ kind: ExpressionKind, line: Int?) throws(Failure) -> Value? {
    switch kind {
    case .quantity(let source):
      return .number(Rational(try lines(of: source).map { cart.lines[$0].quantity }.reduce(0, +)))
    case .kinds(let source):
      return .number(Rational(Int64(Set(try lines(of: source).map { bytes(of: $0) }).count)))
    case .subtotal(let source, let isAfterDiscounts):
      let lines = try lines(of: source)
      return .money(
        Rational(
          lines.map { isAfterDiscounts && !costs.isEmpty ? costs[$0] : cost(of: $0) }.reduce(0, +)))
    case .rankedPrice(let rank, let source):
      let prices = try lines(of: source).map { cart.lines[$0].price.minorUnits }
      let price = rank == .cheapest ? prices.min() : prices.max()
      return price.map { .money(Rational($0)) }
    case .shipping: return cart.shipping.map { .money(Rational($0.minorUnits)) }
    case .orderAttribute(let name): return try orderValue(name.text)
    case .customerAttribute(let name):
      if name.text == "id" { return customer.id.map { .texts([$0]) } }
      if name.text == "email" { return customer.email.map { .texts([$0]) } }
      return try attribute("customer", name.text, in: customer.attributes)
    case .customerInGroup(let groups):
      return .flag(
        customer.groups.contains { group in groups.contains { same($0.text, group) } })
    case .customerIsMember: return .flag(customer.isMember)
    case .today: return .date(today)
    case .weekday: return .day(today.weekday)
    case .yearOf(let date): return try date.part(in: self, line: line) { $0.year }
    case .monthOf(let date): return try date.part(in: self, line: line) { $0.month }
    case .dayOf(let date): return try date.part(in: self, line: line) { $0.day }
    case .daysSince(let date):
      guard case .date(let date) = try value(of: date, line: line) else { return nil }
      return .number(Rational(Int64(today.dayNumber) - Int64(date.dayNumber)))
    default: return nil
    }
  }

  private func bytes(of line: Int) -> [UInt8] { Array(cart.lines[line].sku.utf8) }

  func cost(of line: Int) -> Int64 {
    cart.lines[line].price.minorUnits * cart.lines[line].quantity
  }

  private func orderValue(_ name: String) throws(Failure) -> Value? {
    switch name {
    case "channel": cart.order.channel.map { .texts([$0]) }
    case "store": cart.order.store.map { .texts([$0]) }
    case "country": cart.order.country.map { .texts([$0]) }
    default: try attribute("order", name, in: cart.order.attributes)
    }
  }

  /// A declared attribute; a value of another type counts as missing.
  private func attribute(
    _ owner: String, _ name: String, in values: [String: Cart.AttributeValue]
  ) throws(Failure) -> Value? {
    guard let kind = book.attributes["\(owner) \(name)"], let value = values[name] else {
      return nil
    }
    switch (kind, value) {
    case (.text, .text(let text)): return .texts([text])
    case (.text, .texts(let texts)): return .texts(texts)
    case (.flag, .flag(let flag)): return .flag(flag)
    case (.date, .text(let text)):
      let date = Instant(rfc3339: text + "T00:00:00Z")
      return date.map { .date(CivilDate(dayNumber: Int32($0.secondsSince1970 / 86_400))) }
    case (_, .number(let digits)): return try figure(digits, as: kind)
    case (_, .text(let text)):
      guard let digits = exactDigits(text) else { return nil }
      return try figure(digits, as: kind)
    default: return nil
    }
  }

  private func figure(_ digits: ExactDecimal, as kind: AttributeDeclaration.Kind)
    throws(Failure) -> Value?
  {
    let figure = try Rational(digits: digits.value, decimals: digits.decimals)
    switch kind {
    case .number: return .number(figure)
    case .count: return figure.denominator == 1 && figure >= .zero ? .number(figure) : nil
    case .percent: return .percent(try figure / Rational(100))
    case .money:
      let minor = try Rational(
        digits: digits.value, decimals: digits.decimals, shift: cart.currency.decimals)
      return minor.denominator == 1 ? .money(minor) : nil
    case .text, .flag, .date: return nil
    }
  }
}

extension ExpressionSyntax {
  fileprivate func part(
    in scene: Scene, line: Int?, _ part: ((year: Int, month: Int, day: Int)) -> Int
  ) throws(Failure) -> Value? {
    guard case .date(let date) = try scene.value(of: self, line: line) else { return nil }
    return .number(Rational(Int64(part(date.parts))))
  }
}

/// Digits with at most one point, as a cart may send them in quotes.
private func exactDigits(_ text: String) -> ExactDecimal? {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  guard (1...2).contains(parts.count), let value = Int64(parts.joined()),
    parts.allSatisfy({ !$0.isEmpty })
  else { return nil }
  return ExactDecimal(value: value, decimals: parts.count == 2 ? parts[1].utf8.count : 0)
}
