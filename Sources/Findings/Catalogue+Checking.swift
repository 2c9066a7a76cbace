extension FindingCatalogue {
  /// What the checker finds.
  static let checkingEntries: [CatalogueEntry] = []
}
