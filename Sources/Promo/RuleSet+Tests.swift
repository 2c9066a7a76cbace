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
    var pricer = Pricer(program: program, currency: cart.currency)
    pricer.cart.load(cart, program: program, warnings: &warnings)
    pricer.shopper = try ShopperFacts(cart, program: program, warnings: &warnings)
    let now = testCase.at.secondsSince1970
    if let event = testCase.event {
      pricer.run(event: event, now: now)
    } else {
      pricer.price(now: now, explains: .all)
    }
    // Tests answer every campaign, whatever their cart asks to be explained.
    cart.explain = .all
    let writer = QuoteWriter(
      content: content, cart: cart, shopper: pricer.shopper, evaluation: pricer.evaluation(),
      at: testCase.at)
    return TestOutcome(
      quote: writer.quote(warnings: warnings), decisions: pricer.decisions())
  }
}
