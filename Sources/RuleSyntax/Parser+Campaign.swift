import Findings

extension Parser {
  /// Reads a campaign behind its first word.
  mutating func campaign(_ start: Int) throws(Mismatch) -> CampaignSyntax {
    try campaign(try name(), start)
  }

  /// Reads a campaign behind its name.
  mutating func campaign(_ name: Name, _ start: Int) throws(Mismatch) -> CampaignSyntax {
    let title = sees(.string) ? try text() : nil
    var clauses: [ClauseSyntax] = []
    clauses.reserveCapacity(4)
    try block(.tall) { parser throws(Mismatch) in
      let start = parser.index
      let kind = try parser.clause()
      clauses.append(ClauseSyntax(kind: kind, span: parser.span(from: start)))
    }
    return CampaignSyntax(name: name, title: title, clauses: clauses, span: span(from: start))
  }

  private mutating func clause() throws(Mismatch) -> ClauseKind {
    guard sees(.word), let keyword = token.keyword else { throw Mismatch() }
    let start = index
    advance()
    switch keyword {
    case .for: return .audience(try audience())
    case .when: return .when(try condition())
    case .code: return .code(try text())
    case .codes: return .codes(pool: try text())
    case .active: return accept(.never) ? .activeNever : .active(try schedule())
    case .give: return .give(try give(start))
    case .earn: return .earn(try earn(start))
    case .tiers: return try tiers()
    case .limit: return .limit(try count(), try bound(allowsCode: true))
    case .cap:
      let amount: CapAmountSyntax =
        sees(.money) ? .money(try money()) : .balance(try count(), try name())
      return .cap(amount, try bound(allowsCode: false))
    case .priority:
      let isNegative = take(.minus)
      let value = try count().value
      return .priority(isNegative ? -value : value, span: span(from: start + 1))
    case .stack: return .stack(try stacking())
    case .base:
      try expect(.original)
      return .baseOriginal
    case .message: return .message(try text())
    case .hint: return .hint(try text())
    case .event: return .event(try event())
    default:
      index = start
      throw Mismatch()
    }
  }

  private mutating func audience() throws(Mismatch) -> AudienceSyntax {
    if accept(.members) { return .members }
    if accept(.guests) { return .guests }
    if accept(.customers) {
      try expect(.in)
      try expect(.group)
      return .groups(try texts())
    }
    try expect(.customer)
    return .customer(try text())
  }

  private mutating func schedule() throws(Mismatch) -> ScheduleSyntax {
    var schedule = ScheduleSyntax(from: nil, end: nil, days: [], hours: nil)
    let start = index
    if accept(.from) {
      schedule.from = sees(.date) ? .date(try date()) : .dateTime(try dateTime())
    }
    if accept(.through) {
      schedule.end = .through(try date())
    } else if accept(.until) {
      schedule.end = .until(try dateTime())
    }
    if accept(.on) {
      repeat {
        guard let day = weekdayAtHand else { throw Mismatch() }
        schedule.days.append(day)
        advance()
      } while take(.comma)
    }
    if accept(.between) {
      let from = try time()
      try expect(.and)
      schedule.hours = (from, try time())
    }
    guard index > start else { throw Mismatch() }
    return schedule
  }

  private mutating func tiers() throws(Mismatch) -> ClauseKind {
    try expect(.by)
    let amount = try sum()
    var rows: [TierRowSyntax] = []
    try block(.tall) { parser throws(Mismatch) in rows.append(try parser.tierRow()) }
    return .tiers(by: amount, rows: rows)
  }

  private mutating func tierRow() throws(Mismatch) -> TierRowSyntax {
    let start = index
    try expect(.at)
    let threshold: TierRowSyntax.Threshold =
      sees(.money) ? .money(try money()) : .number(try number())
    var rewards: [RewardSyntax] = []
    repeat {
      let start = index
      if !rewards.isEmpty { noteBreakBefore() }
      if accept(.give) {
        rewards.append(.give(try give(start)))
      } else {
        try expect(.earn)
        rewards.append(.earn(try earn(start)))
      }
    } while at(.give) || at(.earn)
    return TierRowSyntax(threshold: threshold, rewards: rewards, span: span(from: start))
  }

  private mutating func bound(allowsCode: Bool) throws(Mismatch) -> BoundSyntax {
    if accept(.total) { return .total(per: try periodIfAny()) }
    try expect(.per)
    if accept(.order) { return .order }
    if allowsCode, accept(.code) { return .code(per: try periodIfAny()) }
    try expect(.customer)
    return .customer(per: try periodIfAny())
  }

  private mutating func periodIfAny() throws(Mismatch) -> CalendarUnit? {
    guard accept(.per) else { return nil }
    return try oneOf([(.day, .day), (.week, .week), (.month, .month), (.year, .year)])
  }

  private mutating func stacking() throws(Mismatch) -> StackingSyntax {
    if accept(.with) { return .with(try names()) }
    if accept(.alone) { return try onItems() ? .aloneOnItems : .alone }
    try expect(.best)
    try expect(.of)
    let group = try text()
    return try onItems() ? .bestOfOnItems(group) : .bestOf(group)
  }

  private mutating func onItems() throws(Mismatch) -> Bool {
    guard accept(.on) else { return false }
    try expect(.items)
    return true
  }
}
