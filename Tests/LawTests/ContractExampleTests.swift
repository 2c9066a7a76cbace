import LocalTime
import Money
import Promo
import ReferenceInterpreter
import Testing

@Suite("the reference interpreter and the contract's cart") struct ContractExampleTests {
  static let rules = """
    attributes {
      item     color: text, season: text
      customer tier: text, birthday: date
    }
    set books     = items in category "books"
    set fullprice = items where not on_sale and price > $0
    balance points { worth $1 per 100 redeem as payment expires in 24 months }
    campaign buy5_save15 "Buy 5 or more items and save 15%" {
      when quantity of items >= 5
      give 15% off items
      message "Buy 5, save 15%: you saved {saved}."
      hint "Add {missing} more to save 15%."
    }
    campaign fourth_visit "4th visit this month: $10 off" {
      for members
      when visit_number this month = 4
      give $10 off order
      limit 1 per customer per month
    }
    campaign books_3for2 "3 for 2 on books, the cheapest is free" {
      give 100% off cheapest 1 of every 3 books
    }
    campaign ship100 "Free shipping from $100" {
      when subtotal of items after discounts >= $100
      give free shipping
    }
    campaign ladder "Spend more, save more" {
      tiers by subtotal of fullprice {
        at $100 give 10% off fullprice
        at $200 give 15% off fullprice
        at $400 give 20% off fullprice
      }
      cap $80 per order
      stack best of "sitewide"
    }
    campaign summer25 "SUMMER25" {
      code "SUMMER25"
      active from 2026-06-01 through 2026-08-31
      when order.country is one of ("US", "CA")
      give 25% off fullprice
      limit 1 per customer
      limit 1000 total
      cap $20000 total
      stack best of "sitewide"
    }
    campaign lunch "Lunch combo" {
      active on mon, tue, wed, thu, fri between 11:00 and 14:00
      give price $9.99 for 1 (items in tag "main") + 1 (items in tag "side") + 1 (items in tag "drink")
    }
    campaign gold_fridays "Double points on Fridays" {
      active on fri
      when customer.tier = "gold"
      earn 2 points per $1 of order after 14 days expires in 12 months
    }
    """

  @Test("the cart of section 1 gives the quote of section 2") func contract() throws {
    var shirt = line("SHIRT", 2000, 4, "apparel/shirts")
    shirt.tags = ["summer"]
    shirt.attributes = ["color": .text("red")]
    var socks = line("SOCKS", 500, 1, "apparel/socks")
    socks.id = "b"
    let quote = try answer(Self.rules, [shirt, socks], at: "2026-06-05T12:00:00-04:00") { cart in
      cart.codes = ["SUMMER25"]
      cart.shipping = money(599)
      cart.order.country = "US"
      cart.customer = try member { customer in
        customer.attributes = ["tier": .text("gold"), "birthday": .text("1990-05-03")]
        var visit = Cart.Visit(at: try instant("2026-05-02T10:00:00-04:00"), total: money(2500))
        visit.lines = [Cart.VisitLine(sku: "MUG", quantity: 1, total: money(2500))]
        customer.history = [visit]
        customer.balances = ["points": ExactDecimal(value: 200)]
      }
    }
    #expect(quote.unitPrices == [[1275, 1275, 1275, 1275], [319]])
    #expect(quote.lineTotals == [5100, 319])
    #expect(quote.lines.map(\.id) == ["1", "b"])
    #expect(quote.lines.map(\.discount.minorUnits) == [2900, 181])
    #expect(
      quote.lines.map { $0.discounts.map(\.amount.minorUnits) } == [[1200, 1700], [75, 106]])
    #expect(quote.subtotal == money(8500))
    #expect(quote.discount == money(3081))
    #expect(quote.shipping?.total == money(599))
    #expect(quote.total == money(6018))
    #expect(quote.due == money(6018))
    #expect(quote.appliedNames == ["buy5_save15", "summer25"])
    #expect(quote.applied.map(\.discount.minorUnits) == [1275, 1806])
    #expect(quote.applied.map(\.message) == ["Buy 5, save 15%: you saved $12.75.", nil])
    #expect(quote.applied.allSatisfy { $0.times == 1 && !$0.isCapped })
    #expect(quote.notApplied.map(\.campaign) == ["fourth_visit", "ship100", "ladder"])
    #expect(quote.notApplied.map(\.reason) == [.condition, .condition, .condition])
    #expect(
      quote.notApplied.map { [$0.detail?.left, $0.detail?.operator, $0.detail?.right] } == [
        ["1", "=", "4"], ["54.19", ">=", "100.00"], ["85.00", ">=", "100.00"],
      ])
    #expect(
      quote.notApplied.map(\.missing) == [
        .visits(3), .amount(money(4581)), .amount(money(1500)),
      ])
    #expect(quote.earned.map(\.amount) == [ExactDecimal(value: 108)])
    #expect(quote.earned.map(\.availableAt.description) == ["2026-06-19T00:00:00-04:00"])
    #expect(quote.earned.map(\.expiresAt?.description) == ["2027-06-19T00:00:00-04:00"])
    #expect(quote.codes.map(\.status) == [.applied])
    #expect(quote.isProven)
  }
}
