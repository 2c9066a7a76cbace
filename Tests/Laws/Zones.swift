package import LocalTime

/// Zone tables worked out from the rules of the law, so that no database is asked.
package enum Zones {
  /// The zones the random rules name, from 2007 to 2037.
  package static let tables: [String: ZoneTable] = [
    "America/New_York": table("America/New_York", standard: -18_000) { year in
      // The second Sunday of March and the first of November, at 2:00 local time.
      (instant(year, 3, sunday: 2, hour: 7), instant(year, 11, sunday: 1, hour: 6))
    },
    "Europe/Berlin": table("Europe/Berlin", standard: 3_600) { year in
      // The last Sundays of March and October, at 1:00 in UTC.
      (instant(year, 4, sunday: 0, hour: 1), instant(year, 11, sunday: 0, hour: 1))
    },
  ]

  private static func table(
    _ identifier: String, standard: Int32, changes: (Int) -> (Int64, Int64)
  ) -> ZoneTable {
    var transitions: [Int64] = []
    var offsets = [standard]
    for year in 2007...2037 {
      let (spring, autumn) = changes(year)
      transitions += [spring, autumn]
      offsets += [standard + 3_600, standard]
    }
    return ZoneTable(identifier: identifier, transitions: transitions, offsets: offsets)
  }

  /// The given Sunday of a month; the zeroth is the last of the month before.
  private static func instant(_ year: Int, _ month: Int, sunday: Int, hour: Int) -> Int64 {
    let first = CivilDate(year: year, month: month, day: 1) ?? CivilDate(dayNumber: 0)
    let firstSunday = first.adding(days: 6 - first.weekday)
    let day = firstSunday.adding(days: 7 * (sunday - 1))
    return Int64(day.dayNumber) * 86_400 + Int64(hour) * 3_600
  }
}
