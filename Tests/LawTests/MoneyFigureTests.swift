import Money
import Promo
import ReferenceInterpreter
import Testing

/// Figures of the language article's section on money.
@Suite("the reference interpreter and money") struct MoneyFigureTests {
  @Test("a percentage rounds each unit price once") func unitPrices() throws {
    let five = try answer("campaign c { give 15% off items }", [line("A", 1999, 5)])
    #expect(five.lineTotals == [8495])
    #expect(five.lines.first?.unitPrice == money(1699))
    let dime = try answer("campaign c { give 15% off items }", [line("A", 10)])
    #expect(dime.lineTotals == [9])
    let even = try answer("rounding half_even campaign c { give 15% off items }", [line("A", 10)])
    #expect(even.lineTotals == [8])
  }

  @Test("$10 off an order of three lines at $9.99 leaves $19.97") func orderShares() throws {
    let quote = try answer(
      "campaign c { give $10 off order }", [line("A", 999), line("B", 999), line("C", 999)])
    #expect(quote.total == money(1997))
    #expect(quote.lineTotals == [665, 666, 666])
  }

  @Test("an items share shows as price groups") func priceGroups() throws {
    let quote = try answer("campaign c { give $10 off subtotal of items }", [line("A", 1000, 3)])
    #expect(quote.unitPrices == [[667, 667, 666]])
    #expect(quote.lines.first?.units.map(\.quantity) == [2, 1])
    #expect(quote.lines.first?.unitPrice == nil)
  }

  @Test("what a floored line cannot take moves to the others") func floors() throws {
    var floored = line("A", 1000)
    floored.floor = money(950)
    let quote = try answer("campaign c { give $5 off order }", [floored, line("B", 1000)])
    #expect(quote.lineTotals == [950, 550])
    let units = try answer("campaign c { give 20% off items }", [floored, line("B", 1000)])
    #expect(units.lineTotals == [950, 800])
    floored.floor = money(1100)
    let below = try answer("campaign c { give 20% off items }", [floored])
    #expect(below.reason("c") == nil)
    #expect(below.lineTotals == [1000])
  }

  @Test("a cap is shared by what each line would have got") func caps() throws {
    let rules = "campaign c { give 50% off (items where price > $5) cap $3 per order }"
    let quote = try answer(rules, [line("A", 1000, 2), line("B", 2000), line("C", 500)])
    #expect(quote.lineTotals == [1850, 1850, 500])
    #expect(quote.applied.first?.isCapped == true)
    let both = try answer(
      "campaign c { give $2 off order give free shipping cap $5 per order }", [line("A", 1000)]
    ) { $0.shipping = money(599) }
    #expect(both.total == money(800 + 299))
  }

  @Test("shipping: free, in percent, money off, for a price") func shipping() throws {
    for (give, left) in [
      ("free shipping", 0), ("50% off shipping", 299), ("$5 off shipping", 99),
      ("price $4.99 for shipping", 499),
    ] {
      let quote = try answer("campaign c { give \(give) }", [line("A", 1000)]) {
        $0.shipping = money(599)
      }
      #expect(quote.shipping?.total == money(Int64(left)), "\(give)")
      #expect(quote.discount == money(0))
    }
    let unknown = try answer("campaign c { give free shipping }", [line("A", 1000)]) {
      $0.explain = .all
    }
    #expect(unknown.reason("c") == .nothingToGive)
  }

  @Test("unit prices: money off, a fixed price, expressions") func unitAmounts() throws {
    let lines = [line("A", 1000, 2), line("B", 300)]
    let off = try answer("campaign c { give $5 off each of items }", lines)
    #expect(off.lineTotals == [1000, 0])
    let fixed = try answer("campaign c { give price $4.99 for each of items }", lines)
    #expect(fixed.lineTotals == [998, 300])
    let expression = try answer(
      "campaign c { give (subtotal of items * 10% + $2) off order }", lines)
    #expect(expression.discount == money(430))
    let failing = try answer(
      "campaign c { give ($1 / (quantity of items - 3)) off order }", lines
    ) { $0.explain = .all }
    #expect(failing.reason("c") == .error)
  }

  @Test("base original takes the percentage of the original price") func base() throws {
    let rules = """
      campaign first { priority 1 give 20% off items }
      campaign second { give 10% off items base original }
      """
    let quote = try answer(rules, [line("A", 1000)])
    #expect(quote.lineTotals == [700])
  }
}
