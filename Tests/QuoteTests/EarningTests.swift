import Promo
import Testing

@Suite("earning in quotes") struct EarningTests {
  private func quote(
    _ rules: String, _ lines: [Cart.Line], change: (inout Cart) throws -> Void = { _ in }
  ) throws -> Quote {
    let points = "balance points { worth $1 per 100 redeem as payment }\n"
    return try Quoting.quote(rules: points + rules, lines) { cart in
      var customer = Cart.Customer()
      customer.id = "m"
      customer.isMember = true
      cart.customer = customer
      try change(&cart)
    }
  }

  @Test("points that do not fit answer with the error, and touch nobody else's")
  func overflow() throws {
    let quote = try quote(
      """
      campaign huge { earn 9000000000 points per $0.01 of order }
      campaign plain { earn 1 point per $1 of order }
      campaign off { give 10% off order }
      """, [Quoting.line("A", 1_000_000_000, 10)])
    #expect(quote.refusal("huge")?.reason == .error)
    #expect(quote.earned.map(\.campaign) == ["plain"])
    #expect(quote.earned.map(\.amount.value) == [90_000_000])
    #expect(quote.applied.map(\.campaign) == ["off"])
  }

  @Test("a row that only earns competes with nobody and earns on what is left after discounts")
  func earningRow() throws {
    let rules = """
      campaign ladder {
        tiers by subtotal of items {
          at $10 give 10% off order
          at $50 earn 1 point per $1 of order
        }
        stack alone
      }
      campaign twenty { give 20% off order stack alone }
      """
    let giving = try quote(rules, [Quoting.line("A", 2000)])
    #expect(giving.applied.map(\.campaign) == ["twenty"])
    #expect(giving.refusal("ladder")?.reason == .stacking && giving.earned.isEmpty)
    let earning = try quote(rules, [Quoting.line("A", 6000)])
    #expect(earning.applied.map(\.campaign) == ["twenty"])
    #expect(earning.refusal("ladder") == nil)
    #expect(earning.earned.map(\.campaign) == ["ladder"])
    #expect(earning.earned.map(\.amount.value) == [48])
  }

  @Test("a row that waits for prices may turn out to earn only")
  func lateRow() throws {
    let rules = """
      campaign ladder {
        tiers by subtotal of items after discounts {
          at $10 give 10% off order
          at $50 earn 1 point per $1 of order
        }
      }
      campaign early { give $10 off each of items }
      """
    let earning = try quote(rules, [Quoting.line("A", 6000)])
    #expect(earning.applied.map(\.campaign) == ["early"])
    #expect(earning.earned.map(\.amount.value) == [50] && earning.refusal("ladder") == nil)
    let giving = try quote(rules, [Quoting.line("A", 5999)])
    #expect(giving.applied.map(\.campaign) == ["ladder", "early"] && giving.earned.isEmpty)
  }

  @Test("gift lines are asked by their size and shown where they stand")
  func giftLines() throws {
    func gift(_ id: String, _ quantity: Int64) throws -> Cart.Line {
      var line = try Quoting.line("TOTE", 700, quantity)
      line.gift = "c"
      line.id = id
      return line
    }
    let item = try Quoting.line("A", 1000)
    let (small, large) = (try gift("small", 1), try gift("large", 2))
    for lines in [[item, small, large], [item, large, small], [small, item, large]] {
      let quote = try quote("campaign c { give gift 2 of \"TOTE\" }", lines)
      #expect(quote.withdrawnGifts.map(\.id) == ["small"])
      #expect(quote.gifts.isEmpty && quote.total.minorUnits == 1000)
      let shown = lines.filter { $0.id != "small" }.map(\.sku)
      #expect(quote.lines.map(\.sku) == shown)
    }
  }
}
