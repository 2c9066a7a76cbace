import Money
package import Pricing

extension CartColumns {
  /// Takes a cart in place of what it holds: texts become slots of the program where the rules
  /// speak of them.
  package mutating func load(_ cart: Cart, program: Program, warnings: inout [String]) {
    removeAll(currency: cart.currency)
    shipping = cart.shipping?.minorUnits
    for (index, line) in cart.lines.enumerated() {
      append(line, program)
      prices.append(line.price.minorUnits)
      dearestPrice = max(dearestPrice, line.price.minorUnits)
      quantities.append(line.quantity)
      addOptional(line, Int32(index), program)
    }
    rankSKUs()
    for (slot, attribute) in program.attributes.enumerated() where attribute.owner == .item {
      for (index, line) in cart.lines.enumerated() {
        attributes[slot].append(
          AttributeFact(
            line.attributes[attribute.name], as: attribute.kind, currency: cart.currency
          ) {
            warnings.append(
              "/lines/\(index)/attributes/\(attribute.name) is no \(attribute.kind.rawValue)")
          })
      }
    }
  }

  private mutating func append(_ line: Cart.Line, _ program: Program) {
    let traits = LineTraits(line)
    self.traits.append(traits)
    if !traits.isDiscountable { isAllDiscountable = false }
    skus.append(line.sku)
    names.append(line.name)
    brands.append(line.brands)
    vendors.append(line.vendor)
    if !traits.contains(.gift) { addSlots(line, program) }
    slotOffsets.append(Int32(slots.count))
  }

  /// Columns that stay empty until a line needs them.
  private mutating func addOptional(_ line: Cart.Line, _ index: Int32, _ program: Program) {
    if line.floor != nil, floors.isEmpty {
      floors.append(contentsOf: repeatElement(0, count: Int(index)))
    }
    if line.floor != nil || !floors.isEmpty { floors.append(line.floor?.minorUnits ?? 0) }
    if line.gift != nil, giftCampaigns.isEmpty {
      giftCampaigns.append(contentsOf: repeatElement(-1, count: Int(index)))
    }
    if line.gift != nil || !giftCampaigns.isEmpty {
      giftCampaigns.append(line.gift.flatMap { program.campaign(named: $0) } ?? -1)
    }
  }

  /// The slots a line is in, each once.
  private mutating func addSlots(_ line: Cart.Line, _ program: Program) {
    let start = slots.count
    func add(_ dimension: MembershipTable.Dimension, _ value: String) {
      program.memberships.slots(dimension, holding: value) { slot in
        if !slots[start...].contains(slot) { slots.append(slot) }
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
    skuRanks.append(contentsOf: repeatElement(0, count: keys.count))
    var rank = -1
    for (place, line) in order.enumerated() {
      if place == 0 || keys[order[place - 1]] != keys[line] {
        rank += 1
        skuQuantities.append(0)
      }
      skuRanks[line] = Int32(rank)
      if !traits[line].contains(.gift) { skuQuantities[rank] += quantities[line] }
    }
    hasRepeatedSKUs = skuQuantities.count < keys.count
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
