import Promo
import Testing

@Suite("campaigns that lose to others") struct LoserTests {
  private func lines() throws -> [Cart.Line] { [try Quoting.line("A", 1000, 2)] }

  @Test("a loser names who won, not who was chosen and gave nothing")
  func winnersOnly() throws {
    let quote = try Quoting.quote(
      rules: """
        campaign loser { give $1 off order stack with nobody }
        campaign nobody { give $1 off shipping }
        campaign winner { give $5 off order }
        campaign idle { give $5 off (items in category "none") }
        campaign late { give $2 off order when subtotal of items after discounts > $90 }
        """.replacing("give $5 off (", with: "give $5 off each of ("), lines())
    #expect(quote.applied.map(\.campaign) == ["winner"])
    #expect(quote.refusal("loser")?.against == ["winner"])
    #expect(quote.refusal("idle")?.reason == .nothingToGive)
    #expect(quote.refusal("late")?.reason == .condition)
  }

  @Test("a gift wins as money does")
  func gift() throws {
    let quote = try Quoting.quote(
      rules: """
        campaign tote { priority 1 give gift "TOTE" stack best of "g" }
        campaign nothing { give 10% off (items in category "none") stack best of "g" }
        """, lines())
    #expect(quote.applied.map(\.campaign) == ["tote"])
    #expect(quote.refusal("nothing")?.against == ["tote"])
    #expect(quote.refusal("nothing")?.saving?.minorUnits == 0)
  }

  @Test("a loser that cannot be computed answers with the error")
  func failing() throws {
    let huge = Array(repeating: "99999999", count: 4).joined(separator: " * ")
    let quote = try Quoting.quote(
      rules: """
        campaign broken { give (dearest price of items * \(huge)) off order stack best of "g" }
        campaign sound { give $1 off order stack best of "g" }
        """, lines())
    #expect(quote.applied.map(\.campaign) == ["sound"])
    let refusal = try #require(quote.refusal("broken"))
    #expect(refusal.reason == .error && refusal.against == nil && refusal.saving == nil)
  }

  @Test("an error answers alike wherever its campaign and its lines stand")
  func errorsAnywhere() throws {
    let campaigns = [
      "campaign broken { give (dearest price of items / (kinds of items - 2)) off order }",
      "campaign first { give 10% off items }",
      "campaign second { give $1 off order }",
    ]
    let lines = [try Quoting.line("A", 1000, 2), try Quoting.line("B", 500)]
    var answers = Set<String>()
    for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
      for lines in [lines, lines.reversed()] {
        let rules = order.map { campaigns[$0] }.joined(separator: "\n")
        let quote = try Quoting.quote(rules: rules, lines)
        answers.insert(
          "\(quote.total.minorUnits) \(quote.applied.map(\.campaign).sorted()) "
            + "\(quote.notApplied.map { "\($0.campaign) \($0.reason)" })")
      }
    }
    #expect(answers == [#"2150 ["first", "second"] ["broken error"]"#])
  }

  @Test("of two that fail in one stage both do, whichever is asked first")
  func bothFail() throws {
    let huge = Array(repeating: "99999999", count: 4).joined(separator: " * ")
    // What `one` divides by is nothing only because of what `two` gives before it fails itself.
    let one = "campaign one { give ($1 * ($5 / subtotal of items after discounts)) off order }"
    let two = """
      campaign two {
        give 100% off items
        give (dearest price of items * \(huge)) off order
      }
      """
    for rules in [one + two, two + one] {
      let quote = try Quoting.quote(rules: rules, lines())
      #expect(
        Set(quote.notApplied.map { "\($0.campaign) \($0.reason)" }) == ["one error", "two error"])
      #expect(quote.total.minorUnits == 2000)
    }
  }

  @Test("points that a cap clips to nothing are kept back by the cap, and are told")
  func clippedToNothing() throws {
    func quote(issued: Int64) throws -> Quote {
      try Quoting.quote(
        rules: """
          balance points { worth $1 per 100 redeem as payment }
          campaign earner { code "GO" earn 1 point per $1 of order cap 30 points total }
          """, lines()
      ) { cart in
        cart.codes = ["go"]
        var customer = Cart.Customer()
        customer.id = "m"
        customer.isMember = true
        cart.customer = customer
        var usage = Cart.Usage()
        usage.earned = ExactDecimal(value: issued)
        cart.usage["earner"] = usage
      }
    }
    let some = try quote(issued: 25)
    #expect(some.earned.map(\.amount.value) == [5] && some.earned[0].clipped?.value == 15)
    #expect(some.notApplied.isEmpty && some.codes.map(\.status) == [.applied])
    let none = try quote(issued: 30)
    #expect(none.earned.map(\.amount.value) == [0] && none.earned[0].clipped?.value == 20)
    #expect(none.refusal("earner")?.reason == .cap && none.codes.map(\.status) == [.usedUp])
  }

  @Test("a code that is over in one campaign and still to come in another is not eligible")
  func mixedDates() throws {
    let soon = "campaign soon { code \"GO\" active from 2026-07-01 give $1 off order }\n"
    let gone = "campaign gone { code \"GO\" active through 2026-05-01 give $1 off order }\n"
    func status(_ rules: String) throws -> Quote.Code.Status? {
      try Quoting.quote(rules: rules, lines()) { $0.codes = ["go"] }.codes.first?.status
    }
    #expect(try status(soon) == .notYet)
    #expect(try status(gone) == .expired)
    #expect(try status(soon + gone) == .notEligible)
  }
}
