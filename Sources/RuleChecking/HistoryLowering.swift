import Findings
import Money
import RuleSyntax

extension Checker {
  /// What the customer did before this order.
  mutating func lowerHistory(_ syntax: ExpressionSyntax) -> CheckedExpression? {
    let span = syntax.span
    func value(_ kind: CheckedExpressionKind, _ type: ValueType) -> CheckedExpression {
      CheckedExpression(kind: kind, type: type, span: span)
    }
    switch syntax.kind {
    case .daysSinceLastVisit:
      return requireTimezone(at: span) ? value(.daysSinceLastVisit, .count) : nil
    case .visits(let window): return lower(window, span).map { value(.visits($0), .count) }
    case .visitNumber(let window):
      return lower(window, span).map { value(.visitNumber($0), .count) }
    case .visitDays(let window):
      guard requireTimezone(at: span) else { return nil }
      return lower(window, span).map { value(.visitDays($0), .count) }
    case .spent(let dimension, let texts, let window):
      let values = Checker.sortedByBytes(texts.map(\.text))
      return lower(window, span).map { value(.spent(dimension, values, $0), .money) }
    case .bought(let dimension, let texts, let window):
      let values = Checker.sortedByBytes(texts.map(\.text))
      return lower(window, span).map { value(.bought(dimension, values, $0), .count) }
    case .redemptions(let name, let window):
      guard case .found(let campaign) = resolveCampaign(name) else { return nil }
      return lower(window, span).map { value(.redemptions(of: campaign, $0), .count) }
    case .balance(let name):
      guard case .found(let balance) = resolveBalance(name), let index = balance.index else {
        return nil
      }
      guard !balance.isMoney || agreesOnCurrency(balance, name) else { return nil }
      return value(.balance(index), balance.isMoney ? .money : .count)
    default: return nil
    }
  }

  /// A window of history; all but `ever` read the calendar. Nil after a mistake.
  mutating func lower(_ window: WindowSyntax, _ span: SourceSpan) -> CheckedWindow? {
    switch window {
    case .ever: return .ever
    case .this(let unit): return requireTimezone(at: span) ? .this(unit) : nil
    case .previous(let unit): return requireTimezone(at: span) ? .previous(unit) : nil
    case .last(let duration):
      let hasTimezone = requireTimezone(at: span)
      guard isSensible(duration), hasTimezone else { return nil }
      return .last(count: duration.count, duration.unit)
    }
  }

  /// Whether a duration lasts at least one unit and no longer than the calendar reaches.
  mutating func isSensible(_ duration: DurationLiteral) -> Bool {
    guard isPositive(CountLiteral(value: duration.count, span: duration.span)) else { return false }
    let daysPerUnit: Int64 =
      switch duration.unit {
      case .day: 1
      case .week: 7
      case .month: 30
      case .quarter: 91
      case .year: 365
      }
    guard duration.count > CheckerLimits.durationDaysMaximum / daysPerUnit else { return true }
    report(.durationTooLong, at: duration.span, ["found": text(of: duration.span)])
    return false
  }

  /// Whether a count is at least 1.
  mutating func isPositive(_ count: CountLiteral) -> Bool {
    guard count.value < 1 else { return true }
    report(.zeroCount, at: count.span, ["found": text(of: count.span)])
    return false
  }

  /// Whether a balance kept in money is of the currency of the file that speaks of it.
  mutating func agreesOnCurrency(_ balance: NameTable.DeclaredBalance, _ name: Name) -> Bool {
    let home = files[balance.file].knownCurrency
    let file = files[Int(name.span.file)]
    if case .damaged = file.currency { return true }
    guard let home, file.knownCurrency != home else { return true }
    report(
      .balanceOfOtherCurrency, at: name.span,
      [
        "name": name.text, "expected": file.knownCurrency?.code ?? "no currency",
        "found": home.code,
      ])
    return false
  }
}
