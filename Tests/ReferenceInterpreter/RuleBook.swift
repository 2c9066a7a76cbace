package import LocalTime
import Money
package import RuleSyntax

/// A rule set as the interpreter reads it: its declarations by name, its campaigns in file order.
package struct RuleBook {
  var sets: [String: FilterSyntax] = [:]
  var attributes: [String: AttributeDeclaration.Kind] = [:]
  var balances: [Balance] = []
  var campaigns: [Campaign] = []
  var roundsHalfToEven = false
  var choosesByPriority = false
  /// Skus by the name of the list beside the rules.
  let lists: [String: [String]]

  /// Reads trees that the checker has accepted, in the order of their files.
  package init(
    _ files: [SyntaxFile], zones: [String: ZoneTable], lists: [String: [String]] = [:]
  ) {
    self.lists = lists
    for file in files {
      var zone = ZoneTable(identifier: "UTC", transitions: [], offsets: [0])
      var currency: String?
      for item in file.items {
        if case .timezone(let name) = item { zone = zones[name.text] ?? zone }
        if case .currency(let code, _) = item { currency = code }
      }
      for item in file.items { add(item, zone: zone, currency: currency) }
    }
  }

  private mutating func add(_ item: Item, zone: ZoneTable, currency: String?) {
    switch item {
    case .rounding: roundsHalfToEven = true
    case .choose: choosesByPriority = true
    case .set(let set): sets[set.name.text] = set.filter
    case .attributes(let declarations, _):
      for one in declarations { attributes["\(one.owner.rawValue) \(one.name.text)"] = one.kind }
    case .balance(let balance): balances.append(Balance(balance))
    case .campaign(let campaign):
      campaigns.append(
        Campaign(campaign, position: campaigns.count, zone: zone, currencyCode: currency))
    case .currency, .timezone, .convert, .group, .test: break
    }
  }

  /// A balance by its name, or by its name without the final `s`, as after `1`.
  func balance(_ name: String) -> Balance? {
    balances.first { $0.name == name } ?? balances.first { $0.name == name + "s" }
  }
}

/// A loyalty balance and how it may be spent.
struct Balance {
  let name: String
  var isMoney = false
  var worth: (MoneyLiteral, per: Int64)?
  var isDiscount = false
  var isPayment = false
  var step: AmountSyntax?
  var atLeast: AmountSyntax?
  var atMostOfOrder: NumberLiteral?
  var expiresIn: DurationLiteral?

  init(_ syntax: BalanceDeclaration) {
    name = syntax.name.text
    for fact in syntax.facts {
      switch fact {
      case .money: isMoney = true
      case .worth(let money, let per): worth = (money, per.value)
      case .redeemAsPayment: isPayment = true
      case .redeemAsDiscount: isDiscount = true
      case .step(let amount): step = amount
      case .atLeast(let amount): atLeast = amount
      case .atMostOfOrder(let percent): atMostOfOrder = percent
      case .expiresIn(let duration): expiresIn = duration
      }
    }
  }
}

/// A campaign with its clauses sorted by what they are.
struct Campaign {
  let name: String
  let title: String
  /// Its place in file order.
  let position: Int
  let zone: ZoneTable
  let currencyCode: String?
  var audience: AudienceSyntax?
  /// Every `when`, with `and` at the top taken apart.
  var conjuncts: [ConditionSyntax] = []
  var codes: [String] = []
  var hasPool = false
  var isNeverActive = false
  var schedules: [ScheduleSyntax] = []
  var gives: [GiveSyntax] = []
  var earns: [EarnSyntax] = []
  var tiersBy: ExpressionSyntax?
  var rows: [TierRowSyntax] = []
  var limits: [(count: Int64, bound: BoundSyntax)] = []
  var caps: [(amount: CapAmountSyntax, bound: BoundSyntax)] = []
  var priority: Int64 = 0
  var allies: [String]?
  var isAlone = false
  var isAloneOnItems = false
  var groups: [String] = []
  var groupsOnItems: [String] = []
  var usesOriginalBase = false
  var message: String?
  var hint: String?
  var isEvent = false

  init(_ syntax: CampaignSyntax, position: Int, zone: ZoneTable, currencyCode: String?) {
    name = syntax.name.text
    title = syntax.title?.text ?? syntax.name.text
    self.position = position
    self.zone = zone
    self.currencyCode = currencyCode
    for clause in syntax.clauses { read(clause.kind) }
  }

  private mutating func read(_ clause: ClauseKind) {
    switch clause {
    case .audience(let who): audience = who
    case .when(let condition): conjuncts += takenApart(condition)
    case .code(let code): codes.append(code.text)
    case .codes: hasPool = true
    case .activeNever: isNeverActive = true
    case .active(let schedule): schedules.append(schedule)
    case .give(let give): gives.append(give)
    case .earn(let earn): earns.append(earn)
    case .tiers(let by, let rows):
      tiersBy = by
      self.rows = rows
    case .limit(let count, let bound): limits.append((count.value, bound))
    case .cap(let amount, let bound): caps.append((amount, bound))
    case .priority(let priority, _): self.priority = priority
    case .stack(let stacking): read(stacking)
    case .baseOriginal: usesOriginalBase = true
    case .message(let text): message = text.text
    case .hint(let text): hint = text.text
    case .event: isEvent = true
    }
  }

  private mutating func read(_ stacking: StackingSyntax) {
    switch stacking {
    case .with(let names): allies = (allies ?? []) + names.map(\.text)
    case .alone: isAlone = true
    case .aloneOnItems: isAloneOnItems = true
    case .bestOf(let group): groups.append(group.text)
    case .bestOfOnItems(let group): groupsOnItems.append(group.text)
    }
  }

  /// What it gives in a quote, with the rewards of the tier row that was reached.
  func gives(row: Int?) -> [GiveSyntax] {
    gives + rewards(row).compactMap { if case .give(let give) = $0 { give } else { nil } }
  }

  /// What it earns in a quote, with the rewards of the tier row that was reached.
  func earns(row: Int?) -> [EarnSyntax] {
    earns + rewards(row).compactMap { if case .earn(let earn) = $0 { earn } else { nil } }
  }

  private func rewards(_ row: Int?) -> [RewardSyntax] { row.map { rows[$0].rewards } ?? [] }

  /// Whether any of it gives, in whatever row.
  var canGive: Bool { !gives.isEmpty || rows.indices.contains { !gives(row: $0).isEmpty } }

  var hasCode: Bool { !codes.isEmpty || hasPool }

  /// Whether its discounts come before the other's.
  func applies(before other: Campaign) -> Bool {
    priority != other.priority ? priority > other.priority : position < other.position
  }

  /// Whether the two may not share an order.
  func conflicts(with other: Campaign) -> Bool {
    isAlone || other.isAlone
      || allies.map { !$0.contains(other.name) } ?? false
      || other.allies.map { !$0.contains(name) } ?? false
      || groups.contains { group in other.groups.contains { same($0, group) } }
  }
}

/// The parts of a condition joined by `and` at its top.
private func takenApart(_ condition: ConditionSyntax) -> [ConditionSyntax] {
  switch condition.kind {
  case .and(let parts): parts.flatMap(takenApart)
  case .parenthesized(let inner):
    if case .and = bare(inner).kind { takenApart(inner) } else { [condition] }
  default: [condition]
  }
}

/// An expression without the parentheses around it.
func bare(_ expression: ExpressionSyntax) -> ExpressionSyntax {
  if case .parenthesized(let inner) = expression.kind { bare(inner) } else { expression }
}
