import LocalTime
import Pricing
import Promo

/// The engine with a cart before it; all that the benchmarks know of the engine's interface.
///
/// What is timed begins with columns and facts that stand ready, as the reference has its columns,
/// and ends with prices of all lines and, in numbers, what became of every campaign that
/// `explain: near` tells of: its reason, what it took off, what is missing. Not made are the words of
/// a verdict (the comparison as text, the names of rivals and gifts), which `toldAsValues` times on
/// their own, and the list of every cent by line and campaign, which the reference does not make
/// either and which JSON to JSON includes.
struct EngineUnderTest: ~Copyable {
  private var pricer: Pricer
  private let now: Int64

  /// Lays a cart out as columns.
  init(_ rules: RuleSet, _ cart: Cart) throws(CartError) {
    var warnings: [String] = []
    pricer = Pricer(program: rules.program, currency: cart.currency)
    pricer.shopper = try ShopperFacts(cart, program: rules.program, warnings: &warnings)
    pricer.keepsEntries = false
    pricer.cart = EngineUnderTest.columns(of: cart, rules)
    now = Workload.moment.secondsSince1970
  }

  /// Prices the cart once and reads what became of every campaign that is told of.
  ///
  /// - Returns: A sum of all that was read, so that none of it can be left out.
  @discardableResult
  mutating func price() -> Int64 {
    pricer.price(now: now, explains: .near)
    var sum: Int64 = 0
    for place in pricer.told.indices {
      let outcome = pricer.outcome(at: place)
      sum &+= outcome.discount &+ (outcome.missing?.amount ?? 0)
      if outcome.reason != nil { sum &+= 1 }
    }
    return sum
  }

  /// Prices the cart and makes a value of what became of every campaign, as a quote is written from.
  @discardableResult
  mutating func toldAsValues() -> Int {
    pricer.price(now: now, explains: .near)
    return pricer.evaluation(isWithLines: false).verdicts.count
  }

  /// Prices the cart and reads every line.
  mutating func priced() -> PricedCart {
    pricer.price(now: now, explains: .near)
    let evaluation = pricer.evaluation()
    var priced = PricedCart()
    for index in 0..<pricer.cart.lineCount {
      let line = evaluation.line(Int32(index))
      let units = line.units.reduce(0) { $0 + $1.quantity * $1.price }
      priced.add(lineTotal: units - line.orderShare - line.redeemedShare)
    }
    for case .applied in evaluation.verdicts.lazy.map(\.verdict) { priced.appliedCount += 1 }
    return priced
  }

  /// The columns of a cart.
  static func columns(of cart: Cart, _ rules: RuleSet) -> CartColumns {
    var warnings: [String] = []
    var columns = CartColumns(currency: cart.currency)
    columns.attributes = rules.program.attributes.map { _ in [] }
    columns.load(cart, program: rules.program, warnings: &warnings)
    return columns
  }

  /// From the bytes of a cart to the bytes of its quote.
  static func quote(json: [UInt8], _ rules: RuleSet) throws(CartError) -> [UInt8] {
    try rules.quote(json: json, now: Workload.moment)
  }

  /// Compiles rule files; nil when they have errors.
  static func rules(_ sources: [RuleSource]) -> RuleSet? {
    let compilation = RuleSet.compile(sources: sources)
    return compilation.hasErrors ? nil : compilation.rules
  }

  /// What pricing reads of a rule set, to see how large it is.
  static func program(of rules: RuleSet) -> Program { rules.program }
}
