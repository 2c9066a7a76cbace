import LocalTime
import Money
import Pricing

extension AttributeFact {
  /// A value of a cart read as the rules declare it; one of the wrong type counts as missing.
  ///
  /// - Parameter refuse: Called when there is a value that is not of the type.
  init(
    _ value: Cart.AttributeValue?, as kind: AttributePlan.Kind, currency: Currency,
    refuse: () -> Void
  ) {
    guard let value else {
      self = .missing
      return
    }
    guard let fact = AttributeFact.reading(value, kind, currency) else {
      refuse()
      self = .missing
      return
    }
    self = fact
  }

  private static func reading(
    _ value: Cart.AttributeValue, _ kind: AttributePlan.Kind, _ currency: Currency
  ) -> AttributeFact? {
    switch (kind, value) {
    case (.text, .text(let text)): return .texts([text])
    case (.text, .texts(let texts)): return texts.isEmpty ? .missing : .texts(texts)
    case (.flag, .flag(let flag)): return .flag(flag)
    case (.date, .text(let text)): return date(text)
    case (.count, _):
      guard let number = number(value), number.isWhole else { return nil }
      return .number(number)
    case (.number, _): return number(value).map { .number($0) }
    case (.percent, _): return number(value, mayEndIn: "%").flatMap { percent($0) }
    case (.money, _):
      let minor = number(value).flatMap { $0.multiplied(by: Rational(currency.minorUnitsPerMajor)) }
      guard let minor, minor.isWhole else { return nil }
      return .number(minor)
    default: return nil
    }
  }

  private static func percent(_ points: Rational) -> AttributeFact? {
    points.divided(by: Rational(100)).map { .number($0) }
  }

  private static func number(
    _ value: Cart.AttributeValue, mayEndIn ending: Character? = nil
  ) -> Rational? {
    switch value {
    case .number(let digits): return rational(digits)
    case .text(var text):
      if let ending, text.last == ending { text.removeLast() }
      return ExactDecimal(text: text).flatMap { rational($0) }
    case .texts, .flag: return nil
    }
  }

  private static func date(_ text: String) -> AttributeFact? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts[2].utf8.count == 2, text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    return .number(Rational(Int64(date.dayNumber)))
  }

  private static func rational(_ digits: ExactDecimal) -> Rational? {
    var below: Int128 = 1
    for _ in 0..<digits.decimals { below *= 10 }
    return Rational(Int128(digits.value), over: below)
  }
}
