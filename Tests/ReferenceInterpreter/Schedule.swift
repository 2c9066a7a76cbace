import LocalTime
import RuleSyntax

extension Scene {
  /// Whether any of the schedules holds now.
  func isActive(_ campaign: Campaign) -> Bool {
    !campaign.isNeverActive
      && (campaign.schedules.isEmpty || campaign.schedules.contains { holds($0) })
  }

  /// Whether every schedule begins later.
  func isYetToBegin(_ campaign: Campaign) -> Bool {
    !campaign.isNeverActive && campaign.schedules.allSatisfy { !hasBegun($0) }
  }

  /// Whether every schedule has ended.
  func hasEnded(_ campaign: Campaign) -> Bool {
    !campaign.isNeverActive && campaign.schedules.allSatisfy { hasEnded($0) }
  }

  private func holds(_ schedule: ScheduleSyntax) -> Bool {
    if let hours = schedule.hours {
      let (now, from, until) = (second, Int32(hours.from.second), Int32(hours.until.second))
      let isBetween = from < until ? now >= from && now < until : now >= from || now < until
      guard isBetween else { return false }
    }
    let weekday = day(of: schedule).weekday
    return hasBegun(schedule) && !hasEnded(schedule)
      && (schedule.days.isEmpty || schedule.days.contains { $0.rawValue == weekday })
  }

  private var second: Int32 { zone.local(at: at.secondsSince1970).second }

  /// The day that now belongs to: after midnight it is still the day on which the night began.
  private func day(of schedule: ScheduleSyntax) -> CivilDate {
    guard let hours = schedule.hours, hours.from.minuteOfDay >= hours.until.minuteOfDay,
      second < hours.until.second
    else { return today }
    return today.adding(days: -1)
  }

  private func hasBegun(_ schedule: ScheduleSyntax) -> Bool {
    switch schedule.from {
    case nil: true
    case .date(let date): date.civilDate.map { day(of: schedule) >= $0 } ?? false
    case .dateTime(let moment): instant(moment).map { at >= $0 } ?? false
    }
  }

  private func hasEnded(_ schedule: ScheduleSyntax) -> Bool {
    switch schedule.end {
    case nil: false
    case .through(let date): date.civilDate.map { day(of: schedule) > $0 } ?? false
    case .until(let moment): instant(moment).map { at >= $0 } ?? false
    }
  }

  private func instant(_ moment: DateTimeLiteral) -> Instant? {
    moment.date.civilDate.map { zone.instant(of: $0, second: Int32(moment.time.second)) }
  }
}

extension TimeLiteral {
  fileprivate var second: Int { minuteOfDay * 60 }
}

extension DateLiteral {
  fileprivate var civilDate: CivilDate? { CivilDate(year: year, month: month, day: day) }
}
