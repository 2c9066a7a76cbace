public import LocalTime
public import Money
import Pricing

/// A cart that is priced again at every change, as a shopper puts things in and takes them out.
///
/// ```swift
/// var session = try rules.session(cart, at: now)
/// let change = try session.setQuantity(3, of: "row-1")
/// ```
///
/// After every change `quote` is what `RuleSet.quote` answers for the changed cart, and `json()` has
/// its bytes. A change that would make a mistake in the cart throws the error that the cart would,
/// and leaves the session as it was. Lines keep their ids: one that has none at the beginning is
/// known by the position it has then, whatever goes in and out.
///
/// It has one owner; many sessions may be at work at once.
public struct PricingSession: ~Copyable, Sendable {
  /// The cart as it stands, each line with its id.
  public private(set) var cart: Cart
  /// The moment it is priced for.
  public let at: Instant
  /// The quote of the cart as it stands.
  public private(set) var quote: Quote
  private let rules: RuleSet
  private let limits: CartLimits
  /// The number of the next line that comes without an id.
  private var nextNumber: Int

  init(
    _ rules: RuleSet, _ cart: Cart, at: Instant, limits: CartLimits
  ) throws(CartError) {
    self.rules = rules
    self.at = at
    self.limits = limits
    self.cart = cart
    try cart.validate(limits: limits)
    quote = try rules.quote(cart, at: at)
    for index in cart.lines.indices where cart.lines[index].id == nil {
      self.cart.lines[index].id = String(index + 1)
    }
    nextNumber = cart.lines.count + 1
  }

  /// The bytes of the quote, as `Quote.json` writes them compactly.
  public func json() -> [UInt8] { quote.json() }

  /// Puts a line behind the others.
  ///
  /// One without an id gets the next number: one more than there were lines at the beginning, two
  /// more, and so on, passing over ids that lines have.
  ///
  /// - Throws: `CartError` with what the line would be in a cart: a value out of its bounds, an id
  ///   that another line has, too many lines, or a sum that does not fit.
  @discardableResult
  public mutating func add(_ line: Cart.Line) throws(CartError) -> QuoteChange {
    var line = line
    var number = nextNumber
    if line.id == nil {
      while index(of: String(number)) != nil { number += 1 }
      line.id = String(number)
      number += 1
    }
    var changed = cart
    changed.lines.append(line)
    let change = try take(changed)
    nextNumber = number
    return change
  }

  /// Takes a line out.
  ///
  /// - Throws: `CartError` when no line has the id.
  @discardableResult
  public mutating func remove(_ id: String) throws(CartError) -> QuoteChange {
    var changed = cart
    changed.lines.remove(at: try place(of: id))
    return try take(changed)
  }

  /// Gives a line another quantity.
  ///
  /// - Throws: `CartError` when no line has the id, for a quantity out of its bounds, and for a sum
  ///   that does not fit.
  @discardableResult
  public mutating func setQuantity(
    _ quantity: Int64, of id: String
  ) throws(CartError) -> QuoteChange {
    var changed = cart
    changed.lines[try place(of: id)].quantity = quantity
    return try take(changed)
  }

  /// Gives a line another price of one unit.
  ///
  /// - Throws: `CartError` when no line has the id, for an amount below zero or in another currency,
  ///   and for a sum that does not fit.
  @discardableResult
  public mutating func setPrice(_ price: Money, of id: String) throws(CartError) -> QuoteChange {
    var changed = cart
    changed.lines[try place(of: id)].price = price
    return try take(changed)
  }

  /// Presents a code; one that is presented already changes nothing.
  ///
  /// - Throws: `CartError` for a text that can be no code, and for too many codes.
  @discardableResult
  public mutating func addCode(_ code: String) throws(CartError) -> QuoteChange {
    var changed = cart
    if !holds(code) { changed.codes.append(code) }
    return try take(changed)
  }

  /// Takes a code back, however it was spelt.
  ///
  /// - Throws: `CartError` when it is not presented.
  @discardableResult
  public mutating func removeCode(_ code: String) throws(CartError) -> QuoteChange {
    guard holds(code) else {
      throw CartError(
        code: .unknownCode, pointer: "/codes",
        message: "the code \(shown(code)) is not in the cart")
    }
    var changed = cart
    let normalized = normalizedCode(code)
    changed.codes.removeAll { normalizedCode($0) == normalized }
    return try take(changed)
  }

  private func holds(_ code: String) -> Bool {
    let normalized = normalizedCode(code)
    return cart.codes.contains { normalizedCode($0) == normalized }
  }

  private func index(of id: String) -> Int? {
    cart.lines.firstIndex { $0.id.map { hasSameBytes($0, id) } ?? false }
  }

  private func place(of id: String) throws(CartError) -> Int {
    guard let index = index(of: id) else {
      throw CartError(
        code: .unknownLine, pointer: "/lines", message: "no line has the id \(shown(id))")
    }
    return index
  }

  private mutating func take(_ changed: Cart) throws(CartError) -> QuoteChange {
    try changed.validate(limits: limits)
    let next = try rules.quote(validated: changed, at: at)
    let change = QuoteChange(from: quote, to: next)
    cart = changed
    quote = next
    return change
  }
}

extension RuleSet {
  /// Prices a cart and keeps it, to be priced again at every change.
  ///
  /// - Parameters:
  ///   - cart: Prices before our discounts; checked first, as JSON is.
  ///   - at: The moment of the quotes. It decides schedules and windows; no clock is read.
  ///   - limits: What the cart may cost.
  /// - Throws: `CartError` when the cart cannot be priced; never because of a campaign.
  public func session(
    _ cart: Cart, at: Instant, limits: CartLimits = .library
  ) throws(CartError) -> PricingSession {
    try PricingSession(self, cart, at: at, limits: limits)
  }
}
