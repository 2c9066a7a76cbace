import Testing

@testable import LocalTime

@Suite("days of the calendar") struct CivilDateTests {
  private func date(_ year: Int, _ month: Int, _ day: Int) throws -> CivilDate {
    try #require(CivilDate(year: year, month: month, day: day))
  }

  @Test("a day's number and its parts agree over 400 years")
  func roundTrip() throws {
    let first = try date(1900, 1, 1)
    for number in stride(from: Int(first.dayNumber), through: Int(first.dayNumber) + 146_097, by: 1)
    {
      let day = CivilDate(dayNumber: Int32(number))
      let parts = day.parts
      let again = CivilDate(year: parts.year, month: parts.month, day: parts.day)
      guard again == day else {
        Issue.record("\(day) is read as \(String(describing: again))")
        return
      }
    }
  }

  @Test("known days have known numbers and weekdays")
  func known() throws {
    #expect(try date(1970, 1, 1).dayNumber == 0)
    #expect(try date(1970, 1, 1).weekday == 3)
    #expect(try date(2026, 11, 27).weekday == 4)
    #expect(try date(2026, 11, 27).description == "2026-11-27")
  }

  @Test(
    "days that do not exist are none",
    arguments: [
      (2026, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (1900, 2, 29), (0, 1, 1),
      (10_000, 1, 1),
    ])
  func absent(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test("adding months keeps the day of the month or takes the last there is")
  func months() throws {
    #expect(try date(2026, 1, 31).adding(months: 1) == date(2026, 2, 28))
    #expect(try date(2024, 1, 31).adding(months: 1) == date(2024, 2, 29))
    #expect(try date(2026, 1, 31).adding(months: -2) == date(2025, 11, 30))
    #expect(try date(2026, 11, 30).adding(months: 3) == date(2027, 2, 28))
  }

  @Test("periods begin on their first day, weeks on Monday")
  func periods() throws {
    let day = try date(2026, 8, 20)
    #expect(try CalendarPeriod.week.start(holding: day) == date(2026, 8, 17))
    #expect(try CalendarPeriod.month.start(holding: day) == date(2026, 8, 1))
    #expect(try CalendarPeriod.quarter.start(holding: day) == date(2026, 7, 1))
    #expect(try CalendarPeriod.year.start(holding: day) == date(2026, 1, 1))
    #expect(try CalendarPeriod.quarter.start(holding: day, movedBy: -3) == date(2025, 10, 1))
  }
}
