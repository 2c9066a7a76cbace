import Pricing

/// What a test's cart came to.
struct TestOutcome: Sendable {
  var quote: Quote
  /// One per campaign of the rules.
  var decisions: [CampaignDecisions]
}

/// What became of one campaign in a quote.
enum CampaignOutcome {
  case applied(Quote.Applied)
  /// It gave nothing but earned, or raised what others earn.
  case earnedOnly
  case refused(Quote.NotApplied)
  /// The quote does not speak of it.
  case silent

  /// - Parameter isAsked: Whether the campaign runs at all: in a quote that explains everything, one
  ///   that is asked and not spoken of has raised what others earn.
  init(_ campaign: String, in quote: Quote, isAsked: Bool) {
    if let applied = quote.applied.first(where: { $0.campaign == campaign }) {
      self = .applied(applied)
    } else if let refused = quote.notApplied.first(where: { $0.campaign == campaign }) {
      self = .refused(refused)
    } else if isAsked || quote.earned.contains(where: { $0.campaign == campaign }) {
      self = .earnedOnly
    } else {
      self = .silent
    }
  }

  /// Whether it gave or earned something.
  var hasApplied: Bool {
    switch self {
    case .applied, .earnedOnly: true
    case .refused, .silent: false
    }
  }

  /// Whether it came past everything that is asked before a reason, in the order of the reasons.
  func isPast(_ reason: Quote.Reason) -> Bool {
    switch self {
    case .applied, .earnedOnly: true
    case .refused(let refusal): refusal.reason.rank > reason.rank
    case .silent: false
    }
  }

  func isRefused(because reason: Quote.Reason) -> Bool {
    if case .refused(let refusal) = self { return refusal.reason == reason }
    return false
  }
}

extension Quote.Reason {
  fileprivate var rank: Int { Quote.Reason.allCases.firstIndex(of: self) ?? 0 }
}
