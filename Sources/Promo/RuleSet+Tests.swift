import LocalTime
import Pricing
import RuleChecking

extension RuleSet {
  /// Runs the tests that stand in the rule files, and counts what they cover.
  ///
  /// - Parameter filter: Only tests whose name or file holds this text, ASCII case aside.
  /// - Complexity: One quote per test.
  /// - Source: section 9 of the language.
  public func runTests(filter: String? = nil) -> TestReport {
    let runner = TestRunner(
      rules: checked, files: files, zone: { TimeZones.table(for: $0) },
      run: { testCase throws(CartError) in try outcome(of: testCase) })
    return runner.report(filter: filter)
  }

  /// Quotes the cart of a test; campaigns that it leaves out are as good as declined.
  private func outcome(of testCase: TestCase) throws(CartError) -> TestOutcome {
    try testCase.cart.validate()
    var cart = testCase.cart
    if let only = testCase.only {
      cart.declined += checked.campaigns.map(\.name).filter { !only.contains($0) }
    }
    var warnings: [String] = []
    let columns = CartColumns(cart, program: program, warnings: &warnings)
    let shopper = try ShopperFacts(cart, program: program, warnings: &warnings)
    var pricer = Pricer(
      program: program, cart: columns, shopper: shopper, now: testCase.at.secondsSince1970)
    let evaluation =
      testCase.event.map { pricer.run(event: $0) } ?? pricer.price(asksEverything: true)
    let writer = QuoteWriter(
      program: program, cart: cart, shopper: shopper, evaluation: evaluation, at: testCase.at)
    return TestOutcome(
      quote: writer.quote(rules: identity, warnings: warnings), decisions: pricer.decisions())
  }
}
