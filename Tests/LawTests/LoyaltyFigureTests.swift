import LocalTime
import Money
import Promo
import ReferenceInterpreter
import Testing

/// Figures of the language article on earning and balances.
@Suite("the reference interpreter and loyalty") struct LoyaltyFigureTests {
  let balances = """
    balance points { worth $1 per 100 redeem as payment step 100 at least 500 }
    balance cashback { money redeem as discount at most 50% of order }
    balance store_credit { money redeem as payment }

    """

  @Test("cashback as a discount lowers what is earned on") func redeemed() throws {
    let rules = balances + "campaign c { earn 1 point per $1 of order }"
    let quote = try answer(rules, [line("A", 10_000)]) { cart in
      cart.redeem = ["cashback": ExactDecimal(value: 1000, decimals: 2)]
      cart.customer = member { $0.balances = ["cashback": ExactDecimal(value: 5000, decimals: 2)] }
    }
    #expect(quote.lineTotals == [9000])
    #expect(quote.earned.map(\.amount.value) == [90])
  }

  @Test("what is redeemed is the least of asked, available, at most, in steps")
  func granted() throws {
    let cart = [line("A", 333), line("B", 1000)]
    let half = try answer(balances, cart) { cart in
      cart.redeem = ["cashback": ExactDecimal(value: 5000, decimals: 2)]
      cart.pay = ["points": ExactDecimal(value: 555), "store_credit": ExactDecimal(value: 1)]
      cart.customer = member {
        $0.balances = [
          "cashback": ExactDecimal(value: 5000, decimals: 2), "points": ExactDecimal(value: 900),
          "store_credit": ExactDecimal(value: 10),
        ]
      }
    }
    #expect(half.redeemed.map(\.value.minorUnits) == [666])
    #expect(half.lineTotals == [167, 500])
    #expect(half.payments.map(\.value.minorUnits) == [500, 100])
    #expect(half.payments.map(\.amount.value) == [500, 100])
    #expect(half.due == money(67))
  }

  @Test("multipliers add to the whole dollars of what they cover") func multipliers() throws {
    let rules =
      balances + """
        campaign base { earn 1 point per $1 of order }
        campaign books { earn points times 2 on (items in category "books") }
        campaign gold { earn points times 3 on (items in brand "gold") }
        """
    var gold = line("C", 1050, 1, "books")
    gold.brands = ["gold"]
    let quote = try answer(rules, [line("A", 1050), line("B", 1050, 1, "books"), gold]) {
      $0.customer = try member()
    }
    // 31 whole dollars, 10 more for the book, 2 × 10 more for the golden book.
    #expect(quote.earned.map(\.campaign) == ["base"])
    #expect(quote.earned.map(\.amount.value) == [61])
  }

  @Test("stamps, percentages, fixed points, terms and caps") func kinds() throws {
    let rules =
      balances + """
        balance stamps { }
        campaign a { earn 1 stamp per 2 (items in category "coffee") }
        campaign b { earn 5% of order as cashback after 2 weeks expires in 1 month }
        campaign c { earn 500 points cap 200 points per customer }
        """
    let lines = [line("A", 333, 5, "coffee")]
    let quote = try answer(rules, lines) { $0.customer = try member() }
    #expect(quote.earned.map(\.amount.value) == [2, 83, 200])
    #expect(quote.earned.map(\.clipped?.value) == [nil, nil, 300])
    #expect(quote.earned.map(\.availableAt.description)[1] == "2026-06-03T00:00:00-04:00")
    #expect(quote.earned.map(\.expiresAt?.description)[1] == "2026-07-03T00:00:00-04:00")
    let guest = try answer(rules, lines) { $0.explain = .all }
    #expect(guest.reason("a") == .audience)
  }
}
