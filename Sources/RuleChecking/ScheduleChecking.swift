import Findings
import LocalTime
import RuleSyntax

extension Checker {
  /// Whether the parts of one `active` can hold together; its time zone must be known.
  mutating func check(_ schedule: ScheduleSyntax, at span: SourceSpan) -> Bool {
    let hasTimezone = requireTimezone(at: span)
    if let hours = schedule.hours, hours.from.minuteOfDay == hours.until.minuteOfDay {
      report(
        .scheduleEmpty, at: hours.from.span.through(hours.until.span),
        ["found": text(of: hours.from.span.through(hours.until.span))])
      return false
    }
    guard let from = schedule.from, let end = schedule.end else { return hasTimezone }
    let begins = Checker.minute(of: from)
    let ends = Checker.minute(of: end)
    if let begins, let ends, ends <= begins {
      report(
        .scheduleEndsBeforeStart, at: end.span, ["found": text(of: end.span)],
        related: [RelatedSpan(span: from.span, label: "it begins here")])
      return false
    }
    return hasTimezone
  }

  /// The first local minute of a schedule, counted from 1970.
  private static func minute(of start: ScheduleSyntax.Start) -> Int64? {
    switch start {
    case .date(let date): civilDate(date).map { Int64($0.dayNumber) * 1_440 }
    case .dateTime(let moment): minute(of: moment)
    }
  }

  /// The first local minute after a schedule, counted from 1970.
  static func minute(of end: ScheduleSyntax.End) -> Int64? {
    switch end {
    case .through(let date): civilDate(date).map { (Int64($0.dayNumber) + 1) * 1_440 }
    case .until(let moment): minute(of: moment)
    }
  }

  private static func minute(of moment: DateTimeLiteral) -> Int64? {
    civilDate(moment.date).map { Int64($0.dayNumber) * 1_440 + Int64(moment.time.minuteOfDay) }
  }
}

extension ScheduleSyntax.Start {
  /// Where it stands.
  fileprivate var span: SourceSpan {
    switch self {
    case .date(let date): date.span
    case .dateTime(let moment): moment.date.span.through(moment.time.span)
    }
  }
}

extension ScheduleSyntax.End {
  /// Where it stands.
  var span: SourceSpan {
    switch self {
    case .through(let date): date.span
    case .until(let moment): moment.date.span.through(moment.time.span)
    }
  }
}
