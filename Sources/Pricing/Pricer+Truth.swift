import Money

extension Pricer {
  /// Whether a condition holds. Parts are asked in the order written, and no further than needed.
  mutating func truth(_ expression: Expression) -> Truth {
    switch expression {
    case .and(let parts):
      for part in parts {
        let truth = truth(part)
        guard case .holds = truth else { return truth }
      }
      return .holds
    case .or(let parts):
      for part in parts {
        let truth = truth(part)
        guard case .fails = truth else { return truth }
      }
      return .fails
    case .not(let inner):
      switch truth(inner) {
      case .holds: return .fails
      case .fails: return .holds
      case .failed: return .failed
      }
    case .compare(let left, let comparison, let right, _):
      return compare(value(left), comparison, value(right))
    case .compareSame(let left, let comparison, let right):
      return compareSame(value(left), value(right), isNegated: comparison == .notEqual)
    case .isOneOf(let inner, let choices, _, let isNegated):
      return isOneOf(value(inner), choices, isNegated: isNegated)
    case .isMissing(let inner, _, let isNegated):
      switch value(inner) {
      case .missing: return Truth(!isNegated)
      case .failed: return .failed
      case .number, .flag, .texts: return Truth(isNegated)
      }
    case .textTest(let inner, let match, let pattern):
      return textTest(value(inner), match, pattern)
    case .unitInMembership(let slot):
      return Truth(contains(buckets.lines(of: slot, stamp), lineAtHand))
    case .unitInSelection(let selection):
      let lines = lines(of: selection)
      return selections.hasFailed(selection) ? .failed : Truth(contains(lines, lineAtHand))
    default:
      switch value(expression) {
      case .flag(let flag): return Truth(flag)
      case .failed: return .failed
      case .missing, .number, .texts: return .fails
      }
    }
  }

  private func compare(_ left: Value, _ comparison: Comparison, _ right: Value) -> Truth {
    if case .failed = left { return .failed }
    if case .failed = right { return .failed }
    guard case .number(let one) = left, case .number(let other) = right else {
      return Truth(comparison == .notEqual)
    }
    return Truth(holds(one, comparison, other))
  }

  private func compareSame(_ left: Value, _ right: Value, isNegated: Bool) -> Truth {
    switch (left, right) {
    case (.failed, _), (_, .failed): .failed
    case (.flag(let one), .flag(let other)): Truth((one == other) != isNegated)
    case (.texts(let some), .texts(let others)): Truth(shareText(some, others) != isNegated)
    default: Truth(isNegated)
    }
  }

  private mutating func isOneOf(
    _ found: Value, _ choices: [Expression], isNegated: Bool
  ) -> Truth {
    if case .failed = found { return .failed }
    for choice in choices {
      let isSame =
        switch (found, value(choice)) {
        case (.number(let one), .number(let other)): one == other
        case (.flag(let one), .flag(let other)): one == other
        case (.texts(let some), .texts(let others)): shareText(some, others)
        default: false
        }
      if isSame { return Truth(!isNegated) }
    }
    return Truth(isNegated)
  }

  private func textTest(_ found: Value, _ match: TextMatch, _ pattern: String) -> Truth {
    switch found {
    case .failed: .failed
    case .texts(let texts): Truth(texts.contains { matches($0, match, pattern) })
    case .missing, .number, .flag: .fails
    }
  }
}

/// Whether a comparison of two numbers holds.
func holds(_ left: Rational, _ comparison: Comparison, _ right: Rational) -> Bool {
  switch comparison {
  case .equal: left == right
  case .notEqual: left != right
  case .less: left < right
  case .lessOrEqual: !(right < left)
  case .greater: right < left
  case .greaterOrEqual: !(left < right)
  }
}

private func shareText(_ some: [String], _ others: [String]) -> Bool {
  some.contains { one in others.contains { hasSameBytes(one, $0) } }
}

/// A test of a text that ignores ASCII case.
private func matches(_ text: String, _ match: TextMatch, _ pattern: String) -> Bool {
  let bytes = text.utf8.map(loweredASCII)
  let wanted = pattern.utf8.map(loweredASCII)
  guard bytes.count >= wanted.count else { return false }
  switch match {
  case .startsWith: return bytes.starts(with: wanted)
  case .endsWith: return bytes.suffix(wanted.count).elementsEqual(wanted)
  case .contains:
    for start in 0...(bytes.count - wanted.count)
    where bytes[start..<start + wanted.count].elementsEqual(wanted) {
      return true
    }
    return false
  }
}
