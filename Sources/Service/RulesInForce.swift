import Checkout
import LocalTime
import Promo
import Storage

/// Rules that carts are priced by, with what every quote asks of them.
struct RulesInForce: Sendable {
  let rules: RuleSet
  /// The number of their revision.
  let revision: Int64
  let publishedAt: Instant
  /// Campaigns that are bounded over everyone, or over a code.
  let boundedCampaigns: [String]
  /// Pools whose codes some campaign asks for.
  let codePools: [String]

  init(_ rules: RuleSet, revision: Int64, publishedAt: Instant) {
    self.rules = rules
    self.revision = revision
    self.publishedAt = publishedAt
    boundedCampaigns = rules.campaignsBoundedInTotal
    codePools = rules.codePools
  }
}

extension RulesRevision {
  /// Whether the rule files of the folder were put in force by it, rather than somebody's publication.
  var isFromFiles: Bool { actor == RulesRevision.atStart || actor == RulesRevision.atReload }
  /// Who puts files in force when a service starts.
  static let atStart = "start"
  /// Who does when they are read again.
  static let atReload = "reload"

  /// Its files as they are compiled.
  var sources: [RuleSource] { files.map(RuleSource.init) }
}
