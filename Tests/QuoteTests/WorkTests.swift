import Pricing
import Testing

@testable import Promo

/// Work is counted, never timed.
@Suite("the work of a quote") struct WorkTests {
  private func work(_ rules: String, _ lines: [Cart.Line]) throws -> WorkCount {
    let set = try RuleSet(text: "currency USD timezone \"America/New_York\" \(rules)")
    let cart = try Quoting.cart(lines)
    var warnings: [String] = []
    var pricer = Pricer(program: set.program, currency: cart.currency)
    pricer.cart.load(cart, program: set.program, warnings: &warnings)
    pricer.shopper = try ShopperFacts(cart, program: set.program, warnings: &warnings)
    pricer.price(now: try Quoting.instant().secondsSince1970, explains: .all)
    let evaluation = pricer.evaluation()
    let losers = evaluation.verdicts.filter { verdict in
      if case .refused(let refusal) = verdict.verdict { return refusal.saving != nil }
      return false
    }
    #expect(losers.count == max(0, members(in: rules) - 1))
    return evaluation.work
  }

  private func members(in rules: String) -> Int {
    rules.split(separator: "\n").count { $0.contains("best of") }
  }

  private func group(_ count: Int) -> String {
    (1...count).map { number in
      "campaign c\(number) { give $0.\(number % 90 + 10) off order stack best of \"g\" }"
    }.joined(separator: "\n")
  }

  @Test("a group of 500 is priced once for each member, and once more for the winner")
  func group() throws {
    let lines = [try Quoting.line("A", 1000, 2)]
    #expect(try work(group(500), lines).pricingCount == 501)
    // Beside others a loser's own saving is priced as well.
    let others = "\ncampaign other { give 1% off items }"
    #expect(try work(group(500) + others, lines).pricingCount == 1000)
  }

  @Test("a bundle of many slots over many lines looks at each line a few times at most")
  func bundles() throws {
    let slots = (1...8).map { "2 (items in tag \"t\($0)\")" }.joined(separator: " + ")
    func steps(_ count: Int) throws -> Int {
      let lines = try (0..<count).map { number in
        var line = try Quoting.line("S\(number)", Int64(1000 + number * 7 % 501), 3)
        line.tags = ["t\(number % 8 + 1)", "t\((number + 3) % 8 + 1)"]
        return line
      }
      return try work("campaign c { give price $1 for \(slots) }", lines).bundleStepCount
    }
    let (few, many) = (try steps(100), try steps(800))
    #expect(few > 0 && many <= 9 * few && many <= 800 * 20, "\(few), \(many)")
  }

  @Test("quantities cost nothing")
  func quantities() throws {
    func steps(_ quantity: Int64) throws -> Int {
      try work(
        "campaign c { give price $1 for 2 items + 1 items }",
        [try Quoting.line("A", 1000, quantity), try Quoting.line("B", 900, quantity)]
      ).bundleStepCount
    }
    #expect(try steps(5_000_000) <= steps(5) + 8)
  }
}
