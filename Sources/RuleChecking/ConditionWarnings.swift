import Findings
import RuleSyntax

/// What is known of values once the comparisons of a conjunction hold.
struct KnownBounds {
  /// The first value; most conjunctions speak of one.
  private var first: (value: CheckedExpression, bound: KnownBound)?
  private var others: [CheckedExpression: KnownBound] = [:]
  /// Texts and days that values must be one of.
  fileprivate var texts: [CheckedExpression: (values: [CheckedConstant], span: SourceSpan)] = [:]

  subscript(value: CheckedExpression) -> KnownBound? {
    get {
      guard let first else { return nil }
      return first.value == value ? first.bound : others[value]
    }
    set {
      guard let newValue else { return }
      if let known = first?.value, known != value {
        others[value] = newValue
      } else {
        first = (value, newValue)
      }
    }
  }
}

/// Where a value lies, and the comparison that said so last.
struct KnownBound {
  var interval: Interval
  var span: SourceSpan
  var isThroughPercentage: Bool
}

extension Checker {
  /// Warns of conditions that never or always hold; returns what the conjunction says of values.
  @discardableResult
  mutating func examine(_ conditions: [CheckedExpression]) -> KnownBounds {
    var bounds = KnownBounds()
    for condition in conditions { examine(condition, &bounds) }
    return bounds
  }

  private mutating func examine(_ condition: CheckedExpression, _ bounds: inout KnownBounds) {
    if case .and(let all) = condition.kind {
      for one in all { examine(one, &bounds) }
      return
    }
    let conjunct = condition
    guard !examineAlone(conjunct) else { return }
    if let (value, constants) = conjunct.asksForOneOf, value.hasSingleValue {
      let known = bounds.texts[value]
      let left = known.map { $0.values.filter(constants.contains) } ?? constants
      if let known, left.isEmpty { warnNever(conjunct, against: known.span) }
      bounds.texts[value] = (left.isEmpty ? constants : left, conjunct.span)
    }
    guard let bound = ValueBound(conjunct) else { return }
    let known = bounds[bound.value]
    let before = known?.interval ?? ValueRange(of: bound.value).interval
    let both = before.intersection(bound.interval)
    let isThroughPercentage = bound.isThroughPercentage || known?.isThroughPercentage == true
    if both.isEmpty {
      warnNever(
        conjunct, against: known?.span,
        isThroughPercentage ? .thresholdOutOfReach : .conditionNever)
    } else {
      bounds[bound.value] = KnownBound(
        interval: both, span: conjunct.span, isThroughPercentage: isThroughPercentage)
    }
  }

  private mutating func warnNever(
    _ condition: CheckedExpression, against earlier: SourceSpan?,
    _ code: FindingCode = .conditionNever
  ) {
    warn(
      code, at: condition.span, ["found": text(of: condition.span)],
      related: [earlier].compactMap { $0 }.map {
        RelatedSpan(span: $0, label: "this must hold as well")
      })
  }

  /// Looks at one condition by itself; true when it was warned of.
  private mutating func examineAlone(_ condition: CheckedExpression) -> Bool {
    switch condition.kind {
    case .and: return false
    case .or(let alternatives):
      let count = findings.count
      for alternative in alternatives { examine([alternative]) }
      guard findings.count == count else { return true }
      guard Checker.coverEverything(alternatives) else { return false }
      warn(.conditionAlways, at: condition.span, ["found": text(of: condition.span)])
      return true
    case .not(let inner):
      let count = findings.count
      examine([inner])
      return findings.count > count
    case .constant(.flag(let value)):
      warn(
        value ? .conditionAlways : .conditionNever, at: condition.span,
        ["found": text(of: condition.span)])
      return true
    case .comparison(let left, let operation, let right):
      guard let truth = Checker.truth(left, operation, right) else { return false }
      let isThroughPercentage =
        left.type == .money && (left.readsPercentage || right.readsPercentage)
      let code: FindingCode =
        truth ? .conditionAlways : isThroughPercentage ? .thresholdOutOfReach : .conditionNever
      warn(code, at: condition.span, ["found": text(of: condition.span)])
      return true
    default: return false
    }
  }

  /// Whether a comparison always or never holds, whatever the cart; nil where it depends.
  static func truth(
    _ left: CheckedExpression, _ operation: ComparisonOperator, _ right: CheckedExpression
  ) -> Bool? {
    if case .constant(let one) = left.kind, case .constant(let other) = right.kind,
      Fraction(one) == nil
    {
      return (one == other) == (operation == .equal)
    }
    let one = ValueRange(of: left)
    let other = ValueRange(of: right)
    let isSure = !one.mayBeMissing && !other.mayBeMissing
    let isSame = isSure && left == right
    switch operation {
    case .less:
      if isSame || other.interval.isAtMost(one.interval) { return false }
      return isSure && one.interval.isBelow(other.interval) ? true : nil
    case .lessOrEqual:
      if other.interval.isBelow(one.interval) { return false }
      return isSame || isSure && one.interval.isAtMost(other.interval) ? true : nil
    case .greater, .greaterOrEqual: return truth(right, operation.turnedRound, left)
    case .equal, .notEqual:
      let isApart =
        one.interval.isBelow(other.interval) || other.interval.isBelow(one.interval)
        || fallsBetween(left, right)
      if isApart { return operation == .notEqual }
      let value = one.interval.onlyValue
      let isEqual = isSame || isSure && value != nil && value == other.interval.onlyValue
      return isEqual ? operation == .equal : nil
    }
  }

  /// A whole value is never equal to a constant between two whole numbers.
  private static func fallsBetween(_ left: CheckedExpression, _ right: CheckedExpression) -> Bool {
    func isBetween(_ value: CheckedExpression, _ constant: CheckedExpression) -> Bool {
      guard value.type == .count, let fraction = Fraction(constant: constant) else { return false }
      return !fraction.isWhole
    }
    return isBetween(left, right) || isBetween(right, left)
  }

  /// Whether at least one of the alternatives holds whatever the value is.
  private static func coverEverything(_ alternatives: [CheckedExpression]) -> Bool {
    var excluded: [CheckedExpression: CheckedConstant] = [:]
    var intervals: [Interval] = []
    var value: CheckedExpression?
    for alternative in alternatives {
      if let (subject, constant) = alternative.excludesOne, subject.hasSingleValue {
        if let other = excluded[subject], other != constant { return true }
        excluded[subject] = constant
      }
      guard let bound = ValueBound(alternative) else { continue }
      guard value == nil || value == bound.value else { return false }
      value = bound.value
      intervals.append(bound.interval)
    }
    guard let value, intervals.count == alternatives.count else { return false }
    let range = ValueRange(of: value)
    guard !range.mayBeMissing else { return false }
    return covers(range.interval, by: intervals, isWhole: value.type.isWhole)
  }

  /// Whether two half-open stretches meet, one from below and one from above.
  private static func covers(_ range: Interval, by parts: [Interval], isWhole: Bool) -> Bool {
    let ups = parts.filter { $0.high == nil }.compactMap(\.low)
    let downs = parts.filter { $0.low == nil || $0.low == range.low }.compactMap(\.high)
    guard let up = ups.min(), let down = downs.max() else { return false }
    guard isWhole else { return up < down }
    return down.applying(.add, Fraction(1)).map { up <= $0 } ?? false
  }
}

extension CheckedExpression {
  /// Whether something that is counted or summed is to reach a whole number above one: such a
  /// condition may hold or not, so that by itself it never gives a warning.
  var isPlainThreshold: Bool {
    guard case .comparison(let left, let operation, let right) = kind,
      case .constant(let constant) = right.kind
    else { return false }
    switch operation {
    case .equal, .greater, .greaterOrEqual: break
    case .notEqual, .less, .lessOrEqual: return false
    }
    switch constant {
    case .money(let units): guard units > 1 else { return false }
    case .number(let numerator, denominator: 1): guard numerator > 1 else { return false }
    default: return false
    }
    switch left.kind {
    case .quantity, .kinds, .subtotal, .visits, .visitNumber, .visitDays, .spent, .bought,
      .redemptions:
      return true
    default: return false
    }
  }

  /// Whether it has one value at a time: attributes and dimensions may be sent as lists.
  fileprivate var hasSingleValue: Bool {
    switch kind {
    case .orderChannel, .orderStore, .orderCountry, .weekday, .customerID, .customerEmail,
      .unitSKU, .unitName, .unitVendor:
      true
    default: false
    }
  }

  /// A text or day that must be one of some constants.
  fileprivate var asksForOneOf: (value: CheckedExpression, constants: [CheckedConstant])? {
    switch kind {
    case .comparison(let left, .equal, let right):
      if case .constant(let constant) = right.kind {
        return left.hasSingleValue ? (left, [constant]) : nil
      }
      if case .constant(let constant) = left.kind { return (right, [constant]) }
      return nil
    case .isOneOf(let value, let constants, isNegated: false): return (value, constants)
    default: return nil
    }
  }

  /// A value that must be anything but one constant.
  fileprivate var excludesOne: (value: CheckedExpression, constant: CheckedConstant)? {
    guard case .comparison(let left, .notEqual, let right) = kind else { return nil }
    if case .constant(let constant) = right.kind { return (left, constant) }
    if case .constant(let constant) = left.kind { return (right, constant) }
    return nil
  }

  /// Whether a percentage goes into it.
  var readsPercentage: Bool {
    if type == .percent { return true }
    switch kind {
    case .arithmetic(let left, _, let right): return left.readsPercentage || right.readsPercentage
    case .minimum(let all), .maximum(let all): return all.contains(where: \.readsPercentage)
    default: return false
    }
  }
}
