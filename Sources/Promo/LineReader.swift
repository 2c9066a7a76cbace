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

  /// What is kept of the lines besides columns, with room that serves cart after cart.
  struct Notes {
    /// Skus and ids as a quote spells them, one a line; no ids at all when no line has one.
    var skus: [Spelling] = []
    var ids: [Spelling] = []
    /// Spellings that the cart's bytes do not have.
    var beside: [UInt8] = []
    /// By line; empty when no line has any.
    var attributes: [[String: Cart.AttributeValue]] = []
    /// Of the labels' skus, one a line.
    var skuNumbers: [Int32] = []
    /// Labels of the line at hand.
    var categories: [Int32] = []
    var brands: [Int32] = []
    var tags: [Int32] = []
    /// Before discounts, of all lines.
    var cost: Int64 = 0
    /// Of all skus and ids as they are spelt.
    var nameByteCount = 0

    mutating func removeAll() {
      skus.removeAll(keepingCapacity: true)
      ids.removeAll(keepingCapacity: true)
      beside.removeAll(keepingCapacity: true)
      attributes.removeAll(keepingCapacity: true)
      skuNumbers.removeAll(keepingCapacity: true)
      cost = 0
      nameByteCount = 0
    }
  }

  /// The keys of a line.
  enum Key: Int {
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
    var sku = Spelling.none
    var skuNumber: Int32 = -1
    var id = Spelling.none
    var name: String?
    var vendor: String?
    var attributes: [String: Cart.AttributeValue] = [:]
  }

  let program: Program
  let currency: Currency
  let linesMaximum: Int
  var reader: PlainReader

  /// Reads the array that comes next.
  mutating func read(
    _ json: Span<UInt8>, _ columns: inout CartColumns, _ labels: inout LineLabels,
    _ notes: inout Notes
  ) throws(NotPlain) {
    try reader.expect(UInt8(ascii: "["), json)
    if reader.take(UInt8(ascii: "]"), json) { return }
    repeat {
      guard columns.lineCount < linesMaximum else { throw NotPlain() }
      try readLine(json, &columns, &labels, &notes)
    } while reader.take(UInt8(ascii: ","), json)
    try reader.expect(UInt8(ascii: "]"), json)
    try checkIDs(json, notes)
  }

  private mutating func readLine(
    _ json: Span<UInt8>, _ columns: inout CartColumns, _ labels: inout LineLabels,
    _ notes: inout Notes
  ) throws(NotPlain) {
    var line = Line()
    notes.categories.removeAll(keepingCapacity: true)
    notes.brands.removeAll(keepingCapacity: true)
    notes.tags.removeAll(keepingCapacity: true)
    try reader.expect(UInt8(ascii: "{"), json)
    repeat {
      let key = try key(json)
      guard line.keys & 1 << key.rawValue == 0 else { throw NotPlain() }
      line.keys |= 1 << key.rawValue
      try read(key, json, &line, &labels, &notes)
    } while reader.take(UInt8(ascii: ","), json)
    try reader.expect(UInt8(ascii: "}"), json)
    guard line.keys & 7 == 7 else { throw NotPlain() }
    if line.compareAt > line.numbers.price { line.numbers.traits.insert(.onSale) }
    try checkCost(line.numbers, &notes)
    add(line, &columns, &labels, &notes)
  }

  private mutating func read(
    _ key: Key, _ json: Span<UInt8>, _ line: inout Line, _ labels: inout LineLabels,
    _ notes: inout Notes
  ) throws(NotPlain) {
    switch key {
    case .sku: try readSKU(json, &line, &labels, &notes)
    case .price: line.numbers.price = try reader.amount(json, decimals: currency.decimals)
    case .quantity:
      line.numbers.quantity = try reader.wholeNumber(json)
      guard CartLimits.quantity.contains(line.numbers.quantity) else { throw NotPlain() }
    case .category:
      try readLabels(json, CartLimits.categoryBytes, &labels.categories, &notes.categories)
    case .brand: try readLabels(json, CartLimits.keyBytes, &labels.brands, &notes.brands)
    case .tags: try readLabels(json, CartLimits.keyBytes, &labels.tags, &notes.tags)
    case .id: line.id = try readID(json, &notes)
    case .name: line.name = try readText(json, CartLimits.textBytes)
    case .vendor: line.vendor = try readText(json, CartLimits.keyBytes)
    case .attributes: line.attributes = try readAttributes(json)
    case .compareAt: line.compareAt = try reader.amount(json, decimals: currency.decimals)
    case .floor: line.numbers.floor = try reader.amount(json, decimals: currency.decimals)
    case .discountable:
      if try !reader.flag(json) { line.numbers.traits.remove(.discountable) }
    case .giftCard: if try reader.flag(json) { line.numbers.traits.insert(.giftCard) }
    }
  }

  private func add(
    _ line: Line, _ columns: inout CartColumns, _ labels: inout LineLabels, _ notes: inout Notes
  ) {
    columns.append(line.numbers)
    columns.skus.append(labels.skus.strings[Int(line.skuNumber)])
    columns.names.append(line.name)
    columns.brands.append(notes.brands.map { labels.brands.strings[Int($0)] })
    columns.vendors.append(line.vendor)
    let start = columns.slots.count
    labels.skus.appendSlots(of: line.skuNumber, to: &columns.slots)
    for label in notes.categories {
      labels.categories.appendSlots(of: label, to: &columns.slots)
    }
    for label in notes.brands {
      labels.brands.appendSlots(of: label, to: &columns.slots)
    }
    for label in notes.tags { labels.tags.appendSlots(of: label, to: &columns.slots) }
    if let vendor = line.vendor {
      let label = labels.vendors.number(of: vendor, program)
      labels.vendors.appendSlots(of: label, to: &columns.slots)
    }
    dropRepeated(in: &columns.slots, from: start)
    columns.slotOffsets.append(Int32(columns.slots.count))
    notes.skuNumbers.append(line.skuNumber)
    notes.skus.append(line.sku)
    notes.nameByteCount += Int(line.sku.count) + max(Int(line.id.count), 0)
    if line.id.count >= 0 || !notes.ids.isEmpty {
      while notes.ids.count < columns.lineCount - 1 { notes.ids.append(.none) }
      notes.ids.append(line.id)
    }
    if !line.attributes.isEmpty || !notes.attributes.isEmpty {
      while notes.attributes.count < columns.lineCount - 1 { notes.attributes.append([:]) }
      notes.attributes.append(line.attributes)
    }
  }

  /// Quantity times price, and the sum of that over all lines, fit 64 bits.
  private func checkCost(_ line: LineNumbers, _ notes: inout Notes) throws(NotPlain) {
    let (cost, overflow) = line.price.multipliedReportingOverflow(by: line.quantity)
    let (sum, sumOverflow) = notes.cost.addingReportingOverflow(cost)
    let floor = (line.floor ?? 0).multipliedReportingOverflow(by: line.quantity)
    guard !overflow, !sumOverflow, !floor.overflow else { throw NotPlain() }
    notes.cost = sum
  }

  /// No two lines have one id; a line without one is known by its position.
  private func checkIDs(_ json: Span<UInt8>, _ notes: Notes) throws(NotPlain) {
    guard !notes.ids.isEmpty else { return }
    var ids = TextNumbers()
    for line in notes.skus.indices {
      let id = line < notes.ids.count ? notes.ids[line] : .none
      if id.count < 0 {
        _ = ids.number(of: String(line + 1).utf8.span)
      } else {
        let bytes = id.isBeside ? notes.beside.span : json
        _ = ids.number(of: bytes.extracting(Int(id.start)..<Int(id.start + id.count)))
      }
    }
    guard ids.count == notes.skus.count else { throw NotPlain() }
  }
}
