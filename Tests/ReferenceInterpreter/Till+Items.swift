import Money
import Promo
import RuleSyntax

/// Units as a give would leave them, before its campaign's cap.
private struct Draft {
  var prices: [Int: Int64] = [:]
  var used: [Int] = []
  var rounds: Int64 = 0
  var isDeal = false
  /// What it takes from `limit N per order`.
  var count: Int64 = 0
}

extension Till {
  /// Applies one give of the items stage, or proposes its gift.
  mutating func applyToItems(_ give: GiveSyntax, _ campaign: Campaign) throws(Failure) {
    if case .gift(let quantity, let sku) = give.kind {
      propose(sku.text, quantity?.value ?? 1, campaign)
      return
    }
    let tally = tallies[campaign.position] ?? Tally()
    guard let draft = try draft(of: give, campaign, atMost: tally.remainingCount) else { return }
    for unit in draft.used { units[unit].isUsed = true }
    tallies[campaign.position]?.rounds += draft.rounds
    if draft.isDeal { tallies[campaign.position]?.hasDeal = true }
    if let count = tally.remainingCount {
      tallies[campaign.position]?.remainingCount = count - draft.count
    }
    commit(draft.prices, campaign)
  }

  private mutating func propose(_ sku: String, _ quantity: Int64, _ campaign: Campaign) {
    let left = tallies[campaign.position]?.remainingCount
    let quantity = min(quantity, left ?? quantity)
    guard quantity > 0 else { return }
    if let left { tallies[campaign.position]?.remainingCount = left - quantity }
    tallies[campaign.position]?.gifts.append((sku, quantity))
    tallies[campaign.position]?.giftCount += quantity
  }

  /// Sets new prices, each cut down by the cap in proportion to what it would have been.
  private mutating func commit(_ prices: [Int: Int64], _ campaign: Campaign) {
    let lowered = prices.filter { $0.value < units[$0.key].price }
    let wanted = lowered.map { units[$0.key].price - $0.value }.reduce(0, +)
    let granted = grant(wanted, campaign)
    var final = lowered
    if granted < wanted {
      final = spread(granted, over: Array(lowered.keys)) { unit in
        let gain = units[unit].price - (lowered[unit] ?? 0)
        return (lowered[unit] ?? 0, gain, gain)
      }
    }
    for unit in final.keys.sorted() {
      let price = final[unit] ?? 0
      note(units[unit].price - price, line: units[unit].line, .items, by: campaign.position)
      units[unit].price = price
    }
  }

  /// Shares one amount over units: over their cells, then their lines, then unit by unit.
  private func spread(
    _ amount: Int64, over chosen: [Int],
    as role: (Int) -> (priceAfter: Int64, weight: Int64, capacity: Int64)
  ) -> [Int: Int64] {
    func key(_ index: Int) -> CellKey {
      let unit = units[index]
      return CellKey(
        sku: unit.sku, price: unit.price, priceAfter: role(index).priceAfter, floor: unit.floor,
        state: unit.state)
    }
    let cells = Dictionary(grouping: chosen, by: key).sorted { $0.key.stands(before: $1.key) }
      .map(\.value)
    let ofCells = share(amount, over: cells.map { cell(of: $0, as: role) })
    var prices: [Int: Int64] = [:]
    for (members, amount) in zip(cells, ofCells) {
      // Units of a cell cost the same, so that only the odd cents ask which of them is first.
      let (each, spare) = amount.quotientAndRemainder(dividingBy: Int64(members.count))
      var odd = spare
      for alike in turns(of: members) {
        let more = min(odd, Int64(alike.count))
        odd -= more
        let lines = Dictionary(grouping: alike.sorted(), by: { units[$0].line })
          .sorted { $0.key < $1.key }.map(\.value)
        let ofLines = share(
          each * Int64(alike.count) + more, over: lines.map { cell(of: $0, as: role) })
        for (line, amount) in zip(lines, ofLines) {
          let (own, rest) = amount.quotientAndRemainder(dividingBy: Int64(line.count))
          for (index, unit) in line.enumerated() {
            prices[unit] = units[unit].price - own - (index < rest ? 1 : 0)
          }
        }
      }
    }
    return prices
  }

  private func cell(
    of members: [Int], as role: (Int) -> (priceAfter: Int64, weight: Int64, capacity: Int64)
  ) -> Cell {
    Cell(
      weight: members.map { role($0).weight }.reduce(0, +),
      capacity: members.map { role($0).capacity }.reduce(0, +))
  }

  /// Units of one sku and price in groups that are alike, in the order in which they come first.
  private func turns(of members: [Int]) -> [[Int]] {
    var groups: [[Int]] = []
    for unit in members.sorted(by: { comes($0, before: $1) }) {
      if let last = groups.last?.first, !comes(last, before: unit) {
        groups[groups.count - 1].append(unit)
      } else {
        groups.append([unit])
      }
    }
    return groups
  }

  /// Shares one amount over units in proportion to what they cost, down to their floors.
  private func spread(_ amount: Int64, over chosen: [Int]) -> [Int: Int64] {
    spread(amount, over: chosen) { unit in
      (0, units[unit].price, max(0, units[unit].price - units[unit].floor))
    }
  }

  private func draft(of give: GiveSyntax, _ campaign: Campaign, atMost limit: Int64?)
    throws(Failure) -> Draft?
  {
    switch give.kind {
    case .bundlePrice(let money, let slots):
      return try bundle(
        try amount(scene(of: campaign).minorUnits(money).rounded(halfToEven: false)), slots,
        campaign, limit)
    case .eachPrice(let money, let pick):
      return try each(
        pick, campaign, limit, isCounted: true, .money(scene(of: campaign).minorUnits(money)),
        isPrice: true)
    case .off(let amount, .each(let pick)):
      guard let value = try worth(amount, campaign) else { return nil }
      return try each(pick, campaign, limit, isCounted: true, value)
    case .off(let amount, .units(let pick)):
      guard let value = try worth(amount, campaign) else { return nil }
      return try each(pick, campaign, limit, isCounted: false, value)
    case .off(let amount, .subtotal(let pick)):
      guard let value = try worth(amount, campaign) else { return nil }
      let deal = try self.pick(pick, campaign, limit)
      let cost = deal.rewards.map { units[$0].price }.reduce(0, +)
      let original = deal.rewards.map { units[$0].originalPrice }.reduce(0, +)
      var draft = Draft(used: deal.used, rounds: deal.rounds, isDeal: deal.isDeal)
      draft.count = deal.rounds
      draft.prices = spread(
        try oneAmount(value, of: campaign.usesOriginalBase ? original : cost, atMost: cost),
        over: deal.rewards)
      return draft
    case .off, .shippingPrice, .freeShipping, .gift: return nil
    }
  }

  /// A new price for each picked unit.
  private func each(
    _ pick: PickSyntax, _ campaign: Campaign, _ limit: Int64?, isCounted: Bool, _ value: Value,
    isPrice: Bool = false
  ) throws(Failure) -> Draft {
    let deal = try self.pick(pick, campaign, limit)
    var draft = Draft(used: deal.used, rounds: deal.rounds, isDeal: deal.isDeal)
    for unit in deal.rewards {
      let price = try newPrice(units[unit], value, campaign, isPrice: isPrice)
      if price < units[unit].price { draft.prices[unit] = price }
    }
    draft.count = deal.rounds
    if isCounted, !deal.isDeal {
      let first = draft.prices.keys.sorted { ranks($0, before: $1, .dearest) }
        .prefix(limit.map { Int(clamping: $0) } ?? .max)
      draft.prices = draft.prices.filter { first.contains($0.key) }
      draft.count = Int64(first.count)
    }
    return draft
  }

  /// A unit's price after a cut or a fixed price: rounded once, never raised, never below its floor.
  private func newPrice(_ unit: Unit, _ value: Value, _ campaign: Campaign, isPrice: Bool = false)
    throws(Failure) -> Int64
  {
    let exact: Rational
    switch value {
    case .percent(let percent):
      let base = campaign.usesOriginalBase ? unit.originalPrice : unit.price
      exact = try Rational(unit.price) - percent * Rational(base)
    default:
      let figure = value.figure ?? .zero
      exact = isPrice ? figure : try Rational(unit.price) - figure
    }
    let rounded = try amount(exact.rounded(halfToEven: book.roundsHalfToEven))
    return min(unit.price, max(rounded, unit.floor, 0))
  }

  /// A bundle, round by round, until a slot stays empty or nothing would be saved.
  private func bundle(
    _ price: Int64, _ slots: [(count: CountLiteral, source: SourceSyntax)], _ campaign: Campaign,
    _ limit: Int64?
  ) throws(Failure) -> Draft {
    var draft = Draft(isDeal: true)
    var lines: [[Int]] = []
    for slot in slots { lines.append(try scene(of: campaign).lines(of: slot.source)) }
    while draft.rounds < limit ?? .max {
      var round: [Int] = []
      for (slot, lines) in zip(slots, lines) {
        let free = units.indices.filter { unit in
          lines.contains(units[unit].line) && isFree(unit, asRewardOf: campaign)
            && !draft.used.contains(unit) && !round.contains(unit)
        }
        let taken = free.sorted { ranks($0, before: $1, .dearest) }.prefix(Int(slot.count.value))
        if taken.count < slot.count.value { return draft }
        round += taken
      }
      let saving = round.map { units[$0].price }.reduce(0, +) - price
      guard saving > 0 else { return draft }
      let prices = spread(saving, over: round)
      guard prices.contains(where: { $0.value < units[$0.key].price }) else { return draft }
      draft.prices.merge(prices) { _, new in new }
      draft.used += round
      draft.rounds += 1
      draft.count += 1
    }
    return draft
  }

  /// Finds who saves most on each unit, where the first member of a group applies.
  mutating func settleOwners(before campaign: Campaign) {
    for group in campaign.groupsOnItems where owners[Array(group.utf8)] == nil {
      let rivals = members.filter { $0.groupsOnItems.contains { same($0, group) } }
      var best = [(saving: Int64, owner: Int?)](repeating: (0, nil), count: units.count)
      for rival in rivals {
        var trial = self
        trial.owners = [:]
        let gives = rival.gives(row: tallies[rival.position]?.row)
        do throws(Failure) {
          for give in gives {
            guard let draft = try trial.draft(of: give, rival, atMost: nil) else { continue }
            for (unit, price) in draft.prices { trial.units[unit].price = price }
          }
        } catch {
          // That it fails is said when it applies; until then it saves nothing.
          trial.units = units
        }
        for unit in units.indices {
          let saving = units[unit].price - trial.units[unit].price
          if saving > best[unit].saving { best[unit] = (saving, rival.position) }
        }
      }
      owners[Array(group.utf8)] = best.map(\.owner)
    }
  }

  /// Whether no other member of a group `on items` has a unit.
  func isOwn(_ unit: Int, _ campaign: Campaign) -> Bool {
    campaign.groupsOnItems.allSatisfy { group in
      owners[Array(group.utf8)].map { $0[unit] == campaign.position } ?? true
    }
  }
}
