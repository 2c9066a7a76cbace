/// The bounds of pricing.
package enum Limits {
  /// Choices of campaigns that are priced; beyond, the quote says that its choice is not proven.
  package static let choicesMaximum = 4_096
  /// Campaigns with something missing that are answered when only what is near is asked for.
  package static let nearCampaignsMaximum = 20
}
