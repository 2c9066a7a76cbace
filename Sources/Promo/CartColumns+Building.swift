import Money
package import Pricing

extension CartColumns {
  /// The columns of a cart: texts become slots of the program where the rules speak of them.
  package init(_ cart: Cart, program: Program, warnings: inout [String]) {
    self.init(currency: cart.currency)
    shipping = cart.shipping?.minorUnits
    members = Array(repeating: [], count: program.memberships.count)
    attributes = program.attributes.map { _ in [] }
    for line in cart.lines {
      prices.append(line.price.minorUnits)
      quantities.append(line.quantity)
      floors.append(line.floor?.minorUnits ?? 0)
      traits.append(LineTraits(line))
      giftCampaigns.append(line.gift.flatMap { program.campaign(named: $0) } ?? -1)
      skus.append(line.sku)
      names.append(line.name)
      brands.append(line.brands)
      vendors.append(line.vendor)
    }
    for (index, line) in cart.lines.enumerated() { addMembers(line, Int32(index), program) }
    rankSKUs()
    for (slot, attribute) in program.attributes.enumerated() where attribute.owner == .item {
      attributes[slot] = cart.lines.enumerated().map { index, line in
        AttributeFact(
          line.attributes[attribute.name], as: attribute.kind, currency: cart.currency
        ) {
          warnings.append(
            "/lines/\(index)/attributes/\(attribute.name) is no \(attribute.kind.rawValue)")
        }
      }
    }
  }

  private mutating func addMembers(_ line: Cart.Line, _ index: Int32, _ program: Program) {
    func add(_ dimension: MembershipTable.Dimension, _ value: String) {
      program.memberships.slots(dimension, holding: value) { slot in
        if members[Int(slot)].last != index { members[Int(slot)].append(index) }
      }
    }
    add(.sku, line.sku)
    for category in line.categories { add(.category, category) }
    for brand in line.brands { add(.brand, brand) }
    for tag in line.tags { add(.tag, tag) }
    if let vendor = line.vendor { add(.vendor, vendor) }
  }

  /// Numbers skus by their bytes and counts the units of each.
  private mutating func rankSKUs() {
    let keys = skus.map { Array($0.utf8) }
    let order = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    skuRanks = Array(repeating: 0, count: keys.count)
    var rank: Int32 = -1
    var units: [Int64] = []
    for (place, line) in order.enumerated() {
      if place == 0 || keys[order[place - 1]] != keys[line] {
        rank += 1
        units.append(0)
      }
      skuRanks[line] = rank
      if !traits[line].contains(.gift) { units[Int(rank)] += quantities[line] }
    }
    hasRepeatedSKUs = units.count < keys.count
    skuQuantities = skuRanks.map { units[Int($0)] }
  }
}

extension LineTraits {
  init(_ line: Cart.Line) {
    self = []
    if line.isDiscountable { insert(.discountable) }
    if line.isGiftCard { insert(.giftCard) }
    if line.gift != nil { insert(.gift) }
    if let compareAt = line.compareAt, compareAt.minorUnits > line.price.minorUnits {
      insert(.onSale)
    }
  }
}
