/// A rule file with a bit of everything.
enum FirstFile {
  static let text = #"""
    currency USD
    timezone "America/New_York"

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

    test "five items save 15%" {
      at 2026-05-01T10:00
      cart {
        4 "SHIRT" at $20.00 category "apparel"
        1 "SOCKS" at $5.00 category "apparel"
      }
      expect applied buy5_save15
      expect line "SHIRT" unit_price $17.00
      expect discount $12.75
    }
    """#
}
