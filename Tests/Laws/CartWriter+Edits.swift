package import Promo

/// One change of a cart, as a session takes it.
package enum CartEdit: Sendable {
  case add(Cart.Line)
  case remove(String)
  case quantity(Int64, of: String)
  case price(Money, of: String)
  case addCode(String)
  case removeCode(String)

  /// Makes the change in a session.
  package func apply(to session: inout PricingSession) throws(CartError) -> QuoteChange {
    switch self {
    case .add(let line): try session.add(line)
    case .remove(let id): try session.remove(id)
    case .quantity(let quantity, let id): try session.setQuantity(quantity, of: id)
    case .price(let price, let id): try session.setPrice(price, of: id)
    case .addCode(let code): try session.addCode(code)
    case .removeCode(let code): try session.removeCode(code)
    }
  }

  /// Makes the change in a cart whose lines have ids; nil where it speaks of what is not there.
  package func applied(to cart: Cart, numbering number: inout Int) -> Cart? {
    var cart = cart
    func place(_ id: String) -> Int? {
      cart.lines.firstIndex { $0.id.map { Array($0.utf8) == Array(id.utf8) } ?? false }
    }
    switch self {
    case .add(var line):
      if line.id == nil {
        while place(String(number)) != nil { number += 1 }
        line.id = String(number)
        number += 1
      }
      cart.lines.append(line)
    case .remove(let id):
      guard let place = place(id) else { return nil }
      cart.lines.remove(at: place)
    case .quantity(let quantity, let id):
      guard let place = place(id) else { return nil }
      cart.lines[place].quantity = quantity
    case .price(let price, let id):
      guard let place = place(id) else { return nil }
      cart.lines[place].price = price
    case .addCode(let code):
      // Twice is once.
      let spelt = Self.lowered(code)
      if !cart.codes.contains(where: { Self.lowered($0) == spelt }) { cart.codes.append(code) }
    case .removeCode(let code):
      let spelt = Self.lowered(code)
      let rest = cart.codes.filter { Self.lowered($0) != spelt }
      guard rest.count < cart.codes.count else { return nil }
      cart.codes = rest
    }
    return cart
  }

  private static func lowered(_ code: String) -> [UInt8] {
    let bytes = code.utf8.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }
    return bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }
}

extension CartWriter {
  /// A change of a cart whose lines have ids; one in ten is a mistake.
  mutating func edit(of cart: Cart, mayAddGifts: Bool) -> CartEdit {
    if dice.happens(10) { return mistake(in: cart) }
    let ids = cart.lines.compactMap(\.id)
    guard !ids.isEmpty, dice.happens(72) else {
      switch dice.number(1...10) {
      case 1...6: return .add(newLine(beside: cart, mayBeGift: mayAddGifts))
      case 7...8: return .addCode(dice.one(of: ["ONE", " two", "three", "FOUR", "nope"]))
      default: return .removeCode(dice.one(of: cart.codes + ["ONE", "two"]))
      }
    }
    let id = dice.one(of: ids)
    switch dice.number(1...10) {
    case 1...5: return .quantity(Int64(dice.one(of: [1, 1, 2, 3, 4, 5, 7])), of: id)
    case 6: return .price(money(dice.one(of: [0, 5, 100, 333, 999, 1_000, 2_500])), of: id)
    case 7: return .add(newLine(beside: cart, mayBeGift: mayAddGifts))
    default: return .remove(id)
    }
  }

  private mutating func newLine(beside cart: Cart, mayBeGift: Bool) -> Cart.Line {
    if mayBeGift, dice.happens(5), !campaigns.isEmpty { return giftLine() }
    var line = dice.happens(15) ? split(of: cart.lines.last { $0.gift == nil }) : self.line()
    line.id = dice.happens(30) ? "new \(dice.number(1...1_000_000))" : nil
    return line
  }

  private mutating func mistake(in cart: Cart) -> CartEdit {
    let id = cart.lines.compactMap(\.id).last ?? "none"
    switch dice.number(1...8) {
    case 1: return .remove("nobody")
    case 2: return .quantity(dice.one(of: [0, -1, 10_000_001]), of: id)
    case 3: return .quantity(2, of: "nobody")
    case 4: return .price(money(-1), of: id)
    case 5: return .price(money(Int(Int64.max / 4)), of: id)
    case 6: return .addCode(dice.one(of: ["", "  ", "\u{7}"]))
    case 7:
      var line = self.line()
      line.id = id
      return .add(line)
    default:
      var line = self.line()
      line.sku = ""
      return .add(line)
    }
  }
}
