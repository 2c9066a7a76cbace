import Findings
import RuleSyntax

/// What can be said of a campaign before any of its clauses is lowered.
struct CampaignShape {
  /// Every `give`, those of tier rows included, in the order written.
  private(set) var gives: [GiveSyntax] = []
  private(set) var earns: [EarnSyntax] = []
  /// The first clause of each kind that may stand only once.
  private(set) var first: [String: SourceSpan] = [:]
  /// Clauses of such a kind beyond the first.
  private(set) var repeated: [(word: String, span: SourceSpan, first: SourceSpan)] = []
  private(set) var topGive: SourceSpan?
  private(set) var tiers: SourceSpan?
  private(set) var event: SourceSpan?
  private(set) var hasCode = false

  init(_ campaign: CampaignSyntax) {
    for clause in campaign.clauses {
      switch clause.kind {
      case .give(let give):
        gives.append(give)
        topGive = topGive ?? clause.span
      case .earn(let earn): earns.append(earn)
      case .tiers(_, let rows):
        tiers = tiers ?? clause.span
        for reward in rows.lazy.flatMap(\.rewards) { add(reward) }
      case .event: event = event ?? clause.span
      case .code, .codes: hasCode = true
      default: break
      }
      guard let word = CampaignShape.wordOfSingle(clause.kind) else { continue }
      if let earlier = first[word] {
        repeated.append((word, clause.span, earlier))
      } else {
        first[word] = clause.span
      }
    }
  }

  /// The first `give` that is neither off the order nor off shipping.
  var earlyGive: SourceSpan? {
    gives.first { give in
      switch give.kind {
      case .off(_, .order), .off(_, .shipping), .shippingPrice, .freeShipping: false
      default: true
      }
    }?.span
  }

  private mutating func add(_ reward: RewardSyntax) {
    switch reward {
    case .give(let give): gives.append(give)
    case .earn(let earn): earns.append(earn)
    }
  }

  /// The word of a clause that may stand only once.
  private static func wordOfSingle(_ kind: ClauseKind) -> String? {
    switch kind {
    case .audience: "for"
    case .tiers: "tiers"
    case .priority: "priority"
    case .baseOriginal: "base"
    case .message: "message"
    case .hint: "hint"
    case .event: "event"
    case .activeNever: "active never"
    case .stack(.with): "stack with"
    case .stack(.alone): "stack alone"
    case .stack(.aloneOnItems): "stack alone on items"
    default: nil
    }
  }
}
