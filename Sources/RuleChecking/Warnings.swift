import Findings
import LocalTime
import Money
import RuleSyntax

extension Checker {
  /// Warnings about the rule set as a whole, once everything in it is known.
  mutating func warn(_ trees: [SyntaxFile], today: CivilDate?) {
    if let today { warnOfSchedulesOver(today) }
    guard isComplete else { return }
    warnOfUnusedSets()
    warnOfUntested(TestReach(trees, files: rules.files))
  }

  private mutating func warnOfUnusedSets() {
    for name in names.setOrder {
      guard let declared = names.sets[name], !declared.isUsed, !names.suggested.contains(name)
      else { continue }
      let span = declared.declaration.name.span
      warn(
        .setUnused, at: span, ["name": name],
        repairs: [Checker.remove(declared.declaration.span, isSafe: false)])
    }
  }

  /// Campaigns that no test runs, and those with a `not` that tests see from one side only.
  private mutating func warnOfUntested(_ reach: TestReach) {
    let checked = rules.campaigns
    let campaigns = checked.span
    if reach.isNothing { findings.reserveCapacity(findings.count + campaigns.count) }
    for place in campaigns.indices {
      let name = campaigns[place].name
      guard !names.suggested.contains(name) else { continue }
      if reach.isNothing {
        findings.append(
          Finding(
            warning: .campaignUntested, span: campaigns[place].nameSpan, fact: "name", name))
        continue
      }
      let campaign = campaigns[place]
      guard reach.runs(campaign, currency: rules.files[campaign.file].currency) else {
        warn(.campaignUntested, at: campaign.nameSpan, ["name": campaign.name])
        continue
      }
      guard let span = campaign.conditions.lazy.compactMap(\.firstNot).first else { continue }
      let isApplied = reach.applied.contains(campaign.name)
      let isRefused = reach.refused.contains(campaign.name)
      if isApplied, isRefused { continue }
      warn(
        .notUndecided, at: span,
        [
          "name": campaign.name,
          "expected": isApplied
            ? "expect refused \(campaign.name) because condition"
            : "expect applied \(campaign.name)",
        ])
    }
  }

  /// Campaigns all of whose schedules end before today.
  private mutating func warnOfSchedulesOver(_ today: CivilDate) {
    let now = Int64(today.dayNumber) * 1_440
    let checked = rules.campaigns
    let campaigns = checked.span
    for place in campaigns.indices
    where !campaigns[place].schedules.isEmpty && !campaigns[place].isNeverActive {
      let campaign = campaigns[place]
      var latest: (minute: Int64, span: SourceSpan)?
      let areOver = campaign.schedules.allSatisfy { schedule in
        guard let end = schedule.end, let minute = Checker.minute(of: end), minute <= now else {
          return false
        }
        if minute > latest?.minute ?? .min { latest = (minute, end.span) }
        return true
      }
      guard areOver, let latest else { continue }
      warn(
        .scheduleOver, at: latest.span,
        ["name": campaign.name, "found": text(of: latest.span), "today": "\(today)"])
    }
  }
}

/// Which campaigns the tests of a rule set reach.
private struct TestReach {
  /// Campaigns that an `only` names.
  private var named: Set<String> = []
  /// Currencies of the tests that run every campaign; nil for a file without one.
  private var currencies: Set<Currency?> = []
  /// Events of the tests that run every campaign.
  private var events: Set<String> = []
  private(set) var applied: Set<String> = []
  private(set) var refused: Set<String> = []

  init(_ trees: [SyntaxFile], files: [CheckedFile]) {
    for (tree, file) in zip(trees, files) {
      let items = tree.items.span
      for place in items.indices where !items[place].isCampaign {
        if case .test(let test) = items[place] { add(test, file.currency) }
      }
    }
  }

  private mutating func add(_ test: TestSyntax, _ currency: Currency?) {
    var runsAll = true
    var event: String?
    var hasCart = false
    for step in test.steps {
      switch step.kind {
      case .only(let list):
        runsAll = false
        for name in list { named.insert(name.text) }
      case .event(let syntax): event = syntax.text
      case .cart: hasCart = true
      case .expect(.applied(let name)): applied.insert(name.text)
      case .expect(.refused(let name, .condition, _)): refused.insert(name.text)
      default: break
      }
    }
    guard runsAll else { return }
    if let event { events.insert(event) }
    if hasCart || event == nil { currencies.insert(currency) }
  }

  /// Whether there is no test that runs anything.
  var isNothing: Bool { named.isEmpty && currencies.isEmpty && events.isEmpty }

  /// Whether any test runs a campaign.
  func runs(_ campaign: CheckedCampaign, currency: Currency?) -> Bool {
    if named.contains(campaign.name) { return true }
    if let event = campaign.event { return events.contains(event) }
    guard currency != nil else { return !currencies.isEmpty }
    return currencies.contains(currency) || currencies.contains(nil)
  }
}

extension CheckedExpression {
  /// The first `not` in it.
  fileprivate var firstNot: SourceSpan? {
    switch kind {
    case .not: span
    case .and(let all), .or(let all): all.lazy.compactMap(\.firstNot).first
    default: nil
    }
  }
}
