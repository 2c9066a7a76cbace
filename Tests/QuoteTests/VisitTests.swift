import Promo
import Testing

@Suite("the 4th visit") struct VisitTests {
  private static let clauses = """
    for members when visit_number this month = 4 give $10 off order
    limit 1 per customer per month
    """

  private func quote(visits: [String], at: String) throws -> Quote {
    try Quoting.quote(Self.clauses, [Quoting.line("MUG", 3000)], at: at) { cart in
      var customer = Cart.Customer()
      customer.id = "m-1"
      customer.isMember = true
      customer.history = try visits.map { Cart.Visit(at: try Quoting.instant($0)) }
      cart.customer = customer
    }
  }

  @Test(
    "$10 comes on the 4th visit of the month, not on the 3rd and not on the 5th",
    arguments: [
      (2, false), (3, true), (4, false),
    ])
  func fourth(earlier: Int, applies: Bool) throws {
    let visits = (1...earlier).map { "2026-06-0\($0)T10:00:00-04:00" }
    let quote = try quote(visits: visits, at: "2026-06-20T12:00:00-04:00")
    #expect(quote.applied("c") == applies)
    #expect(quote.total.minorUnits == (applies ? 2000 : 3000))
  }

  @Test("the third visit says how many visits are missing")
  func missing() throws {
    let quote = try quote(
      visits: ["2026-06-01T10:00:00-04:00"], at: "2026-06-20T12:00:00-04:00")
    #expect(quote.refusal("c")?.missing == .visits(2))
    let detail = quote.refusal("c")?.detail
    #expect(detail?.left == "2" && detail?.operator == "=" && detail?.right == "4")
  }

  /// The clocks of New York went to daylight time on 2026-03-08 and back on 2026-11-01.
  @Test(
    "a visit in the last second of a month counts for it, also where the clocks change",
    arguments: [
      // March ends in daylight time (−04:00), though it began in standard time.
      ("2026-03-31T23:59:59-04:00", "2026-03-31T23:59:59-04:00", true),
      // The same second said in standard time is 00:59:59 of April.
      ("2026-03-31T23:59:59-05:00", "2026-04-02T12:00:00-04:00", false),
      ("2026-06-30T23:59:59-04:00", "2026-06-30T23:59:59-04:00", true),
      ("2026-06-30T23:59:59-04:00", "2026-07-01T00:00:00-04:00", false),
      // October ends in daylight time, half a day before the clocks go back.
      ("2026-10-31T23:59:59-04:00", "2026-10-31T23:59:59-04:00", true),
      // November ends in standard time.
      ("2026-11-30T23:59:59-05:00", "2026-11-30T23:59:59-05:00", true),
      ("2026-12-01T00:00:00-05:00", "2026-12-01T00:00:00-05:00", false),
    ])
  func monthEnds(third: String, now: String, applies: Bool) throws {
    let month = third.prefix(8)
    let quote = try quote(
      visits: ["\(month)10T10:00:00-05:00", "\(month)11T10:00:00-05:00", third], at: now)
    #expect(quote.applied("c") == applies)
  }

  @Test("the limit per month keeps a second use of the month out")
  func limit() throws {
    let visits = (1...3).map { "2026-06-0\($0)T10:00:00-04:00" }
    let quote = try Quoting.quote(
      Self.clauses, [Quoting.line("MUG", 3000)], at: "2026-06-20T12:00:00-04:00"
    ) { cart in
      var customer = Cart.Customer()
      customer.id = "m-1"
      customer.isMember = true
      customer.history = try visits.map { Cart.Visit(at: try Quoting.instant($0)) }
      customer.redemptions = [
        Cart.Redemption(campaign: "c", at: try Quoting.instant("2026-06-03T10:00:00-04:00"))
      ]
      cart.customer = customer
    }
    #expect(quote.refusal("c")?.reason == .limit)
  }
}
