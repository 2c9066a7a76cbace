import Findings
import Money
import Pricing
import RuleChecking
import RuleSyntax

/// Gathers, test by test, which sides of each campaign have been shown.
struct CoverageCollector {
  private let rules: CheckedRules
  private var parts: [[Part]]
  private(set) var campaigns: [CampaignCoverage]

  /// What an item of the coverage stands for.
  private enum Part {
    case conjunct(Int)
    case row(Int)
    case audience, code, pool, schedule
    case limit(Int)
    case cap(Int)
  }

  init(rules: CheckedRules, files: [SourceFile]) {
    self.rules = rules
    let found = rules.campaigns.map { CoverageCollector.parts(of: $0, files) }
    parts = found.map { $0.map(\.part) }
    campaigns = zip(rules.campaigns, found).map { campaign, found in
      CampaignCoverage(
        campaign: campaign.name, file: rules.files[campaign.file].path,
        line: files.line(of: campaign.span), items: found.map(\.item))
    }
  }

  /// Everything of a campaign that tests can show; nothing of one that is never active, and of one
  /// that waits for a generated code only that it waits.
  private static func parts(
    of campaign: CheckedCampaign, _ files: [SourceFile]
  ) -> [(part: Part, item: CoverageItem)] {
    var found: [(part: Part, item: CoverageItem)] = []
    func add(_ part: Part, _ kind: CoverageItem.Kind, _ span: SourceSpan, _ sides: [String]) {
      let text = span == campaign.nameSpan ? kind.rawValue : files.text(of: span)
      let sides = sides.map { CoverageItem.Side(name: $0) }
      found.append(
        (part, CoverageItem(kind: kind, line: files.line(of: span), text: text, sides: sides)))
    }
    let gate = ["lets in", "keeps out"]
    guard !campaign.isNeverActive else { return [] }
    if campaign.codes.isEmpty, !campaign.codePools.isEmpty {
      add(.pool, .code, campaign.nameSpan, ["keeps out"])
      return found
    }
    if campaign.audience != .everyone { add(.audience, .audience, campaign.nameSpan, gate) }
    if !campaign.codes.isEmpty { add(.code, .code, campaign.nameSpan, gate) }
    if !campaign.schedules.isEmpty { add(.schedule, .schedule, campaign.nameSpan, gate) }
    for (index, condition) in conjuncts(campaign).enumerated() {
      add(.conjunct(index), .condition, condition.span, ["holds", "fails"])
    }
    for (index, row) in (campaign.tiers?.rows ?? []).enumerated() {
      add(.row(index), .tierRow, row.span, ["is reached"])
    }
    for (index, limit) in campaign.limits.enumerated() {
      add(.limit(index), .limit, limit.span, ["allows", "stops"])
    }
    for (index, cap) in campaign.caps.enumerated() {
      add(.cap(index), .cap, cap.span, ["allows", "cuts"])
    }
    return found
  }

  /// The parts of a campaign's conditions that are joined by `and`, in the order written.
  private static func conjuncts(_ campaign: CheckedCampaign) -> [CheckedExpression] {
    var parts: [CheckedExpression] = []
    func add(_ condition: CheckedExpression) {
      guard case .and(let inner) = condition.kind else { return parts.append(condition) }
      for part in inner { add(part) }
    }
    for condition in campaign.conditions { add(condition) }
    return parts
  }

  /// Adds what one test shows of the campaigns that ran in it.
  mutating func add(_ outcome: TestOutcome, of testCase: TestCase) {
    for (index, campaign) in rules.campaigns.enumerated() where testCase.asks(campaign) {
      let decisions =
        outcome.decisions.indices.contains(index) ? outcome.decisions[index] : nil
      let shown = ShownSides(
        campaign: campaign, testCase: testCase, quote: outcome.quote, decisions: decisions)
      for (position, part) in parts[index].enumerated() {
        let sides: [Bool] =
          switch part {
          case .conjunct(let number): shown.condition(number)
          case .row(let number): shown.row(number)
          case .audience: shown.gate(.audience)
          case .code: shown.gate(.code)
          case .pool: [shown.gate(.code)[1]]
          case .schedule: shown.gate(.schedule)
          case .limit(let number): shown.limit(campaign.limits[number])
          case .cap(let number): shown.cap(campaign.caps[number])
          }
        for (side, isShown) in sides.enumerated() where isShown {
          campaigns[index].items[position].sides[side].isCovered = true
        }
      }
    }
  }
}
