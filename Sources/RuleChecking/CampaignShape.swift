import Findings
import RuleSyntax

/// What can be said of a campaign before any of its clauses is lowered.
struct CampaignShape {
  /// Clauses that may stand only once.
  enum Single: String {
    case audience = "for"
    case tiers, priority, base, message, hint, event
    case activeNever = "active never"
    case stackWith = "stack with"
    case stackAlone = "stack alone"
    case stackAloneOnItems = "stack alone on items"
  }

  /// Whether there is any `give`; those of tier rows count.
  private(set) var hasGives = false
  /// The first `give` that is neither off the order nor off shipping.
  private(set) var earlyGive: SourceSpan?
  /// The first `give` that has nothing which `limit … per order` can count.
  private(set) var uncountableGive: SourceSpan?
  private(set) var earn: SourceSpan?
  /// The first clause of each kind that may stand only once.
  private var singles: [(word: Single, span: SourceSpan)] = []
  /// Clauses of such a kind beyond the first.
  private(set) var repeated: [(word: Single, span: SourceSpan, first: SourceSpan)] = []
  private(set) var topGive: SourceSpan?
  private(set) var tiers: SourceSpan?
  private(set) var event: SourceSpan?
  private(set) var hasCode = false

  init(_ clauses: [ClauseSyntax]) {
    for clause in clauses {
      switch clause.kind {
      case .give(let give):
        add(give)
        topGive = topGive ?? clause.span
        continue
      case .earn(let earning):
        earn = earn ?? earning.span
        continue
      case .when, .active, .limit, .cap: continue
      case .code, .codes:
        hasCode = true
        continue
      case .tiers(_, let rows):
        tiers = tiers ?? clause.span
        for reward in rows.lazy.flatMap(\.rewards) { add(reward) }
      case .event: event = event ?? clause.span
      default: break
      }
      guard let word = CampaignShape.wordOfSingle(clause.kind) else { continue }
      if let earlier = first(word) {
        repeated.append((word, clause.span, earlier))
      } else {
        singles.append((word, clause.span))
      }
    }
  }

  /// The first clause of a kind.
  func first(_ word: Single) -> SourceSpan? { singles.first { $0.word == word }?.span }

  private mutating func add(_ reward: RewardSyntax) {
    switch reward {
    case .give(let give): add(give)
    case .earn(let earning): earn = earn ?? earning.span
    }
  }

  private mutating func add(_ give: GiveSyntax) {
    hasGives = true
    if earlyGive == nil, give.isEarly { earlyGive = give.span }
    if uncountableGive == nil, !give.isCountable { uncountableGive = give.span }
  }

  /// The word of a clause that may stand only once.
  private static func wordOfSingle(_ kind: ClauseKind) -> Single? {
    switch kind {
    case .audience: .audience
    case .tiers: .tiers
    case .priority: .priority
    case .baseOriginal: .base
    case .message: .message
    case .hint: .hint
    case .event: .event
    case .activeNever: .activeNever
    case .stack(.with): .stackWith
    case .stack(.alone): .stackAlone
    case .stack(.aloneOnItems): .stackAloneOnItems
    default: nil
    }
  }
}

extension GiveSyntax {
  /// Whether it is neither off the order nor off shipping.
  fileprivate var isEarly: Bool {
    switch kind {
    case .off(_, .order), .off(_, .shipping), .shippingPrice, .freeShipping: false
    default: true
    }
  }

  /// Whether it has rounds, units or gifts that `limit … per order` can count.
  fileprivate var isCountable: Bool {
    switch kind {
    case .off(_, .each), .eachPrice, .bundlePrice, .gift: true
    case .off(_, .units(let pick)), .off(_, .subtotal(let pick)):
      if case .all = pick { false } else { true }
    case .off(_, .order), .off(_, .shipping), .shippingPrice, .freeShipping: false
    }
  }
}
