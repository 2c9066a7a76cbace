import Testing

@testable import Promo

@Suite("tests in rule files") struct TestRunnerTests {
  private func report(_ text: String, filter: String? = nil) throws -> TestReport {
    try RuleSet(text: text, path: "x.promo").runTests(filter: filter)
  }

  /// The failures of a single test, as `line: expected / actual`.
  private func failures(_ rules: String, _ steps: String) throws -> [String] {
    let report = try report("\(rules)\ntest \"t\" {\n\(steps)\n}")
    let result = try #require(report.results.first)
    return result.failures.map { "\($0.line): \($0.expected) / \($0.actual)" }
  }

  private let ten = "currency USD campaign ten { when quantity of items >= 2 give 10% off items }"

  @Test("a test whose expectations are met passes, and says nothing more")
  func passes() throws {
    let report = try report(
      """
      currency USD
      campaign ten { when quantity of items >= 2 give 10% off items message "Saved {saved}." }

      test "two save ten percent" {
        cart { 2 "A" at $5.00 }
        expect applied ten
        expect line "A" unit_price $4.50
        expect line "A" total $9.00
        expect discount $1.00
        expect message "Saved $1.00."
      }
      """)
    #expect(report.passedCount == 1 && report.failedCount == 0)
    let result = try #require(report.results.first)
    #expect(result.file == "x.promo" && result.name == "two save ten percent" && result.line == 4)
    #expect(result.receipt.isEmpty)
  }

  @Test(
    "what is not met is said at its line, with what there was instead",
    arguments: [
      ("expect discount $2.00", "discount $2.00 / it is $1.00"),
      ("expect line \"A\" total $8.00", "line \"A\" total $8.00 / it is $9.00"),
      ("expect line \"A\" unit_price $4.40", "line \"A\" unit_price $4.40 / it is $4.50"),
      ("expect line \"B\" total $8.00", "line \"B\" total $8.00 / the cart has no line \"B\""),
      (
        "expect line \"B\" unit_price $8.00",
        "line \"B\" unit_price $8.00 / the cart has no line \"B\""
      ),
      ("expect shipping $0", "shipping $0 / the cart has no shipping"),
      (
        "expect refused ten because condition",
        "refused ten because condition / it applied, with $1.00 off"
      ),
      ("expect gift \"TOTE\"", "gift \"TOTE\" / there is no gift"),
      ("expect hint \"More\"", "hint \"More\" / there is no hint"),
      ("expect message \"More\"", "message \"More\" / there is no message"),
    ])
  func mismatches(step: String, failure: String) throws {
    let failures = try failures(ten, "cart { 2 \"A\" at $5.00 }\n\(step)")
    #expect(failures == ["4: \(failure)"])
  }

  @Test("a refusal is told with its reason and the comparison that failed")
  func refusals() throws {
    let cart = "cart { 1 \"A\" at $5.00 }\n"
    #expect(
      try failures(ten, cart + "expect applied ten")
        == ["4: applied ten / it was refused because condition: it wants at least 2 and finds 1"])
    #expect(
      try failures(ten, cart + "expect refused ten because limit")
        == [
          "4: refused ten because limit / it was refused because condition: it wants at least 2 and finds 1"
        ])
    #expect(try failures(ten, cart + "expect refused ten because condition").isEmpty)
  }

  @Test("units of one sku at several prices have no one unit price")
  func severalPrices() throws {
    let rules = "currency USD campaign half { give 50% off cheapest 1 of items }"
    let steps = """
      cart { 2 "A" at $5.00 1 "A" at $5.00 }
      expect line "A" total $12.50
      expect line "A" unit_price $5.00
      """
    #expect(
      try failures(rules, steps)
        == ["5: line \"A\" unit_price $5.00 / its units cost $5.00 and $2.50"])
  }

  @Test("a failed test comes with a receipt")
  func receipt() throws {
    let report = try report(
      """
      currency USD
      campaign ten { when quantity of items >= 2 give 10% off items }
      campaign far { when quantity of items >= 9 give 10% off items }
      test "t" { cart { 2 "A" at $5.00 } shipping $4.00 expect discount $2.00 }
      """)
    #expect(
      report.results.first?.receipt == """
        2 "A" at $5.00, now $4.50: $9.00
        discount $1.00
        shipping $4.00
        total $13.00
        applied ten: $1.00 off
        refused far because condition: it wants at least 9 and finds 2
        """)
  }

  @Test("`only` runs those campaigns and no others")
  func only() throws {
    let rules = """
      currency USD
      campaign a { give 10% off items }
      campaign b { give 20% off items }
      """
    let steps = "only a cart { 1 \"A\" at $10 } expect discount $1.00"
    #expect(try failures(rules, steps).isEmpty)
  }

  @Test("a filter keeps tests whose name holds its text, or whose file does")
  func filter() throws {
    let text = """
      currency USD
      campaign a { give 10% off items }
      test "First one" { cart { 1 "A" at $10 } expect applied a }
      test "second" { cart { 1 "A" at $10 } expect applied a }
      """
    #expect(try report(text, filter: "first").results.map(\.name) == ["First one"])
    #expect(try report(text, filter: "X.PROMO").results.count == 2)
    #expect(try report(text, filter: "").results.count == 2)
    #expect(try report(text, filter: "third").results.isEmpty)
  }

  @Test("what a customer is, orders say and lines have reaches the campaign")
  func facts() throws {
    let rules = """
      currency USD timezone "America/New_York"
      attributes {
        item color: text, weight: number
        customer tier: text, birthday: date, rate: percent, credit: money, vip: flag
        order wrap: flag, boxes: count
      }
      balance points { worth $1 per 100 redeem as payment }
      balance cashback { money redeem as discount }
      set some = items where color = "red" and weight >= 1.5 and brand = "b" and vendor = "v"
        and name contains "na" and on_sale and in category "c" and in tag "t"
      campaign all_of_it {
        for customers in group "new"
        when customer.tier = "gold" and customer.birthday = 1990-05-03 and customer.rate = 12.5%
        when customer.credit >= $3.50 and customer.vip and order.wrap and order.boxes = 2
        when order.country = "US" and order.channel = "web" and order.store = "s"
        when balance of points >= 300 and customer is member and today = 2026-05-20
        code "X"
        give 10% off some
      }
      """
    let steps = """
      at 2026-05-20T12:00
      customer {
        id "m" email "m@example.com" member group "new" tier "gold" birthday 1990-05-03
        rate 12.5% credit $3.50 vip yes balance points 300 balance cashback $4.00
      }
      order { country "US" channel "web" store "s" wrap yes boxes 2 }
      cart {
        1 "A" at $10 category "c" brand "b" tag "t" vendor "v" name "name" color "red"
          weight 1.5 was $12.00 floor $9.50
        1 "B" at $10 not_discountable
        1 "C" at $25 gift_card
      }
      code "Y", "x"
      redeem $2 of cashback
      expect applied all_of_it
      expect discount $0.50
      """
    #expect(try failures(rules, steps).isEmpty)
  }

  @Test("`redeem` is a discount or a payment, as the balance says")
  func redeem() throws {
    let rules = """
      currency USD
      balance points { worth $1 per 100 redeem as payment }
      balance cashback { money redeem as discount }
      campaign earning { earn 1 point per $1 of order }
      """
    let cart = "cart { 1 \"A\" at $10 }"
    let discount = """
      customer { id "m" member balance cashback $5.00 }
      \(cart) redeem $3 of cashback expect line "A" total $7.00 expect earned 7 points
      """
    #expect(try failures(rules, discount).isEmpty)
    let payment = """
      customer { id "m" member balance points 500 }
      \(cart) redeem 300 points expect line "A" total $10.00 expect earned 9 points
      """
    #expect(try failures(rules, payment) == ["7: earned 9 points / it is 10 points"])
  }

  @Test("a row of tiers that only earns earns, whatever other rows give")
  func earningRow() throws {
    let rules = """
      currency USD
      balance points { worth $1 per 100 }
      campaign a {
        tiers by quantity of items {
          at 1 earn 5 points
          at 2 give $1 off order earn 9 points
        }
      }
      """
    let member = "customer { id \"m\" member }"
    let earns = "\(member) cart { 1 \"A\" at $10 } expect applied a expect earned 5 points"
    #expect(try failures(rules, earns).isEmpty)
    let gives = "\(member) cart { 2 \"A\" at $10 } expect discount $1 expect earned 9 points"
    #expect(try failures(rules, gives).isEmpty)
    let guest = "cart { 1 \"A\" at $10 } expect refused a because nothing_to_give"
    #expect(try failures(rules, guest).isEmpty)
  }

  @Test("an event runs its campaigns and nothing else")
  func events() throws {
    let rules = """
      currency USD
      balance points { worth $1 per 100 redeem as payment }
      campaign hello { event sign_up earn 500 points limit 1 per customer }
      campaign bye { event "moved away" earn 5 points }
      campaign shop { give $5 off order }
      """
    let hello = """
      customer { id "n" member } event sign_up expect applied hello expect earned 500 points
      """
    #expect(try failures(rules, hello).isEmpty)
    let again = """
      customer { id "n" member redeemed hello 1 } event sign_up
      expect refused hello because limit
      """
    #expect(try failures(rules, again).isEmpty)
    let other = """
      customer { id "n" member } event "moved away" expect earned 5 points expect applied hello
      """
    #expect(
      try failures(rules, other) == ["7: applied hello / the quote does not speak of it"])
  }

  @Test("uses by everyone reach limits and caps, by orders, by code and by money")
  func used() throws {
    let rules = """
      currency USD
      campaign few { code "X" give $1 off order limit 10 total }
      campaign coded { code "Y" give $1 off order limit 10 per code }
      campaign poor { give $3 off order cap $20 total }
      """
    let steps = { (few: Int, coded: Int, poor: String) in
      """
      used { few \(few) coded \(coded) poor $\(poor) } code "X", "Y"
      cart { 1 "A" at $50 }
      """
    }
    let left = "\nexpect applied few expect applied coded expect discount $3.50"
    #expect(try failures(rules, steps(9, 9, "18.50") + left).isEmpty)
    let spent = """

      expect refused few because limit
      expect refused coded because limit
      expect refused poor because cap
      """
    #expect(try failures(rules, steps(10, 10, "20") + spent).isEmpty)
  }

  @Test("a test that cannot be a cart fails with the reason")
  func unworkable() throws {
    let steps = """
      customer { id "a" visits 10001 this year } cart { 1 "A" at $1 } expect applied ten
      """
    #expect(
      try failures(ten, steps) == ["3: a test that can be run / a test may say at most 10000 here"])
    let days = """
      at 2026-05-03T10:00 customer { id "a" visit_days 4 this month }
      cart { 1 "A" at $1 } expect applied ten
      """
    #expect(
      try failures(ten, days) == ["3: a test that can be run / the window has fewer than 4 days"])
  }
}
