package import LocalTime

/// Which part of the past, in local days of a campaign's zone.
package enum HistoryWindow: Hashable, Sendable {
  case this(CalendarPeriod)
  case previous(CalendarPeriod)
  case last(Int32, CalendarPeriod)
  case ever

  /// The local days it covers; both bounds are in it. Nil bounds are open.
  func days(today: CivilDate) -> (first: CivilDate?, last: CivilDate?) {
    switch self {
    case .ever: (nil, nil)
    case .this(let period): (period.start(holding: today), nil)
    case .last(let count, let period): (period.advance(today, by: -Int(count)), nil)
    case .previous(let period):
      (
        period.start(holding: today, movedBy: -1),
        period.start(holding: today).adding(days: -1)
      )
    }
  }
}

/// The days that a window of the past covers at a moment.
struct CoveredDays {
  let window: HistoryWindow
  let zone: Int32
  let moment: Int64
  /// Both in it; nil bounds are open.
  let days: (first: CivilDate?, last: CivilDate?)
  /// Moments that are in it whatever the zone: no clock is two days from UTC.
  let surely: Range<Int64>

  init(
    window: HistoryWindow, zone: Int32, moment: Int64, days: (first: CivilDate?, last: CivilDate?)
  ) {
    (self.window, self.zone, self.moment, self.days) = (window, zone, moment, days)
    let start = days.first.map { (Int64($0.dayNumber) + 3) * 86_400 } ?? .min
    let end = days.last.map { (Int64($0.dayNumber) - 2) * 86_400 } ?? .max
    surely = start..<max(start, end)
  }
}
