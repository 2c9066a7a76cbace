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
    case .compare(.unit(.price), let comparison, .constant(let wanted), _):
      return Truth(holds(Rational(cart.prices[Int(lineAtHand)]), comparison, wanted))
    case .compare(let left, let comparison, let right, _):
      return compare(value(left), comparison, value(right))
    case .compareSame(let left, let comparison, .constantText(let wanted)):
      let isNegated = comparison == .notEqual
      if let isSame = isAnyText(of: left, where: { hasSameBytes($0, wanted) }) {
        return Truth(isSame != isNegated)
      }
      return compareSame(value(left), .texts([wanted]), isNegated: isNegated)
    case .compareSame(let left, let comparison, let right):
      return compareSame(value(left), value(right), isNegated: comparison == .notEqual)
    case .isOneOf(let inner, let choices, _, let isNegated):
      if let isSame = isAnyText(of: inner, where: { $0.isOne(of: choices) }) {
        return Truth(isSame != isNegated)
      }
      return isOneOf(value(inner), choices, isNegated: isNegated)
    case .isMissing(let inner, _, let isNegated):
      switch value(inner) {
      case .missing: return Truth(!isNegated)
      case .failed: return .failed
      case .number, .flag, .texts: return Truth(isNegated)
      }
    case .textTest(let inner, let match, let pattern):
      if let holds = isAnyText(of: inner, where: { matches($0, match, pattern) }) {
        return Truth(holds)
      }
      return textTest(value(inner), match, pattern)
    case .unitInMembership(let slot):
      return Truth(contains(buckets.lines(of: slot, stamp), lineAtHand))
    case .unitInSelection(let selection):
      let lines = lines(of: selection)
      return selections.hasFailed(selection) ? .failed : Truth(contains(lines, lineAtHand))
    case .unit(.onSale): return Truth(cart.traits[Int(lineAtHand)].contains(.onSale))
    default:
      switch value(expression) {
      case .flag(let flag): return Truth(flag)
      case .failed: return .failed
      case .missing, .number, .texts: return .fails
      }
    }
  }

  /// Whether a test holds of any text of the line at hand, read where it lies: a list of them would
  /// be made for each line. False where the line has none; nil for what is no text of a line.
  private mutating func isAnyText(of expression: Expression, where test: (String) -> Bool) -> Bool?
  {
    let line = Int(lineAtHand)
    switch expression {
    case .unit(.sku): return test(cart.skus[line])
    case .unit(.name): return cart.names[line].map(test) ?? false
    case .unit(.vendor): return cart.vendors[line].map(test) ?? false
    case .unit(.brand): return cart.brands[line].contains(where: test)
    case .unitAttribute(let index):
      switch cart.attributes[Int(index)][line] {
      case .texts(let texts): return texts.contains(where: test)
      case .missing: return false
      case .number, .flag: return nil
      }
    default: return nil
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

extension String {
  /// Whether it is one of some texts that are written out.
  fileprivate func isOne(of choices: [Expression]) -> Bool {
    choices.contains {
      guard case .constantText(let text) = $0 else { return false }
      return hasSameBytes(self, text)
    }
  }
}

/// A test of a text that ignores ASCII case.
private func matches(_ text: String, _ match: TextMatch, _ pattern: String) -> Bool {
  let (bytes, wanted) = (text.utf8.span, pattern.utf8.span)
  guard bytes.count >= wanted.count else { return false }
  let last = bytes.count - wanted.count
  switch match {
  case .startsWith: return isSame(bytes, from: 0, wanted)
  case .endsWith: return isSame(bytes, from: last, wanted)
  case .contains:
    for start in 0...last where isSame(bytes, from: start, wanted) { return true }
    return false
  }
}

/// Whether bytes from a place on are those of a pattern, ASCII case apart.
private func isSame(_ bytes: Span<UInt8>, from start: Int, _ wanted: Span<UInt8>) -> Bool {
  for place in wanted.indices
  where loweredASCII(bytes[start + place]) != loweredASCII(wanted[place]) {
    return false
  }
  return true
}
