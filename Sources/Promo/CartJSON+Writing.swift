public import LocalTime
import Money
import WireFormat

extension Cart {
  /// The cart as the bytes of one JSON object that `read` understands.
  ///
  /// What has its default value is left out, and keys that are names are sorted by bytes, so equal
  /// carts give equal bytes.
  ///
  /// - Parameters:
  ///   - at: The moment to quote it for; left out when nil.
  ///   - style: How it is laid out.
  /// - Source: <doc:CartsAndQuotes>.
  public func json(at: Instant? = nil, style: JSONStyle = .compact) -> [UInt8] {
    var writer = JSONWriter(style: style.writerStyle, reservingBytes: 256 + 160 * lines.count)
    writer.cart(self, at: at)
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func cart(_ cart: Cart, at: Instant?) {
    beginObject()
    text("currency", cart.currency.code)
    text("at", at?.description)
    texts("codes", cart.codes)
    if let shipping = cart.shipping { money("shipping", shipping) }
    order(cart.order)
    if let customer = cart.customer { self.customer(customer) }
    balances("redeem", cart.redeem)
    balances("pay", cart.pay)
    texts("declined", cart.declined)
    usage(cart.usage)
    if cart.explain != .near { text("explain", cart.explain.rawValue) }
    list("lines", cart.lines) { $0.line($1) }
    endObject()
  }

  private mutating func order(_ order: Cart.Order) {
    guard order != Cart.Order() else { return }
    key("order")
    beginObject()
    text("channel", order.channel)
    text("store", order.store)
    text("country", order.country)
    attributes(order.attributes)
    endObject()
  }

  private mutating func line(_ line: Cart.Line) {
    beginObject()
    text("id", line.id)
    text("sku", line.sku)
    text("name", line.name)
    money("price", line.price)
    key("quantity")
    number(line.quantity)
    texts("category", line.categories)
    texts("brand", line.brands)
    texts("tags", line.tags)
    text("vendor", line.vendor)
    attributes(line.attributes)
    if let price = line.compareAt { money("compareAt", price) }
    if let floor = line.floor { money("floor", floor) }
    if !line.isDiscountable { flag("discountable", false) }
    if line.isGiftCard { flag("giftCard", true) }
    text("gift", line.gift)
    endObject()
  }

  private mutating func customer(_ customer: Cart.Customer) {
    key("customer")
    beginObject()
    text("id", customer.id)
    text("email", customer.email)
    if customer.isMember { flag("member", true) }
    texts("groups", customer.groups)
    attributes(customer.attributes)
    if !customer.history.isEmpty { list("history", customer.history) { $0.visit($1) } }
    if !customer.redemptions.isEmpty {
      list("redemptions", customer.redemptions) { $0.redemption($1) }
    }
    balances("balances", customer.balances)
    endObject()
  }

  private mutating func visit(_ visit: Cart.Visit) {
    beginObject()
    text("at", visit.at.description)
    if let total = visit.total { money("total", total) }
    if !visit.lines.isEmpty { list("lines", visit.lines) { $0.visitLine($1) } }
    endObject()
  }

  private mutating func visitLine(_ line: Cart.VisitLine) {
    beginObject()
    text("sku", line.sku)
    texts("category", line.categories)
    texts("brand", line.brands)
    texts("tags", line.tags)
    key("quantity")
    number(line.quantity)
    if let total = line.total { money("total", total) }
    endObject()
  }

  private mutating func redemption(_ redemption: Cart.Redemption) {
    beginObject()
    text("campaign", redemption.campaign)
    text("at", redemption.at.description)
    if let discount = redemption.discount { money("discount", discount) }
    if let earned = redemption.earned { decimal("earned", earned) }
    endObject()
  }

  private mutating func usage(_ usage: [String: Cart.Usage]) {
    members("usage", usage) { writer, uses in
      writer.beginObject()
      writer.key("redemptions")
      writer.number(uses.redemptions)
      if let discount = uses.discount { writer.money("discount", discount) }
      if let earned = uses.earned { writer.decimal("earned", earned) }
      writer.members("codes", uses.codes) { $0.number($1) }
      writer.endObject()
    }
  }

  private mutating func balances(_ name: String, _ balances: [String: Cart.BalanceAmount]) {
    members(name, balances) { $0.decimal($1.value, decimals: $1.decimals) }
  }

  private mutating func attributes(_ attributes: [String: Cart.AttributeValue]) {
    members("attributes", attributes) { writer, value in
      switch value {
      case .text(let text): writer.string(text)
      case .texts(let texts):
        writer.beginArray()
        for text in texts { writer.string(text) }
        writer.endArray()
      case .flag(let flag): writer.bool(flag)
      case .number(let number): writer.number(number.value, decimals: number.decimals)
      }
    }
  }

  private mutating func texts(_ name: String, _ texts: [String]) {
    if !texts.isEmpty { list(name, texts) { $0.string($1) } }
  }

  private mutating func flag(_ name: String, _ flag: Bool) {
    key(name)
    bool(flag)
  }

  /// An object with an entry per name; nothing at all when there is none.
  private mutating func members<Value>(
    _ name: String, _ entries: [String: Value], write: (inout JSONWriter, Value) -> Void
  ) {
    if entries.isEmpty { return }
    key(name)
    beginObject()
    for (name, value) in entries.sorted(by: {
      $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }) {
      key(name)
      write(&self, value)
    }
    endObject()
  }
}
