import Testing

/// The root of the checkout.
private let root = fixture("../../")

/// Rules whose quotes show every part of a receipt.
private let rules = """
  currency USD
  timezone "America/New_York"

  balance points { worth $1 per 100 redeem as payment }
  balance cashback { money redeem as discount }

  set shirts = items in category "shirts"

  campaign tenth "Ten off shirts" {
    give 10% off shirts
    message "Shirts are cheaper today: you saved {saved}."
  }

  campaign three "3 mugs for $20" {
    give price $20 for 3 (items in sku "MUG")
  }

  campaign five "Five dollars off a big order" {
    when subtotal of items >= $50
    give $5 off order
  }

  campaign ship "Free shipping from $60" {
    when subtotal of items after discounts >= $60
    give free shipping
  }

  campaign tote "A tote for every order" {
    give gift "TOTE"
  }

  campaign badge "A badge from three shirts" {
    when quantity of shirts >= 3
    give gift "BADGE"
  }

  campaign more "Seven items" {
    when quantity of items >= 7
    give 1% off order
    hint "Add {missing} more for another percent."
  }

  campaign welcome "Welcome" {
    code "HELLO"
    give $1 off order
    stack best of "codes"
  }

  campaign lesser "Lesser" {
    code "LESSER"
    give $0.50 off order
    stack best of "codes"
  }

  campaign old "Old" {
    code "OLD"
    active through 2020-01-01
    give $1 off order
  }

  campaign soon "Soon" {
    code "SOON"
    active from 2090-01-01
    give $1 off order
  }

  campaign mine "Mine" {
    code "MINE"
    for customer "somebody"
    give $1 off order
  }

  campaign gone "Gone" {
    code "GONE"
    give $1 off order
    limit 1 total
  }

  campaign capped "Half off posters, up to $3" {
    give 50% off items in sku "POSTER"
    cap $3 per order
  }

  campaign collect "A point for every dollar" {
    earn 1 point per $1 of order after 14 days expires in 12 months
  }
  """

private let cart = """
  { "currency": "USD", "at": "2026-06-05T12:00:00-04:00", "shipping": "5.99",
    "codes": ["HELLO", "LESSER", "OLD", "SOON", "MINE", "GONE", "WHAT"],
    "customer": { "id": "m", "member": true, "balances": { "points": "2000", "cashback": "4.00" } },
    "redeem": { "cashback": "4.00" }, "pay": { "points": "1500" },
    "usage": { "gone": { "redemptions": 1 } },
    "lines": [
      { "sku": "SHIRT", "name": "A shirt with a name that goes on and on beyond every column", "price": "20.00",
        "quantity": 2, "category": "shirts" },
      { "sku": "MUG", "name": "Teebecher 茶 groß", "price": "10.00", "quantity": 3 },
      { "sku": "POSTER", "name": "Poster\\u001b[31m", "price": "12.00", "quantity": 1 },
      { "sku": "TOTE", "price": "9.00", "quantity": 1, "gift": "tote" },
      { "sku": "BADGE", "price": "2.00", "quantity": 1, "gift": "badge" }
    ] }
  """

@Suite("promo quote") struct QuoteCommandTests {
  @Test("the shipped basket has a receipt to show") func basket() throws {
    let call = Call(
      "quote", "--rules", root + "Rules/storefront.promo", root + "Rules/carts/basket.json")
    #expect(call.code == 0)
    #expect(call.error.isEmpty)
    try expectGolden(call.output, "basket.txt")
  }

  @Test("every part of a receipt stands where it should") func everything() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("all.promo", rules)
    let call = Call("quote", "--rules", path, "-", input: cart, columns: 80)
    #expect(call.code == 0, "\(call.error)")
    try expectGolden(call.output, "everything.txt")
    #expect(!call.output.contains("\u{1B}"))
  }

  @Test("a terminal that shows UTF-8 gets lines and marks, and no row is wider than it")
  func unicode() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("all.promo", rules)
    let call = Call(
      "quote", "--rules", path, "--color", "never", "-", input: cart,
      environment: ["LANG": "en_US.UTF-8"], columns: 60, isTerminal: true)
    try expectGolden(call.output, "everything-60.txt")
    for line in call.output.split(separator: "\n") { #expect(width(of: line) <= 60, "\(line)") }
    let narrow = Call(
      "quote", "--rules", path, "--color", "never", "-", input: cart,
      environment: ["LANG": "en_US.UTF-8"], columns: 40, isTerminal: true)
    for line in narrow.output.split(separator: "\n") {
      #expect(width(of: line) <= 40, "\(line)")
    }
  }

  @Test("colour changes nothing but colour") func colored() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("all.promo", rules)
    let colored = Call("quote", "--rules", path, "--color", "always", "-", input: cart)
    let plain = Call("quote", "--rules", path, "-", input: cart)
    #expect(colored.output.contains("\u{1B}["))
    #expect(colored.output.replacing(#/\x1B\[[0-9]+m/#, with: "") == plain.output)
  }

  @Test("the JSON form is the quote, the same bytes every time") func json() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("all.promo", rules)
    let call = Call("quote", "--rules", path, "--format", "json", "-", input: cart)
    #expect(call.code == 0)
    #expect(call.output.hasPrefix("{\n  \"formatVersion\": 1,"))
    #expect(call.output.hasSuffix("}\n"))
    #expect(
      Call("quote", "--rules", path, "--format", "json", "-", input: cart).output == call.output)
  }

  @Test("a code and a moment on the call count as if the cart said so") func overrides() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("all.promo", rules)
    let bare = #"{"currency":"USD","lines":[{"sku":"A","price":"9.00","quantity":1}]}"#
    let without = Call("quote", "--rules", path, "-", input: bare)
    #expect(without.output.contains("Total   "))
    #expect(!without.output.contains("Welcome"))
    let with = Call("quote", "--rules", path, "--code", "hello", "-", input: bare)
    #expect(with.output.contains("hello: applied"))
    let later = Call(
      "quote", "--rules", path, "--code", "SOON", "--at", "2091-01-01T00:00:00Z", "-", input: bare)
    #expect(later.output.contains("Your cart on 2090-12-31 19:00 America/New_York"))
    #expect(later.output.contains("SOON: applied"))
  }

  @Test("everything can be asked for, and nothing") func explaining() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("all.promo", rules)
    let bare = #"{"currency":"USD","lines":[{"sku":"A","price":"9.00","quantity":1}]}"#
    let all = Call("quote", "--rules", path, "--explain", "all", "-", input: bare).output
    #expect(all.contains("Welcome: needs a code"))
    let none = Call("quote", "--rules", path, "--explain", "none", "-", input: bare).output
    #expect(!none.contains("Next offers"))
    #expect(!none.contains("Not this time"))
  }

  @Test("the receipt shows the shop's clocks, whatever the cart's offset") func zone() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "sydney.promo",
      """
      currency AUD
      timezone "Australia/Sydney"
      balance points { worth 1 AUD per 100 redeem as payment }
      campaign a { earn 1 point per 1 AUD of order after 1 day }
      """)
    func receipt(at moment: String, currency: String = "AUD") -> String {
      Call(
        "quote", "--rules", path, "--at", moment, "-",
        input: """
          {"currency":"\(currency)","customer":{"id":"m","member":true},
           "lines":[{"sku":"A","price":"9.00","quantity":1}]}
          """
      ).output
    }
    for moment in ["2026-06-05T15:30:00Z", "2026-06-05T08:30:00-07:00"] {
      let text = receipt(at: moment)
      #expect(text.hasPrefix("Your cart on 2026-06-06 01:30 Australia/Sydney "), "\(text)")
      #expect(text.contains("yours from 2026-06-07"), "\(text)")
    }
    #expect(receipt(at: "2026-01-05T15:30:00Z").hasPrefix("Your cart on 2026-01-06 02:30 "))
    #expect(
      receipt(at: "2026-01-05T15:30:00Z", currency: "EUR").hasPrefix("Your cart on 2026-01-06"))
    let bare = try folder.file("bare.promo", "campaign a { give 10% off items }")
    let call = Call(
      "quote", "--rules", bare, "--at", "2026-06-05T12:00:00-04:00", "-",
      input: #"{"currency":"USD","lines":[]}"#)
    #expect(call.output.hasPrefix("Your cart on 2026-06-05 12:00 UTC-04:00 "))
  }

  @Test("what a campaign needs is said in words") func needs() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "needs.promo",
      """
      currency USD
      timezone "America/New_York"
      attributes { customer vip: flag order slot: text }
      campaign a "A" { when order.channel = "app" give 10% off order }
      campaign b "B" { when customer.vip give 10% off order }
      campaign c "C" { when order.store = "X" or order.store = "Y" give 10% off order }
      campaign d "D" { when not (order.slot is one of ("early", "late")) give 10% off order }
      campaign e "E" { when weekday is one of (sat, sun) and shipping >= $5 give 10% off order }
      campaign f "F" { when subtotal of items < $5 give 10% off order }
      campaign g "G" { for customers in group ("v") when customer in group "w" give 10% off order }
      campaign h "H" { when quantity of items in sku "P" = 1 and quantity of items in sku "Q" = 1
        give 10% off order }
      """)
    let text = """
      {"currency":"USD","at":"2026-06-05T12:00:00-04:00","order":{"attributes":{"slot":"late"}},
       "customer":{"id":"m","groups":["v"],"attributes":{"vip":false}},
       "lines":[{"sku":"A","price":"9.00","quantity":1}]}
      """
    let call = Call("quote", "--rules", path, "--explain", "all", "-", input: text, columns: 92)
    #expect(call.code == 0, "\(call.error)")
    try expectGolden(call.output, "needs.txt")
  }

  @Test("currencies without a sign or without decimals are written out") func yen() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "yen.promo",
      """
      currency JPY

      balance cashback { money redeem as discount }
      balance stamps { expires in 12 months }

      campaign back { earn 100 JPY as cashback }
      campaign stamp { earn 1 stamp }
      """)
    let text = """
      {"currency":"JPY","at":"2026-06-05T12:00:00Z","customer":{"id":"m","member":true},
       "lines":[{"sku":"A","price":"1500","quantity":2}]}
      """
    let call = Call("quote", "--rules", path, "-", input: text)
    #expect(call.code == 0, "\(call.error)")
    try expectGolden(call.output, "yen.txt")
  }

  @Test("an empty cart has a receipt too") func empty() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("all.promo", "campaign a { give 10% off items }")
    let call = Call("quote", "--rules", path, "-", input: #"{"currency":"EUR","lines":[]}"#)
    #expect(call.code == 0)
    #expect(call.output.contains("The cart is empty."))
    #expect(call.error.isEmpty)
    let none = Call(
      "quote", "--rules", "-", try folder.file("cart.json", #"{"currency":"EUR","lines":[]}"#))
    #expect(none.code == 0)
    #expect(none.error == "promo: these rules have no campaigns\n")
  }

  @Test("a bad cart is told with its place, and nothing is priced") func badCart() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("all.promo", rules)
    let text =
      "{\"currency\":\"USD\",\n \"lines\":[{\"sku\":\"A\",\"price\":\"9.999\",\"quantity\":1}]}"
    let call = Call("quote", "--rules", path, "-", input: text)
    #expect(call.code == 1)
    #expect(call.output.isEmpty)
    #expect(call.error.contains("standard input:2:"))
    #expect(call.error.contains("/lines/0/price"))
  }

  @Test("rules with an error price nothing") func badRules() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("bad.promo", "campaign a { give 10% off nothing }")
    let call = Call("quote", "--rules", path, "-", input: cart)
    #expect(call.code == 1)
    #expect(call.output.isEmpty)
    #expect(call.error.contains("bad.promo:1:"))
  }

  @Test("files that are not there are trouble, not findings") func missing() throws {
    #expect(Call("quote", "--rules", "/nowhere/x.promo", "-").code == 2)
    let folder = try TemporaryFolder()
    let path = try folder.file("all.promo", rules)
    let call = Call("quote", "--rules", path, "/nowhere/cart.json")
    #expect(call.code == 2)
    #expect(call.error.contains("cannot read /nowhere/cart.json"))
    #expect(Call("quote", "--rules", path, folder.path).code == 2)
  }

  /// Columns of a line as the golden files mean them: the wide letter counts twice.
  private func width(of line: Substring) -> Int { line.count + line.count { $0 == "茶" } }
}
