/// Bounds of what one rule set may hold; each has a test on both sides.
enum CheckerLimits {
  static let campaignsMaximum = 10_000
  /// How many unknown names are compared with every declared one.
  static let suggestionsMaximum = 200
  /// How deep an expression may be, parentheses included; the parser allows less.
  static let expressionDepthMaximum = 200
  /// A hundred years, in days; no duration may be longer.
  static let durationDaysMaximum: Int64 = 36_600
}
