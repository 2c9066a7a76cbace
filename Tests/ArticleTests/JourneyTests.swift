import LocalTime
import Promo
import Testing

@Suite("the journey of a cart is as told") struct JourneyTests {
  private let article: Article
  private let rules: RuleSet
  private let cart: Cart
  private let now: Instant
  private let quote: Quote
  private let reversed: Quote

  init() throws {
    article = try Article("Sources/Promo/Promo.docc/JourneyOfACart.md")
    rules = try RuleSet(text: try article.block(in: "promo"))
    let json = Array(try article.block(in: "json").utf8)
    let (cart, at) = try Cart.read(json: json)
    self.cart = cart
    now = try #require(at)
    quote = try rules.quote(cart, at: now)
    var turned = cart
    turned.lines.reverse()
    reversed = try rules.quote(turned, at: now)
  }

  private func says(_ text: String) -> Bool { article.text.contains(text) }

  private func shown(_ money: Money) -> String {
    String(money.description.prefix { $0 != " " })
  }

  @Test("prices after each campaign")
  func stages() throws {
    let amounts = quote.lines.map { $0.discounts.map(\.amount.minorUnits) }
    #expect(amounts == [[1200, 1700], [75, 106]])
    #expect(quote.lines.map(\.unitPrice?.minorUnits) == [1275, 319])
    #expect(says("| after `buy5_save15`, 15 % off | $17.00 | $4.25 | $72.25 |"))
    #expect(says("| after `summer25`, 25 % off | $12.75 | $3.19 | $54.19 |"))
    #expect(says("$1.06 off\nthe socks and $17.00 off the shirts, $18.06 in all"))
    #expect(quote.applied.map(\.discount.minorUnits) == [1275, 1806])
  }

  @Test("what the gates find")
  func gates() throws {
    let missing = Dictionary(
      uniqueKeysWithValues: quote.notApplied.map { ($0.campaign, $0.missing) })
    #expect(Set(missing.keys) == ["fourth_visit", "ship100", "ladder"])
    #expect(quote.notApplied.allSatisfy { $0.reason == .condition })
    #expect(missing["fourth_visit"] == .visits(3))
    let dollars = quote.currency
    #expect(missing["ship100"] == .amount(Money(minorUnits: 4581, currency: dollars)))
    #expect(missing["ladder"] == .amount(Money(minorUnits: 1500, currency: dollars)))
    #expect(says("$45.81 are missing") && says("$15.00 missing") && says("3 visits missing"))
    #expect(quote.isProven)
  }

  @Test("the table at the end")
  func table() throws {
    let earned = try #require(quote.earned.first)
    let rows = [
      "subtotal": shown(quote.subtotal),
      "discount": shown(quote.discount),
      "total": shown(quote.total),
      "lines[0].unitPrice": try #require(quote.lines[0].unitPrice.map(shown)),
      "lines[1].unitPrice": try #require(quote.lines[1].unitPrice.map(shown)),
      "applied[0].message": try #require(quote.applied[0].message),
      "earned[0].amount": "\(earned.amount.value)",
      "codes[0].status": quote.codes[0].status.rawValue,
    ]
    for (key, value) in rows { #expect(says("| `\(key)` | \(value) |"), "\(key) is \(value)") }
    #expect(earned.availableAt.description == "2026-06-19T00:00:00-04:00")
    #expect(earned.expiresAt?.description == "2027-06-19T00:00:00-04:00")
  }

  @Test("the order of the lines changes nothing")
  func order() {
    #expect(reversed.lines.reversed().map(\.total) == quote.lines.map(\.total))
    #expect(reversed.total == quote.total)
  }

  @Test("what three changes reach, and what they come to")
  func changes() throws {
    var session = try rules.session(cart, at: now)
    let withoutCode = try session.removeCode("SUMMER25")
    let moreSocks = try session.setQuantity(3, of: "b")
    let withoutSocks = try session.remove("b")
    #expect(withoutCode.lines.map(\.id) == ["1", "b"])
    #expect(moreSocks.lines.map(\.id) == ["b"])
    #expect(withoutSocks.lines.map(\.id) == ["1"] && withoutSocks.removedLines == ["b"])
    let last = [withoutCode, moreSocks, withoutSocks].map { "| $\(shown($0.rest.total)) |" }
    let rows = ["| the code is taken back |", "| three pairs of socks |", "| no socks |"]
    for (start, end) in zip(rows, last) {
      let row = article.text.split(separator: "\n").first { $0.hasPrefix(start) }
      #expect(row?.hasSuffix(end) == true, "\(start) … \(end)")
    }
    #expect(!withoutCode.rest.applied.contains { $0.campaign == "summer25" })
    #expect(missing("ship100", withoutCode) == 2775 && missing("ship100", moreSocks) == 1925)
    #expect(missing("ladder", moreSocks) == 500)
    #expect(moreSocks.rest.applied.map(\.discount.minorUnits) == [1425])
    #expect(missing("buy5_save15", withoutSocks) == 1)
    // All was priced at the beginning only.
    #expect(session.wholeCount == 1)
    #expect(session.quote == (try rules.quote(session.cart, at: now)))
  }

  @Test("while a campaign may rule out another, the whole cart is priced")
  func choice() throws {
    var session = try rules.session(cart, at: now)
    try session.setQuantity(3, of: "b")
    #expect(session.wholeCount == 2)
  }

  private func missing(_ campaign: String, _ change: QuoteChange) -> Int64? {
    switch change.rest.notApplied.first(where: { $0.campaign == campaign })?.missing {
    case .amount(let money): money.minorUnits
    case .quantity(let count), .visits(let count), .count(let count): count
    case nil: nil
    }
  }

  @Test("the files on the way are there", arguments: ["Internals", "JourneyOfACart"])
  func files(name: String) throws {
    let article = try Article("Sources/Promo/Promo.docc/\(name).md")
    let paths = article.text.matches(of: /`([A-Z]\w+\/[\w+]+\.swift)`/).map { String($0.1) }
    #expect(paths.count > 5)
    for path in paths { _ = try Article("Sources/\(path)") }
  }
}
