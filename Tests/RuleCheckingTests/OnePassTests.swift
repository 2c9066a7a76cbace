import Findings
import RuleChecking
import RuleSyntax
import Testing

/// Mistakes of spelling and mistakes of meaning come in one pass, and neither makes the other.
@Suite("all mistakes in one pass") struct OnePassTests {
  private func errors(_ text: String) -> [FindingCode] {
    check(text).findings.filter { $0.severity == .error }
      .sorted { $0.span.start < $1.span.start }.map(\.code)
  }

  @Test("a mistake of meaning is told beside a mistake of spelling in another clause")
  func bothKinds() {
    let text = """
      currency USD

      campaign a {
        when subtotal of items >= 100
        giev 10% off items
        limit 0 per customer
        priority 1
        priority 2
      }
      """
    #expect(errors(text) == [.typesDiffer, .misspelt, .zeroCount, .clauseTwice])
  }

  @Test("one told by the parser itself hides nothing either")
  func moneyOff() {
    let text = "currency USD\ncampaign a {\n  give $5 off items\n  limit 0 total\n}\n"
    #expect(errors(text) == [.moneyOffSelection, .zeroCount])
  }

  @Test("what was put in, dropped or skipped makes no second mistake")
  func noConsequences() {
    let clauses = [
      "when quantity items >= 5", "give 10% items", "give 10% off off items", "give 10% off",
      "when items", "limit 1 customer", "earn 5", "stack with", "cap per order", "give price",
      "when quantity of items >= and", "active from",
    ]
    for clause in clauses {
      let text =
        "currency USD\ncampaign a {\n  \(clause)\n  base original\n  give 5% off items\n}\n"
      #expect(errors(text).count == 1, "\(clause): \(listing(check(text)))")
    }
  }

  @Test("a campaign without a give, and a test without an expectation, are told beside an error")
  func absence() {
    let text = """
      set a = items in in category "x"
      campaign b {
        limit 1 total
      }
      test "t" {
        only b
      }
      """
    #expect(errors(text) == [.superfluous, .campaignGivesNothing, .testExpectsNothing])
  }

  @Test("what a damaged campaign may have lost is not missing")
  func lost() {
    #expect(errors("campaign a {\n  discount 10% on items\n}\n") == [.unexpected])
    #expect(errors("test \"t\" {\n  expct applied a\n}\n") == [.misspelt])
  }

  @Test("slips that follow close on one another are told one by one")
  func closeSlips() {
    let text = """
      currency USD
      campaign a {
        give free shiping
        limt 1 per customr
        when custmer is member
        cap $5 per user
        limit 2 per basket;
      }
      """
    let codes = errors(text)
    #expect(codes == Array(repeating: .misspelt, count: 6) + [.unexpectedCharacter])
  }

  @Test("a name is taken, also by what is damaged")
  func duplicates() {
    let text = """
      campaign a {
        giev 10% off items
      }
      campaign a {
        give 5% off items
      }
      set b = items in in category "x"
      set b = items
      """
    #expect(errors(text) == [.misspelt, .declaredTwice, .superfluous, .declaredTwice])
    #expect(check(text).rules.campaigns.isEmpty)
  }

  @Test("nothing that was mended is used")
  func unused() {
    let text = """
      campaign a {
        giev 10% off items
      }
      campaign b {
        give 5% off items
        stack with a
      }
      set c = items in in category "x"
      campaign d {
        give 5% off c
      }
      balance e { wroth $1 per 100 }
      campaign f {
        earn 5 e
      }
      """
    let result = check(text)
    #expect(result.findings.count { $0.severity == .error } == 3)
    #expect(result.rules.campaigns.isEmpty)
    #expect(result.rules.balances.isEmpty)
    #expect(result.rules.sets.isEmpty)
  }

  @Test(
    "a damaged first word still gives its name",
    arguments: [
      "campaing c1 {\n  give 5% off items\n}\ntest \"t\" {\n  expect applied c1\n}",
      "sett tees = items in tag \"t\"\ncampaign a {\n  give 5% off tees\n}",
      "ablance points {\n  expires in 2 months\n}\ncampaign a {\n  earn 5 points\n}",
    ])
  func heads(text: String) {
    #expect(errors("set first = items\n\n\(text)\n") == [.misspelt])
    #expect(errors(text) == [.misspelt])
  }

  @Test("a declaration that names a type is not lost with its neighbour")
  func attributes() {
    let text = """
      attributes {
        customer tier text
        order wrap: flag
      }
      campaign a {
        when order.wrap = 5 and customer.tier = "gold"
        give 5% off items
      }
      """
    #expect(errors(text) == [.missing, .typesDiffer])
  }

  @Test("an unknown name in a mended clause is told where it stands in a sound one")
  func unknownNames() {
    let text = """
      campaign a {
        when quantity boks >= 5
        give 5% off boks
      }
      """
    let found = check(text).findings
    #expect(found.map(\.code) == [.missing, .unknownSet])
    #expect(listing(check(text)).last?.hasPrefix("3:15") == true)
  }

  @Test("two tests of one name in a file are a warning, in two files they are none")
  func testNames() {
    let text = "test \"t\" { expect gift \"A\" }\n"
    #expect(check(text + text).findings.map(\.code) == [.testNamedTwice])
    #expect(check([("a.promo", text), ("b.promo", text)]).findings == [])
  }
}
