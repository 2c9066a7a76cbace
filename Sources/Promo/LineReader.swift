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
  enum Key: Int, CaseIterable {
    case sku, price, quantity
    case id, name, category, brand, tags, vendor, attributes, compareAt, floor, discountable
    case giftCard
  }

  /// What is read of the line at hand.
  struct Line {
    /// A bit per key that has stood.
    var keys: UInt32 = 0
    var numbers = LineNumbers(price: 0, quantity: 0, floor: nil, traits: .discountable)
    var compareAt: Int64 = 0
    var sku = Spelling(start: 0, count: -1, isBeside: false)
    var skuNumber: Int32 = -1
    var id = Spelling(start: 0, count: -1, isBeside: false)
    /// Of the labels' names and vendors; minus one where there is none.
    var nameNumber: Int32 = -1
    var vendorNumber: Int32 = -1
  }

  let program: Program
  let currency: Currency
  let decimals: Int
  let linesMaximum: Int
  /// Whether conditions may read texts of lines, so that they are made.
  let needsTexts: Bool
  var reader: PlainReader

  /// Reads the array that comes next.
  mutating func read(
    _ json: Span<UInt8>, _ columns: inout CartColumns, _ labels: inout LineLabels,
    _ notes: inout LineNotes
  ) throws(NotPlain) {
    try reader.expect(UInt8(ascii: "["), json)
    if reader.take(UInt8(ascii: "]"), json) { return }
    repeat {
      guard columns.lineCount < linesMaximum else { throw NotPlain() }
      try readLine(json, &columns, &labels, &notes)
    } while reader.take(UInt8(ascii: ","), json)
    try reader.expect(UInt8(ascii: "]"), json)
    guard
      LineReader.areDistinct(
        notes.ids, lineCount: notes.skus.count, json, beside: notes.beside, &notes.idNumbers)
    else { throw NotPlain() }
  }

  private mutating func readLine(
    _ json: Span<UInt8>, _ columns: inout CartColumns, _ labels: inout LineLabels,
    _ notes: inout LineNotes
  ) throws(NotPlain) {
    var line = Line()
    let slotStart = columns.slots.count
    var number = 0
    while let key = try nextKey(number, json, &notes) {
      guard line.keys & 1 << key.rawValue == 0 else { throw NotPlain() }
      line.keys |= 1 << key.rawValue
      try read(key, json, &line, &columns.slots, &labels, &notes)
      number += 1
    }
    try reader.expect(UInt8(ascii: "}"), json)
    guard line.keys & 7 == 7 else { throw NotPlain() }
    if line.compareAt > line.numbers.price { line.numbers.traits.insert(.onSale) }
    try checkCost(line.numbers, &notes)
    columns.append(line.numbers)
    dropRepeated(in: &columns.slots, from: slotStart)
    columns.slotOffsets.append(Int32(truncatingIfNeeded: columns.slots.count))
    notes.skus.append(line.sku)
    notes.skuNumbers.append(line.skuNumber)
    notes.nameByteCount &+= Int(line.sku.count)
    if needsTexts { addTexts(line, &columns, labels, notes) }
  }

  /// Reads what stands before the next value of a line; nil after the last.
  @inline(__always)
  private mutating func nextKey(
    _ number: Int, _ json: Span<UInt8>, _ notes: inout LineNotes
  ) throws(NotPlain) -> Key? {
    if let step = notes.shape.next(number, json, at: reader.position) {
      reader.position &+= step.count
      return step.key
    }
    return try otherKey(number, json, &notes)
  }

  private mutating func otherKey(
    _ number: Int, _ json: Span<UInt8>, _ notes: inout LineNotes
  ) throws(NotPlain) -> Key? {
    let start = reader.position
    if number == 0 {
      try reader.expect(UInt8(ascii: "{"), json)
    } else if !reader.take(UInt8(ascii: ","), json) {
      return nil
    }
    let key = try key(json)
    reader.skipSpace(json)
    notes.shape.note(number, key, json, start, count: reader.position - start)
    return key
  }

  @inline(__always)
  private mutating func read(
    _ key: Key, _ json: Span<UInt8>, _ line: inout Line, _ slots: inout [Int32],
    _ labels: inout LineLabels, _ notes: inout LineNotes
  ) throws(NotPlain) {
    switch key {
    case .sku: try readSKU(json, &line, &slots, &labels, &notes)
    case .price: line.numbers.price = try reader.amount(json, decimals: decimals)
    case .quantity:
      line.numbers.quantity = try reader.wholeNumber(json)
      guard CartLimits.quantity.contains(line.numbers.quantity) else { throw NotPlain() }
    case .category: try readLabels(json, CartLimits.categoryBytes, &labels.categories, &slots)
    default: try readRare(key, json, &line, &slots, &labels, &notes)
    }
  }

  @inline(never)
  private mutating func readRare(
    _ key: Key, _ json: Span<UInt8>, _ line: inout Line, _ slots: inout [Int32],
    _ labels: inout LineLabels, _ notes: inout LineNotes
  ) throws(NotPlain) {
    switch key {
    case .brand:
      try readBrands(json, &labels.brands, &slots, &notes.brands)
    case .tags: try readLabels(json, CartLimits.keyBytes, &labels.tags, &slots)
    case .id: try readID(json, &line, &notes)
    case .name:
      let number = try readText(json, CartLimits.textBytes, &labels.names, isKept: needsTexts)
      line.nameNumber = number
    case .vendor:
      line.vendorNumber = try readText(
        json, CartLimits.keyBytes, &labels.vendors, isKept: true)
      labels.vendors.appendSlots(of: line.vendorNumber, to: &slots)
    case .attributes: try readAttributes(json, &notes)
    case .compareAt: line.compareAt = try reader.amount(json, decimals: decimals)
    case .floor: line.numbers.floor = try reader.amount(json, decimals: decimals)
    case .discountable:
      if try !reader.flag(json) { line.numbers.traits.remove(.discountable) }
    case .giftCard: if try reader.flag(json) { line.numbers.traits.insert(.giftCard) }
    case .sku, .price, .quantity, .category: preconditionFailure("keys that most lines have")
    }
  }

  /// Adds the texts of a line, each of which is shared by all lines that have it.
  @inline(never)
  private func addTexts(
    _ line: Line, _ columns: inout CartColumns, _ labels: LineLabels, _ notes: LineNotes
  ) {
    columns.skus.append(labels.skus.strings[Int(line.skuNumber)])
    columns.names.append(
      line.nameNumber < 0 ? nil : labels.names.strings[Int(line.nameNumber)])
    columns.vendors.append(
      line.vendorNumber < 0 ? nil : labels.vendors.strings[Int(line.vendorNumber)])
    let hasBrand = line.keys & 1 << Key.brand.rawValue != 0
    columns.brands.append(
      hasBrand ? notes.brands.map { labels.brands.strings[Int($0)] } : [])
  }

  /// Quantity times price, and the sum of that over all lines, fit 64 bits.
  @inline(__always)
  private func checkCost(_ line: LineNumbers, _ notes: inout LineNotes) throws(NotPlain) {
    let (cost, overflow) = line.price.multipliedReportingOverflow(by: line.quantity)
    let (sum, sumOverflow) = notes.cost.addingReportingOverflow(cost)
    let floor = (line.floor ?? 0).multipliedReportingOverflow(by: line.quantity)
    guard !overflow, !sumOverflow, !floor.overflow else { throw NotPlain() }
    notes.cost = sum
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
