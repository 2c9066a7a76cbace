import LocalTime
import Money
import Promo
import ReferenceInterpreter
import Testing

/// Figures and rules of the language article's sections on choice and conditions.
@Suite("the reference interpreter and the choice") struct ChoiceFigureTests {
  let lines = [line("A", 1000, 2), line("B", 500)]

  @Test("the largest total wins; the loser says against whom") func largest() throws {
    let rules = """
      campaign ten { give $10 off order stack alone }
      campaign five { give $3 off order }
      campaign six { give $4 off order }
      """
    let quote = try answer(rules, lines)
    #expect(quote.appliedNames == ["ten"])
    #expect(quote.refused("five")?.against == ["ten"])
    #expect(quote.refused("five")?.saving == money(300))
    let together = try answer(rules.replacing("$4", with: "$8"), lines)
    #expect(together.appliedNames == ["five", "six"])
  }

  @Test("ties go to the higher priority, then fewer, then file order") func ties() throws {
    let byFile = try answer(
      "campaign a { give $5 off order stack best of \"g\" }"
        + " campaign b { give $5 off order stack best of \"g\" }", lines)
    #expect(byFile.appliedNames == ["a"])
    let byPriority = try answer(
      "campaign a { give $5 off order stack best of \"g\" }"
        + " campaign b { give $5 off order priority 1 stack best of \"g\" }", lines)
    #expect(byPriority.appliedNames == ["b"])
  }

  @Test("stack with needs both sides; choose by priority walks") func allies() throws {
    let rules = """
      campaign a { give $1 off order stack with b }
      campaign b { give $2 off order }
      campaign c { give $4 off order }
      """
    #expect(try answer(rules, lines).appliedNames == ["b", "c"])
    #expect(try answer("choose by priority " + rules, lines).appliedNames == ["a", "b"])
  }

  @Test("best of on items gives each unit the member that saves most on it") func onItems() throws {
    let rules = """
      campaign percent { give 30% off items stack best of "g" on items }
      campaign money { give $2 off each of items stack best of "g" on items }
      """
    let quote = try answer(rules, lines)
    #expect(quote.lineTotals == [1400, 300])
  }

  @Test("alone on items skips what is discounted and keeps what it discounts")
  func aloneOnItems() throws {
    let rules = """
      campaign first { priority 2 give 50% off (items where sku = "B") }
      campaign kept { priority 1 give 10% off items stack alone on items }
      campaign later { give 20% off items }
      campaign order { give 10% off order }
      """
    let quote = try answer(rules, lines)
    #expect(quote.lineTotals == [1800, 180])
  }

  @Test("hints and details speak of the one comparison that is missing") func missing() throws {
    let rules = """
      campaign c {
        when quantity of items > 4 and order.country is one of ("US", "CA")
        give 10% off items
        hint "Add {missing} more."
      }
      """
    let quote = try answer(rules, lines) { $0.order.country = "US" }
    #expect(quote.refused("c")?.missing == .quantity(2))
    #expect(quote.refused("c")?.hint == "Add 2 more.")
    let abroad = try answer(rules, lines) {
      $0.order.country = "FR"
      $0.explain = .all
    }
    #expect(abroad.refused("c")?.missing == nil)
    #expect(abroad.refused("c")?.detail?.left == "3")
    let far = try answer(rules.replacing("> 4", with: ">= 1"), lines) {
      $0.order.country = "FR"
      $0.explain = .all
    }
    #expect(far.refused("c")?.detail?.operator == "is one of")
    #expect(far.refused("c")?.detail?.right == "US, CA")
  }

  @Test("tiers apply their highest row and hint at the next") func tiers() throws {
    let rules = """
      campaign c {
        tiers by quantity of items {
          at 2 give 10% off items
          at 3 give 20% off items
          at 5 give 30% off items
        }
        hint "{missing} more"
      }
      """
    let quote = try answer(rules, lines)
    #expect(quote.total == money(2000))
    #expect(quote.applied.first?.missing == .quantity(2))
    #expect(quote.applied.first?.hint == "2 more")
  }

  @Test("the fourth visit of the local month", arguments: [(2, false), (3, true), (4, false)])
  func visits(count: Int, applies: Bool) throws {
    let rules = "campaign c { for members when visit_number this month = 4 give $10 off order }"
    let moments = [
      "2026-03-01T00:00:00-05:00", "2026-03-08T03:30:00-04:00", "2026-03-31T12:00:00-04:00",
      "2026-03-31T23:59:58-04:00",
    ]
    let quote = try answer(rules, lines, at: "2026-03-31T23:59:59-04:00") { cart in
      cart.customer = try member { customer in
        let before = "2026-02-28T23:59:59-05:00"
        customer.history = try (moments.prefix(count) + [before]).map {
          Cart.Visit(at: try instant($0))
        }
      }
    }
    #expect(quote.appliedNames == (applies ? ["c"] : []))
  }

  @Test("codes say what became of them") func codes() throws {
    let rules = """
      campaign a { code "ONE" give $9 off order stack best of "g" }
      campaign b { code "TWO" give $1 off order stack best of "g" }
      campaign c { code "SOON" active from 2026-06-01 give $1 off order }
      campaign d { code "GONE" active through 2026-05-19 give $1 off order }
      campaign e { code "USED" limit 5 total give $1 off order }
      campaign f { code "NOT" for members give $1 off order }
      """
    let quote = try answer(rules, lines) { cart in
      cart.codes = [" one ", "two", "ONE", "soon", "gone", "used", "not", "what"]
      var usage = Cart.Usage()
      usage.redemptions = 5
      cart.usage["e"] = usage
    }
    #expect(quote.codes.map(\.code) == ["one", "two", "soon", "gone", "used", "not", "what"])
    #expect(
      quote.codes.map(\.status) == [
        .applied, .beaten, .notYet, .expired, .usedUp, .notEligible, .unknown,
      ])
  }

  @Test("a night belongs to the day on which it begins") func night() throws {
    let rules = """
      campaign c {
        active from 2026-05-20 through 2026-05-20 on wed between 22:00 and 02:00
        give $1 off order
      }
      """
    for (moment, isActive) in [
      ("2026-05-20T01:59:00-04:00", false), ("2026-05-20T22:00:00-04:00", true),
      ("2026-05-21T01:59:59-04:00", true), ("2026-05-21T02:00:00-04:00", false),
    ] {
      let quote = try answer(rules, lines, at: moment)
      #expect(quote.applied.isEmpty == !isActive, "\(moment)")
    }
  }
}
