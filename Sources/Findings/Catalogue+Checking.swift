extension FindingCatalogue {
  /// What the checker finds.
  static let checkingEntries: [CatalogueEntry] =
    nameEntries + moneyEntries + typeEntries + clauseEntries + scheduleAndTextEntries
    + loyaltyEntries + testEntries + costEntries + reachWarningEntries + habitWarningEntries
}
