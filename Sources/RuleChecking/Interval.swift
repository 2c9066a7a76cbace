import RuleSyntax

/// What is known of where a value lies; a nil end is unbounded, a present end belongs to it.
struct Interval: Hashable {
  var low: Fraction?
  var high: Fraction?
  /// Ends that only number and percent values can have: the end itself does not belong.
  var isLowOpen = false
  var isHighOpen = false

  static let everything = Interval(low: nil, high: nil)
  static let atLeastZero = Interval(low: Fraction(0), high: nil)
  static let atLeastOne = Interval(low: Fraction(1), high: nil)

  static func point(_ value: Fraction) -> Interval { Interval(low: value, high: value) }

  var isEmpty: Bool {
    guard let low, let high else { return false }
    return high < low || (high == low && (isLowOpen || isHighOpen))
  }

  /// The single value it holds, where it is one.
  var onlyValue: Fraction? {
    guard let low, low == high, !isLowOpen, !isHighOpen else { return nil }
    return low
  }

  /// What lies in both.
  func intersection(_ other: Interval) -> Interval {
    var result = self
    if let low = other.low {
      if let mine = self.low, low < mine || (low == mine && !other.isLowOpen) {
        // Mine is the narrower end.
      } else {
        result.low = low
        result.isLowOpen = other.isLowOpen
      }
    }
    if let high = other.high {
      if let mine = self.high, mine < high || (high == mine && !other.isHighOpen) {
        // Mine is the narrower end.
      } else {
        result.high = high
        result.isHighOpen = other.isHighOpen
      }
    }
    return result
  }

  /// Whether every value of it is below every value of the other.
  func isBelow(_ other: Interval) -> Bool {
    guard let high, let low = other.low else { return false }
    return high < low || (high == low && (isHighOpen || other.isLowOpen))
  }

  /// Whether no value of it is above any value of the other.
  func isAtMost(_ other: Interval) -> Bool {
    guard let high, let low = other.low else { return false }
    return high <= low
  }

  /// The same for values that are whole: strict ends move to the next whole number.
  var overWholeNumbers: Interval {
    var result = Interval.everything
    if let low {
      let down = low.roundedDown
      let isKept = low.isWhole && !isLowOpen
      result.low = isKept ? low : down.applying(.add, Fraction(1))
    }
    if let high {
      let down = high.roundedDown
      let isMoved = high.isWhole && isHighOpen
      result.high = isMoved ? down.applying(.subtract, Fraction(1)) : down
    }
    return result
  }
}
