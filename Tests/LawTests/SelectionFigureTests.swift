import Money
import Promo
import ReferenceInterpreter
import Testing

/// Figures of the language article's sections on selections and gives.
@Suite("the reference interpreter and selections") struct SelectionFigureTests {
  @Test("of 10, 9, 8, 3, 2, 1 in threes 8 and 1 are free") func every() throws {
    let lines = [10, 9, 8, 3, 2, 1].map { line("S\($0)", $0 * 100) }
    let quote = try answer("campaign c { give 100% off cheapest 1 of every 3 items }", lines)
    #expect(quote.lineTotals == [1000, 900, 0, 300, 200, 0])
    #expect(quote.applied.first?.times == 2)
  }

  @Test("one of a per two a", arguments: [(3, 1), (5, 1), (6, 2)])
  func perOverlapping(units: Int64, free: Int64) throws {
    let quote = try answer(
      "campaign c { give 100% off cheapest 1 of items per 2 items }", [line("A", 1000, units)])
    #expect(quote.discount == money(free * 1000))
  }

  @Test("two unlocked and one in the cart gives one") func shortOfRewards() throws {
    let rules = """
      set shirts = items in category "shirts"
      set socks = items in category "socks"
      campaign c { give 100% off cheapest 1 of socks per 2 shirts }
      """
    let lines = [line("SHIRT", 2000, 4, "shirts"), line("SOCK", 500, 1, "socks/wool")]
    let quote = try answer(rules, lines)
    #expect(quote.lineTotals == [8000, 0])
  }

  @Test("buy 2 of a, get 2 of b at half price, the cheapest first, as often as it goes")
  func buyTwoGetTwo() throws {
    let rules = """
      campaign c {
        give 50% off cheapest 2 of (items in category "b") per 2 (items in category "a")
      }
      """
    let lines = [line("A", 3000, 4, "a"), line("B1", 1000, 3, "b"), line("B2", 2000, 2, "b")]
    let quote = try answer(rules, lines)
    #expect(quote.unitPrices == [[3000, 3000, 3000, 3000], [500, 500, 500], [2000, 1000]])
    #expect(quote.applied.first?.times == 2)
  }

  @Test("cheapest and dearest take equal prices by sku, then by line")
  func ranked() throws {
    let lines = [line("C", 500), line("B", 500), line("A", 900), line("B", 500)]
    let cheapest = try answer("campaign c { give 100% off cheapest 2 of items }", lines)
    #expect(cheapest.lineTotals == [500, 0, 900, 0])
    let dearest = try answer("campaign c { give 100% off dearest 2 of items }", lines)
    #expect(dearest.lineTotals == [500, 0, 0, 500])
  }

  @Test("a bundle takes the dearest and stops where nothing is saved") func bundle() throws {
    let lines = [line("T1", 1500, 2), line("T2", 1000, 1), line("T3", 400, 3)]
    let quote = try answer("campaign c { give price $25 for 3 items }", lines)
    // 15 + 15 + 10 for 25 saves 15: 11.25 on the first line and 3.75 on the second.
    #expect(quote.lineTotals == [1875, 625, 1200])
    #expect(quote.applied.first?.times == 1)
  }

  @Test("units used by a deal are free for no other, but for plain discounts") func used() throws {
    let rules = """
      campaign first { priority 1 give 100% off cheapest 1 of every 2 items }
      campaign second { give 50% off cheapest 1 of items }
      campaign third { give 10% off items }
      """
    let quote = try answer(rules, [line("A", 1000, 3)])
    #expect(quote.unitPrices == [[900, 450, 0]])
  }

  @Test("where, categories, lists and sets narrow what is given on") func filters() throws {
    var sale = line("A", 900, 1, "x/y")
    sale.compareAt = money(1000)
    let card = { () -> Cart.Line in
      var card = line("G", 5000, 1, "x")
      card.isGiftCard = true
      return card
    }()
    let lines = [sale, line("B", 1000, 2, "x"), line("C", 2000, 1, "xy"), card]
    let cases: [(String, Int64)] = [
      ("items in category \"x\"", 290), ("(items where on_sale)", 90),
      ("items in category \"x/y\"", 90), ("items listed in \"clearance.txt\"", 290),
      ("(items where quantity > 1)", 200),
      ("(items where price > $9 and not in category \"x\")", 200),
      ("items in sku (\"A\", \"B\")", 290), ("(items where sku starts with \"b\")", 200),
    ]
    for (source, discount) in cases {
      let quote = try answer("campaign c { give 10% off \(source) }", lines)
      #expect(quote.discount == money(discount), "\(source)")
    }
    let measured = try answer(
      "campaign c { when subtotal of all_items >= $98 give $1 off order }", lines)
    #expect(measured.lineTotals == [882, 1959, 1959, 5000])
  }

  @Test("limit per order counts rounds, units of each of, and gifts") func perOrder() throws {
    let lines = [line("A", 1000, 4), line("B", 500, 2)]
    let deal = try answer(
      "campaign c { give 100% off cheapest 1 of every 2 items limit 1 per order }", lines)
    #expect(deal.lineTotals == [3000, 1000])
    let each = try answer("campaign c { give $2 off each of items limit 3 per order }", lines)
    #expect(each.lineTotals == [3400, 1000])
    let gift = try answer("campaign c { give gift 3 of \"TOTE\" limit 2 per order }", lines)
    #expect(gift.gifts.map(\.quantity) == [2])
  }

  @Test("a gift is proposed, accepted, or withdrawn") func gifts() throws {
    let rules = "campaign c { when quantity of items >= 2 give gift 2 of \"MUG\" }"
    var mug = line("MUG", 700)
    mug.gift = "c"
    let accepted = try answer(rules, [line("A", 1000, 2), mug])
    #expect(accepted.lineTotals == [2000, 0])
    #expect(accepted.gifts.map(\.quantity) == [1])
    #expect(accepted.appliedNames == ["c"])
    let withdrawn = try answer(rules, [line("A", 1000), mug])
    #expect(withdrawn.lineTotals == [1000])
    #expect(withdrawn.withdrawnGifts.map(\.id) == ["2"])
    mug.quantity = 3
    let tooMany = try answer(rules, [line("A", 1000, 2), mug])
    #expect(tooMany.withdrawnGifts.map(\.sku) == ["MUG"])
    #expect(tooMany.gifts.map(\.quantity) == [2])
  }
}
