import LocalTime
import Testing

@testable import Promo

@Suite("time zones") struct TimeZoneTests {
  /// Figures of the command `date`, on both sides of changes of the clocks where there are any.
  @Test(
    "local clocks show what the time zone database says",
    arguments: [
      ("America/New_York", 0, "1969-12-31T19:00:00-05:00"),
      ("America/New_York", 1_000_000_000, "2001-09-08T21:46:40-04:00"),
      ("America/New_York", 1_772_953_199, "2026-03-08T01:59:59-05:00"),
      ("America/New_York", 1_772_953_200, "2026-03-08T03:00:00-04:00"),
      ("America/New_York", 1_779_271_200, "2026-05-20T06:00:00-04:00"),
      ("America/New_York", 1_793_512_799, "2026-11-01T01:59:59-04:00"),
      ("America/New_York", 1_793_512_800, "2026-11-01T01:00:00-05:00"),
      ("America/New_York", 1_798_761_599, "2026-12-31T18:59:59-05:00"),
      ("America/New_York", 4_102_444_799, "2099-12-31T18:59:59-05:00"),
      ("America/New_York", 4_118_000_000, "2100-06-29T20:53:20-04:00"),
      ("Europe/Berlin", 0, "1970-01-01T01:00:00+01:00"),
      ("Europe/Berlin", 1_774_745_999, "2026-03-29T01:59:59+01:00"),
      ("Europe/Berlin", 1_774_746_000, "2026-03-29T03:00:00+02:00"),
      ("Europe/Berlin", 1_792_889_999, "2026-10-25T02:59:59+02:00"),
      ("Europe/Berlin", 1_792_890_000, "2026-10-25T02:00:00+01:00"),
      ("Europe/Berlin", 2_540_000_000, "2050-06-28T05:33:20+02:00"),
      ("Asia/Tokyo", 0, "1970-01-01T09:00:00+09:00"),
      ("Asia/Tokyo", 1_779_271_200, "2026-05-20T19:00:00+09:00"),
      ("Asia/Tokyo", 4_118_000_000, "2100-06-30T09:53:20+09:00"),
      ("Australia/Lord_Howe", 1_000_000_000, "2001-09-09T12:16:40+10:30"),
      ("Australia/Lord_Howe", 1_775_314_799, "2026-04-05T01:59:59+11:00"),
      ("Australia/Lord_Howe", 1_775_314_800, "2026-04-05T01:30:00+10:30"),
      ("Australia/Lord_Howe", 1_791_041_399, "2026-10-04T01:59:59+10:30"),
      ("Australia/Lord_Howe", 1_791_041_400, "2026-10-04T02:30:00+11:00"),
      ("Australia/Lord_Howe", 2_540_000_000, "2050-06-28T14:03:20+10:30"),
      ("Australia/Lord_Howe", 4_118_000_000, "2100-06-30T11:23:20+10:30"),
      ("UTC", 0, "1970-01-01T00:00:00Z"),
      ("UTC", 1_779_271_200, "2026-05-20T10:00:00Z"),
    ] as [(String, Int64, String)])
  func localTime(zone: String, seconds: Int64, shown: String) throws {
    let table = try #require(TimeZones.table(for: zone))
    let instant = Instant(secondsSince1970: seconds, offsetSeconds: table.offset(at: seconds))
    #expect(instant.description == shown)
    let (date, second) = table.local(at: seconds)
    #expect(shown.hasPrefix("\(date)T"))
    let local = seconds + Int64(instant.offsetSeconds)
    #expect(Int64(date.dayNumber) * 86_400 + Int64(second) == local)
  }

  @Test(
    "a local time that does not exist moves forward, one that exists twice is the first",
    arguments: [
      ("America/New_York", "2026-03-08", 2, 30, "2026-03-08T03:30:00-04:00"),
      ("America/New_York", "2026-11-01", 1, 30, "2026-11-01T01:30:00-04:00"),
      ("Europe/Berlin", "2026-03-29", 2, 0, "2026-03-29T03:00:00+02:00"),
      ("Europe/Berlin", "2026-10-25", 2, 30, "2026-10-25T02:30:00+02:00"),
      ("Australia/Lord_Howe", "2026-10-04", 2, 15, "2026-10-04T02:45:00+11:00"),
      ("Australia/Lord_Howe", "2026-04-05", 1, 45, "2026-04-05T01:45:00+11:00"),
      ("Asia/Tokyo", "2026-03-29", 2, 30, "2026-03-29T02:30:00+09:00"),
    ] as [(String, String, Int, Int, String)])
  func gapsAndOverlaps(
    zone: String, day: String, hour: Int, minute: Int, shown: String
  ) throws {
    let table = try #require(TimeZones.table(for: zone))
    let date = try #require(Instant(rfc3339: "\(day)T00:00:00Z"))
    let instant = table.instant(
      of: CivilDate(dayNumber: Int32(date.secondsSince1970 / 86_400)),
      second: Int32(hour * 3600 + minute * 60))
    #expect(instant.description == shown)
  }

  @Test("a change of the clocks by half an hour is one")
  func halfAnHour() throws {
    let table = try #require(TimeZones.table(for: "Australia/Lord_Howe"))
    let steps = zip(table.offsets, table.offsets.dropFirst()).map { abs($0 - $1) }
    #expect(steps.suffix(100).allSatisfy { $0 == 1800 })
  }

  @Test(
    "what is no zone's name is none",
    arguments: ["", "Nowhere/City", "america/new_york", "GMT+5", "GMT-0330", "../etc/passwd", "\0"])
  func unknown(name: String) { #expect(TimeZones.table(for: name) == nil) }

  @Test("changes are known in order until 2100 and no further")
  func span() throws {
    for zone in ["America/New_York", "Europe/Berlin", "Africa/Casablanca", "Asia/Tokyo", "UTC"] {
      let table = try #require(TimeZones.table(for: zone))
      #expect(zip(table.transitions, table.transitions.dropFirst()).allSatisfy { $0 < $1 })
      #expect(table.transitions.allSatisfy { $0 > 0 && $0 <= TimeZones.lastSecond })
      #expect(TimeZones.table(for: zone) == table)
    }
    #expect(TimeZones.table(for: "America/New_York")?.transitions.count ?? 0 > 250)
  }
}
