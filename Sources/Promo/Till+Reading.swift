import LocalTime
import Money
import Pricing
import WireFormat

extension Till {
  /// Reads a cart from JSON for one quote: its lines into columns, the rest as a value without
  /// lines.
  ///
  /// - Throws: `NotPlain` for a cart that is wrong or rare; it is to be read as a value then.
  mutating func read(
    _ json: [UInt8], now: Instant, limits: CartLimits
  ) throws(LineReader.NotPlain) -> (cart: Cart, at: Instant) {
    // No document has more values than bytes, so that limit needs no counting here.
    guard json.count <= min(limits.jsonBytes, limits.jsonNodes) else { throw .init() }
    notes.removeAll()
    labels.begin()
    let lines = try readLines(json.span, limits)
    let cart: Cart
    let at: Instant?
    do {
      (cart, at) = try Cart.read(json: rest(of: json.span, lines), now: now, limits: limits)
    } catch {
      throw .init()
    }
    let sum = notes.cost.addingReportingOverflow(cart.shipping?.minorUnits ?? 0)
    guard cart.currency == pricer.cart.currency, !sum.overflow else { throw .init() }
    pricer.cart.shipping = cart.shipping?.minorUnits
    return (cart, at ?? now)
  }

  /// Completes the columns with what needs all lines.
  mutating func finishLines(warnings: inout [String]) {
    let countsUnits = pricer.program.looksAtLines
    pricer.cart.rankSKUs(names.skuNumbers, &labels, countsUnits: countsUnits)
    if !notes.floors.isEmpty {
      let missing = pricer.cart.lineCount - notes.floors.count
      pricer.cart.floors.append(contentsOf: notes.floors)
      pricer.cart.floors.append(contentsOf: repeatElement(0, count: missing))
    }
    if needsTexts { addTexts() }
    let program = pricer.program
    for (slot, attribute) in program.attributes.enumerated() where attribute.owner == .item {
      for line in 0..<pricer.cart.lineCount {
        let value = line < notes.attributes.count ? notes.attributes[line][attribute.name] : nil
        pricer.cart.addAttribute(value, attribute, slot, line: line, warnings: &warnings)
      }
    }
  }

  /// Adds the texts of lines, each of which is shared by all lines that have it.
  private mutating func addTexts() {
    var brandsStart = 0
    for (line, texts) in notes.texts.enumerated() {
      let (name, vendor) = (Int(texts.name), Int(texts.vendor))
      let brands = notes.brands[brandsStart..<Int(texts.brandsEnd)]
      brandsStart = Int(texts.brandsEnd)
      pricer.cart.skus.append(labels.skus.strings[Int(names.skuNumbers[line])])
      pricer.cart.names.append(name < 0 ? nil : labels.names.strings[name])
      pricer.cart.vendors.append(vendor < 0 ? nil : labels.vendors.strings[vendor])
      pricer.cart.brands.append(
        brands.isEmpty ? [] : brands.map { labels.brands.strings[Int($0)] })
    }
  }

  /// Finds the lines and reads them; answers where they stand.
  private mutating func readLines(
    _ json: Span<UInt8>, _ limits: CartLimits
  ) throws(LineReader.NotPlain) -> Range<Int> {
    var reader = PlainReader()
    var currency: Currency?
    var lines: Range<Int>?
    var isRead = false
    try reader.expect(UInt8(ascii: "{"), json)
    repeat {
      let key = try reader.key(json)
      reader.skipSpace(json)
      let start = reader.position
      if key.count == 5, reader.holds("lines", at: key.start, json) {
        guard lines == nil else { throw .init() }
        if let currency {
          reader.position = try readLines(json, at: start, currency, limits)
          isRead = true
        } else {
          try reader.skipValue(json)
        }
        lines = start..<reader.position
      } else if key.count == 8, reader.holds("currency", at: key.start, json) {
        currency = try readCurrency(&reader, json)
      } else {
        try reader.skipValue(json)
      }
    } while reader.take(UInt8(ascii: ","), json)
    guard let lines, let currency else { throw .init() }
    if !isRead {
      let end = try readLines(json, at: lines.lowerBound, currency, limits)
      guard end == lines.upperBound else { throw .init() }
    }
    return lines
  }

  private mutating func readLines(
    _ json: Span<UInt8>, at start: Int, _ currency: Currency, _ limits: CartLimits
  ) throws(LineReader.NotPlain) -> Int {
    pricer.cart.removeAll(currency: currency)
    names.removeAll()
    var lines = LineReader(
      currency: currency, decimals: currency.decimals, linesMaximum: limits.lines,
      needsTexts: needsTexts, reader: PlainReader(at: start))
    try lines.read(json, &pricer.cart, &names, &labels, &notes)
    return lines.reader.position
  }

  private func readCurrency(
    _ reader: inout PlainReader, _ json: Span<UInt8>
  ) throws(LineReader.NotPlain) -> Currency {
    let place = try reader.string(json)
    guard !place.isEscaped, place.count == 3,
      let currency = Currency(
        code: string(of: json.extracting(place.start..<place.start + place.count)))
    else { throw .init() }
    return currency
  }

  /// The cart's bytes with no lines in the place of those that have been read: they are read
  /// strictly, so a text that is no JSON outside of the lines is not taken either.
  private func rest(of json: Span<UInt8>, _ lines: Range<Int>) -> [UInt8] {
    var rest: [UInt8] = []
    rest.append(addingCapacity: json.count - lines.count + 2) { rest in
      rest.append(json, from: 0, count: lines.lowerBound)
      rest.append("[]")
      rest.append(json, from: lines.upperBound, count: json.count - lines.upperBound)
    }
    return rest
  }
}
