/// What the parts of one campaign come to on a cart, whatever else keeps it out.
package struct CampaignDecisions: Hashable, Sendable {
  /// One per part of its conditions, in the order written; nil where a part cannot be computed.
  package var conjuncts: [Bool?]
  /// The row of its tiers that is reached; nil for none, and without tiers.
  package var row: Int?
}

extension Pricer {
  /// What each campaign's conditions come to; asked after pricing, for coverage of tests.
  ///
  /// - Returns: One entry per campaign of the program.
  package mutating func decisions() -> [CampaignDecisions] {
    program.campaigns.indices.map { index in
      let campaign = Int32(index)
      readingStage = readStage(campaign)
      let plan = program.campaigns[index]
      let conjuncts = plan.conjuncts.indices.map { part -> Bool? in
        switch truth(plan.conjuncts[part].expression) {
        case .holds: true
        case .fails: false
        case .failed: nil
        }
      }
      let row = rowReached(campaign)
      return CampaignDecisions(conjuncts: conjuncts, row: row)
    }
  }
}
