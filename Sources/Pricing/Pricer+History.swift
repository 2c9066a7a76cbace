import LocalTime
import Money

extension Pricer {
  /// What the customer's past answers; all of it is missing for an anonymous guest.
  mutating func history(_ query: HistoryQuery, zone: Int32) -> Measurement {
    guard !shopper.isAnonymous else { return .missing }
    switch query {
    case .visits(let window):
      return .number(visitCount(window, zone))
    case .visitNumber(let window):
      return .number(visitCount(window, zone) + 1)
    case .visitDays(let window):
      return .number(Int64(Set(visits(window, zone).map { local($0.at, zone).date }).count))
    case .daysSinceLastVisit:
      guard let last = visits(.ever, zone).map(\.at).max() else { return .missing }
      return .number(Int64(today(zone).dayNumber) - Int64(local(last, zone).date.dayNumber))
    case .spent(let window):
      var sum: Int64 = 0
      for visit in purchases(window, zone) {
        let (total, overflow) = sum.addingReportingOverflow(visit.total)
        if overflow { return .failed }
        sum = total
      }
      return .number(sum)
    case .spentIn(let dimension, let values, let window):
      return sum(purchases(window, zone), dimension, values) { $0.total }
    case .bought(let dimension, let values, let window):
      return sum(visits(window, zone), dimension, values) { $0.quantity }
    case .redemptions(let campaign, let window):
      let days = window.days(today: today(zone))
      let count = shopper.redemptions.count {
        hasSameBytes($0.campaign, campaign) && isInPast($0.at, zone, days)
      }
      return .number(Int64(count))
    }
  }

  private mutating func visitCount(_ window: HistoryWindow, _ zone: Int32) -> Int64 {
    if window == .ever { return pastVisitCount() }
    if coveredDays.window != window || coveredDays.zone != zone || coveredDays.moment != now {
      coveredDays = CoveredDays(
        window: window, zone: zone, moment: now, days: window.days(today: today(zone)))
    }
    let (covered, days) = (coveredDays.surely, coveredDays.days)
    var count: Int64 = 0
    for index in shopper.visits.indices where shopper.visits[index].isCounted {
      let moment = shopper.visits[index].at
      if moment <= now, covered.contains(moment) || isInPast(moment, zone, days) { count += 1 }
    }
    return count
  }

  /// How many visits there have been.
  private mutating func pastVisitCount() -> Int64 {
    let (visits, now) = (shopper.visits.span, now)
    var count: Int64 = 0
    for index in visits.indices where visits[index].at <= now && visits[index].isCounted {
      count &+= 1
    }
    return count
  }

  private func visits(_ window: HistoryWindow, _ zone: Int32) -> [VisitFacts] {
    purchases(window, zone).filter(\.isCounted)
  }

  /// Visits, and what was spent without any being told.
  private func purchases(_ window: HistoryWindow, _ zone: Int32) -> [VisitFacts] {
    let days = window.days(today: today(zone))
    return shopper.visits.filter { isInPast($0.at, zone, days) }
  }

  private func isInPast(
    _ moment: Int64, _ zone: Int32, _ days: (first: CivilDate?, last: CivilDate?)
  ) -> Bool {
    guard moment <= now else { return false }
    // No clock is two days from UTC, so most moments are decided without their zone.
    let day = (moment >= 0 ? moment : moment - 86_399) / 86_400
    let (first, last) = (Int64(days.first?.dayNumber ?? .min), Int64(days.last?.dayNumber ?? .max))
    if day < first - 2 || day > last + 2 { return false }
    if day > first + 2, day < last - 2 { return true }
    let date = local(moment, zone).date
    if let first = days.first, date < first { return false }
    if let last = days.last, last < date { return false }
    return true
  }

  private func sum(
    _ visits: [VisitFacts], _ dimension: HistoryDimension, _ values: [String],
    _ measure: (VisitLineFacts) -> Int64
  ) -> Measurement {
    var sum: Int64 = 0
    for visit in visits {
      for line in visit.lines where isIn(line, dimension, values) {
        let (total, overflow) = sum.addingReportingOverflow(measure(line))
        if overflow { return .failed }
        sum = total
      }
    }
    return .number(sum)
  }
}

private func isIn(
  _ line: VisitLineFacts, _ dimension: HistoryDimension, _ values: [String]
) -> Bool {
  switch dimension {
  case .sku: values.contains { hasSameBytes($0, line.sku) }
  case .brand: line.brands.contains { brand in values.contains { hasSameBytes($0, brand) } }
  case .tag: line.tags.contains { tag in values.contains { hasSameBytes($0, tag) } }
  case .category:
    line.categories.contains { path in values.contains { isUnder(path, $0) } }
  }
}

/// Whether a category path is a category or lies under it.
private func isUnder(_ path: String, _ category: String) -> Bool {
  let (path, category) = (path.utf8, category.utf8)
  guard path.starts(with: category) else { return false }
  let rest = path.dropFirst(category.count)
  return rest.isEmpty || rest.first == 0x2F
}
