import LocalTime

extension Pricer {
  /// Nil while the campaign is active; otherwise where its schedule stands.
  func closedPhase(_ plan: CampaignPlan) -> SchedulePhase? {
    if plan.isNeverActive { return .other }
    guard !plan.schedules.isEmpty else { return nil }
    let (date, second) = localTime(plan.zone)
    var allAhead = true
    var allOver = true
    for schedule in plan.schedules {
      if isOpen(schedule, date, second, plan.zone) { return nil }
      let moment = windowMoment(schedule, date, second, plan.zone)
      allAhead = allAhead && schedule.from.map { moment < $0 } ?? false
      allOver = allOver && schedule.until.map { moment >= $0 } ?? false
    }
    return allAhead ? .notYet : allOver ? .expired : .other
  }

  private func isOpen(
    _ schedule: SchedulePlan, _ date: CivilDate, _ second: Int32, _ zone: Int32
  ) -> Bool {
    let moment = windowMoment(schedule, date, second, zone)
    if let from = schedule.from, moment < from { return false }
    if let until = schedule.until, moment >= until { return false }
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

  /// The moment that dates are compared with: after midnight inside a night window that began on
  /// the day before, the last second of that day.
  private func windowMoment(
    _ schedule: SchedulePlan, _ date: CivilDate, _ second: Int32, _ zone: Int32
  ) -> Int64 {
    guard isAfterMidnight(schedule, second) else { return now }
    return now - Int64(second) - 1
  }
}
