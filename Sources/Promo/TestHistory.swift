import Findings
import LocalTime
import Money
import RuleSyntax

extension TestCaseBuilder {
  /// The customer that the facts of a test describe, with a past in which all of them hold.
  func customer(
    _ facts: [CustomerFactSyntax], span: SourceSpan, at: Instant
  ) throws(TestSetupProblem) -> Cart.Customer {
    var customer = Cart.Customer()
    var past = TestPast(zone: zone, at: at)
    for fact in facts {
      switch fact {
      case .id(let literal): customer.id = literal.text
      case .member: customer.isMember = true
      case .group(let literal): customer.groups.append(literal.text)
      case .balance(let name, let amount):
        customer.balances[balanceName(name.text)] = self.amount(amount)
      case .attribute(let syntax):
        if syntax.name.text == "email", case .text(let literal) = syntax.value {
          customer.email = literal.text
        } else {
          add(syntax, to: &customer.attributes)
        }
      case .redeemed(let name, let count):
        try hold(count, to: CartLimits.redemptions)
        customer.redemptions += (0..<count.value).map { _ in
          Cart.Redemption(campaign: name.text, at: at)
        }
      case .visits, .visitDays, .bought, .spent:
        try add(fact, span: span, to: &customer.history, past: &past)
      }
    }
    return customer
  }

  private func add(
    _ fact: CustomerFactSyntax, span: SourceSpan, to history: inout [Cart.Visit],
    past: inout TestPast
  ) throws(TestSetupProblem) {
    switch fact {
    case .visits(let count, let window):
      try hold(count, to: CartLimits.visits)
      history += past.moments(Int(count.value), in: window).map { Cart.Visit(at: $0) }
    case .visitDays(let count, let window):
      try hold(count, to: CartLimits.visits)
      guard past.dayCount(of: window, upTo: Int(count.value)) >= Int(count.value) else {
        throw TestSetupProblem(
          span: count.span, message: "the window has fewer than \(count.value) days")
      }
      history += past.moments(Int(count.value), in: window).map { Cart.Visit(at: $0) }
    case .bought(let count, let dimension, let value, let window):
      guard count.value > 0 else { return }
      try hold(count, to: Int(CartLimits.quantity.upperBound))
      var visit = Cart.Visit(at: past.moment(in: window))
      visit.lines = [line(dimension, value, quantity: count.value, total: nil)]
      history.append(visit)
    case .spent(let amount, let dimension, let value, let window):
      var visit = Cart.Visit(at: past.moment(in: window), total: money(amount))
      visit.isCounted = false
      if let dimension, let value {
        visit.lines = [line(dimension, value, quantity: 1, total: money(amount))]
      }
      history.append(visit)
    default: break
    }
  }

  private func hold(_ count: CountLiteral, to maximum: Int) throws(TestSetupProblem) {
    guard count.value <= maximum else {
      throw TestSetupProblem(span: count.span, message: "a test may say at most \(maximum) here")
    }
  }

  private func line(
    _ dimension: Dimension, _ value: TextLiteral, quantity: Int64, total: Money?
  ) -> Cart.VisitLine {
    let isSKU = dimension == .sku
    var line = Cart.VisitLine(sku: isSKU ? value.text : "item", quantity: quantity, total: total)
    switch dimension {
    case .category: line.categories = [value.text]
    case .brand: line.brands = [value.text]
    case .tag: line.tags = [value.text]
    case .sku, .vendor: break
    }
    return line
  }
}

/// Finds moments for the visits of a test: as late as possible in their window, none after the
/// moment of the test, each on a day of its own while there are any.
struct TestPast {
  private let zone: ZoneTable
  private let at: Instant
  private let today: CivilDate
  private var taken = Set<CivilDate>()

  init(zone: ZoneTable, at: Instant) {
    self.zone = zone
    self.at = at
    today = zone.local(at: at.secondsSince1970).date
  }

  /// Moments for visits to one window; when its days are used up, the rest is on its last day.
  mutating func moments(_ count: Int, in window: WindowSyntax) -> [Instant] {
    let (first, last) = days(of: window)
    var moments: [Instant] = []
    var day = last
    while moments.count < count, first.map({ day >= $0 }) ?? true {
      if taken.insert(day).inserted { moments.append(moment(of: day)) }
      day = day.adding(days: -1)
    }
    while moments.count < count { moments.append(moment(of: last)) }
    return moments
  }

  /// A moment for one visit to a window.
  mutating func moment(in window: WindowSyntax) -> Instant {
    moments(1, in: window).first ?? at
  }

  /// How many days of a window lie before the moment of the test, counted no further than asked.
  func dayCount(of window: WindowSyntax, upTo maximum: Int) -> Int {
    let (first, last) = days(of: window)
    return first.map { min(maximum, Int(last.dayNumber - $0.dayNumber) + 1) } ?? maximum
  }

  /// The first and the last day of a window; without a first one it has no beginning.
  private func days(of window: WindowSyntax) -> (first: CivilDate?, last: CivilDate) {
    switch window {
    case .ever: (nil, today)
    case .this(let unit): (unit.period.start(holding: today), today)
    case .previous(let unit):
      (
        unit.period.start(holding: today, movedBy: -1),
        unit.period.start(holding: today).adding(days: -1)
      )
    case .last(let duration):
      (duration.unit.period.advance(today, by: -Int(duration.count)), today)
    }
  }

  /// Noon of an earlier day; on the day of the test the second before it, if that is that day.
  private func moment(of day: CivilDate) -> Instant {
    guard day == today else { return zone.instant(of: day, second: 12 * 3600) }
    let midnight = zone.instant(of: day, second: 0).secondsSince1970
    let seconds = max(midnight, at.secondsSince1970 - 1)
    return Instant(secondsSince1970: seconds, offsetSeconds: zone.offset(at: seconds))
  }
}

extension CalendarUnit {
  /// The period of the calendar that it names.
  var period: CalendarPeriod {
    switch self {
    case .day: .day
    case .week: .week
    case .month: .month
    case .quarter: .quarter
    case .year: .year
    }
  }
}
