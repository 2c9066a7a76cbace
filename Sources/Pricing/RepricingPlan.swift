import Money

/// What of a program decides how far the change of one line reaches; found once for a session.
struct RepricingPlan {
  /// By selection, whether a line alone decides if it is in it, and cannot make that fail.
  private(set) var isLocal: [Bool] = []
  /// Selections of which only lines in a slot can be, and those that any line may be in.
  private var selectionsOfSlot: [Int32: [Int32]] = [:]
  private var openSelections: [Int32] = []
  /// Measures of local selections, likewise.
  private var measuresOfSlot: [Int32: [Int32]] = [:]
  private var openMeasures: [Int32] = []
  /// Those of which nothing is known once any line has changed.
  private(set) var wideSelections: [Int32] = []
  private(set) var wideMeasures: [Int32] = []
  /// Measures of local selections that are missing while there is no line.
  private(set) var extremeMeasures: [Int32] = []

  init(_ program: Program) {
    for selection in program.selections.indices {
      isLocal.append(isLocal(selection, program))
      guard isLocal[selection] else {
        wideSelections.append(Int32(selection))
        continue
      }
      if let slot = program.slot(ofSelection: Int32(selection)) {
        selectionsOfSlot[slot, default: []].append(Int32(selection))
      } else {
        openSelections.append(Int32(selection))
      }
    }
    for (measure, plan) in program.measures.enumerated() {
      guard case .aggregate(let plan) = plan else { continue }
      let isExtreme = plan.kind == .cheapestPrice || plan.kind == .dearestPrice
      if isExtreme, isLocal[Int(plan.selection)] { extremeMeasures.append(Int32(measure)) }
      if !isLocal[Int(plan.selection)] {
        wideMeasures.append(Int32(measure))
      } else if let slot = program.slot(ofSelection: plan.selection) {
        measuresOfSlot[slot, default: []].append(Int32(measure))
      } else {
        openMeasures.append(Int32(measure))
      }
    }
  }

  /// Local selections that may hold a line in some slots.
  func selections(of slots: ArraySlice<Int32>) -> [Int32] {
    slots.reduce(openSelections) { $0 + (selectionsOfSlot[$1] ?? []) }
  }

  /// Measures of local selections that may hold a line in some slots.
  func measures(of slots: ArraySlice<Int32>) -> [Int32] {
    slots.reduce(openMeasures) { $0 + (measuresOfSlot[$1] ?? []) }
  }

  private func isLocal(_ selection: Int, _ program: Program) -> Bool {
    switch program.selections[selection] {
    case .items, .allItems: true
    case .narrowed(let base, _): isKnownLocal(base)
    case .filtered(let base, let condition): isKnownLocal(base) && isLocal(condition)
    }
  }

  /// Selections come before those that are made of them.
  private func isKnownLocal(_ selection: Int32) -> Bool {
    isLocal.indices.contains(Int(selection)) && isLocal[Int(selection)]
  }

  /// Whether a condition asks of one line no more than what stands in it, and computes nothing.
  private func isLocal(_ condition: Expression) -> Bool {
    switch condition {
    case .constant, .constantFlag, .constantText, .attribute, .fact, .unitAttribute,
      .unitInMembership:
      true
    case .unit(let fact): fact != .quantityOfSKU
    case .unitInSelection(let selection): isKnownLocal(selection)
    case .and, .or, .not, .compare, .compareSame, .isOneOf, .isMissing, .textTest:
      condition.parts.allSatisfy { isLocal($0) }
    case .add, .subtract, .multiply, .divide, .minimum, .maximum, .floor, .round, .measure,
      .subtotalAfterDiscounts, .shipping, .today, .weekday, .partOfDate, .daysSince:
      false
    }
  }
}

/// How the items effects of a campaign, or of one row of its tiers, depend on the lines.
struct ItemReach {
  enum Kind {
    /// It has none.
    case nothing
    /// What becomes of a line does not hang on other lines.
    case separate
    /// What becomes of one of its lines may hang on all of them.
    case joined
    /// More than its lines decide what it does; then the whole cart is priced.
    case wide
  }
  var kind = Kind.nothing
  /// Its lines are in one of these.
  var selections: [Int32] = []

  /// What a row of a campaign reaches.
  init(_ campaign: Int32, row: Int?, _ program: Program, _ plan: RepricingPlan) {
    let (gate, own) = (program.gates[Int(campaign)], program.campaigns[Int(campaign)])
    guard let row else { return }
    own.rows[row].gives.forEach { add($0) }
    // Such a campaign looks at what others did to units also where it only takes off the order.
    if gate.flags.contains(.stacksOnItems), !own.rows[row].gives.isEmpty { kind = .wide }
    guard kind != .nothing else { return }
    let isCapped = own.caps.contains { $0.balance == nil }
    if gate.roundsMaximum < .max || isCapped { join() }
    // What a cap leaves to later stages cannot be told from what it cut.
    if isCapped, own.rows[row].gives.contains(where: { $0.stage != .items }) { kind = .wide }
    if selections.contains(where: { !plan.isLocal[Int($0)] }) { kind = .wide }
  }

  private mutating func join() { if kind != .wide { kind = .joined } }

  private mutating func add(_ give: GivePlan) {
    switch give {
    case .unitPercent(_, let pick), .unitMoney(_, let pick), .unitPrice(_, let pick): add(pick)
    case .subtotalOff(_, let pick):
      add(pick)
      join()
    case .bundle(_, let slots):
      for slot in slots { selections.append(slot.selection) }
      join()
    case .gift: kind = .wide
    case .orderOff, .shippingOff, .shippingPrice: return
    }
    if give.stage == .items, let amount = give.expression, !amount.isConstant { kind = .wide }
  }

  private mutating func add(_ pick: Pick) {
    if kind == .nothing { kind = .separate }
    selections.append(pick.selection)
    if pick.isDeal { join() }
    if case .per(_, _, _, _, let triggers) = pick { selections.append(triggers) }
  }
}
