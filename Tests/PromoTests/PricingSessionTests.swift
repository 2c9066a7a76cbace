import LocalTime
import Money
import Promo
import Testing

@Suite("a session") struct PricingSessionTests {
  private static let rules = """
    currency USD
    set mugs = items in category "mugs"
    campaign five { when quantity of items >= 5 give 10% off items hint "{missing} more" }
    campaign mugs_off { code "MUG" give $1 off each of mugs }
    """

  private func dollars(_ minorUnits: Int64) throws -> Money {
    Money(minorUnits: minorUnits, currency: try #require(Currency(code: "USD")))
  }

  private func line(_ sku: String, _ price: Int64, _ quantity: Int64) throws -> Cart.Line {
    var line = Cart.Line(sku: sku, price: try dollars(price), quantity: quantity)
    line.categories = sku == "MUG" ? ["mugs"] : []
    return line
  }

  private func cart() throws -> Cart {
    let lines = [try line("MUG", 10_00, 1), try line("TEA", 5_00, 1), try line("TOY", 8_00, 2)]
    return Cart(currency: try dollars(0).currency, lines: lines)
  }

  private func now() throws -> Instant {
    try #require(Instant(rfc3339: "2026-06-05T12:00:00-04:00"))
  }

  private func mistake(
    in session: inout PricingSession,
    _ edit: (inout PricingSession) throws(CartError) -> QuoteChange
  ) -> String? {
    let before = session.json()
    do {
      _ = try edit(&session)
      return nil
    } catch {
      #expect(session.json() == before)
      return "\(error.code.rawValue) \(error.pointer)"
    }
  }

  @Test("answers what a change has changed") func changes() throws {
    var session = try RuleSet(text: Self.rules).session(try cart(), at: try now())
    #expect(session.quote.notApplied.first?.hint == "1 more")
    let code = try session.addCode(" mug ")
    #expect(code.lines.map(\.id) == ["1"])
    #expect(code.campaigns == ["mugs_off"])
    #expect(code.rest.total == (try dollars(30_00)))
    #expect(code.removedLines.isEmpty)
    let more = try session.setQuantity(2, of: "2")
    #expect(more.lines.map(\.id) == ["1", "2", "3"])
    #expect(more.campaigns == ["five"])
    #expect(more.rest.discount == (try dollars(4_60)))
    let less = try session.remove("3")
    #expect(less.lines.map(\.id) == ["1", "2"])
    #expect(less.removedLines == ["3"])
    #expect(session.quote.total == (try dollars(19_00)))
    #expect(try session.setPrice(try dollars(6_00), of: "2").lines.map(\.id) == ["2"])
    #expect(try session.removeCode("MUG").lines.map(\.id) == ["1"])
    #expect(try session.addCode("nothing").isEmpty == false)
    #expect(try session.addCode("NOTHING").isEmpty)
  }

  @Test("keeps the ids of lines, and gives new ones to new lines") func ids() throws {
    var session = try RuleSet(text: Self.rules).session(try cart(), at: try now())
    try session.remove("1")
    try session.add(try line("BAG", 1_00, 1))
    #expect(session.quote.lines.map(\.id) == ["2", "3", "4"])
    var named = try line("HAT", 2_00, 1)
    named.id = "5"
    try session.add(named)
    try session.remove("4")
    try session.add(try line("BAG", 1_00, 1))
    #expect(session.quote.lines.map(\.id) == ["2", "3", "5", "6"])
    #expect(session.cart.lines.map(\.sku) == ["TEA", "TOY", "HAT", "BAG"])
  }

  @Test("refuses what its cart would refuse, and stays as it was") func mistakes() throws {
    var limits = CartLimits.library
    limits.lines = 4
    let rules = try RuleSet(text: Self.rules)
    var session = try rules.session(try cart(), at: try now(), limits: limits)
    let (cheap, huge) = (try line("BAG", 1_00, 1), try line("BAG", .max / 2, 1))
    let (negative, yen) = (
      try dollars(-1), Money(minorUnits: 1, currency: try #require(Currency(code: "JPY")))
    )
    var twin = cheap
    twin.id = "2"
    #expect(
      mistake(in: &session) { (session) throws(CartError) in try session.remove("9") }
        == "unknown_line /lines")
    #expect(
      mistake(in: &session) { (session) throws(CartError) in
        try session.setQuantity(10_000_001, of: "2")
      } == "out_of_range /lines/1/quantity")
    #expect(
      mistake(in: &session) { (session) throws(CartError) in try session.add(twin) }
        == "duplicate_line_id /lines/3/id")
    #expect(
      mistake(in: &session) { (session) throws(CartError) in try session.setPrice(negative, of: "3")
      }
        == "out_of_range /lines/2/price")
    #expect(
      mistake(in: &session) { (session) throws(CartError) in try session.setPrice(yen, of: "3") }
        == "currency_mismatch /lines/2/price")
    #expect(
      mistake(in: &session) { (session) throws(CartError) in try session.removeCode("MUG") }
        == "unknown_code /codes")
    #expect(
      mistake(in: &session) { (session) throws(CartError) in try session.addCode(" ") }
        == "empty_text /codes/0")
    try session.add(huge)
    #expect(
      mistake(in: &session) { (session) throws(CartError) in try session.setQuantity(3, of: "4") }
        == "overflow /lines/3/price")
    #expect(
      mistake(in: &session) { (session) throws(CartError) in try session.add(cheap) }
        == "too_many_lines /lines")
    for number in 1...25 { try session.addCode("code \(number)") }
    #expect(
      mistake(in: &session) { (session) throws(CartError) in try session.addCode("one more") }
        == "too_many_codes /codes")
  }

  @Test("a campaign alone on items that comes in with a code finds what others have discounted")
  func comesInAloneOnItems() throws {
    let rules = try RuleSet(
      text: """
        currency USD
        campaign a { give 10% off items }
        campaign b { code "B" stack alone on items give 10% off order }
        """)
    var session = try rules.session(try cart(), at: try now())
    try session.addCode("B")
    #expect(session.json() == (try rules.quote(session.cart, at: try now())).json())
    try session.removeCode("B")
    #expect(session.json() == (try rules.quote(session.cart, at: try now())).json())
  }
}
