import LocalTime
import Pricing
import Promo

/// The engine with a cart before it; all that the benchmarks know of the engine's interface.
///
/// What is timed begins with columns and facts that stand ready, as the reference has its columns,
/// and ends with the evaluation: prices of all lines, every cent with its campaign, and a verdict on
/// every campaign that is asked, with its reason, as `explain: near` shows them.
struct EngineUnderTest: ~Copyable {
  private let program: Program
  private let columns: CartColumns
  private let shopper: ShopperFacts
  private let now: Int64
  private(set) var evaluation: Evaluation?

  /// Lays a cart out as columns.
  init(_ rules: RuleSet, _ cart: Cart) throws(CartError) {
    program = rules.program
    columns = EngineUnderTest.columns(of: cart, rules)
    var warnings: [String] = []
    shopper = try ShopperFacts(cart, program: program, warnings: &warnings)
    now = Workload.moment.secondsSince1970
  }

  /// Prices the cart once.
  @discardableResult
  mutating func price() -> Int64 {
    var pricer = Pricer(program: program, cart: columns, shopper: shopper, now: now)
    let evaluation = pricer.price(asksEverything: false)
    self.evaluation = evaluation
    return evaluation.shippingDiscount
  }

  /// Prices the cart and reads every line.
  mutating func priced() -> PricedCart {
    price()
    var priced = PricedCart()
    guard let evaluation else { return priced }
    for line in evaluation.lines {
      let units = line.units.reduce(0) { $0 + $1.quantity * $1.price }
      priced.add(lineTotal: units - line.orderShare - line.redeemedShare)
    }
    for case .applied in evaluation.verdicts { priced.appliedCount += 1 }
    return priced
  }

  /// The columns of a cart.
  static func columns(of cart: Cart, _ rules: RuleSet) -> CartColumns {
    var warnings: [String] = []
    return CartColumns(cart, program: rules.program, warnings: &warnings)
  }

  /// From the bytes of a cart to the bytes of its quote.
  static func quote(json: [UInt8], _ rules: RuleSet) throws(CartError) -> [UInt8] {
    let (cart, at) = try Cart.read(json: json, now: Workload.moment)
    return try rules.quote(validated: cart, at: at ?? Workload.moment).json(style: .compact)
  }

  /// Compiles rule files; nil when they have errors.
  static func rules(_ sources: [RuleSource]) -> RuleSet? {
    let compilation = RuleSet.compile(sources: sources)
    return compilation.hasErrors ? nil : compilation.rules
  }

  /// What pricing reads of a rule set, to see how large it is.
  static func program(of rules: RuleSet) -> Program { rules.program }
}
