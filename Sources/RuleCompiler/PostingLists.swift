import Money
import Pricing

/// The lists of a campaign index while it is built.
struct PostingLists {
  private typealias Posting = (campaign: Int32, constant: Int64, isStrict: Bool)
  private let program: Program
  /// Whether any campaign restricts which others may share an order: then even one that could only
  /// give nothing takes part in the choice.
  private let hasRestrictions: Bool
  private var always: [Posting] = []
  private var members: [Posting] = []
  private var guests: [Posting] = []
  private var codes: [[Posting]] = []
  private var groups: [[Posting]] = []
  private var customers: [[Posting]] = []
  private var reaching: [[Posting]]
  private var equalling: [[Posting]]
  private var givers: [[Posting]]
  private var index = CampaignIndex()

  init(program: Program) {
    self.program = program
    hasRestrictions = program.gates.contains { $0.flags.contains(.restricts) }
    reaching = Array(repeating: [], count: program.measures.count)
    equalling = reaching
    givers = Array(repeating: [], count: program.memberships.count)
    index.codeSlots = program.index.codeSlots
    index.groupSlots = program.index.groupSlots
    codes = Array(repeating: [], count: index.codeSlots.count)
    groups = Array(repeating: [], count: index.groupSlots.count)
  }

  /// Files a campaign under what lets fewest carts in.
  mutating func post(_ campaign: Int32) {
    let plan = program.campaigns[Int(campaign)]
    let posting = (campaign: campaign, constant: Int64(0), isStrict: false)
    if plan.wantsCode {
      for slot in plan.codeSlots { codes[Int(slot)].append(posting) }
      return
    }
    if plan.isNeverActive { return }
    // Uses of a code it does not have are always used up, whatever the cart holds.
    if plan.limits.contains(where: \.isPerCode) {
      always.append(posting)
      return
    }
    if case .customer(let id) = plan.audience {
      if let slot = index.customerSlots[id.utf8] {
        customers[Int(slot)].append(posting)
      } else {
        index.customerSlots[id.utf8] = Int32(customers.count)
        customers.append([posting])
      }
      return
    }
    let anchors = anchors(of: plan, campaign)
    if let anchor = anchors.first(where: { slot(ofMeasure: $0.measure) != nil }) {
      return post(campaign, under: anchor)
    }
    if case .groups = plan.audience {
      for slot in plan.groupSlots { groups[Int(slot)].append(posting) }
      return
    }
    if let anchor = anchors.first(where: { $0.kind == .equals }) ?? anchors.first {
      return post(campaign, under: anchor)
    }
    if let slots = giveSlots(plan, campaign) {
      for slot in slots { givers[Int(slot)].append(posting) }
      return
    }
    switch plan.audience {
    case .guests: guests.append(posting)
    case .members: members.append(posting)
    case .everyone where !plan.gives: members.append(posting)
    case .everyone, .groups, .customer: always.append(posting)
    }
  }

  private mutating func post(_ campaign: Int32, under anchor: TestRecord) {
    let posting = (campaign: campaign, constant: anchor.constant, isStrict: anchor.isStrict)
    if anchor.kind == .equals {
      equalling[Int(anchor.measure)].append(posting)
    } else {
      reaching[Int(anchor.measure)].append(posting)
    }
    index.measured.append((campaign, anchor.measure))
  }

  /// Measures that a campaign cannot do without, each with the number it wants, above zero.
  private func anchors(of plan: CampaignPlan, _ campaign: Int32) -> [TestRecord] {
    var found = program.gates[Int(campaign)].tests.map { program.tests[Int($0)] }.filter {
      $0.kind != .expression && !$0.isLate && $0.constant > 0
    }
    if let tiers = plan.tierValue, !tiers.isDynamic, case .measure(let slot) = tiers.expression,
      let lowest = plan.rows.first?.threshold, lowest.isWhole,
      let constant = Int64(exactly: lowest.numerator), constant > 0
    {
      found.append(
        TestRecord(
          kind: .reaches, isLate: false, unit: tiers.unit, measure: slot,
          constant: constant))
    }
    return found
  }

  /// The membership slots outside of which a campaign gives nothing, if it can be told.
  ///
  /// A campaign of which something could be missing is not found by what it gives, since it is
  /// worth a hint before there is a line it would discount.
  private func giveSlots(_ plan: CampaignPlan, _ campaign: Int32) -> Set<Int32>? {
    guard !hasRestrictions, plan.tierValue == nil, plan.gives, plan.rows.count == 1,
      !program.gates[Int(campaign)].tests.contains(where: { program.tests[Int($0)].unit != nil })
    else { return nil }
    var slots = Set<Int32>()
    for give in plan.rows[0].gives {
      let selection: Int32
      switch give {
      case .unitPercent(_, let pick), .unitMoney(_, let pick), .unitPrice(_, let pick),
        .subtotalOff(_, let pick):
        selection = pick.selection
      case .bundle(_, let parts): selection = parts[0].selection
      case .orderOff, .shippingOff, .shippingPrice, .gift: return nil
      }
      guard let slot = program.slot(ofSelection: selection) else { return nil }
      slots.insert(slot)
    }
    return slots
  }

  private func slot(ofMeasure measure: Int32) -> Int32? {
    guard case .aggregate(let plan) = program.measures[Int(measure)] else { return nil }
    return program.slot(ofSelection: plan.selection)
  }

  /// Writes the lists: those of measures by the number wanted, all others by when they close.
  mutating func write(into program: inout Program) {
    let gates = program.gates
    let byClosing: (Posting, Posting) -> Bool = {
      let (first, second) = (gates[Int($0.campaign)].closes, gates[Int($1.campaign)].closes)
      return first != second ? first < second : $0.campaign < $1.campaign
    }
    let byNumber: (Posting, Posting) -> Bool = {
      if $0.constant != $1.constant { return $0.constant < $1.constant }
      // Of the number before, which has to be passed, less is lacking.
      if $0.isStrict != $1.isStrict { return $0.isStrict }
      return $0.campaign < $1.campaign
    }
    var index = index
    func written(_ list: [Posting], _ order: (Posting, Posting) -> Bool) -> Range<Int32> {
      list.isEmpty ? 0..<0 : index.add(list.sorted(by: order), gates: gates)
    }
    index.always = written(always, byClosing)
    index.members = written(members, byClosing)
    index.guests = written(guests, byClosing)
    index.codes = codes.map { written($0, byClosing) }
    index.groups = groups.map { written($0, byClosing) }
    index.customers = customers.map { written($0, byClosing) }
    index.givers = givers.map { written($0, byClosing) }
    index.reaching = reaching.map { written($0, byNumber) }
    index.equalling = equalling.map { written($0, byNumber) }
    index.measured.sort { $0.campaign < $1.campaign }
    writeMeasures(into: &index)
    program.index = index
  }

  private func writeMeasures(into index: inout CampaignIndex) {
    var bySlot: [[Int32]] = Array(repeating: [], count: givers.count)
    for measure in reaching.indices where !reaching[measure].isEmpty || !equalling[measure].isEmpty
    {
      if let slot = slot(ofMeasure: Int32(measure)) {
        bySlot[Int(slot)].append(Int32(measure))
      } else {
        index.openMeasures.append(Int32(measure))
      }
    }
    for list in bySlot {
      let start = Int32(index.measureList.count)
      index.measureList += list
      index.measuresOfSlot.append(start..<Int32(index.measureList.count))
    }
  }
}
