import Testing

@testable import LocalTime

@Suite("moments") struct InstantTests {
  @Test(
    "a moment is shown as it was written",
    arguments: [
      "2026-06-05T12:00:00-04:00", "2026-06-05T12:00:00Z", "1969-12-31T23:59:59+05:30",
      "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    ])
  func roundTrip(text: String) throws {
    #expect(try #require(Instant(rfc3339: text)).description == text)
  }

  @Test("offsets do not matter to which moment it is")
  func equality() throws {
    let local = try #require(Instant(rfc3339: "2026-06-05T12:00:00-04:00"))
    let utc = try #require(Instant(rfc3339: "2026-06-05T16:00:00.250Z"))
    #expect(local == utc)
    #expect(local.secondsSince1970 == 1_780_675_200)
  }

  @Test(
    "anything else is no moment",
    arguments: [
      "2026-06-05T12:00:00", "2026-06-05", "2026-06-05T24:00:00Z", "2026-06-30T23:59:60Z",
      "2026-02-30T00:00:00Z", "10000-01-01T00:00:00Z", "2026-06-05T12:00:00.Z", "",
      "2026-06-05T12:00:00+4:00", "2026-06-05T12:00:00Zz", "2026-06-05T12:00:00.1234567890Z",
    ])
  func refused(text: String) { #expect(Instant(rfc3339: text) == nil) }
}

@Suite("zones") struct ZoneTableTests {
  /// New York in 2026: daylight time from 8 March 07:00 UTC to 1 November 06:00 UTC.
  private let newYork = ZoneTable(
    identifier: "America/New_York", transitions: [1_772_953_200, 1_793_512_800],
    offsets: [-18_000, -14_400, -18_000])

  private func text(_ year: Int, _ month: Int, _ day: Int, _ second: Int32) throws -> String {
    let date = try #require(CivilDate(year: year, month: month, day: day))
    return newYork.instant(of: date, second: second).description
  }

  @Test("a local time that does not exist moves forward by the gap")
  func gap() throws {
    #expect(try text(2026, 3, 8, 2 * 3600 + 1800) == "2026-03-08T03:30:00-04:00")
    #expect(try text(2026, 3, 8, 2 * 3600 - 1) == "2026-03-08T01:59:59-05:00")
    #expect(try text(2026, 3, 8, 3 * 3600) == "2026-03-08T03:00:00-04:00")
  }

  @Test("a local time that exists twice is the first")
  func overlap() throws {
    #expect(try text(2026, 11, 1, 3600 + 1800) == "2026-11-01T01:30:00-04:00")
    #expect(try text(2026, 11, 1, 2 * 3600) == "2026-11-01T02:00:00-05:00")
  }

  @Test("a moment has the local day that clocks show")
  func localDay() throws {
    let last = try #require(Instant(rfc3339: "2026-03-31T23:59:59-04:00"))
    let local = newYork.local(at: last.secondsSince1970)
    #expect(local.date.description == "2026-03-31")
    #expect(local.second == 86_399)
    #expect(newYork.local(at: last.secondsSince1970 + 1).date.description == "2026-04-01")
  }
}
