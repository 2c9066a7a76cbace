import CAllocations
import Money
import Promo

/// A workload with its rules compiled, ready for both tills.
struct Bench {
  let workload: Workload
  let rules: RuleSet
  let cart: Cart

  /// Makes a workload and compiles its rules.
  ///
  /// - Throws: `BenchProblem.refused` when the compiler takes no rule set of that size.
  init(_ workload: Workload) throws(BenchProblem) {
    guard let currency = Currency(code: "USD"), let rules = EngineUnderTest.rules(workload.sources)
    else { throw .refused(workload.shape.name) }
    self.workload = workload
    self.rules = rules
    cart = workload.cart(currency: currency)
  }

  /// The engine with the cart before it.
  func engine() throws(BenchProblem) -> EngineUnderTest {
    do { return try EngineUnderTest(rules, cart) } catch { throw .unpriced(workload.shape.name) }
  }

  /// Prices the cart with both tills; they must agree on every line.
  @discardableResult
  func checked() throws(BenchProblem) -> PricedCart {
    var engine = try engine()
    let (ours, theirs) = (engine.priced(), ReferenceUnderTest(workload).priced())
    guard ours == theirs else {
      throw .different(workload.shape.name, ours: "\(ours)", reference: "\(theirs)")
    }
    return ours
  }

  /// Allocations of one run, once warm; nil where nobody counts them.
  static func allocations(_ runs: Int, _ work: () -> Void) -> Double? {
    guard allocations_can_be_counted() != 0 else { return nil }
    work()
    allocations_begin()
    for _ in 0..<runs { work() }
    return Double(allocations_end()) / Double(runs)
  }
}

/// Why there is no figure.
enum BenchProblem: Error, CustomStringConvertible {
  case refused(String)
  case unpriced(String)
  case different(String, ours: String, reference: String)

  var description: String {
    switch self {
    case .refused(let name): "\(name): the compiler refuses so many campaigns"
    case .unpriced(let name): "\(name): the cart cannot be priced"
    case .different(let name, let ours, let reference):
      "\(name): priced differently\n  ours      \(ours)\n  reference \(reference)"
    }
  }
}
