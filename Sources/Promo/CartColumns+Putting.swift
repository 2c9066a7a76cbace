import Pricing

extension CartColumns {
  /// Puts a line that is no gift where there is room, behind all lines that were put before.
  ///
  /// - Parameters:
  ///   - index: Of the column's entry to fill.
  ///   - sku: Where the sku stands, and whether another line has it too.
  mutating func put(
    _ line: Cart.Line, at index: Int, sku: (place: Int32, rank: Int32, isRepeated: Bool),
    _ program: Program
  ) {
    traits[index] = LineTraits(line)
    if !traits[index].isDiscountable { isAllDiscountable = false }
    prices[index] = line.price.minorUnits
    dearestPrice = max(dearestPrice, prices[index])
    quantities[index] = line.quantity
    if line.floor != nil, floors.isEmpty {
      floors.append(contentsOf: repeatElement(0, count: lineCount))
    }
    if let floor = line.floor { floors[index] = floor.minorUnits }
    skuPlaces[index] = sku.place
    skuRanks[index] = sku.rank
    if Int(sku.place) == skuQuantities.count { skuQuantities.append(0) }
    skuQuantities[Int(sku.place)] += line.quantity
    if sku.isRepeated { hasRepeatedSKUs = true }
    if !skus.isEmpty {
      skus[index] = line.sku
      names[index] = line.name
      brands[index] = line.brands
      vendors[index] = line.vendor
    }
    for (slot, attribute) in program.attributes.enumerated() where attribute.owner == .item {
      attributes[slot][index] = AttributeFact(
        line.attributes[attribute.name], as: attribute.kind, currency: currency
      ) {}
    }
    putSlots(of: line, at: index, program)
  }

  private mutating func putSlots(of line: Cart.Line, at index: Int, _ program: Program) {
    let start = slots.count
    var found: [Int32] = []
    func add(_ dimension: MembershipTable.Dimension, _ values: [String]) {
      for value in values {
        program.memberships.slots(dimension, holding: value) { found.append($0) }
      }
    }
    add(.sku, [line.sku])
    add(.category, line.categories)
    add(.brand, line.brands)
    add(.tag, line.tags)
    if let vendor = line.vendor { add(.vendor, [vendor]) }
    slots.append(contentsOf: found)
    dropRepeated(in: &slots, from: start)
    slotOffsets[index] = Int32(start)
    slotOffsets[index + 1] = Int32(slots.count)
  }
}
