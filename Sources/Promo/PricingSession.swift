public import LocalTime
public import Money
import Pricing
import WireFormat

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
/// What a change costs grows with the campaigns that may apply to the cart and with the lines that
/// the change reaches: its own, and those of campaigns that apply now and did not before, or the
/// other way round, or that see their lines together, as deals do. Order discounts, earnings and
/// conditions on prices after discounts see all their lines. The whole cart is priced when
/// - a campaign that passed the gates restricts with whom it shares an order,
/// - a campaign gives a gift, stacks on items, takes an amount off items that is computed, caps what
///   it gives in several stages, or discounts a selection that asks for the quantity of a sku or
///   computes,
/// - the cart has a line that accepts a gift, or redeems or pays with a balance, or an effect fails,
/// - there is no room left for another line, or half of the lines have gone: once in many changes.
///
/// The values `cart`, `quote` and `json()` grow with all lines.
///
/// It has one owner; many sessions may be at work at once.
public struct PricingSession: ~Copyable, Sendable {
  /// The moment it is priced for.
  public let at: Instant
  let rules: RuleSet
  let limits: CartLimits
  /// The cart without its lines.
  var rest: Cart
  var lines: SessionLines
  /// What all lines and shipping cost before discounts.
  var cost: Int64 = 0
  /// The number of the next line that comes without an id.
  private var nextNumber: Int

  /// What the work was that changes took.
  package var visitCount: Int { repricer.visitCount }
  /// How often all lines were priced.
  package var wholeCount: Int { repricer.wholeCount }

  var repricer: Repricer
  var skus = SKUOrder()
  var totals = LineTotals()
  /// The quote without its lines.
  var frame: Quote
  /// Places of lines with an attribute that is not of the type declared.
  var mistyped: [Int] = []
  let shopperWarnings: [String]

  init(
    _ rules: RuleSet, _ cart: Cart, at: Instant, limits: CartLimits
  ) throws(CartError) {
    try cart.validate(limits: limits)
    try CartValidator(currency: cart.currency).moment(at, "/at")
    var warnings: [String] = []
    let shopper = try ShopperFacts(cart, program: rules.program, warnings: &warnings)
    self.rules = rules
    self.at = at
    self.limits = limits
    rest = cart
    rest.lines = []
    shopperWarnings = warnings
    var numbered = cart.lines
    for index in numbered.indices where numbered[index].id == nil {
      numbered[index].id = String(index + 1)
    }
    lines = SessionLines(numbered)
    nextNumber = cart.lines.count + 1
    repricer = Repricer(program: rules.program, currency: cart.currency)
    let zero = Money(minorUnits: 0, currency: cart.currency)
    frame = Quote(
      rules: rules.identity, currency: cart.currency, at: at, subtotal: zero, discount: zero,
      total: zero, due: zero)
    for line in cart.lines { cost += line.price.minorUnits * line.quantity }
    cost += cart.shipping?.minorUnits ?? 0
    repricer.pricer.shopper = shopper
    loadColumns()
    _ = answer()
  }

  // MARK: What it is

  /// The cart as it stands, each line with its id.
  public var cart: Cart {
    var cart = rest
    cart.lines = lines.all
    return cart
  }

  /// The quote of the cart as it stands.
  public var quote: Quote {
    var quote = frame
    quote.lines = lines.results.compactMap { $0 }
    return quote
  }

  /// The bytes of the quote, as `Quote.json` writes them compactly; only lines that have changed
  /// since the last time are written anew.
  public mutating func json() -> [UInt8] {
    let around = frame.frameJSON()
    var bytes = Array(around.bytes[..<around.linesEnd])
    var isFirst = true
    for place in 0..<lines.end {
      guard let result = lines.results[place] else { continue }
      if lines.bytes[place].isEmpty { lines.bytes[place] = result.json }
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      bytes += lines.bytes[place]
    }
    return bytes + around.bytes[around.linesEnd...]
  }

  // MARK: Lines

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
    let id: String
    if let own = line.id {
      id = own
    } else {
      while lines.place(of: String(number)) != nil { number += 1 }
      id = String(number)
      line.id = id
      number += 1
    }
    guard lines.count < limits.lines else { throw refusal { $0.append(line) } }
    try CartValidator(currency: rest.currency).line(line, lines.count)
    guard lines.place(of: id) == nil, let cost = cost(with: line, besides: cost) else {
      throw refusal { $0.append(line) }
    }
    self.cost = cost
    nextNumber = number
    put(line)
    return answer()
  }

  /// Takes a line out.
  ///
  /// - Throws: `CartError` when no line has the id.
  @discardableResult
  public mutating func remove(_ id: String) throws(CartError) -> QuoteChange {
    let (place, line) = try line(of: id)
    cost -= line.price.minorUnits * line.quantity
    let result = lines.results[place]
    takeOut(place, line)
    return answer(without: result)
  }

  /// Gives a line another quantity.
  ///
  /// - Throws: `CartError` when no line has the id, for a quantity out of its bounds, and for a sum
  ///   that does not fit.
  @discardableResult
  public mutating func setQuantity(
    _ quantity: Int64, of id: String
  ) throws(CartError) -> QuoteChange {
    let (place, before) = try line(of: id)
    var line = before
    line.quantity = quantity
    guard CartLimits.quantity.contains(quantity), let cost = cost(with: line, insteadOf: before)
    else { throw refusal { $0[lines.position(of: place)] = line } }
    self.cost = cost
    lines.change(place) { $0.quantity = quantity }
    if line.gift == nil { repricer.setQuantity(quantity, of: Int32(place)) }
    price(isReloaded: line.gift != nil)
    return answer()
  }

  /// Gives a line another price of one unit.
  ///
  /// - Throws: `CartError` when no line has the id, for an amount below zero or in another currency,
  ///   and for a sum that does not fit.
  @discardableResult
  public mutating func setPrice(_ price: Money, of id: String) throws(CartError) -> QuoteChange {
    let (place, before) = try line(of: id)
    var line = before
    line.price = price
    guard price.currency == rest.currency, price.minorUnits >= 0,
      let cost = cost(with: line, insteadOf: before)
    else { throw refusal { $0[lines.position(of: place)] = line } }
    self.cost = cost
    lines.change(place) { $0.price = price }
    if line.gift == nil {
      repricer.setPrice(
        price.minorUnits, isOnSale: LineTraits(line).contains(.onSale), of: Int32(place))
    }
    self.price(isReloaded: line.gift != nil)
    return answer()
  }

  // MARK: Codes

  /// Presents a code; one that is presented already changes nothing.
  ///
  /// - Throws: `CartError` for a text that can be no code, and for too many codes.
  @discardableResult
  public mutating func addCode(_ code: String) throws(CartError) -> QuoteChange {
    guard !holds(code) else { return QuoteChange(from: frame, rest: frame) }
    try CartValidator(currency: rest.currency).codes(rest.codes + [code])
    rest.codes.append(code)
    return presentCodes()
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
    let normalized = normalizedCode(code)
    rest.codes.removeAll { normalizedCode($0) == normalized }
    return presentCodes()
  }

  private func holds(_ code: String) -> Bool {
    let normalized = normalizedCode(code)
    return rest.codes.contains { normalizedCode($0) == normalized }
  }

  private mutating func presentCodes() -> QuoteChange {
    repricer.pricer.shopper.present(
      rest.codes, rest.generatedCodes, rules.program)
    repricer.priceReached()
    return answer()
  }

  // MARK: What a cart would refuse

  private func line(of id: String) throws(CartError) -> (place: Int, line: Cart.Line) {
    guard let place = lines.place(of: id), let line = lines[place] else {
      throw CartError(
        code: .unknownLine, pointer: "/lines", message: "no line has the id \(shown(id))")
    }
    return (place, line)
  }

  /// What all lines cost with one more; nil where it does not fit.
  private func cost(with line: Cart.Line, besides others: Int64) -> Int64? {
    let own = line.price.minorUnits.multipliedReportingOverflow(by: line.quantity)
    let floor = (line.floor?.minorUnits ?? 0).multipliedReportingOverflow(by: line.quantity)
    let sum = others.addingReportingOverflow(own.partialValue)
    return own.overflow || floor.overflow || sum.overflow ? nil : sum.partialValue
  }

  private func cost(with line: Cart.Line, insteadOf before: Cart.Line) -> Int64? {
    cost(with: line, besides: cost - before.price.minorUnits * before.quantity)
  }

  /// What a cart with other lines is refused for.
  private func refusal(_ change: (inout [Cart.Line]) -> Void) -> CartError {
    var changed = cart
    change(&changed.lines)
    do {
      try changed.validate(limits: limits)
    } catch {
      return error
    }
    preconditionFailure("what a session refuses its cart is refused for")
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
