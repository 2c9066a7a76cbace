import Foundation
import LocalTime
import Synchronization

/// Looks zones of the time zone database up; the one place that asks the system about time.
enum TimeZones {
  /// The last moment up to which changes of the clocks are known: the end of the year 2100.
  static let lastSecond: Int64 = 4_133_980_800

  private static let known = Mutex<[String: ZoneTable]>([:])

  /// When the clocks of a zone change from 1970 to 2100; nil for a name that is no zone's.
  ///
  /// Names are spelt as in the database, such as `America/New_York`; an offset such as `GMT+5` is
  /// none of them. A zone is worked out once and then remembered.
  static func table(for identifier: String) -> ZoneTable? {
    if let table = known.withLock({ $0[identifier] }) { return table }
    guard let table = resolved(identifier) else { return nil }
    known.withLock { $0[identifier] = table }
    return table
  }

  private static func resolved(_ identifier: String) -> ZoneTable? {
    let isOffset = identifier.utf8.starts(with: "GMT".utf8) && identifier.utf8.count > 3
    guard !isOffset, let zone = TimeZone(identifier: identifier) else { return nil }
    var transitions: [Int64] = []
    var moment = Date(timeIntervalSince1970: 0)
    var offsets = [Int32(clamping: zone.secondsFromGMT(for: moment))]
    while let next = zone.nextDaylightSavingTimeTransition(after: moment), next > moment {
      let seconds = Int64(next.timeIntervalSince1970)
      guard seconds <= lastSecond else { break }
      let offset = Int32(clamping: zone.secondsFromGMT(for: next))
      if offset != offsets.last {
        transitions.append(seconds)
        offsets.append(offset)
      }
      moment = next
    }
    return ZoneTable(identifier: identifier, transitions: transitions, offsets: offsets)
  }
}
