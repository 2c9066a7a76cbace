import Findings
import RuleSyntax

extension Checker {
  /// Lowers every campaign; one with a mistake is left out.
  ///
  /// False when a campaign of an outline cannot be read; then nothing of the check counts.
  mutating func lowerCampaigns(_ trees: [SyntaxFile]) -> Bool {
    for (file, tree) in trees.enumerated() {
      forEachItem(of: tree, file: file, campaigns: true) { checker, item in
        if case .campaign(let syntax) = item { checker.add(syntax, file: file) }
      }
      guard var unread = tree.unread else { continue }
      for place in unread.outlines.indices {
        do {
          add(try unread.read(place), file: file)
        } catch {
          return false
        }
      }
    }
    return true
  }

  private mutating func add(_ syntax: CampaignSyntax, file: Int) {
    var campaign = CheckedCampaign(
      name: syntax.name.text, title: syntax.title?.text ?? syntax.name.text, file: file,
      span: syntax.span, nameSpan: syntax.name.span)
    guard lowerCampaign(syntax, into: &campaign),
      rules.campaigns.count < CheckerLimits.campaignsMaximum,
      !names.hasCampaignTwice || names.campaigns[campaign.name] == campaign.nameSpan,
      !names.damaged.campaigns.contains(campaign.name)
    else { return }
    rules.campaigns.append(consume campaign)
  }

  /// Fills a campaign from its clauses; false after a mistake.
  private mutating func lowerCampaign(
    _ syntax: CampaignSyntax, into campaign: inout CheckedCampaign
  ) -> Bool {
    if silence.hidesAbsence {
      // A clause that was guessed says nothing about the others.
      var syntax = syntax
      syntax.clauses.removeAll { silence.covers($0.span) }
      return lowerClauses(of: syntax, into: &campaign)
    }
    return lowerClauses(of: syntax, into: &campaign)
  }

  private mutating func lowerClauses(
    of syntax: CampaignSyntax, into campaign: inout CheckedCampaign
  ) -> Bool {
    let errorsBefore = errorCount
    let shape = CampaignShape(syntax.clauses)
    checkShape(shape, of: syntax)
    let scope = Scope(
      file: campaign.file, place: shape.event == nil ? .cart : .event, earlyGive: shape.earlyGive)
    var isWhole = true
    for clause in syntax.clauses {
      isWhole = lower(clause, into: &campaign, scope) && isWhole
    }
    guard isWhole, errorCount == errorsBefore, !silence.hidesAbsence else { return false }
    checkTogether(campaign, shape, syntax)
    guard errorCount == errorsBefore, !silence.isMended else { return false }
    warn(campaign, shape, syntax)
    return true
  }

  /// Adds one clause to its campaign; false after a mistake.
  private mutating func lower(
    _ clause: ClauseSyntax, into campaign: inout CheckedCampaign, _ scope: Scope
  ) -> Bool {
    switch clause.kind {
    case .audience(let audience): campaign.audience = lower(audience)
    case .when(let condition):
      guard let lowered = lowerCondition(condition, in: scope) else { return false }
      add(lowered, to: &campaign.conditions)
    case .code(let code):
      campaign.codes.append(code.text)
      return isPresentable(code)
    case .codes(let pool): campaign.codePools.append(pool.text)
    case .activeNever: campaign.isNeverActive = true
    case .active(let schedule):
      campaign.schedules.append(schedule)
      return check(schedule, at: clause.span)
    case .give(let give):
      guard let lowered = lower(give, in: scope) else { return false }
      add(lowered, to: &campaign.gives)
    case .earn(let earn):
      guard let lowered = lower(earn, in: scope) else { return false }
      campaign.earns.append(lowered)
    case .tiers(let by, let rows):
      guard let lowered = lowerTiers(by, rows, clause.span, in: scope) else { return false }
      campaign.tiers = lowered
    case .limit, .cap: return lowerBound(clause, into: &campaign)
    case .priority(let priority, _): campaign.priority = priority
    case .stack(let stacking): return lower(stacking, into: &campaign.stacking)
    case .baseOriginal: campaign.usesOriginalBase = true
    case .message(let literal): campaign.message = lowerTemplate(literal)
    case .hint(let literal): campaign.hint = lowerTemplate(literal)
    case .event(let event): campaign.event = event.text
    }
    return true
  }

  /// Adds to a list that mostly stays the only member's own: it gets no room for more.
  private func add<Element>(_ element: consuming Element, to list: inout [Element]) {
    if list.isEmpty { list = [element] } else { list.append(element) }
  }

  private func lower(_ audience: AudienceSyntax) -> CheckedAudience {
    switch audience {
    case .members: .members
    case .guests: .guests
    case .groups(let texts): .groups(texts.map(\.text))
    case .customer(let text): .customer(text.text)
    }
  }

  private mutating func lower(
    _ stacking: StackingSyntax, into checked: inout CheckedStacking
  ) -> Bool {
    switch stacking {
    case .with(let list):
      var known = checked.with ?? []
      var isWhole = true
      for name in list {
        guard case .found(let campaign) = resolveCampaign(name) else {
          isWhole = false
          continue
        }
        known.append(campaign)
      }
      checked.with = known
      return isWhole
    case .alone: checked.isAlone = true
    case .aloneOnItems: checked.isAloneOnItems = true
    case .bestOf(let group): checked.bestOf.append(group.text)
    case .bestOfOnItems(let group): checked.bestOfOnItems.append(group.text)
    }
    return true
  }

  private mutating func lowerBound(
    _ clause: ClauseSyntax, into campaign: inout CheckedCampaign
  ) -> Bool {
    switch clause.kind {
    case .limit(let count, let bound):
      let hasTimezone = hasPeriod(bound) ? requireTimezone(at: clause.span) : true
      guard isPositive(count), hasTimezone else { return false }
      campaign.limits.append(CheckedLimit(count: count.value, bound: bound, span: clause.span))
    case .cap(let amount, let bound):
      let hasTimezone = hasPeriod(bound) ? requireTimezone(at: clause.span) : true
      guard let (value, balance) = lower(amount), hasTimezone else { return false }
      campaign.caps.append(
        CheckedCap(amount: value, balance: balance, bound: bound, span: clause.span))
    default: break
    }
    return true
  }

  private mutating func lower(_ amount: CapAmountSyntax) -> (Int64, balance: Int?)? {
    switch amount {
    case .money(let money):
      guard let units = minorUnits(of: money) else { return nil }
      guard isPositive(CountLiteral(value: units, span: money.span)) else { return nil }
      return (units, nil)
    case .balance(let count, let name):
      guard case .found(let balance) = resolveBalance(name, after: count) else { return nil }
      guard let index = balance.index, isPositive(count) else { return nil }
      guard !balance.isMoney else {
        report(.countOfMoneyBalance, at: count.span.through(name.span), ["name": name.text])
        return nil
      }
      return (count.value, index)
    }
  }

  private func hasPeriod(_ bound: BoundSyntax) -> Bool {
    switch bound {
    case .order: false
    case .customer(let period), .code(let period), .total(let period): period != nil
    }
  }

  /// A code that somebody could type.
  private mutating func isPresentable(_ code: TextLiteral) -> Bool {
    if code.text.utf8.contains(where: { $0 != 0x20 }) { return true }
    report(.emptyCode, at: code.span)
    return false
  }
}
