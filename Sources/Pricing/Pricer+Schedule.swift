import LocalTime

extension Pricer {
  /// Nil while the campaign is active; otherwise where its schedule stands.
  mutating func closedPhase(_ campaign: Int32) -> SchedulePhase? {
    let plan = program.campaigns[Int(campaign)]
    if plan.isNeverActive { return .other }
    guard !plan.schedules.isEmpty else { return nil }
    let (date, second) = localTime(plan.zone)
    var allAhead = true
    var allOver = true
    for schedule in plan.schedules {
      if isOpen(schedule, date, second, plan.zone) { return nil }
      allAhead = allAhead && isAhead(schedule, date, second, plan.zone)
      allOver = allOver && isOver(schedule, date, second, plan.zone)
    }
    return allAhead ? .notYet : allOver ? .expired : .other
  }

  private mutating func isOpen(
    _ schedule: SchedulePlan, _ date: CivilDate, _ second: Int32, _ zone: Int32
  ) -> Bool {
    if isAhead(schedule, date, second, zone) || isOver(schedule, date, second, zone) {
      return false
    }
    if let start = schedule.betweenStart, let end = schedule.betweenEnd {
      let isInside = start < end ? second >= start && second < end : second >= start || second < end
      guard isInside else { return false }
    }
    guard let weekdays = schedule.weekdays else { return true }
    let weekday = windowDay(schedule, date, second).weekday
    return weekdays & (1 << UInt8(weekday)) != 0
  }

  /// The day a time belongs to: after midnight inside a night window, the day the night began.
  private func windowDay(_ schedule: SchedulePlan, _ date: CivilDate, _ second: Int32) -> CivilDate
  {
    guard isAfterMidnight(schedule, second) else { return date }
    return date.adding(days: -1)
  }

  private func isAfterMidnight(_ schedule: SchedulePlan, _ second: Int32) -> Bool {
    guard let start = schedule.betweenStart, let end = schedule.betweenEnd, end <= start
    else { return false }
    return second < end
  }

  private mutating func isAhead(
    _ schedule: SchedulePlan, _ date: CivilDate, _ second: Int32, _ zone: Int32
  ) -> Bool {
    guard let from = schedule.from else { return false }
    return (schedule.beginsWithDay ? windowMoment(schedule, date, second, zone) : now) < from
  }

  private mutating func isOver(
    _ schedule: SchedulePlan, _ date: CivilDate, _ second: Int32, _ zone: Int32
  ) -> Bool {
    guard let until = schedule.until else { return false }
    return (schedule.endsWithDay ? windowMoment(schedule, date, second, zone) : now) >= until
  }

  /// The moment that days are compared with: after midnight inside a night window that began on
  /// the day before, the last second of that day.
  private mutating func windowMoment(
    _ schedule: SchedulePlan, _ date: CivilDate, _ second: Int32, _ zone: Int32
  ) -> Int64 {
    guard isAfterMidnight(schedule, second) else { return now }
    guard zone >= 0 else { return now - Int64(second) - 1 }
    return program.zones[Int(zone)].instant(of: date, second: 0).secondsSince1970 - 1
  }
}
