import Promo
import Testing

@Suite("the code of GettingStarted does what the article says") struct GettingStartedTests {
  private let text = """
    currency USD
    timezone "America/New_York"

    campaign buy5_save15 "Buy 5 or more items and save 15%" {
      when quantity of items >= 5
      give 15% off items
      message "You saved {saved}."
    }

    campaign fourth_visit "4th visit this month: $10 off" {
      when visit_number this month = 4
      give $10 off order
      limit 1 per customer per month
      hint "Visits to go: {missing}"
    }

    campaign tote "A tote with $80 and more" {
      when subtotal of items >= $80
      give gift "TOTE"
    }

    campaign welcome "A first order" {
      code "WELCOME"
      when visits ever = 0
      give 50% off shipping
      limit 1 per customer
    }
    """

  private func dollars() throws -> Currency { try #require(Currency(code: "USD")) }

  private func moment(_ day: Int) throws -> Instant {
    try #require(Instant(rfc3339: "2026-06-0\(day)T12:00:00-04:00"))
  }

  private func member() -> Cart.Customer {
    var customer = Cart.Customer()
    customer.id = "ana"
    customer.isMember = true
    return customer
  }

  @Test("a page shows new prices, messages, hints and codes")
  func page() throws {
    var customer = member()
    let cart = cart(in: try dollars(), of: customer)
    let now = try moment(5)
    let rules = try RuleSet(text: text)
    let quote = try rules.quote(cart, at: now)
    #expect(
      texts(of: quote) == [
        "4 × SHIRT at 17.00 USD", "1 × SOCKS at 4.25 USD", "You saved $12.75.",
        "A tote with $80 and more: 0.00 USD off", "A first order: 3.00 USD off",
        "Visits to go: 3", "to pay: 75.24 USD",
      ])
    remember(quote, of: &customer)
    let again = try rules.quote(basket(of: customer), at: now)
    #expect(texts(of: again).contains("WELCOME: used_up"))
  }

  private func basket(of customer: Cart.Customer) throws -> Cart {
    cart(in: try dollars(), of: customer)
  }

  @Test("an order that is remembered is a visit, and its campaign is used")
  func visits() throws {
    let rules = try RuleSet(text: text)
    var customer = member()
    var given: [Bool] = []
    for day in 1...5 {
      let quote = try rules.quote(try basket(of: customer), at: try moment(day))
      given.append(quote.applied.contains { $0.campaign == "fourth_visit" })
      remember(quote, of: &customer)
    }
    #expect(given == [false, false, false, true, false])
    #expect(customer.redemptions.filter { $0.campaign == "fourth_visit" }.count == 1)
    #expect(
      customer.redemptions.first { $0.campaign == "fourth_visit" }?.discount?.minorUnits == 1000)
  }

  @Test("a gift goes into the cart, costs nothing, and goes when it is no longer given")
  func gifts() throws {
    let rules = try RuleSet(text: text)
    let dollars = try dollars()
    let price = { (_: String) in Money(minorUnits: 12_00, currency: dollars) }
    var cart = try basket(of: member())
    var quote = try rules.quote(cart, at: try moment(5))
    let due = quote.due
    settleGifts(of: quote, in: &cart, price: price)
    #expect(cart.lines.count == 3)
    quote = try rules.quote(cart, at: try moment(5))
    #expect(quote.due == due && quote.gifts.isEmpty)
    cart.lines[0].quantity = 1
    quote = try rules.quote(cart, at: try moment(5))
    settleGifts(of: quote, in: &cart, price: price)
    #expect(cart.lines.map(\.sku) == ["SHIRT", "SOCKS"])
  }

  @Test("rules with a mistake do not take over")
  func publishing() throws {
    let inForce = RulesInForce(try RuleSet(text: text))
    let identity = inForce.current.identity
    let error = #expect(throws: RuleSetError.self) {
      try inForce.publish([RuleSource(path: "a.promo", text: "campaign a { give 10% of items }")])
    }
    #expect(error?.description.contains("a.promo") == true)
    #expect(inForce.current.identity == identity)
    try inForce.publish([RuleSource(path: "a.promo", text: "campaign a { give 10% off items }")])
    #expect(inForce.current.identity != identity)
  }

  @Test("many tasks get the same quotes as one")
  func threads() async throws {
    let rules = try RuleSet(text: text)
    let now = try moment(5)
    var carts: [Cart] = []
    for quantity in 1...50 {
      var cart = try basket(of: member())
      cart.lines[0].quantity = Int64(quantity)
      carts.append(cart)
    }
    let alone = try carts.map { try rules.quote($0, at: now) }
    #expect(try await quotes(of: carts, under: rules, at: now) == alone)
  }

  @Test("a page that follows a cart paints what has changed")
  func changes() throws {
    var page = try CartPage(try basket(of: member()), under: RuleSet(text: text), at: try moment(5))
    #expect(
      try page.set(5, of: "row-1")
        == ["row-1 is 85.00 USD", "to pay: 92.24 USD"])
    #expect(try page.set(0, of: "row-2") == ["row-2 is gone", "to pay: 87.99 USD"])
  }

  @Test("a cart with a mistake is refused at its place")
  func refusal() throws {
    let rules = try RuleSet(text: text)
    var cart = try basket(of: member())
    cart.lines[0].quantity = 0
    let error = #expect(throws: CartError.self) { try rules.quote(cart, at: try moment(5)) }
    #expect(error?.pointer == "/lines/0/quantity")
  }

  @Test("JSON in gives the quote's JSON out")
  func json() throws {
    let rules = try RuleSet(text: text)
    let cart = try basket(of: member())
    let now = try moment(5)
    #expect(
      try answer(to: cart.json(), under: rules, now: now) == (try rules.quote(cart, at: now).json())
    )
  }

  @Test("rules are read from files")
  func reading() throws {
    let rules = try ArticleTests.rules(at: [try Article("Rules/storefront.promo").fullPath])
    #expect(rules.warnings.isEmpty)
  }
}
