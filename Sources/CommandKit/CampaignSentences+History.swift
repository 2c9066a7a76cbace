import RuleChecking
import RuleSyntax

extension CampaignSentences {
  /// What is read off the calendar and the past; nil for everything else.
  func historyValue(_ expression: CheckedExpression) -> String? {
    switch expression.kind {
    case .today: "today's date"
    case .weekday: "the day of the week"
    case .yearOf(let part) where part.kind == .today: "the current year"
    case .monthOf(let part) where part.kind == .today: "the current month"
    case .dayOf(let part) where part.kind == .today: "the current day of the month"
    case .yearOf(let part): "the year of \(value(part))"
    case .monthOf(let part): "the month of \(value(part))"
    case .dayOf(let part): "the day of \(value(part))"
    case .daysSince(let part): "the number of days since \(value(part))"
    case .daysSinceLastVisit: "the number of days since the last visit"
    case .visits(let window): "the number of earlier visits \(words(of: window))"
    case .visitNumber(let window):
      "the number of visits \(words(of: window)), this one included,"
    case .visitDays(let window): "the number of days with a visit \(words(of: window))"
    case .spent(let dimension, let values, let window):
      "what was spent \(place(dimension, values))\(words(of: window))"
    case .bought(let dimension, let values, let window):
      "the number of units bought \(place(dimension, values))\(words(of: window))"
    case .redemptions(let campaign, let window):
      "the number of uses of \(campaign) \(words(of: window))"
    case .balance(let index): "the balance of \(rules.balances[index].name)"
    default: nil
    }
  }

  private func place(_ dimension: Dimension?, _ values: [String]) -> String {
    dimension.map { "in \($0.rawValue) \(alternatives(values)) " } ?? ""
  }

  func words(of window: CheckedWindow) -> String {
    switch window {
    case .this(let unit): "this \(unit.rawValue)"
    case .previous(let unit): "in the previous \(unit.rawValue)"
    case .last(let count, let unit):
      count == 1 ? "in the last \(unit.rawValue)" : "in the last \(count) \(unit.rawValue)s"
    case .ever: "so far"
    }
  }
}
