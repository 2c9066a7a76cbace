import RuleSyntax

/// Numbers written out, of which rules repeat few: equal ones share storage.
struct SharedConstants {
  private struct Entry {
    var numerator: Int64 = 0
    /// Zero for money.
    var denominator: Int64 = -1
    var isPercent = false
    var kind = CheckedExpressionKind.today
  }

  private static let size = 64
  private var entries = [Entry](repeating: Entry(), count: size)

  /// The expression of a constant.
  mutating func kind(of constant: CheckedConstant) -> CheckedExpressionKind {
    switch constant {
    case .money(let minorUnits): kind(of: constant, minorUnits, over: 0, isPercent: false)
    case .percent(let numerator, let denominator):
      kind(of: constant, numerator, over: denominator, isPercent: true)
    case .number(let numerator, let denominator):
      kind(of: constant, numerator, over: denominator, isPercent: false)
    case .text, .flag, .date, .day: .constant(constant)
    }
  }

  private mutating func kind(
    of constant: CheckedConstant, _ numerator: Int64, over denominator: Int64, isPercent: Bool
  ) -> CheckedExpressionKind {
    let mixed = UInt64(bitPattern: numerator &* 31 &+ denominator) &* 0x9E37_79B9_7F4A_7C15
    let place = Int(truncatingIfNeeded: mixed >> 58)
    if entries[place].numerator == numerator, entries[place].denominator == denominator,
      entries[place].isPercent == isPercent
    {
      return entries[place].kind
    }
    let kind = CheckedExpressionKind.constant(constant)
    entries[place] = Entry(
      numerator: numerator, denominator: denominator, isPercent: isPercent, kind: kind)
    return kind
  }
}
