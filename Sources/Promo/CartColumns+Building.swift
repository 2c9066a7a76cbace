import Money
package import Pricing

extension CartColumns {
  /// Takes a cart in place of what it holds: texts become slots of the program where the rules
  /// speak of them.
  package mutating func load(_ cart: Cart, program: Program, warnings: inout [String]) {
    var labels = LineLabels(program.memberships)
    load(cart, program: program, labels: &labels, warnings: &warnings)
  }

  /// Takes a cart, with what is known of the labels of earlier carts under the same program.
  mutating func load(
    _ cart: Cart, program: Program, labels: inout LineLabels, warnings: inout [String]
  ) {
    removeAll(currency: cart.currency)
    shipping = cart.shipping?.minorUnits
    labels.begin()
    reserve(cart.lines.count)
    // A gift line is known by its sku; else only conditions read texts.
    let keepsTexts = program.looksAtLines || cart.lines.contains { $0.gift != nil }
    var skuNumbers: [Int32] = []
    skuNumbers.reserveCapacity(cart.lines.count)
    for line in cart.lines {
      let sku = labels.skus.number(of: line.sku)
      skuNumbers.append(sku)
      append(
        LineNumbers(
          price: line.price.minorUnits, quantity: line.quantity, floor: line.floor?.minorUnits,
          traits: LineTraits(line)))
      if keepsTexts { addTexts(line) }
      if line.gift == nil { addSlots(line, sku, &labels, program) }
      slotOffsets.append(Int32(slots.count))
      addGift(line.gift, program)
    }
    rankSKUs(skuNumbers, &labels, countsUnits: program.looksAtLines)
    for (slot, attribute) in program.attributes.enumerated() where attribute.owner == .item {
      for (index, line) in cart.lines.enumerated() {
        addAttribute(
          line.attributes[attribute.name], attribute, slot, line: index, warnings: &warnings)
      }
    }
  }

  private mutating func addTexts(_ line: Cart.Line) {
    skus.append(line.sku)
    names.append(line.name)
    brands.append(line.brands)
    vendors.append(line.vendor)
  }

  /// Adds the numbers of a line.
  mutating func append(_ line: LineNumbers) {
    traits.append(line.traits)
    if !line.traits.isDiscountable { isAllDiscountable = false }
    prices.append(line.price)
    dearestPrice = max(dearestPrice, line.price)
    quantities.append(line.quantity)
    // Floors have a column only from the first line on that has one.
    if line.floor != nil, floors.isEmpty {
      floors.append(contentsOf: repeatElement(0, count: prices.count - 1))
    }
    if line.floor != nil || !floors.isEmpty { floors.append(line.floor ?? 0) }
  }

  /// Makes room for the numbers of some more lines.
  mutating func extendLines(by count: Int) {
    prices.append(contentsOf: repeatElement(0, count: count))
    quantities.append(contentsOf: repeatElement(0, count: count))
    traits.append(contentsOf: repeatElement([], count: count))
    slotOffsets.append(contentsOf: repeatElement(0, count: count))
  }

  /// Ends lines that have been written into their room.
  mutating func truncateLines(to count: Int) {
    let spare = prices.count - count
    prices.removeLast(spare)
    quantities.removeLast(spare)
    traits.removeLast(spare)
    slotOffsets.removeLast(spare)
    dearestPrice = prices.max() ?? 0
    isAllDiscountable = traits.allSatisfy(\.isDiscountable)
  }

  /// Adds the campaign of a gift line; there is a column only from the first of them on.
  private mutating func addGift(_ gift: String?, _ program: Program) {
    if gift != nil, giftCampaigns.isEmpty {
      giftCampaigns.append(contentsOf: repeatElement(-1, count: prices.count - 1))
    }
    if gift != nil || !giftCampaigns.isEmpty {
      giftCampaigns.append(gift.flatMap { program.campaign(named: $0) } ?? -1)
    }
  }

  /// Adds what a line has of an attribute that the rules declare.
  mutating func addAttribute(
    _ value: Cart.AttributeValue?, _ attribute: AttributePlan, _ slot: Int, line: Int,
    warnings: inout [String]
  ) {
    attributes[slot].append(
      AttributeFact(value, as: attribute.kind, currency: currency) {
        warnings.append(
          "/lines/\(line)/attributes/\(attribute.name) is no \(attribute.kind.rawValue)")
      })
  }

  /// The slots a line is in, each once.
  private mutating func addSlots(
    _ line: Cart.Line, _ sku: Int32, _ labels: inout LineLabels, _ program: Program
  ) {
    let start = slots.count
    labels.skus.appendSlots(of: sku, to: &slots)
    func add(_ memo: inout LabelMemo, _ values: [String]) {
      guard let dimension = memo.dimension, program.memberships.mentions(dimension) else { return }
      for value in values {
        let number = memo.number(of: value)
        memo.appendSlots(of: number, to: &slots)
      }
    }
    add(&labels.categories, line.categories)
    add(&labels.brands, line.brands)
    add(&labels.tags, line.tags)
    if let vendor = line.vendor { add(&labels.vendors, [vendor]) }
    dropRepeated(in: &slots, from: start)
  }

  /// Numbers skus by their bytes.
  ///
  /// - Parameter countsUnits: Whether conditions may ask for the units of a sku.
  mutating func rankSKUs(
    _ numbers: [Int32], _ labels: inout LineLabels, countsUnits: Bool
  ) {
    let count = labels.rank(numbers, into: &skuRanks)
    if countsUnits { countSKUs(count) }
    hasRepeatedSKUs = count < numbers.count
  }
}

/// What of a line is a number.
struct LineNumbers {
  var price: Int64
  var quantity: Int64
  var floor: Int64?
  var traits: LineTraits
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
