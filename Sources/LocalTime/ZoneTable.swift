/// When the clocks of one time zone change, as plain values; resolved outside, read here.
public struct ZoneTable: Hashable, Sendable {
  /// The name in the time zone database, such as `America/New_York`.
  public let identifier: String
  /// Moments at which the offset changes, ascending, seconds since 1970.
  public let transitions: [Int64]
  /// Offsets from UTC in seconds: the first holds before all transitions, one more per transition.
  public let offsets: [Int32]

  /// A zone from its changes; `offsets` has one entry more than `transitions`.
  public init(identifier: String, transitions: [Int64], offsets: [Int32]) {
    precondition(offsets.count == transitions.count + 1, "an offset before and after each change")
    self.identifier = identifier
    self.transitions = transitions
    self.offsets = offsets
  }

  /// How far local clocks are ahead of UTC at a moment.
  public func offset(at seconds: Int64) -> Int32 { offsets[transitionCount(upTo: seconds)] }

  /// The local day and the second of that day at a moment.
  public func local(at seconds: Int64) -> (date: CivilDate, second: Int32) {
    let local = seconds + Int64(offset(at: seconds))
    let day = local.flooredDivision(by: 86_400)
    return (CivilDate(dayNumber: Int32(clamping: day)), Int32(local - day * 86_400))
  }

  /// The moment at which local clocks show a day and a second of it.
  ///
  /// A time that does not exist moves forward by the gap; one that exists twice is the first.
  public func instant(of date: CivilDate, second: Int32) -> Instant {
    let local = Int64(date.dayNumber) * 86_400 + Int64(second)
    let early = transitionCount(upTo: local - 86_400)
    let late = transitionCount(upTo: local + 86_400)
    for index in early...late {
      let seconds = local - Int64(offsets[index])
      let begins = index == 0 ? Int64.min : transitions[index - 1]
      let ends = index == transitions.count ? Int64.max : transitions[index]
      if seconds < begins { return shown(local - Int64(offsets[index - 1])) }
      if seconds < ends { return shown(seconds) }
    }
    return shown(local - Int64(offsets[late]))
  }

  private func shown(_ seconds: Int64) -> Instant {
    Instant(secondsSince1970: seconds, offsetSeconds: offset(at: seconds))
  }

  private func transitionCount(upTo seconds: Int64) -> Int {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
