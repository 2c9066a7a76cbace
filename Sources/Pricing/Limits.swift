/// The bounds of pricing.
package enum Limits {
  /// Choices of campaigns that are priced; beyond, the quote says that its choice is not proven.
  package static let choicesMaximum = 4_096
  /// Campaigns with something missing that are answered when only what is near is asked for.
  package static let nearCampaignsMaximum = 20
  /// Lines of the cart for which a program's cost is told.
  package static let costedLines = 10_000
  /// Steps that pricing a cart of so many lines may take: as many choices as are priced, of a
  /// thousand plain campaigns each. A cart of ten lines takes a thousandth of that.
  package static let stepsMaximum = 50_000_000_000
  /// Kinds of campaigns of which it is worked out how many choices they make, all together and
  /// where they touch; of more, as many choices are taken to be priced as may be.
  package static let talliedKindsMaximum = 1_000
  package static let talliedRivalsMaximum = 24
}
