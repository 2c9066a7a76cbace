extension FindingCatalogue {
  /// What rules would cost when they run.
  static let costEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .tooCostly, title: "a cart of {lines} lines could take {steps} steps; {limit} are allowed",
      label: "up to {own} steps for each line", help: "the dearest campaigns: {dearest}",
      explanation: """
        What pricing takes at most is counted before any cart is priced, so that no rule set keeps \
        a checkout waiting. Most of it comes from campaigns that exclude each other: each choice \
        of them is priced as a whole, and ten groups of two make 1,024 choices. Fewer groups, one \
        group instead of several, or `choose by priority` make it less; so do bundles with fewer \
        slots, and one set that several campaigns share. `promo check --cost` shows what each \
        campaign takes.
        """)
  ]
}
