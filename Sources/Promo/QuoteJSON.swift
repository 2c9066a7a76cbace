import LocalTime
import Money
import WireFormat

extension Quote {
  /// The version of the shape that `json` writes; a reader need not know a later one.
  public static let formatVersion: Int64 = 1

  /// The quote as the bytes of one JSON object; the same quote gives the same bytes.
  ///
  /// - Source: <doc:CartsAndQuotes>, its keys in its order.
  public func json(style: JSONStyle = .compact) -> [UInt8] {
    let compact = frameJSON().bytes
    return style == .compact ? compact : prettyJSON(compact)
  }

  /// The compact bytes, and the place in them where more lines may be put behind those there are.
  func frameJSON() -> (bytes: [UInt8], linesEnd: Int) {
    var writer = JSONWriter(style: .compact, reservingBytes: 4_096 + 400 * lines.count)
    let linesEnd = writer.quote(
      self, applied: { writer in for campaign in applied { writer.applied(campaign) } },
      notApplied: { writer in for campaign in notApplied { writer.notApplied(campaign) } })
    return (writer.bytes, linesEnd)
  }
}

extension QuoteWriter {
  /// The compact bytes of a quote whose campaigns are told as they come, and the place in them where
  /// more lines may be put behind those there are.
  func json(of quote: Quote) -> (bytes: [UInt8], linesEnd: Int) {
    var writer = JSONWriter(style: .compact, reservingBytes: 4_096)
    let linesEnd = writer.quote(
      quote, applied: { writer in forEachApplied { writer.applied($0) } },
      notApplied: { writer in forEachNotApplied { writer.notApplied($0) } })
    return (writer.bytes, linesEnd)
  }
}

extension Quote.Line {
  /// The compact bytes of the line as they stand in those of its quote.
  var json: [UInt8] {
    var writer = JSONWriter(style: .compact, reservingBytes: 400)
    writer.line(self)
    return writer.bytes
  }
}

extension JSONWriter {
  /// Writes a quote, its campaigns as they are told; answers where its lines end.
  @discardableResult
  fileprivate mutating func quote(
    _ quote: Quote, applied: (inout JSONWriter) -> Void, notApplied: (inout JSONWriter) -> Void
  ) -> Int {
    beginObject()
    key("formatVersion")
    number(Quote.formatVersion)
    text("rules", quote.rules)
    text("currency", quote.currency.code)
    text("at", quote.at.description)
    key("lines")
    beginArray()
    for line in quote.lines { self.line(line) }
    let linesEnd = byteCount
    endArray()
    list("gifts", quote.gifts) { $0.gift($1) }
    list("withdrawnGifts", quote.withdrawnGifts) { $0.withdrawnGift($1) }
    money("subtotal", quote.subtotal)
    money("discount", quote.discount)
    shipping(quote.shipping)
    list("redeemed", quote.redeemed) { $0.balanceUse($1) }
    money("total", quote.total)
    list("payments", quote.payments) { $0.balanceUse($1) }
    money("due", quote.due)
    key("applied")
    beginArray()
    applied(&self)
    endArray()
    key("notApplied")
    beginArray()
    notApplied(&self)
    endArray()
    list("earned", quote.earned) { $0.earned($1) }
    list("codes", quote.codes) { $0.code($1) }
    key("choice")
    beginObject()
    key("proven")
    bool(quote.isProven)
    endObject()
    list("warnings", quote.warnings) { $0.string($1) }
    endObject()
    return linesEnd
  }

  fileprivate mutating func line(_ line: Quote.Line) {
    beginObject()
    text("id", line.id)
    text("sku", line.sku)
    key("quantity")
    number(line.quantity)
    money("price", line.price)
    key("unitPrice")
    if let price = line.unitPrice { money(price) } else { null() }
    list("units", line.units) { writer, group in
      writer.beginObject()
      writer.key("quantity")
      writer.number(group.quantity)
      writer.money("unitPrice", group.unitPrice)
      writer.endObject()
    }
    money("subtotal", line.subtotal)
    money("discount", line.discount)
    money("orderShare", line.orderShare)
    money("redeemedShare", line.redeemedShare)
    money("total", line.total)
    list("discounts", line.discounts) { writer, discount in
      writer.beginObject()
      writer.text("campaign", discount.campaign)
      writer.text("balance", discount.balance)
      writer.text("stage", discount.stage.rawValue)
      writer.money("amount", discount.amount)
      writer.endObject()
    }
    endObject()
  }

  private mutating func gift(_ gift: Quote.Gift) {
    beginObject()
    text("campaign", gift.campaign)
    text("sku", gift.sku)
    key("quantity")
    number(gift.quantity)
    endObject()
  }

  private mutating func withdrawnGift(_ gift: Quote.WithdrawnGift) {
    beginObject()
    text("id", gift.id)
    text("sku", gift.sku)
    text("campaign", gift.campaign)
    endObject()
  }

  private mutating func shipping(_ shipping: Quote.Shipping?) {
    key("shipping")
    guard let shipping else { return null() }
    beginObject()
    money("price", shipping.price)
    money("discount", shipping.discount)
    money("total", shipping.total)
    endObject()
  }

  private mutating func balanceUse(_ use: Quote.BalanceUse) {
    beginObject()
    text("balance", use.balance)
    decimal("amount", use.amount)
    money("value", use.value)
    endObject()
  }

  private mutating func earned(_ earned: Quote.Earned) {
    beginObject()
    text("campaign", earned.campaign)
    text("balance", earned.balance)
    decimal("amount", earned.amount)
    if let clipped = earned.clipped { decimal("clipped", clipped) }
    text("availableAt", earned.availableAt.description)
    key("expiresAt")
    stringOrNull(earned.expiresAt?.description)
    endObject()
  }

  private mutating func code(_ code: Quote.Code) {
    beginObject()
    text("code", code.code)
    text("status", code.status.rawValue)
    endObject()
  }
}

extension JSONWriter {
  /// A key with a text; nothing at all when there is none.
  mutating func text(_ name: String, _ text: String?) {
    guard let text else { return }
    key(name)
    string(text)
  }

  mutating func stringOrNull(_ text: String?) {
    if let text { string(text) } else { null() }
  }

  mutating func money(_ name: String, _ money: Money) {
    key(name)
    self.money(money)
  }

  mutating func money(_ money: Money) {
    decimal(money.minorUnits, decimals: money.currency.decimals)
  }

  mutating func decimal(_ name: String, _ amount: ExactDecimal) {
    key(name)
    decimal(amount.value, decimals: amount.decimals)
  }

  /// A key with a list, one value written for each element.
  mutating func list<Element>(
    _ name: String, _ elements: [Element], write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }
}
