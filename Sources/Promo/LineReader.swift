import Money
import Pricing
import WireFormat

/// Reads the lines of a cart from JSON straight into columns.
///
/// It gives up on whatever is wrong and on what is rare (lines that accept a gift); the cart is
/// then read as a value. What it takes is held to every bound of a cart.
struct LineReader {
  typealias NotPlain = PlainReader.NotPlain

  /// Where a text stands: in the cart's bytes, or spelt out beside them when it had escapes.
  struct Spelling {
    var start: Int32
    /// Minus one where there is none.
    var count: Int32
    var isBeside: Bool
    static let none = Spelling(start: 0, count: -1, isBeside: false)
  }

  /// The keys of a line.
  enum Key: UInt32, CaseIterable {
    case sku, price, quantity
    case id, name, category, brand, tags, vendor, attributes, compareAt, floor, discountable
    case giftCard
  }

  /// What is read of the line at hand.
  struct Line {
    let index: Int
    /// A bit per key that has stood.
    var keys: UInt32 = 0
    var price: Int64 = 0
    var quantity: Int64 = 0
    var compareAt: Int64 = 0
    var floor: Int64 = 0
    var isDiscountable = true
    var isGiftCard = false
    var sku = Spelling(start: 0, count: 0, isBeside: false)
    var skuNumber: Int32 = 0
    var texts = LineTexts()

    /// Whether the line is like most.
    var isOrdinary: Bool { isDiscountable && !isGiftCard && compareAt <= price }

    var traits: LineTraits {
      var traits: LineTraits = isDiscountable ? .discountable : []
      if isGiftCard { traits.insert(.giftCard) }
      if compareAt > price { traits.insert(.onSale) }
      return traits
    }
  }

  let currency: Currency
  let decimals: Int
  let linesMaximum: Int
  /// Whether conditions may read texts of lines, so that they are kept.
  let needsTexts: Bool
  var reader: PlainReader

  /// Reads the array that comes next.
  mutating func read(
    _ json: Span<UInt8>, _ columns: inout CartColumns, _ names: inout LineNames,
    _ labels: inout LineLabels, _ notes: inout LineNotes
  ) throws(NotPlain) {
    var lineCount = 0
    try reader.expect(UInt8(ascii: "["), json)
    if !reader.take(UInt8(ascii: "]"), json) {
      var hasMore = true
      while hasMore {
        // Room is made for as many lines again, but not for many more than there may be.
        let room = min(max(lineCount, 16), 1_024)
        columns.extendLines(by: room)
        names.extendLines(by: room)
        (lineCount, hasMore) = try readBlock(
          json, lineCount..<lineCount + room, &columns.prices, &columns.quantities,
          &columns.traits, &columns.slotOffsets, &columns.slots, &names.skus, &names.skuNumbers,
          &labels, &notes)
      }
      try reader.expect(UInt8(ascii: "]"), json)
    }
    columns.truncateLines(to: lineCount)
    names.truncateLines(to: lineCount)
    guard
      LineReader.areDistinct(
        notes.ids, lineCount: lineCount, json, beside: notes.beside, &notes.idNumbers)
    else { throw NotPlain() }
  }

  /// Reads lines into the room that has been made for them; answers how many there are so far, and
  /// whether another one follows.
  ///
  /// Each list is a parameter of its own, so that all can be written without copies.
  private mutating func readBlock(
    _ json: Span<UInt8>, _ room: Range<Int>, _ prices: inout [Int64],
    _ quantities: inout [Int64], _ traits: inout [LineTraits], _ slotOffsets: inout [Int32],
    _ slots: inout [Int32], _ skus: inout [Spelling], _ skuNumbers: inout [Int32],
    _ labels: inout LineLabels, _ notes: inout LineNotes
  ) throws(NotPlain) -> (lineCount: Int, hasMore: Bool) {
    var prices = prices.mutableSpan
    var quantities = quantities.mutableSpan
    var traits = traits.mutableSpan
    var slotOffsets = slotOffsets.mutableSpan
    var skus = skus.mutableSpan
    var skuNumbers = skuNumbers.mutableSpan
    var reader = self
    let ordinary = LineTraits.discountable
    for index in room {
      guard index < linesMaximum else { throw NotPlain() }
      let slotsStart = slots.count
      var line = Line(index: index)
      try reader.readLine(json, &line, &slots, &labels, &notes)
      dropRepeated(in: &slots, from: slotsStart)
      prices[index] = line.price
      quantities[index] = line.quantity
      traits[index] = line.isOrdinary ? ordinary : line.traits
      slotOffsets[index + 1] = Int32(truncatingIfNeeded: slots.count)
      skus[index] = line.sku
      skuNumbers[index] = line.skuNumber
      if !reader.reader.take(UInt8(ascii: ","), json) {
        self = reader
        return (index + 1, false)
      }
    }
    self = reader
    return (room.upperBound, true)
  }

  @inline(__always)
  private mutating func readLine(
    _ json: Span<UInt8>, _ line: inout Line, _ slots: inout [Int32], _ labels: inout LineLabels,
    _ notes: inout LineNotes
  ) throws(NotPlain) {
    var number = 0
    while let key = try nextKey(number, json, &notes.shape) {
      let bit = 1 &<< key.rawValue
      guard line.keys & bit == 0 else { throw NotPlain() }
      line.keys |= bit
      try read(key, json, &line, &slots, &labels, &notes)
      number += 1
    }
    try reader.expect(UInt8(ascii: "}"), json)
    guard line.keys & 7 == 7 else { throw NotPlain() }
    // Quantity times price, and the sum of that over all lines, fit 64 bits.
    let (cost, overflow) = line.price.multipliedReportingOverflow(by: line.quantity)
    let (sum, sumOverflow) = notes.cost.addingReportingOverflow(cost)
    guard !overflow, !sumOverflow else { throw NotPlain() }
    notes.cost = sum
    notes.nameByteCount &+= Int(line.sku.count)
    if line.floor > 0 { try note(floor: line, &notes) }
    if needsTexts {
      line.texts.brandsEnd = Int32(truncatingIfNeeded: notes.brands.count)
      notes.texts.append(line.texts)
    }
  }

  /// Reads what stands before the next value of a line; nil after the last.
  @inline(__always)
  private mutating func nextKey(
    _ number: Int, _ json: Span<UInt8>, _ shape: inout LineShape
  ) throws(NotPlain) -> Key? {
    if let step = shape.next(number, json, at: reader.position) {
      reader.position &+= step.count
      return step.key
    }
    if number > 0, reader.position < json.count, json[reader.position] == UInt8(ascii: "}") {
      return nil
    }
    var slow = self
    let key = try slow.otherKey(number, json, &shape)
    self = slow
    return key
  }

  private mutating func otherKey(
    _ number: Int, _ json: Span<UInt8>, _ shape: inout LineShape
  ) throws(NotPlain) -> Key? {
    let start = reader.position
    if number == 0 {
      try reader.expect(UInt8(ascii: "{"), json)
    } else if !reader.take(UInt8(ascii: ","), json) {
      return nil
    }
    let key = try key(json)
    reader.skipSpace(json)
    shape.note(number, key, json, start, count: reader.position - start)
    return key
  }

  @inline(__always)
  private mutating func read(
    _ key: Key, _ json: Span<UInt8>, _ line: inout Line, _ slots: inout [Int32],
    _ labels: inout LineLabels, _ notes: inout LineNotes
  ) throws(NotPlain) {
    switch key {
    case .sku: try readSKU(json, &line, &slots, &labels.skus, &notes)
    case .price: line.price = try reader.amount(json, decimals: decimals)
    case .quantity:
      line.quantity = try reader.wholeNumber(json)
      guard CartLimits.quantity.contains(line.quantity) else { throw NotPlain() }
    case .category: try readLabels(json, CartLimits.categoryBytes, &labels.categories, &slots)
    default:
      var (slow, rare) = (self, line)
      try slow.readRare(key, json, &rare, &slots, &labels, &notes)
      (self, line) = (slow, rare)
    }
  }

  @inline(never)
  private mutating func readRare(
    _ key: Key, _ json: Span<UInt8>, _ line: inout Line, _ slots: inout [Int32],
    _ labels: inout LineLabels, _ notes: inout LineNotes
  ) throws(NotPlain) {
    switch key {
    case .brand: try readBrands(json, &labels.brands, &slots, &notes.brands)
    case .tags: try readLabels(json, CartLimits.keyBytes, &labels.tags, &slots)
    case .id: try readID(json, line.index, &notes)
    case .name:
      line.texts.name = try readText(
        json, CartLimits.textBytes, &labels.names, isKept: needsTexts)
    case .vendor:
      line.texts.vendor = try readText(json, CartLimits.keyBytes, &labels.vendors, isKept: true)
      labels.vendors.appendSlots(of: line.texts.vendor, to: &slots)
    case .attributes: try readAttributes(json, line.index, &notes)
    case .compareAt: line.compareAt = try reader.amount(json, decimals: decimals)
    case .floor: line.floor = try reader.amount(json, decimals: decimals)
    case .discountable: line.isDiscountable = try reader.flag(json)
    case .giftCard: line.isGiftCard = try reader.flag(json)
    case .sku, .price, .quantity, .category: preconditionFailure("keys that most lines have")
    }
  }

  /// Notes the least a unit of the line may cost; that times the quantity fits 64 bits too.
  private func note(floor line: Line, _ notes: inout LineNotes) throws(NotPlain) {
    guard !line.floor.multipliedReportingOverflow(by: line.quantity).overflow else {
      throw NotPlain()
    }
    while notes.floors.count < line.index { notes.floors.append(0) }
    notes.floors.append(line.floor)
  }

  /// Whether no two lines have one id; a line without one is known by its position.
  private static func areDistinct(
    _ ids: [Spelling], lineCount: Int, _ json: Span<UInt8>, beside: [UInt8],
    _ numbers: inout TextNumbers
  ) -> Bool {
    guard !ids.isEmpty else { return true }
    numbers.removeAll()
    for line in 0..<lineCount {
      let id = line < ids.count ? ids[line] : .none
      let (start, count) = (Int(id.start), Int(id.count))
      if count < 0 {
        _ = numbers.number(of: String(line + 1).utf8.span)
      } else {
        _ = numbers.number(of: id.isBeside ? beside.span : json, from: start, count: count)
      }
    }
    return numbers.count == lineCount
  }
}
