import Pricing
import WireFormat

extension LineReader {
  /// Reads a key and its colon.
  mutating func key(_ json: Span<UInt8>) throws(NotPlain) -> Key {
    let place = try reader.key(json)
    func spells(_ word: StaticString) -> Bool { reader.holds(word, at: place.start, json) }
    switch place.count {
    case 2 where spells("id"): return .id
    case 3 where spells("sku"): return .sku
    case 4 where spells("name"): return .name
    case 4 where spells("tags"): return .tags
    case 5 where spells("price"): return .price
    case 5 where spells("brand"): return .brand
    case 5 where spells("floor"): return .floor
    case 6 where spells("vendor"): return .vendor
    case 8 where spells("quantity"): return .quantity
    case 8 where spells("category"): return .category
    case 8 where spells("giftCard"): return .giftCard
    case 9 where spells("compareAt"): return .compareAt
    case 10 where spells("attributes"): return .attributes
    case 12 where spells("discountable"): return .discountable
    default: throw NotPlain()
    }
  }

  mutating func readSKU(
    _ json: Span<UInt8>, _ line: inout Line, _ labels: inout LineLabels, _ notes: inout Notes
  ) throws(NotPlain) {
    let place = try reader.string(json)
    if place.isEscaped {
      let bytes = try reader.decoded(place, json)
      try checkName(bytes.span, CartLimits.keyBytes)
      line.skuNumber = labels.skus.number(of: bytes.span, program)
      line.sku = spell(bytes, &notes)
    } else {
      let bytes = json.extracting(place.start..<place.start + place.count)
      try checkName(bytes, CartLimits.keyBytes)
      line.skuNumber = labels.skus.number(of: bytes, program)
      line.sku = Spelling(place)
    }
  }

  mutating func readID(_ json: Span<UInt8>, _ notes: inout Notes) throws(NotPlain) -> Spelling {
    let place = try reader.string(json)
    if place.isEscaped {
      let bytes = try reader.decoded(place, json)
      try checkName(bytes.span, CartLimits.nameBytes)
      return spell(bytes, &notes)
    }
    try checkName(
      json.extracting(place.start..<place.start + place.count), CartLimits.nameBytes)
    return Spelling(place)
  }

  mutating func readText(_ json: Span<UInt8>, _ maximum: Int) throws(NotPlain) -> String {
    let place = try reader.string(json)
    if place.isEscaped {
      let bytes = try reader.decoded(place, json)
      try checkText(bytes.span, maximum)
      return string(of: bytes.span)
    }
    let bytes = json.extracting(place.start..<place.start + place.count)
    try checkText(bytes, maximum)
    return string(of: bytes)
  }

  /// Reads one label or a list of them.
  mutating func readLabels(
    _ json: Span<UInt8>, _ maximum: Int, _ memo: inout LabelMemo, _ labels: inout [Int32]
  ) throws(NotPlain) {
    guard reader.take(UInt8(ascii: "["), json) else {
      return try readLabel(json, maximum, &memo, &labels)
    }
    if reader.take(UInt8(ascii: "]"), json) { return }
    repeat {
      guard labels.count < CartLimits.labels else { throw NotPlain() }
      try readLabel(json, maximum, &memo, &labels)
    } while reader.take(UInt8(ascii: ","), json)
    try reader.expect(UInt8(ascii: "]"), json)
  }

  private mutating func readLabel(
    _ json: Span<UInt8>, _ maximum: Int, _ memo: inout LabelMemo, _ labels: inout [Int32]
  ) throws(NotPlain) {
    let place = try reader.string(json)
    if place.isEscaped {
      let bytes = try reader.decoded(place, json)
      try checkText(bytes.span, maximum)
      labels.append(memo.number(of: bytes.span, program))
    } else {
      let bytes = json.extracting(place.start..<place.start + place.count)
      try checkText(bytes, maximum)
      labels.append(memo.number(of: bytes, program))
    }
  }

  /// Attributes differ too much to be read the plain way.
  mutating func readAttributes(
    _ json: Span<UInt8>
  ) throws(NotPlain) -> [String: Cart.AttributeValue] {
    reader.skipSpace(json)
    let start = reader.position
    try reader.skipValue(json)
    let document = try reader.document(start..<reader.position, json)
    do {
      let attributes = try CartReader(currency: currency).attributes(document.root)
      try CartValidator(currency: currency).attributes(attributes, "")
      return attributes
    } catch {
      throw NotPlain()
    }
  }

  /// The bytes as a quote spells them, kept beside the cart's.
  private func spell(_ bytes: [UInt8], _ notes: inout Notes) -> Spelling {
    let start = notes.beside.count
    appendEscaped(String(decoding: bytes, as: UTF8.self), to: &notes.beside)
    return Spelling(
      start: Int32(start), count: Int32(notes.beside.count - start), isBeside: true)
  }

  private func checkName(_ bytes: Span<UInt8>, _ maximum: Int) throws(NotPlain) {
    guard 1...maximum ~= bytes.count else { throw NotPlain() }
    for place in bytes.indices where bytes[place] < 0x20 || bytes[place] == 0x7F {
      throw NotPlain()
    }
  }

  private func checkText(_ bytes: Span<UInt8>, _ maximum: Int) throws(NotPlain) {
    guard bytes.count <= maximum else { throw NotPlain() }
    for place in bytes.indices where bytes[place] == 0 { throw NotPlain() }
  }
}

extension LineReader.Spelling {
  /// A string that means what it spells.
  init(_ place: PlainReader.Place) {
    self.init(
      start: Int32(truncatingIfNeeded: place.start), count: Int32(truncatingIfNeeded: place.count),
      isBeside: false)
  }
}
