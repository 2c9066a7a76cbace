import Money
import Pricing

/// The lists of a campaign index while it is built.
struct PostingLists {
  private typealias Posting = (campaign: Int32, constant: Int64, isStrict: Bool)
  /// Whether any campaign restricts which others may share an order: then even one that could only
  /// give nothing takes part in the choice.
  private let hasRestrictions: Bool
  private var always = Shelf()
  private var members = Shelf()
  private var guests = Shelf()
  private var codes = Shelf()
  private var groups = Shelf()
  private var customers = Shelf()
  private var reaching = Shelf()
  private var equalling = Shelf()
  private var givers = Shelf()
  private var index: CampaignIndex

  /// Postings of one kind in the order they came, each with the number of its list.
  private struct Shelf {
    var postings: [Posting] = []
    var lists: [Int32] = []

    mutating func add(_ posting: Posting, to list: Int32) {
      postings.append(posting)
      lists.append(list)
    }

    /// Deals postings out to their lists, sorts each list, and answers where each was put.
    func lists(
      _ count: Int, in order: (Posting, Posting) -> Bool,
      put: (ArraySlice<Posting>) -> Range<Int32>
    ) -> [Range<Int32>] {
      var ends = [Int](repeating: 0, count: count)
      for list in lists { ends[Int(list)] += 1 }
      var start = 0
      for list in ends.indices { (ends[list], start) = (start, start + ends[list]) }
      var dealt = postings
      for (posting, list) in zip(postings, lists) {
        dealt[ends[Int(list)]] = posting
        ends[Int(list)] += 1
      }
      start = 0
      return ends.map { end in
        guard start < end else { return 0..<0 }
        defer { start = end }
        if end - start > 1 { dealt[start..<end].sort(by: order) }
        return put(dealt[start..<end])
      }
    }
  }

  init(_ program: Program) {
    index = program.index
    hasRestrictions = program.gates.contains { $0.flags.contains(.restricts) }
  }

  /// Files a campaign that one threshold gates under what is measured, without a look at its plan.
  ///
  /// False, and nothing is filed, where there is more to it.
  mutating func postPlain(_ campaign: Int32, in program: Program) -> Bool {
    let gate = program.gates[Int(campaign)]
    guard gate.flags.contains(.isOneThreshold) else { return false }
    post(campaign, under: program.tests[Int(gate.tests.lowerBound)])
    return true
  }

  /// Files a campaign under what lets fewest carts in.
  mutating func post(_ campaign: Int32, _ plan: CampaignPlan, in program: Program) {
    let posting = (campaign: campaign, constant: Int64(0), isStrict: false)
    let flags = program.gates[Int(campaign)].flags
    if flags.contains(.wantsCode) {
      for slot in list(plan.codeSlots) { codes.add(posting, to: slot) }
      return
    }
    if plan.isNeverActive { return }
    // Uses of a code it does not have are always used up, whatever the cart holds.
    if flags.contains(.hasBounds), plan.limits.contains(where: \.isPerCode) {
      return always.add(posting, to: 0)
    }
    let audience = plan.audience
    if case .customer(let id) = audience {
      return customers.add(posting, to: index.customerSlots.add(id.utf8))
    }
    var anchors = Anchors()
    anchors.read(campaign, plan, in: program)
    if let anchor = anchors.inLines { return post(campaign, under: anchor) }
    if case .groups = audience {
      for slot in list(plan.groupSlots) { groups.add(posting, to: slot) }
      return
    }
    if let anchor = anchors.equalling ?? anchors.first { return post(campaign, under: anchor) }
    if let slots = giveSlots(plan, campaign, in: program) {
      for slot in slots { givers.add(posting, to: slot) }
      return
    }
    switch audience {
    case .guests: guests.add(posting, to: 0)
    case .members: members.add(posting, to: 0)
    case .everyone where !flags.contains(.gives): members.add(posting, to: 0)
    case .everyone, .groups, .customer: always.add(posting, to: 0)
    }
  }

  private mutating func post(_ campaign: Int32, under anchor: TestRecord) {
    let posting = (campaign: campaign, constant: anchor.constant, isStrict: anchor.isStrict)
    if anchor.kind == .equals {
      equalling.add(posting, to: anchor.measure)
    } else {
      reaching.add(posting, to: anchor.measure)
    }
  }

  /// The membership slots outside of which a campaign gives nothing, if it can be told.
  ///
  /// A campaign of which something could be missing is not found by what it gives, since it is
  /// worth a hint before there is a line it would discount.
  private func giveSlots(
    _ plan: CampaignPlan, _ campaign: Int32, in program: Program
  ) -> [Int32]? {
    let gate = program.gates[Int(campaign)]
    guard !hasRestrictions, !gate.flags.contains(.hasTiers), gate.flags.contains(.gives),
      !gate.tests.contains(where: { program.tests[Int($0)].unit != nil })
    else { return nil }
    var slots: [Int32] = []
    guard case .one(let row) = plan.rows else { return nil }
    for give in list(row.gives) {
      let selection: Int32
      switch give {
      case .unitPercent(_, let pick), .unitMoney(_, let pick), .unitPrice(_, let pick),
        .subtotalOff(_, let pick):
        selection = pick.selection
      case .bundle(_, let parts): selection = parts[0].selection
      case .orderOff, .shippingOff, .shippingPrice, .gift: return nil
      }
      guard let slot = program.slot(ofSelection: selection) else { return nil }
      if !slots.contains(slot) { slots.append(slot) }
    }
    return slots
  }

  /// The index with its lists: those of measures by the number wanted, all others by when they
  /// close.
  func written(for program: Program) -> CampaignIndex {
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
    let shelves = [
      always, members, guests, codes, groups, customers, reaching, equalling, givers,
    ]
    index.reserve(shelves.reduce(0) { $0 + $1.postings.count })
    func lists(
      _ shelf: Shelf, _ count: Int, _ order: (Posting, Posting) -> Bool
    ) -> [Range<Int32>] {
      shelf.lists(count, in: order) { index.add($0, gates: gates) }
    }
    index.always = lists(always, 1, byClosing)[0]
    index.members = lists(members, 1, byClosing)[0]
    index.guests = lists(guests, 1, byClosing)[0]
    index.codes = lists(codes, index.codeSlots.count, byClosing)
    index.groups = lists(groups, index.groupSlots.count, byClosing)
    index.customers = lists(customers, index.customerSlots.count, byClosing)
    let givers = lists(self.givers, program.memberships.count, byClosing)
    let reaching = lists(self.reaching, program.measures.count, byNumber)
    let equalling = lists(self.equalling, program.measures.count, byNumber)
    let measures = writeMeasures(of: program, reaching, equalling, into: &index)
    index.slots = zip(givers, measures).map {
      CampaignIndex.SlotLists(givers: $0, measures: $1)
    }
    return index
  }

  /// Answers which of the index's measures stand under which membership slot.
  private func writeMeasures(
    of program: Program, _ reaching: [Range<Int32>], _ equalling: [Range<Int32>],
    into index: inout CampaignIndex
  ) -> [Range<Int32>] {
    // Lists in the order of their slots, as measures come in ascending order.
    var found: [(slot: Int32, measure: Int32)] = []
    var measured: [(measure: Int32, postings: Range<Int32>)] = []
    func indexed(_ measure: Int32) -> IndexedMeasure {
      IndexedMeasure(
        measure, reaching: reaching[Int(measure)], equalling: equalling[Int(measure)], of: program)
    }
    for measure in Int32(0)..<Int32(reaching.count) {
      let lists = (reaching[Int(measure)], equalling[Int(measure)])
      if lists.0.isEmpty, lists.1.isEmpty { continue }
      measured.append((measure, lists.0))
      measured.append((measure, lists.1))
      if let slot = program.slot(ofMeasure: measure) {
        found.append((slot, measure))
      } else {
        index.openMeasures.append(indexed(measure))
      }
    }
    // Of what is counted in large numbers, such as money, carts lack small shares; when the nearest
    // come first, few are taken in that must go again.
    let lists = index
    index.openMeasures.sort { $0.largestWish(in: lists) > $1.largestWish(in: lists) }
    index.noteMeasured(measured)
    found.sort { $0.slot != $1.slot ? $0.slot < $1.slot : $0.measure < $1.measure }
    index.measures = found.map { indexed($0.measure) }
    var next = 0
    return (0..<Int32(program.memberships.count)).map { slot in
      let start = next
      while next < found.count, found[next].slot == slot { next += 1 }
      return Int32(start)..<Int32(next)
    }
  }
}

/// Measures that a campaign cannot do without, each with the number it wants, above zero.
private struct Anchors {
  /// The first, the first that should be a number, and the first that no cart without certain lines
  /// has anything of.
  var first: TestRecord?
  var equalling: TestRecord?
  var inLines: TestRecord?

  /// Notes what a campaign wants. No initialiser: that would have a copy of the program each time.
  mutating func read(_ campaign: Int32, _ plan: CampaignPlan, in program: Program) {
    for place in program.gates[Int(campaign)].tests {
      let test = program.tests[Int(place)]
      if test.kind != .expression, !test.isLate, test.constant > 0 { note(test, program) }
    }
    guard program.gates[Int(campaign)].flags.contains(.hasTiers) else { return }
    if let tiers = plan.tierValue, !tiers.isDynamic, case .measure(let slot) = tiers.expression,
      let lowest = list(plan.rows).first?.threshold, lowest.isWhole,
      let constant = Int64(exactly: lowest.numerator), constant > 0
    {
      note(
        TestRecord(
          kind: .reaches, isLate: false, unit: tiers.unit, measure: slot, constant: constant),
        program)
    }
  }

  private mutating func note(_ test: TestRecord, _ program: Program) {
    if first == nil { first = test }
    if equalling == nil, test.kind == .equals { equalling = test }
    if inLines == nil, program.slot(ofMeasure: test.measure) != nil { inLines = test }
  }
}

extension Program {
  /// The membership slot outside of which a measure is surely zero or missing.
  fileprivate func slot(ofMeasure measure: Int32) -> Int32? {
    guard case .aggregate(let plan) = measures[Int(measure)] else { return nil }
    return slot(ofSelection: plan.selection)
  }
}
