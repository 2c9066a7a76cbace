import Promo
import Testing

@Suite("money in quotes") struct MoneyInQuotesTests {
  @Test("15% off items sets one new unit price, and the total is that price times the quantity")
  func unitPrices() throws {
    let quote = try Quoting.quote("give 15% off items", [Quoting.line("MUG", 1999, 5)])
    #expect(quote.lines[0].unitPrice?.minorUnits == 1699)
    #expect(quote.total.minorUnits == 8495)
  }

  @Test("ten cents less 15% is nine cents")
  func smallPrices() throws {
    let quote = try Quoting.quote("give 15% off items", [Quoting.line("GUM", 10)])
    #expect(quote.total.minorUnits == 9)
  }

  @Test("$10 off three lines at $9.99 leaves exactly $19.97, shares included")
  func orderShares() throws {
    let quote = try Quoting.quote(
      "give $10 off order",
      [Quoting.line("A", 999), Quoting.line("B", 999), Quoting.line("C", 999)])
    // 1000 cents in equal parts: 333⅓ each, so one spare cent, which the lowest sku gets.
    #expect(quote.lines.map(\.orderShare.minorUnits) == [334, 333, 333])
    #expect(quote.lines.map(\.total.minorUnits) == [665, 666, 666])
    #expect(quote.total.minorUnits == 1997)
  }

  @Test("one amount over a line of three makes price groups that differ by a cent")
  func priceGroups() throws {
    let quote = try Quoting.quote("give $10 off subtotal of items", [Quoting.line("A", 1000, 3)])
    let line = quote.lines[0]
    #expect(line.unitPrice == nil)
    #expect(line.units.map(\.quantity) == [2, 1])
    #expect(line.units.map(\.unitPrice.minorUnits) == [667, 666])
    #expect(quote.total.minorUnits == 2000)
  }

  @Test("half a cent goes away from zero, or to the even cent when the file says so")
  func rounding() throws {
    let away = try Quoting.quote("give 50% off items", [Quoting.line("A", 25)])
    #expect(away.total.minorUnits == 13)
    let even = try Quoting.quote(
      rules: "rounding half_even campaign c { give 50% off items }", [Quoting.line("A", 25)])
    #expect(even.total.minorUnits == 12)
  }

  @Test("what a floored line cannot take moves to the others; the rest is not given")
  func floors() throws {
    func quote(_ amount: String) throws -> Quote {
      var floored = try Quoting.line("A", 1000)
      floored.floor = try Quoting.money(900)
      return try Quoting.quote("give \(amount) off order", [floored, Quoting.line("B", 1000)])
    }
    #expect(try quote("$6").lines.map(\.orderShare.minorUnits) == [100, 500])
    #expect(try quote("$20").lines.map(\.orderShare.minorUnits) == [100, 1000])
  }

  @Test("a cap is one amount shared by what each line would have got")
  func caps() throws {
    let quote = try Quoting.quote(
      "give 50% off items cap $5 per order", [Quoting.line("A", 1000), Quoting.line("B", 3000)])
    #expect(quote.lines.map(\.discount.minorUnits) == [125, 375])
    #expect(quote.applied[0].isCapped)
  }

  @Test("a percentage of the original price comes off what is left of it")
  func baseOriginal() throws {
    let rules = """
      campaign first { priority 1 give 20% off items }
      campaign second { give 30% off items base original }
      """
    let quote = try Quoting.quote(rules: rules, [Quoting.line("A", 1000)])
    #expect(quote.total.minorUnits == 500)
  }

  @Test("a balance is taken after discounts, and points come on what is then paid")
  func cashback() throws {
    let rules = """
      balance points { }
      balance cashback { money redeem as discount }
      campaign base { earn 1 point per $1 of order }
      """
    let quote = try Quoting.quote(rules: rules, [Quoting.line("A", 10000)]) { cart in
      var customer = Cart.Customer()
      customer.id = "m-1"
      customer.isMember = true
      customer.balances = ["cashback": ExactDecimal(value: 2500, decimals: 2)]
      cart.customer = customer
      cart.redeem = ["cashback": ExactDecimal(value: 10)]
    }
    #expect(quote.total.minorUnits == 9000)
    #expect(quote.earned.map(\.amount.value) == [90])
  }
}
