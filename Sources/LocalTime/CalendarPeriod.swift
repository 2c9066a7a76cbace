/// The calendar periods a limit or a window of history can speak of; weeks begin on Monday.
public enum CalendarPeriod: Hashable, Sendable {
  case day, week, month, quarter, year

  /// The first day of the period that holds a day.
  public func start(holding date: CivilDate) -> CivilDate {
    let (_, month, day) = date.parts
    let firstOfMonth = date.adding(days: 1 - day)
    switch self {
    case .day: return date
    case .week: return date.adding(days: -date.weekday)
    case .month: return firstOfMonth
    case .quarter: return firstOfMonth.adding(months: -((month - 1) % 3))
    case .year: return firstOfMonth.adding(months: -(month - 1))
    }
  }

  /// The first day of the period that comes that many periods after the one holding a day.
  public func start(holding date: CivilDate, movedBy count: Int) -> CivilDate {
    advance(start(holding: date), by: count)
  }

  /// The day that many periods later; months keep the day of the month or take the last there is.
  public func advance(_ date: CivilDate, by count: Int) -> CivilDate {
    switch self {
    case .day: date.adding(days: count)
    case .week: date.adding(days: 7 * count)
    case .month: date.adding(months: count)
    case .quarter: date.adding(months: 3 * count)
    case .year: date.adding(months: 12 * count)
    }
  }
}
