import Money

/// What an expression comes to.
enum Value {
  /// Nothing is known: comparisons are false, arithmetic stays missing.
  case missing
  /// A division by zero or a number beyond 128 bits: the campaign fails.
  case failed
  /// Minor units, a fraction, a count, a day number or a weekday from Monday, by its type.
  case number(Rational)
  case flag(Bool)
  case texts([String])

  static func count(_ whole: Int64) -> Value { .number(Rational(whole)) }

  static func result(_ rational: Rational?) -> Value {
    rational.map { .number($0) } ?? .failed
  }
}

/// Whether a condition holds; `failed` when deciding it fails.
enum Truth {
  case holds, fails, failed
  init(_ holds: Bool) { self = holds ? .holds : .fails }
}
