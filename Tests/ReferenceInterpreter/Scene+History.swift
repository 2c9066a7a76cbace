import LocalTime
import Money
import Promo
import RuleSyntax

extension Scene {
  /// What a known customer did before.
  func historyValue(_ kind: ExpressionKind) -> Value? {
    switch kind {
    case .visits(let window): return .number(Rational(Int64(visits(window).count)))
    case .visitNumber(let window): return .number(Rational(Int64(visits(window).count + 1)))
    case .visitDays(let window):
      return .number(Rational(Int64(Set(visits(window).map { day(of: $0.at) }).count)))
    case .spent(nil, _, let window):
      return .money(Rational(visits(window).map(spent).reduce(0, +)))
    case .spent(let dimension?, let texts, let window):
      let lines = self.lines(in: dimension, texts, window)
      return .money(Rational(lines.map { $0.total?.minorUnits ?? 0 }.reduce(0, +)))
    case .bought(let dimension, let texts, let window):
      return .number(Rational(lines(in: dimension, texts, window).map(\.quantity).reduce(0, +)))
    case .redemptions(let name, let window):
      let uses = customer.redemptions.filter { $0.campaign == name.text && isIn(window, $0.at) }
      return .number(Rational(Int64(uses.count)))
    case .balance(let name):
      let held = customer.balances[name.text] ?? ExactDecimal(value: 0)
      let isMoney = book.balance(name.text)?.isMoney ?? false
      let figure = try? Rational(
        digits: held.value, decimals: held.decimals, shift: isMoney ? cart.currency.decimals : 0)
      return figure.map { isMoney ? .money($0) : .number($0) }
    case .daysSinceLastVisit:
      guard let last = visits(.ever).map(\.at).max() else { return nil }
      return .number(Rational(Int64(today.dayNumber) - Int64(day(of: last).dayNumber)))
    default: return nil
    }
  }

  func day(of instant: Instant) -> CivilDate { zone.local(at: instant.secondsSince1970).date }

  private func visits(_ window: WindowSyntax) -> [Cart.Visit] {
    customer.history.filter { isIn(window, $0.at) }
  }

  private func spent(_ visit: Cart.Visit) -> Int64 {
    visit.total?.minorUnits ?? visit.lines.map { $0.total?.minorUnits ?? 0 }.reduce(0, +)
  }

  private func lines(in dimension: Dimension, _ texts: [TextLiteral], _ window: WindowSyntax)
    -> [Cart.VisitLine]
  {
    visits(window).flatMap(\.lines).filter { line in
      let values =
        switch dimension {
        case .category: line.categories
        case .brand: line.brands
        case .tag: line.tags
        case .sku: [line.sku]
        case .vendor: [String]()
        }
      return matches(values, dimension, texts)
    }
  }

  /// Whether something of the past lies in a window; nothing later than now does.
  private func isIn(_ window: WindowSyntax, _ instant: Instant) -> Bool {
    guard instant <= at else { return false }
    switch window {
    case .this(let unit): return isInPeriod(unit, instant)
    case .previous(let unit):
      let period = calendarPeriod(unit)
      let from = period.start(holding: today, movedBy: -1)
      return day(of: instant) >= from && day(of: instant) < period.start(holding: today)
    case .last(let duration):
      return day(of: instant) >= advanced(today, by: duration, forward: false)
    case .ever: return true
    }
  }

  /// Whether a moment lies in the calendar period that holds now, be it later than now.
  func isInPeriod(_ unit: CalendarUnit, _ instant: Instant) -> Bool {
    let period = calendarPeriod(unit)
    return period.start(holding: day(of: instant)) == period.start(holding: today)
  }
}

func calendarPeriod(_ unit: CalendarUnit) -> CalendarPeriod {
  switch unit {
  case .day: .day
  case .week: .week
  case .month: .month
  case .quarter: .quarter
  case .year: .year
  }
}

/// The day a duration later or earlier.
func advanced(_ date: CivilDate, by duration: DurationLiteral, forward: Bool = true) -> CivilDate {
  let count = Int(clamping: duration.count)
  return calendarPeriod(duration.unit).advance(date, by: forward ? count : -count)
}
