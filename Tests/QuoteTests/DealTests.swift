import Promo
import Testing

@Suite("deals") struct DealTests {
  @Test("buy 2 of A, get 2 of B at half price: cheapest first, again and again, lines split")
  func buyTwoGetTwo() throws {
    let clauses = """
      give 50% off cheapest 2 of (items in category "b") per 2 (items in category "a")
      """
    let quote = try Quoting.quote(
      clauses,
      [
        Quoting.line("A1", 2000, 5, category: "a"), Quoting.line("B1", 1000, 3, category: "b"),
        Quoting.line("B2", 400, 2, category: "b"),
      ])
    // Five of A make two rounds, so four of B: both B2 at $4 and two of the three B1 at $10.
    #expect(quote.total("A1") == 10000)
    #expect(quote.lines[1].units.map(\.quantity) == [1, 2])
    #expect(quote.lines[1].units.map(\.unitPrice.minorUnits) == [1000, 500])
    #expect(quote.total("B2") == 400)
    #expect(quote.applied[0].times == 2)
  }

  @Test("3 for 2 over seven books in four lines frees the cheapest of each group")
  func threeForTwo() throws {
    let quote = try Quoting.quote(
      "give 100% off cheapest 1 of every 3 (items in category \"books\")",
      [
        Quoting.line("W", 1200, 2, category: "books"), Quoting.line("X", 900, 1, category: "books"),
        Quoting.line("Y", 700, 3, category: "books"), Quoting.line("Z", 500, 1, category: "books"),
      ])
    // Dearest down: 12 12 9 | 7 7 7 | 5. The groups give 9 and one 7; the 5 is in no full group.
    #expect(quote.discount.minorUnits == 900 + 700)
    #expect(quote.total("X") == 0)
    #expect(quote.lines[2].units.map(\.quantity) == [2, 1])
    #expect(quote.total("Z") == 500)
    #expect(quote.applied[0].times == 2)
  }

  @Test("of 10, 9, 8, 3, 2, 1 three for two frees 8 and 1")
  func groupsFromTheDearest() throws {
    let quote = try Quoting.quote(
      "give 100% off cheapest 1 of every 3 items",
      [100, 200, 300, 800, 900, 1000].map { try Quoting.line("S\($0)", $0) })
    #expect(quote.discount.minorUnits == 900)
  }

  @Test(
    "`1 of a per 2 a` gives 1 on three units, 1 on five and 2 on six",
    arguments: [
      (2, 0), (3, 1), (5, 1), (6, 2),
    ])
  func overlappingPer(units: Int64, free: Int64) throws {
    let quote = try Quoting.quote(
      "give 100% off cheapest 1 of items per 2 items", [Quoting.line("A", 100, units)])
    #expect(quote.discount.minorUnits == free * 100)
  }

  @Test("a bundle is made as often as it fits, and stops where it would save nothing")
  func bundles() throws {
    let quote = try Quoting.quote(
      "give price $25 for 3 items", [Quoting.line("A", 1000, 7), Quoting.line("B", 100, 3)])
    // 10 10 10 and 10 10 10 save $5 each; 10 1 1 costs less than $25.
    #expect(quote.discount.minorUnits == 1000)
    #expect(quote.applied[0].times == 2)
  }

  /// A loop over units or rounds would need minutes here; runs need none of it.
  @Test(
    "ten million pieces are priced as a few are",
    arguments: [
      ("give price $25 for 3 items", 500 * 3_333_333),
      ("give 100% off cheapest 1 of every 3 items", 1000 * 3_333_333),
      ("give 100% off cheapest 1 of items per 2 items", 1000 * 3_333_333),
      ("give $1 off each of items", 100 * 10_000_000),
    ])
  func quantities(clause: String, discount: Int) throws {
    let quote = try Quoting.quote(clause, [Quoting.line("A", 1000, 10_000_000)])
    #expect(quote.discount.minorUnits == Int64(discount))
    #expect(quote.lines[0].units.count <= 3)
  }

  @Test("a unit used by one deal is not used by the next")
  func usedOnce() throws {
    let rules = """
      campaign first { priority 1 give 100% off cheapest 1 of every 2 items }
      campaign second { give 100% off cheapest 1 of every 2 items }
      """
    let quote = try Quoting.quote(rules: rules, [Quoting.line("A", 1000, 3)])
    #expect(quote.discount.minorUnits == 1000)
    #expect(quote.refusal("second")?.reason == .nothingToGive)
  }

  @Test("a free unit of every group is dealt alike, whether floors are asked for or not")
  func groupsEitherWay() throws {
    var state: UInt64 = 3
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<60 {
      let (size, off) = (1 + next(4), [100, 50, 1, 0][next(4)])
      let rules = """
        campaign a { give \(next(2) * 10)% off (items in category "x") }
        campaign b { give \(off)% off cheapest 1 of every \(size) items }
        campaign c {
          give 100% off cheapest 1 of every 2 (items in category "x")
          give 5% off (items in category "y")
        }
        campaign d { give 20% off cheapest 1 of every 3 items }
        """
      var lines = try (0..<1 + next(6)).map { _ in
        let price = Int64([0, 1, 300, 300, 995][next(5)])
        let category = ["x", "y"][next(2)]
        return try Quoting.line("S\(next(3))", price, Int64(1 + next(9)), category: category)
      }
      // Nothing is ever taken off a gift card, so its floor only asks for the general way.
      var card = try Quoting.line("Z", 500)
      card.isGiftCard = true
      let common = try Quoting.quote(rules: rules, lines + [card])
      card.floor = try Quoting.money(1)
      lines.append(card)
      let general = try Quoting.quote(rules: rules, lines)
      #expect(common.lines.map(\.total) == general.lines.map(\.total))
      #expect(common.lines.map(\.discounts) == general.lines.map(\.discounts))
      #expect(
        common.lines.map { $0.units.map(\.quantity) }
          == general.lines.map { $0.units.map(\.quantity) })
      #expect(common.applied.map(\.times) == general.applied.map(\.times))
    }
  }
}
