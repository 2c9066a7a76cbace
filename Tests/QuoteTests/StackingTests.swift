import Promo
import Testing

@Suite("campaigns that share an order") struct StackingTests {
  private func lines() throws -> [Cart.Line] {
    [try Quoting.line("A", 1000, 2, category: "a"), try Quoting.line("B", 500, category: "b")]
  }

  @Test("of two that stand alone the one that saves more is chosen, and the other says so")
  func alone() throws {
    let quote = try Quoting.quote(
      rules: """
        campaign five { give $5 off order stack alone }
        campaign ten { give $10 off order stack alone }
        """, lines())
    #expect(quote.applied.map(\.campaign) == ["ten"])
    let refusal = try #require(quote.refusal("five"))
    #expect(refusal.reason == .stacking && refusal.against == ["ten"])
    #expect(refusal.saving?.minorUnits == 500)
    #expect(quote.isProven)
  }

  @Test("two that may stack can beat one that saves more by itself")
  func wholeQuotes() throws {
    let quote = try Quoting.quote(
      rules: """
        campaign big { give $8 off order stack alone }
        campaign small { give $5 off order }
        campaign other { give $4 off order }
        """, lines())
    #expect(quote.applied.map(\.campaign) == ["small", "other"])
    #expect(quote.refusal("big")?.against == ["small", "other"])
  }

  @Test("`stack with` must be allowed by both")
  func with() throws {
    let quote = try Quoting.quote(
      rules: """
        campaign a { give $3 off order stack with b }
        campaign b { give $3 off order }
        campaign c { give $2 off order }
        """, lines())
    #expect(quote.applied.map(\.campaign) == ["a", "b"])
    #expect(quote.refusal("c")?.against == ["a"])
  }

  @Test("`choose by priority` takes them in order of priority")
  func byPriority() throws {
    let quote = try Quoting.quote(
      rules: """
        choose by priority
        campaign small { priority 1 give $1 off order stack best of "g" }
        campaign large { give $9 off order stack best of "g" }
        """, lines())
    #expect(quote.applied.map(\.campaign) == ["small"])
  }

  @Test("each unit gets the member of a group that saves most on it")
  func bestOnItems() throws {
    let quote = try Quoting.quote(
      rules: """
        campaign percent { give 20% off items stack best of "g" on items }
        campaign fixed { give $1.50 off each of items stack best of "g" on items }
        """, lines())
    // 20% of $10 is $2.00 against $1.50; 20% of $5 is $1.00 against $1.50.
    #expect(quote.total("A") == 1600)
    #expect(quote.total("B") == 350)
  }

  @Test("a campaign alone on items skips what is discounted and keeps what it discounts")
  func aloneOnItems() throws {
    let quote = try Quoting.quote(
      rules: """
        campaign first { priority 2 give 10% off (items in category "a") }
        campaign keeper { priority 1 give 50% off items stack alone on items }
        campaign later { give 10% off items }
        campaign whole { give 10% off order }
        """, lines())
    // A: 10% and then 10%; B: half, kept. The order discount is 10% of A's $16.20 only.
    #expect(quote.lines[0].unitPrice?.minorUnits == 810)
    #expect(quote.lines[1].unitPrice?.minorUnits == 250)
    #expect(quote.lines.map(\.orderShare.minorUnits) == [162, 0])
  }

  @Test("beyond 4,096 choices the quote says that its choice is not proven")
  func unproven() throws {
    func quote(_ groups: Int) throws -> Quote {
      let rules = (0..<groups).map { group in
        """
        campaign x\(group) { give $0.02 off order stack best of "g\(group)" }
        campaign y\(group) { give $0.01 off order stack best of "g\(group)" }
        """
      }
      return try Quoting.quote(rules: rules.joined(separator: "\n"), lines())
    }
    let proven = try quote(6)
    #expect(proven.isProven && proven.discount.minorUnits == 12)
    let beyond = try quote(13)
    #expect(!beyond.isProven && beyond.discount.minorUnits == 26)
  }

  @Test("a gift is proposed, accepted without a price, and withdrawn when it is too many")
  func gifts() throws {
    func quote(accepted: Int64?) throws -> Quote {
      try Quoting.quote("give gift 2 of \"TOTE\"", lines()) { cart in
        guard let accepted else { return }
        var tote = try Quoting.line("TOTE", 700, accepted)
        tote.gift = "c"
        cart.lines.append(tote)
      }
    }
    #expect(try quote(accepted: nil).gifts.map(\.quantity) == [2])
    let one = try quote(accepted: 1)
    #expect(one.gifts.map(\.quantity) == [1])
    #expect(one.lines.count == 3 && one.lines[2].total.minorUnits == 0)
    #expect(one.total.minorUnits == 2500)
    let three = try quote(accepted: 3)
    #expect(three.withdrawnGifts.map(\.id) == ["3"])
    #expect(three.lines.count == 2)
  }
}
