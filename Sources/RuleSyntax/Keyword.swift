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
    Spelling(bytes).flatMap { find($0) }
  }

  /// The word with a spelling, or nil.
  static func find(_ spelling: Spelling) -> Keyword? { Finder().find(spelling) }

  /// The table of all words at hand, for who looks up many.
  struct Finder {
    private let table = Keyword.table

    /// The word with a spelling, or nil.
    @inline(__always)
    func find(_ spelling: Spelling) -> Keyword? {
      var slot = spelling.slot
      while table.places[slot] != 0 {
        let place = Int(table.places[slot]) - 1
        let entry = table.entries[place]
        if entry.spelling == spelling { return entry.word }
        slot = (slot + 1) & (tableSize - 1)
      }
      return nil
    }
  }

  private static let tableSize = 1_024

  /// Up to sixteen letters as two numbers, so that comparing words is comparing numbers.
  struct Spelling: Equatable {
    private var head: UInt64 = 0
    private var tail: UInt64 = 0

    static let lengthMaximum = 16

    /// Of no letters yet.
    init() {}

    /// Of up to eight letters, the first in the lowest byte.
    init(head: UInt64) { self.head = head }

    init?(_ letters: ArraySlice<UInt8>) {
      guard letters.count <= Spelling.lengthMaximum else { return nil }
      for (place, letter) in letters.enumerated() { put(letter, at: place) }
    }

    /// Puts a letter in a place that is empty yet; beyond the maximum it is lost.
    mutating func put(_ letter: UInt8, at place: Int) {
      put(eight: UInt64(letter) << (8 * UInt64(place & 7)), at: place & ~7)
    }

    /// Puts up to eight letters, the first in the lowest byte, where a run of eight begins.
    @inline(__always)
    mutating func put(eight letters: UInt64, at place: Int) {
      if place == 0 {
        head |= letters
      } else if place == 8 {
        tail |= letters
      }
    }

    fileprivate var slot: Int {
      let mixed = (head ^ tail &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
      return Int(mixed >> 54)
    }
  }

  /// Open addressing, less than a quarter full, so that a look-up ends after a probe or two. What
  /// is searched is one byte a slot, so that all of it stays at hand.
  private struct Table {
    /// By slot a place among the words, counted from 1; 0 for none.
    var places = [UInt8](repeating: 0, count: tableSize)
    var entries: [(spelling: Spelling, word: Keyword)] = []

    init() {
      for word in allCases {
        guard let spelling = Spelling(Array(word.rawValue.utf8)[...]) else { continue }
        var slot = spelling.slot
        while places[slot] != 0 { slot = (slot + 1) & (tableSize - 1) }
        entries.append((spelling, word))
        places[slot] = UInt8(entries.count)
      }
    }
  }

  private static let table = Table()
}
