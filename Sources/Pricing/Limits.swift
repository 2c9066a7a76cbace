/// The bounds of pricing.
package enum Limits {
  /// Choices of campaigns that are priced; beyond, the quote says that its choice is not proven.
  package static let choicesMaximum = 4_096
}
