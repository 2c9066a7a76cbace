import LocalTime
import Money
import RuleChecking
import RuleSyntax

extension CampaignSentences {
  /// Units of a selection: the name of its set, or what it is made of.
  func units(_ selection: SelectionID) -> String { setNames[selection] ?? meaning(of: selection) }

  /// What a selection is made of.
  func meaning(of selection: SelectionID) -> String {
    switch rules.selections[selection.index] {
    case .items: "items"
    case .allItems: "all items (gift cards too)"
    case .narrowed(let base, let dimension, let values):
      "\(units(base)) in \(dimension.rawValue) \(alternatives(values))"
    case .filtered(let base, let expression): filtered(base, by: expression)
    }
  }

  /// A constant as it is written in a rule file, or nearly so.
  func constant(_ constant: CheckedConstant) -> String {
    switch constant {
    case .money(let minorUnits): money(minorUnits)
    case .percent(let numerator, let denominator): percent(numerator, denominator)
    case .number(let numerator, let denominator): decimal(numerator, over: denominator)
    case .text(let text): quoted(text)
    case .flag(let flag): flag ? "yes" : "no"
    case .date(let dayNumber): CivilDate(dayNumber: dayNumber).description
    case .day(let day): day.fullName
    }
  }

  /// Money in the currency of the campaign's file.
  func money(_ minorUnits: Int64) -> String {
    guard let currency else { return String(minorUnits) }
    return withGroups(AmountText.display(minorUnits, currency: currency))
  }

  /// An amount with its whole part in groups of three digits.
  func withGroups(_ amount: String) -> String {
    guard let whole = amount.firstRange(of: /[0-9]+/), let number = Int(amount[whole]) else {
      return amount
    }
    return amount[..<whole.lowerBound] + grouped(number) + amount[whole.upperBound...]
  }

  /// Points, or money of a money balance.
  func balanceAmount(_ amount: Int64, _ index: Int) -> String {
    let balance = rules.balances[index]
    guard balance.isMoney, let currency = balance.currency else {
      let isSingular = amount == 1 && balance.name.hasSuffix("s")
      let shown = Int(exactly: amount).map(grouped) ?? String(amount)
      return "\(shown) \(isSingular ? String(balance.name.dropLast()) : balance.name)"
    }
    return "\(withGroups(AmountText.display(amount, currency: currency))) of \(balance.name)"
  }

  /// A fraction whose denominator is a power of ten, in per cent.
  func percent(_ numerator: Int64, _ denominator: Int64) -> String {
    denominator % 100 == 0
      ? decimal(numerator, over: denominator / 100) + "%"
      : decimal(numerator.multipliedReportingOverflow(by: 100).partialValue, over: denominator)
        + "%"
  }

  /// A fraction whose denominator is a power of ten, without zeros at its end.
  func decimal(_ numerator: Int64, over denominator: Int64) -> String {
    var numerator = numerator
    var decimals = 0
    var rest = denominator
    while rest >= 10 {
      rest /= 10
      decimals += 1
    }
    while decimals > 0, numerator % 10 == 0 {
      numerator /= 10
      decimals -= 1
    }
    return AmountText.text(numerator, decimals: decimals)
  }

  /// A text for the shopper with its placeholders in words.
  func text(of template: CheckedTemplate) -> String {
    let parts = template.parts.map { part in
      switch part {
      case .text(let text): printable(text)
      case .saved: "[what was saved]"
      case .missing: "[what is missing]"
      case .title: printable(campaign.title)
      case .code: "[the code]"
      case .remainingUses: "[uses left]"
      }
    }
    return "\"\(parts.joined())\""
  }

  func words(of date: DateLiteral) -> String {
    CivilDate(year: date.year, month: date.month, day: date.day)?.description ?? ""
  }

  func words(of moment: DateTimeLiteral) -> String {
    "\(words(of: moment.date)) \(words(of: moment.time))"
  }

  func words(of time: TimeLiteral) -> String {
    let (hours, minutes) = time.minuteOfDay.quotientAndRemainder(dividingBy: 60)
    return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
  }

  func words(of duration: DurationLiteral) -> String {
    "\(duration.count) \(duration.unit.rawValue)\(duration.count == 1 ? "" : "s")"
  }

  func quoted(_ text: String) -> String { "\"\(printable(text))\"" }

  /// Texts of which any will do; long lists are cut short.
  func alternatives(_ texts: [String]) -> String {
    let shownMaximum = 6
    guard texts.count > shownMaximum else { return list(texts.map(quoted), joining: "or") }
    let shown = texts.prefix(shownMaximum - 1).map(quoted).joined(separator: ", ")
    return "\(shown) or \(texts.count - shownMaximum + 1) more"
  }

  /// `a`, `a and b`, `a, b and c`.
  func list(_ texts: [String], joining word: String) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return "\(texts.dropLast().joined(separator: ", ")) \(word) \(last)"
  }
}
