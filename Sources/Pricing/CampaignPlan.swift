package import Money

/// A compiled campaign.
///
/// There may be very many of them, so what most campaigns have none of stands apart.
package struct CampaignPlan: Sendable {
  package var name: String
  package var title: String
  package var priority: Int64 = 0
  /// All must hold, in the order written.
  package var conjuncts: ShortList<Conjunct> = .none
  /// One row without a threshold, or the rows of `tiers`, ascending.
  package var rows: ShortList<RowPlan> = .none
  private var doors = Doors.open
  private var extras = Extras.none
  /// Nil serves carts in every currency.
  package var currency: Currency?
  /// Index into `Program.zones`; −1 reads the calendar in UTC.
  package var zone: Int32 = -1
  package var isNeverActive = false
  package var usesOriginalBase = false
  package init(name: String, title: String) {
    self.name = name
    self.title = title
  }

  /// Whom it lets in, and when.
  package struct Admission: Sendable {
    package var audience: Audience = .everyone
    /// For an audience of groups, their slots of the index.
    package var groupSlots: ShortList<Int32> = .none
    /// Accepted codes, by slot of the index; alternatives.
    package var codeSlots: ShortList<Int32> = .none
    package var codePools: [String] = []
    /// Alternatives; empty means always.
    package var schedules: [SchedulePlan] = []
    package init() {}
  }

  /// What bounds it, what it says, and with whom it shares an order.
  package struct Terms: Sendable {
    /// What `tiers by` measures; nil for a campaign with a single row.
    package var tierValue: TierValue?
    package var limits: [LimitPlan] = []
    package var caps: [CapPlan] = []
    package var stacking = StackingPlan()
    package var message: TextTemplate?
    package var hint: TextTemplate?
    /// Runs on an account event, so in no quote.
    package var event: String?
    package init() {}
  }

  private indirect enum Doors: Sendable {
    case open
    case guarded(Admission)
  }

  private indirect enum Extras: Sendable {
    case none
    case some(Terms)
  }

  /// Whom it lets in, and when.
  package var admission: Admission {
    get { if case .guarded(let admission) = doors { admission } else { Admission() } }
    set { doors = .guarded(newValue) }
  }

  /// What bounds it, what it says, and with whom it shares an order.
  package var terms: Terms {
    get { if case .some(let terms) = extras { terms } else { Terms() } }
    set { extras = .some(newValue) }
  }

  package var audience: Audience {
    if case .guarded(let admission) = doors { admission.audience } else { .everyone }
  }
  package var groupSlots: ShortList<Int32> {
    if case .guarded(let admission) = doors { admission.groupSlots } else { .none }
  }
  package var codeSlots: ShortList<Int32> {
    if case .guarded(let admission) = doors { admission.codeSlots } else { .none }
  }
  package var codePools: [String] {
    if case .guarded(let admission) = doors { admission.codePools } else { [] }
  }
  package var schedules: [SchedulePlan] {
    if case .guarded(let admission) = doors { admission.schedules } else { [] }
  }
  package var tierValue: TierValue? {
    if case .some(let terms) = extras { terms.tierValue } else { nil }
  }
  package var limits: [LimitPlan] {
    if case .some(let terms) = extras { terms.limits } else { [] }
  }
  package var caps: [CapPlan] { if case .some(let terms) = extras { terms.caps } else { [] } }
  package var stacking: StackingPlan {
    if case .some(let terms) = extras { terms.stacking } else { StackingPlan() }
  }
  package var message: TextTemplate? {
    if case .some(let terms) = extras { terms.message } else { nil }
  }
  package var hint: TextTemplate? {
    if case .some(let terms) = extras { terms.hint } else { nil }
  }
  package var event: String? { if case .some(let terms) = extras { terms.event } else { nil } }

  /// Whether it has any of `terms`.
  package var hasTerms: Bool { if case .some = extras { true } else { false } }
  /// Whether any row takes something off or proposes a gift.
  package var gives: Bool { rows.contains { !$0.gives.isEmpty } }
  /// Whether it presents itself only to who presents a code.
  package var wantsCode: Bool {
    guard case .guarded(let admission) = doors else { return false }
    return !admission.codeSlots.isEmpty || !admission.codePools.isEmpty
  }
  /// Whether a use is counted per customer, so that the customer must be known.
  package var needsIdentity: Bool {
    guard case .some(let terms) = extras else { return false }
    return terms.limits.contains { $0.bound.isPerCustomer }
      || terms.caps.contains { $0.bound.isPerCustomer }
  }
}

/// Who a campaign is for.
package enum Audience: Hashable, Sendable {
  case everyone, members, guests
  /// Customers in any of the groups of the plan.
  case groups
  case customer(String)
}

/// How a value is written for people.
package enum ValueKind: Hashable, Sendable {
  case money, percent, number, date, day, text, flag
}

/// What applies together: the effects of a campaign, or of one row of its tiers.
package struct RowPlan: Sendable {
  private var wanted: Expression?
  package var gives: ShortList<GivePlan>
  package var earns: [EarnPlan]

  /// What applies together.
  ///
  /// - Parameter threshold: A constant; nil where there is none to be reached.
  package init(threshold: Expression?, gives: ShortList<GivePlan>, earns: [EarnPlan]) {
    wanted = threshold
    self.gives = gives
    self.earns = earns
  }

  /// The number its tiers' value has to reach.
  package var threshold: Rational? {
    if case .some(.constant(let number)) = wanted { number } else { nil }
  }
}

/// Which campaigns may share an order, by index.
package struct StackingPlan: Hashable, Sendable {
  package var isAlone = false
  package var isAloneOnItems = false
  /// Sorted; nil when no `stack with` is given.
  package var with: [Int32]?
  /// Numbers of the groups of which one member is chosen.
  package var bestOf: [Int32] = []
  /// Numbers of the groups that compete unit by unit.
  package var bestOfOnItems: [Int32] = []
  package init() {}

  /// Whether it restricts which others may share the order.
  package var restricts: Bool { isAlone || with != nil || !bestOf.isEmpty }
}

/// A text for the shopper.
package struct TextTemplate: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case text(String)
    case saved, missing, title, code, remainingUses
  }
  package var parts: [Part]
  package init(parts: [Part]) { self.parts = parts }
}
