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
