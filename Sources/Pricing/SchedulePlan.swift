/// One `active`: all parts that are given must hold. Days and seconds are local.
package struct SchedulePlan: Hashable, Sendable {
  /// Seconds since 1970 at which it begins and ends (exclusive).
  package var from: Int64?
  package var until: Int64?
  /// Whether it begins or ends with a day; such a bound speaks of the day a night begins on.
  package var beginsWithDay = false
  package var endsWithDay = false
  /// Bit 0 is Monday; nil is every day.
  package var weekdays: UInt8?
  /// Seconds of the day; a second one that is not later lies on the next day.
  package var betweenStart: Int32?
  package var betweenEnd: Int32?
  package init() {}

  /// Whether its two ends are all it says.
  package var isPlain: Bool { weekdays == nil && betweenStart == nil }
}
