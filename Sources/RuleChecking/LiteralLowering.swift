import Findings
import LocalTime
import Money
import RuleSyntax

extension Checker {
  /// A written value and its type; nil after a mistake.
  mutating func lower(
    _ literal: LiteralSyntax, in scope: Scope
  ) -> (constant: CheckedConstant, type: ValueType)? {
    switch literal {
    case .money(let money):
      guard let units = minorUnits(of: money) else { return nil }
      if scope.place == .unit { selections.currency = files[scope.file].knownCurrency }
      return (.money(minorUnits: units), .money)
    case .percent(let number):
      guard let (numerator, denominator) = percentFraction(number) else { return nil }
      return (.percent(numerator: numerator, denominator: denominator), .percent)
    case .number(let number):
      guard let denominator = Checker.powerOfTen(number.digits.decimals) else { return nil }
      return (
        .number(numerator: number.digits.value, denominator: denominator),
        number.digits.decimals == 0 ? .count : .number
      )
    case .date(let date):
      guard let day = Checker.civilDate(date) else { return nil }
      return (.date(dayNumber: day.dayNumber), .date)
    case .text(let text):
      if scope.place == .unit { selections.note(text.text) }
      return (.text(text.text), .text)
    case .flag(let value, _): return (.flag(value), .flag)
    case .day(let day, _): return (.day(day), .day)
    }
  }

  /// A written percentage as a fraction: 12.5% is 125/1000.
  func percentFraction(_ number: NumberLiteral) -> (numerator: Int64, denominator: Int64)? {
    let digits = number.digits
    guard let denominator = Checker.powerOfTen(digits.decimals + 2) else { return nil }
    return (digits.value, denominator)
  }

  /// A written amount in minor units of the file's currency; nil after a mistake.
  mutating func minorUnits(of literal: MoneyLiteral) -> Int64? {
    let file = Int(literal.span.file)
    switch files[file].currency {
    case .damaged: return nil
    case .missing:
      reportMissingCurrency(literal, file: file)
      return nil
    case .value(let currency):
      guard agrees(literal, with: currency) else { return nil }
      let digits = literal.digits
      if digits.decimals > currency.decimals {
        return withoutSpareDecimals(literal, currency)
      }
      let scale = Checker.powerOfTen(currency.decimals - digits.decimals)
      let (units, overflows) = digits.value.multipliedReportingOverflow(by: scale ?? 1)
      if overflows {
        report(.moneyTooLarge, at: literal.span, ["found": text(of: literal.span)])
        return nil
      }
      return units
    }
  }

  private mutating func reportMissingCurrency(_ literal: MoneyLiteral, file: Int) {
    guard !files[file].hasReportedCurrency, !silence.covers(literal.span) else { return }
    files[file].hasReportedCurrency = true
    let written = literal.currencyCode.flatMap(Currency.init(code:))?.code
    let code = written ?? "USD"
    let hasMark = sources[file].bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let offset: Int32 = hasMark ? 3 : 0
    let start = SourceSpan(file: literal.span.file, start: offset, end: offset)
    report(
      .moneyWithoutCurrency, at: literal.span, ["found": text(of: literal.span)],
      repairs: [
        Repair(
          title: "begin the file with `currency \(code)`",
          edits: [Repair.Edit(span: start, replacement: "currency \(code)\n\n")],
          isSafe: written != nil)
      ])
  }

  private mutating func agrees(_ literal: MoneyLiteral, with currency: Currency) -> Bool {
    if let code = literal.currencyCode {
      if code == currency.code { return true }
      report(
        .moneyOfOtherCurrency, at: literal.span, ["found": code, "expected": currency.code])
      return false
    }
    if currency.isDollar { return true }
    let digits = text(of: literal.span).drop { $0 == "$" || $0 == " " }
    report(
      .dollarInOtherFile, at: literal.span, ["expected": currency.code],
      repairs: [
        Checker.replace(literal.span, with: "\(digits) \(currency.code)", isSafe: false)
      ])
    return false
  }

  /// Reports decimals that the currency does not have; the neighbouring amounts are the repairs.
  private mutating func withoutSpareDecimals(
    _ literal: MoneyLiteral, _ currency: Currency
  ) -> Int64? {
    let spare = Checker.powerOfTen(literal.digits.decimals - currency.decimals) ?? 1
    let lower = literal.digits.value / spare
    let isExact = literal.digits.value % spare == 0
    let amounts = isExact ? [lower] : [lower, lower + 1]
    report(
      .moneyTooFine, at: literal.span,
      [
        "found": text(of: literal.span), "currency": currency.code,
        "decimals": String(currency.decimals),
      ],
      repairs: amounts.map {
        Checker.replace(
          literal.span, with: AmountText.display($0, currency: currency), isSafe: isExact)
      })
    return nil
  }

  /// Ten to a power, where it fits.
  static func powerOfTen(_ exponent: Int) -> Int64? {
    guard (0...18).contains(exponent) else { return nil }
    var power: Int64 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
  }

  /// The day a literal names; the parser has made sure that it exists.
  static func civilDate(_ literal: DateLiteral) -> CivilDate? {
    CivilDate(year: literal.year, month: literal.month, day: literal.day)
  }
}
