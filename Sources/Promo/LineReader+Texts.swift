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

  @inline(__always)
  mutating func readSKU(
    _ json: Span<UInt8>, _ line: inout Line, _ slots: inout [Int32], _ memo: inout LabelMemo,
    _ notes: inout LineNotes
  ) throws(NotPlain) {
    let place = try reader.string(json)
    line.sku = Spelling(place)
    if place.isPlain, 1...CartLimits.keyBytes ~= place.count {
      line.skuNumber = memo.number(of: json, place)
    } else {
      let bytes = try name(place, json, CartLimits.keyBytes)
      line.skuNumber = memo.number(of: bytes)
      if place.isEscaped { line.sku = spell(bytes, &notes) }
    }
    memo.appendSlots(of: line.skuNumber, to: &slots)
  }

  mutating func readID(
    _ json: Span<UInt8>, _ line: Int, _ notes: inout LineNotes
  ) throws(NotPlain) {
    let place = try reader.string(json)
    var id = Spelling(place)
    if !place.isPlain || !(1...CartLimits.nameBytes ~= place.count) {
      let bytes = try name(place, json, CartLimits.nameBytes)
      if place.isEscaped { id = spell(bytes, &notes) }
    }
    while notes.ids.count < line { notes.ids.append(.none) }
    notes.ids.append(id)
    notes.nameByteCount &+= Int(id.count)
  }

  /// Reads a text; answers its number, or minus one when nobody asks for it.
  mutating func readText(
    _ json: Span<UInt8>, _ maximum: Int, _ memo: inout LabelMemo, isKept: Bool
  ) throws(NotPlain) -> Int32 {
    let place = try reader.string(json)
    if place.isEscaped {
      let bytes = try text(place, json, maximum)
      return isKept ? memo.number(of: bytes) : -1
    }
    guard place.count <= maximum else { throw NotPlain() }
    return isKept ? memo.number(of: json, place) : -1
  }

  /// Reads one label or a list of them, and the slots they are in.
  @inline(__always)
  mutating func readLabels(
    _ json: Span<UInt8>, _ maximum: Int, _ memo: inout LabelMemo, _ slots: inout [Int32]
  ) throws(NotPlain) {
    if let place = reader.shortOnlyString(json) {
      return memo.appendSlots(of: memo.number(of: json, place), to: &slots)
    }
    guard reader.take(UInt8(ascii: "["), json) else {
      let number = try readLabel(json, maximum, &memo)
      return memo.appendSlots(of: number, to: &slots)
    }
    if reader.take(UInt8(ascii: "]"), json) { return }
    var count = 0
    repeat {
      count += 1
      guard count <= CartLimits.labels else { throw NotPlain() }
      let number = try readLabel(json, maximum, &memo)
      memo.appendSlots(of: number, to: &slots)
    } while reader.take(UInt8(ascii: ","), json)
    try reader.expect(UInt8(ascii: "]"), json)
  }

  /// Reads brands as labels, and notes them.
  mutating func readBrands(
    _ json: Span<UInt8>, _ memo: inout LabelMemo, _ slots: inout [Int32], _ brands: inout [Int32]
  ) throws(NotPlain) {
    let start = brands.count
    let isList = reader.take(UInt8(ascii: "["), json)
    if isList, reader.take(UInt8(ascii: "]"), json) { return }
    repeat {
      guard brands.count - start < CartLimits.labels else { throw NotPlain() }
      let number = try readLabel(json, CartLimits.keyBytes, &memo)
      brands.append(number)
      memo.appendSlots(of: number, to: &slots)
    } while isList && reader.take(UInt8(ascii: ","), json)
    if isList { try reader.expect(UInt8(ascii: "]"), json) }
  }

  @inline(__always)
  private mutating func readLabel(
    _ json: Span<UInt8>, _ maximum: Int, _ memo: inout LabelMemo
  ) throws(NotPlain) -> Int32 {
    let place = try reader.string(json)
    if place.isEscaped {
      let bytes = try text(place, json, maximum)
      return memo.number(of: bytes)
    }
    guard place.count <= maximum else { throw NotPlain() }
    return memo.number(of: json, place)
  }

  /// Attributes differ too much to be read the plain way.
  mutating func readAttributes(
    _ json: Span<UInt8>, _ line: Int, _ notes: inout LineNotes
  ) throws(NotPlain) {
    reader.skipSpace(json)
    let start = reader.position
    try reader.skipValue(json)
    let document = try reader.document(start..<reader.position, json)
    do {
      let attributes = try CartReader(currency: currency).attributes(document.root)
      try CartValidator(currency: currency).attributes(attributes, "")
      guard !attributes.isEmpty else { return }
      while notes.attributes.count < line { notes.attributes.append([:]) }
      notes.attributes.append(attributes)
    } catch {
      throw NotPlain()
    }
  }

  /// The bytes as a quote spells them, kept beside the cart's.
  private func spell(_ bytes: [UInt8], _ notes: inout LineNotes) -> Spelling {
    let start = notes.beside.count
    appendEscaped(String(decoding: bytes, as: UTF8.self), to: &notes.beside)
    return Spelling(
      start: Int32(start), count: Int32(notes.beside.count - start), isBeside: true)
  }

  /// The bytes of a name, which has some but no control characters.
  private func name(
    _ place: PlainReader.Place, _ json: Span<UInt8>, _ maximum: Int
  ) throws(NotPlain) -> [UInt8] {
    let bytes = try bytes(place, json)
    guard 1...maximum ~= bytes.count, !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw NotPlain()
    }
    return bytes
  }

  /// The bytes of a text, which may hold anything but a zero.
  private func text(
    _ place: PlainReader.Place, _ json: Span<UInt8>, _ maximum: Int
  ) throws(NotPlain) -> [UInt8] {
    let bytes = try bytes(place, json)
    guard bytes.count <= maximum, !bytes.contains(0) else { throw NotPlain() }
    return bytes
  }

  private func bytes(
    _ place: PlainReader.Place, _ json: Span<UInt8>
  ) throws(NotPlain) -> [UInt8] {
    if place.isEscaped { return try reader.decoded(place, json) }
    var bytes: [UInt8] = []
    bytes.append(addingCapacity: place.count) {
      $0.append(json, from: place.start, count: place.count)
    }
    return bytes
  }
}

extension LineReader.Spelling {
  /// A string that means what it spells.
  @inline(__always)
  init(_ place: PlainReader.Place) {
    self.init(
      start: Int32(truncatingIfNeeded: place.start), count: Int32(truncatingIfNeeded: place.count),
      isBeside: false)
  }
}
