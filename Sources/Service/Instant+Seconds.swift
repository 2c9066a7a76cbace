import LocalTime

extension Instant {
  /// The moment so many seconds later, or earlier.
  func adding(seconds: Int64) -> Instant {
    Instant(secondsSince1970: secondsSince1970 + seconds)
  }
}
