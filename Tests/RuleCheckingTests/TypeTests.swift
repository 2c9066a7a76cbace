import Findings
import RuleChecking
import Testing

@Suite("types of values") struct TypeTests {
  private static let head = """
    currency USD
    timezone "America/New_York"
    attributes {
      item color: text, launched: date
      customer tier: text, rate: percent, size: number, vip: flag, born: date
      order weight: number
    }

    """

  private func findings(_ clause: String) -> [String] {
    let result = check(
      TypeTests.head + "campaign a { \(clause) } test \"t\" { expect gift \"A\" }")
    return result.findings.map {
      "\($0.code.rawValue) \($0.facts["left"] ?? "-") \($0.facts["right"] ?? "-")"
    }
  }

  @Test(
    "what the language allows has no finding",
    arguments: [
      "when subtotal of items + $5 >= $10", "when subtotal of items - shipping > $10",
      "when subtotal of items * 2 > $10", "when 2.5 * subtotal of items > $10",
      "when subtotal of items * 10% > $10", "when 10% * subtotal of items > $10",
      "when subtotal of items / 2 > $10", "when subtotal of items / $10 > 2.5",
      "when customer.rate + 5% > 10%", "when customer.size * 2 > 3",
      "when quantity of items / 2 >= 1.5", "when floor(customer.size) = 2",
      "when min(quantity of items, 3) > 2", "when max(customer.size, 3) > 2.5",
      "when customer.tier = \"gold\"", "when customer.vip", "when customer.vip = no",
      "when customer.born < 2000-01-01", "when weekday = fri", "when weekday is one of (sat, sun)",
      "when today >= 2026-01-01", "when month of customer.born = month of today",
      "when days since customer.born > 6570", "when customer.tier is missing",
      "when customer.tier starts with \"go\"", "when customer.size is one of (1, 2.5)",
      "when customer.id = \"m\"", "when order.country = \"US\" and order.weight > 2",
      "when visits ever / quantity of items > 0.5",
    ])
  func allowed(clause: String) {
    #expect(findings(clause + " give free shipping") == [], "\(clause)")
  }

  @Test(
    "what it does not allow is one error that names both types",
    arguments: [
      ("when subtotal of items >= 100", "P0410 money a count"),
      ("when 100 <= subtotal of items", "P0410 a count money"),
      ("when quantity of items >= $5", "P0410 a count money"),
      ("when customer.rate > 5", "P0410 a percentage a count"),
      ("when customer.tier = 1", "P0410 a text a count"),
      ("when customer.size = \"1\"", "P0410 a number a text"),
      ("when weekday = \"fri\"", "P0410 a day of the week a text"),
      ("when weekday is one of (sat, \"sun\")", "P0410 a day of the week a text"),
      ("when subtotal of items * subtotal of items > $5", "P0411 money money"),
      ("when subtotal of items + 5 > $5", "P0411 money a count"),
      ("when subtotal of items + 5% > $5", "P0411 money a percentage"),
      ("when 5 / subtotal of items > 1", "P0411 a count money"),
      ("when customer.rate * 2 > 5%", "P0411 a percentage a count"),
      ("when customer.born + 1 > today", "P0411 a date a count"),
      ("when not quantity of items", "P0412 - -"),
      ("when customer.vip and 5", "P0412 - -"),
      ("when customer.tier > \"gold\"", "P0413 - a text"),
      ("when weekday > fri", "P0413 - a day of the week"),
      ("when month of $5 = 5", "P0415 - -"),
      ("when quantity of items contains \"5\"", "P0415 - -"),
      ("when floor(subtotal of items) > 5", "P0415 - -"),
      ("when min(subtotal of items, 5%) > $5", "P0416 money a percentage"),
      ("when (subtotal of items * shipping) + 5 > 5%", "P0411 money money"),
    ])
  func refused(clause: String, finding: String) {
    #expect(findings(clause + " give free shipping") == [finding], "\(clause)")
  }

  @Test(
    "the likely fix is offered",
    arguments: [
      ("when subtotal of items >= 100", "$100"), ("when 99.5 <= subtotal of items", "$99.5"),
      ("when customer.rate > 5", "5%"), ("when customer.tier = 1", "\"1\""),
      ("when customer.size = \"18\"", "18"), ("when weekday = \"fri\"", "fri"),
      ("when customer.vip = \"yes\"", "yes"), ("when subtotal of items + 5 > $5", "$5"),
      ("when min(subtotal of items, 5) > $5", "$5"), ("when quantity of items >= $5", "5"),
    ])
  func fixes(clause: String, text: String) {
    let result = check(TypeTests.head + "campaign a { \(clause) give free shipping }")
    #expect(result.findings.flatMap(\.repairs).flatMap(\.edits).map(\.replacement) == [text])
  }

  @Test("a list of values of another type is one mistake with one fix")
  func lists() {
    let clause = "when subtotal of items is one of (5, $6, 7) give free shipping"
    let findings = check(TypeTests.head + "campaign a { \(clause) }").findings
    #expect(findings.map(\.code) == [.typesDiffer])
    #expect(findings.flatMap(\.repairs).flatMap(\.edits).map(\.replacement) == ["$5", "$7"])
  }

  @Test("in a file in euros the fix is written in euros")
  func euro() {
    let result = check("currency EUR campaign a { when subtotal of items > 5 give free shipping }")
    let texts = result.findings.flatMap(\.repairs).flatMap(\.edits).map(\.replacement)
    #expect(texts == ["5 EUR"])
  }

  @Test(
    "money is written with the decimals of its currency",
    arguments: [
      ("USD", "$10.5", 1050), ("USD", "10.05 USD", 1005), ("JPY", "1500 JPY", 1500),
      ("KWD", "1.234 KWD", 1234), ("USD", "$10.005", nil), ("JPY", "1.5 JPY", nil),
      ("USD", "10 EUR", nil), ("EUR", "$10", nil), ("USD", "$92233720368547758.07", Int64.max),
      ("USD", "$92233720368547758.08", nil),
    ] as [(String, String, Int64?)])
  func money(currency: String, text: String, minorUnits: Int64?) throws {
    let result = check("currency \(currency) campaign a { give price \(text) for shipping }")
    guard let minorUnits else {
      #expect(result.findings.count == 1)
      #expect(result.rules.campaigns.isEmpty)
      return
    }
    let give = try #require(result.rules.campaigns.first?.gives.first)
    #expect(give.kind == .shippingPrice(minorUnits))
  }

  @Test("a file without a currency says so once")
  func noCurrency() {
    let text = "campaign a { give $5 off order } campaign b { give $6 off order }"
    #expect(check(text).findings.map(\.code) == [.moneyWithoutCurrency])
    #expect(check(text).rules.campaigns.isEmpty)
  }
}
