/// One rule text that uses every form of the grammar at least once.
enum EveryForm {
  static let text = #"""
    # Every form of the language, once.
    currency USD
    timezone "America/New_York"
    rounding half_even
    choose by priority

    attributes {
      item     color: text, washable: flag, weight: number
      customer tier: text, joined: date
      order    boxes: count, tip: money, share: percent
    }

    set books    = items in category "books"
    set chosen   = books in sku ("A", "B", "C")
    set listed   = items listed in "clearance.txt"
    set everyone = all_items
    set bright   = (items where color = "red" or color is one of ("blue", "green"))
    set odd      = items where not on_sale and price > $0 and quantity >= 2 and in books
    set named    = items where name contains "tea" and sku starts with "T" and brand ends with "Co"
    set shiny    = (bright where in brand "Bright")
    set rest     = items where vendor = "v" and in tag ("x", "y") and weight is not missing

    balance points { worth $1 per 100 redeem as payment step 100 at least 500 expires in 24 months }

    balance cashback {
      money
      redeem as discount
      at most 50% of order
      step $5
      at least $5
    }

    convert every 1000 points into $20 of cashback
    group "new" { join on sign_up leave after 1 visit }
    group "regular" { join on "first order" leave after 2 weeks }

    campaign audience "Who" {
      for members
      for guests
      for customers in group ("a", "b")
      for customer "id"
      give free shipping
    }

    campaign conditions {
      when quantity of items >= 5
      when kinds of books > 1 and subtotal of items after discounts >= $100 and
          cheapest price of books < $5
      when dearest price of (items where price > $1) != $9.99 or shipping = $5 or order.channel = "web"
      when customer.tier is not one of ("gold", "silver") or customer in group "g" or customer is member
      when today >= 2026-11-27 and weekday is one of (mon, tue, wed, thu, fri, sat, sun)
      when year of customer.joined = 2020 and month of today = 5 and day of (today) = 1
      when days since customer.joined > 30 and days since last visit > 2
      when visits this month = 3 and visit_number previous quarter = 4 and visit_days last 30 days = 2
      when spent ever > $100 and spent in category ("c", "d") this year > $10
      when bought in sku "S" last 2 weeks >= 1 and redemptions of audience this day = 0
      when balance of points >= 100 and order.boxes is missing
      when (subtotal of books * 10% + $2) / 3 - $1 > min($5, subtotal of books) or max($1, $2, $3) = $3
      when floor(subtotal of books / $10) = 2 and round(5 / 2.5) = 2 and order.gift = yes and
          not (1 = 2)
      give 15% off order
    }

    campaign schedules {
      code "ONE"
      codes "pool"
      active never
      active from 2026-06-01 through 2026-08-31 on mon, tue between 22:00 and 02:00
      active from 2026-06-01T09:00 until 2026-08-31T17:00
      active through 2026-08-31
      active until 2026-08-31T17:00 between 09:00 and 17:00
      active on sat, sun
      active between 11:00 and 14:00
      give 15% off items
      limit 1 per customer
      limit 1 per customer per day
      limit 2 per code per week
      limit 3 per order
      limit 1000 total per month
      cap $80 per order
      cap $80 per customer per year
      cap $2000 total
      cap 2000 points per customer per month
      priority -5
      stack with audience, conditions
      stack alone
      stack alone on items
      stack best of "g"
      stack best of "g" on items
      base original
      message "You saved {saved}.\n\"{{\" \u{e9}"
      hint "{missing} more"
    }

    campaign gives {
      give $5 off each of books
      give $5 off subtotal of cheapest 2 of books
      give $5 off order
      give 5 USD off shipping
      give 12.5% off dearest 1 of every 3 books
      give 100% off cheapest 1 of books per 2 chosen
      give 10% off each of books
      give 10% off subtotal of books
      give 10% off shipping
      give (subtotal of books * 10% + $2) off order
      give price $9.99 for each of books
      give price $25 for 3 books
      give price $9.99 for 1 (items in tag "main") + 1 (items in tag "side") + 2 books
      give price $4.99 for shipping
      give free shipping
      give gift "TOTE"
      give gift 2 of "TOTE"
    }

    campaign earns {
      earn 1 points per $1 of order after 14 days expires in 12 months
      earn 1 points per $1 of order with shipping
      earn 2 points per 1 books
      earn 500 points expires in 1 year
      earn 5% of books as cashback
      earn $5 as cashback
      earn points times 2 on books
      earn points times 1.5 on order
    }

    campaign ladder {
      tiers by subtotal of books {
        at $100 give 10% off books
        at $200 give 20% off books earn 100 points
        at 3 give gift "TOTE"
        at 4.5 earn 5 points
      }
    }

    campaign hello {
      event sign_up
      earn 100 points
    }

    campaign own_event {
      event "own"
      earn 100 points
    }

    test "every step" {
      only audience, ladder
      at 2026-05-20T12:00
      customer {
        id "m"
        member
        group "new"
        tier "gold"
        visits 3 this month
        visit_days 2 previous month
        bought 2 in category "c" this year
        spent $20 in category "c" this year
        spent $30 ever
        redeemed audience 1
        balance points 200
        joined 2020-01-01
      }
      order { country "US" gift yes wrap no boxes 2 share 5% tip $1 ratio 2.5 }
      cart {
        2 "SKU" at $5.00 category "c" brand "b" tag "t" vendor "v" name "n" color "red"
        1 "OTHER" at $5 was $6.00 floor $1.00 gift_card not_discountable weight 5
      }
      code "X", "Y"
      event "own"
      used { audience 1000 ladder $5 }
      shipping $5
      redeem $10 of cashback
      redeem 5 points
      expect discount $1.00
      expect shipping $0
      expect line "SKU" total $9.00
      expect line "SKU" unit_price $4.50
      expect applied audience
      expect refused ladder because nothing_to_give
      expect gift "TOTE"
      expect earned 9 points
      expect earned $9 of cashback
      expect hint "h"
      expect message "m"
    }

    """#
}
