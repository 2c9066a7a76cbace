import Money
import Promo
import RuleSyntax

/// Units of one line that are alike in the order stage.
struct OrderPortion {
  let line: Int
  let price: Int64
  let floor: Int64
  let sku: [UInt8]
  let state: UnitState
  let keeper: Int?
  var count: Int64
  var originalCost: Int64
  /// What order discounts and redemption took so far.
  var taken: Int64 = 0

  var cost: Int64 { count * price - taken }
  var key: CellKey { CellKey(sku: sku, price: price, floor: floor, state: state) }
}

extension Till {
  func orderPortions() -> [OrderPortion] {
    var portions: [OrderPortion] = []
    for unit in units {
      let index = portions.firstIndex {
        $0.line == unit.line && $0.price == unit.price && $0.state == unit.state
          && $0.keeper == unit.keeper
      }
      if let index {
        portions[index].count += 1
        portions[index].originalCost += unit.originalPrice
      } else {
        portions.append(
          OrderPortion(
            line: unit.line, price: unit.price, floor: unit.floor, sku: unit.sku,
            state: unit.state, keeper: unit.keeper, count: 1, originalCost: unit.originalPrice))
      }
    }
    return portions
  }

  private func isVisible(_ portion: OrderPortion, to campaign: Campaign) -> Bool {
    let unit = units.first {
      $0.line == portion.line && $0.price == portion.price && $0.state == portion.state
        && $0.keeper == portion.keeper
    }
    return unit.map { isVisible($0, to: campaign) } ?? false
  }

  /// One amount over everything that can be discounted.
  mutating func applyToOrder(_ give: GiveSyntax, _ campaign: Campaign)
    throws(Failure)
  {
    guard case .off(let amount, _) = give.kind, let value = try worth(amount, campaign) else {
      return
    }
    let visible = portions.indices.filter { isVisible(portions[$0], to: campaign) }
    let cost = visible.map { portions[$0].cost }.reduce(0, +)
    let original = visible.map { portions[$0].originalCost }.reduce(0, +)
    let wanted = try oneAmount(
      value, of: campaign.usesOriginalBase ? original : cost, atMost: cost)
    let whole = visible.map { index in
      let portion = portions[index]
      return Portion(
        line: portion.line, key: portion.key, weight: portion.cost,
        capacity: max(0, portion.cost - portion.floor * portion.count))
    }
    var shares = share(wanted, over: whole)
    let given = shares.reduce(0, +)
    let granted = grant(given, campaign)
    if granted < given { shares = cutDown(shares, to: granted, whole) }
    for (index, share) in zip(visible, shares) {
      portions[index].taken += share
      note(share, line: portions[index].line, .order, by: campaign.position)
    }
  }

  /// Shares what a cap leaves by what each cell, and in it each line, would have got.
  private func cutDown(_ shares: [Int64], to granted: Int64, _ whole: [Portion]) -> [Int64] {
    var parts: [Portion] = []
    for (portion, share) in zip(whole, shares) {
      let earlier = parts.firstIndex { $0.key == portion.key }
      if let earlier {
        parts[earlier].weight += share
        parts[earlier].capacity += share
        parts[earlier].line = min(parts[earlier].line, portion.line)
      } else {
        parts.append(
          Portion(line: portion.line, key: portion.key, weight: share, capacity: share))
      }
    }
    let ofCells = share(granted, over: parts)
    var cut = shares
    for (cell, amount) in zip(parts, ofCells) {
      let members = whole.indices.filter { whole[$0].key == cell.key }
        .sorted { whole[$0].line < whole[$1].line }
      let lines = members.map { Cell(weight: shares[$0], capacity: amount) }
      for (member, part) in zip(members, share(amount, over: lines)) { cut[member] = part }
    }
    return cut
  }

  mutating func applyToShipping(_ give: GiveSyntax, _ campaign: Campaign)
    throws(Failure)
  {
    guard let original = cart.shipping?.minorUnits else { return }
    let price = original - shippingDiscount
    var wanted: Int64 = 0
    switch give.kind {
    case .freeShipping: wanted = price
    case .shippingPrice(let money):
      wanted =
        price - (try amount(scene(of: campaign).minorUnits(money).rounded(halfToEven: false)))
    case .off(let amount, _):
      guard let value = try worth(amount, campaign) else { return }
      wanted = try oneAmount(
        value, of: campaign.usesOriginalBase ? original : price, atMost: price)
    default: break
    }
    guard wanted > 0 else { return }
    shippingDiscount += grant(wanted, campaign)
  }
}
