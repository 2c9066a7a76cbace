/// The words of the language; each means something only where the grammar lets it stand.
package enum Keyword: String, CaseIterable, Sendable {
  case active, after, allItems = "all_items", alone, and, applied, `as`, at, attributes,
    audience, balance, base, because, best, between, bought, brand, by, campaign, cap, cart,
    category, cheapest, choose, code, codes, condition, contains, convert, count, currency,
    customer, customers, date, day, days, dearest, declined, discount, discounts, each, earn,
    earned, ends, error, event, ever, every, expect, expires, flag, floor, `for`, free, fri,
    from, gift, giftCard = "gift_card", give, group, guests, halfEven = "half_even", hint, id,
    `in`, into, `is`, item, items, join, kinds, last, least, leave, limit, line, listed, max,
    member, members, message, min, missing, mon, money, month, months, most, name, never, no,
    not, notDiscountable = "not_discountable", nothingToGive = "nothing_to_give", number, of,
    off, on, onSale = "on_sale", one, only, or, order, original, payment, per, percent, previous,
    price, priority, quantity, quarter, redeem, redeemed, redemptions, refused, round, rounding,
    sat, schedule, set, shipping, since, sku, spent, stack, stacking, starts, step, subtotal,
    sun, tag, test, text, this, through, thu, tiers, times, timezone, today, total, tue,
    unitPrice = "unit_price", until, used, vendor, visit, visitDays = "visit_days",
    visitNumber = "visit_number", visits, was, wed, week, weekday, weeks, when, `where`, with,
    worth, year, years, yes
}

extension Keyword {
  /// The word spelt like some bytes of a text, or nil.
  static func find(_ bytes: ArraySlice<UInt8>) -> Keyword? {
    guard bytes.count <= longest else { return nil }
    var slot = hash(bytes)
    while let candidate = table[slot] {
      if candidate.rawValue.utf8.elementsEqual(bytes) { return candidate }
      slot = (slot + 1) & (tableSize - 1)
    }
    return nil
  }

  private static let tableSize = 1_024
  private static let longest = allCases.reduce(0) { Swift.max($0, $1.rawValue.utf8.count) }

  private static func hash(_ bytes: some Sequence<UInt8>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int((hash ^ hash >> 15) & UInt32(tableSize - 1))
  }

  /// Open addressing, less than a quarter full, so that a look-up ends after a probe or two.
  private static let table: [Keyword?] = {
    var table = [Keyword?](repeating: nil, count: tableSize)
    for word in allCases {
      var slot = hash(word.rawValue.utf8)
      while table[slot] != nil { slot = (slot + 1) & (tableSize - 1) }
      table[slot] = word
    }
    return table
  }()
}
