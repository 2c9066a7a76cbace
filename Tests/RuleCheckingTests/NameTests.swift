import Findings
import LocalTime
import RuleChecking
import RuleSyntax
import Testing

@Suite("names over all files of a rule set") struct NameTests {
  @Test("a set may be used before it is declared, and in another file")
  func setsAcrossFiles() {
    let result = check([
      ("a.promo", "campaign a { give 10% off books } test \"t\" { only a expect gift \"A\" }"),
      ("b.promo", "set books = paper in brand \"Tor\" set paper = items in tag \"paper\""),
    ])
    #expect(listing(result) == [])
    #expect(result.rules.campaigns.count == 1)
    #expect(result.rules.selections.count == 4)
  }

  @Test("campaign names are unique over the set, and both places are shown")
  func uniqueCampaigns() throws {
    let text = "campaign a { give free shipping } test \"t\" { expect applied a }"
    let result = check([("a.promo", text), ("b.promo", "campaign a { give 10% off items }")])
    let finding = try #require(result.findings.first)
    #expect(result.findings.count == 1)
    #expect(finding.code == .declaredTwice)
    #expect(finding.span.file == 1)
    #expect(finding.related.map(\.span.file) == [0])
    #expect(result.rules.campaigns.map(\.file) == [0])
  }

  @Test("attributes may be declared alike in several files, not differently")
  func attributes() {
    let text = "attributes { item color: text }"
    #expect(check([("a.promo", text), ("b.promo", text)]).findings == [])
    let other = "attributes { item color: flag }"
    let codes = check([("a.promo", text), ("b.promo", other)]).findings.map(\.code)
    #expect(codes == [.attributeTypesDiffer])
    #expect(check("attributes { item color: text customer color: flag }").findings == [])
  }

  @Test("names of damaged items are known, and what uses them is left out in silence")
  func damagedNames() {
    let result = check(
      """
      currency USD
      set books = items in in in category
      balance points { worth worth }
      campaign a { give 10% off books }
      campaign b { earn 5 points }
      campaign c { give 10% off items stack with d }
      campaign d { giv giv giv }
      campaign e { give free shipping }
      """)
    let late = result.findings.filter { $0.code.rawValue >= "P0300" }
    #expect(late == [])
    #expect(result.rules.campaigns.map(\.name) == ["e"])
  }

  @Test("a cycle of sets is one error with its path, whatever is used")
  func cycle() throws {
    let result = check(
      """
      set a = b in brand "x"
      set b = (items where in c)
      set c = a
      set d = items
      campaign x { give 10% off a }
      campaign y { give 10% off d }
      test "t" { expect applied y }
      """)
    let finding = try #require(result.findings.first)
    #expect(result.findings.count == 1)
    #expect(finding.facts["path"] == "a → b → c → a")
    #expect(result.rules.campaigns.map(\.name) == ["y"])
  }

  @Test("a long chain of sets, written from its end, needs no deep recursion")
  func longChain() {
    var text = "set s0 = s1\n"
    for index in 1..<4_000 { text += "set s\(index) = s\(index + 1)\n" }
    text += "set s4000 = items\n"
    let result = check(text)
    #expect(result.rules.sets.count == 4_001)
    #expect(result.findings.map(\.code) == [.setUnused])
  }

  @Test("an unknown name suggests one near it and no other")
  func suggestions() {
    let text = "set books = items in tag \"b\" campaign a { give 10% off bokks }"
    let result = check(text)
    #expect(result.findings.map { $0.repairs.first?.edits.first?.replacement } == ["books"])
    let far = check("set books = items campaign a { give 10% off mugs }").findings
    #expect(far.map(\.code) == [.setUnused, .unknownSet])
    #expect(far.last?.repairs == [])
  }

  @Test("10,000 campaigns are a rule set, 10,001 are one error", arguments: [10_000, 10_001])
  func campaignLimit(count: Int) throws {
    let source = SourceFile(path: "a.promo", text: "campaign c { give free shipping }")
    let item = try #require(parse(source, index: 0).tree.items.first)
    guard case .campaign(var campaign) = item else { return }
    var tree = SyntaxFile(items: [])
    for index in 0..<count {
      campaign.name.text = "c\(index)"
      tree.items.append(.campaign(campaign))
    }
    let result = RuleChecker.check([(source, tree)], lists: [:], isComplete: false)
    #expect(result.findings.map(\.code) == (count > 10_000 ? [.tooManyCampaigns] : []))
    #expect(result.rules.campaigns.count == 10_000)
  }

  @Test("a set that compares prices belongs to the currency of its file")
  func setOfOtherCurrency() {
    let dear = "currency USD set dear = items where price > $10"
    let inner = "set books = dear in tag \"b\" campaign b { give 10% off books }"
    let use = "currency EUR campaign a { give 10% off dear }"
    #expect(
      check([("a.promo", dear), ("b.promo", use)]).findings.map(\.code) == [.setOfOtherCurrency])
    #expect(
      check([("a.promo", dear), ("b.promo", inner)]).findings.map(\.code) == [.setOfOtherCurrency])
    let plain = "set books = items in category \"books\""
    let test = "test \"t\" { only a expect gift \"A\" }"
    #expect(
      check([
        ("a.promo", plain), ("b.promo", "currency EUR campaign a { give 10% off books }" + test),
      ])
      .findings == [])
  }

  @Test("a balance of money is in the currency of its file")
  func balanceOfOtherCurrency() {
    let cash = "currency USD balance cash { money redeem as discount }"
    let use = "currency EUR campaign a { earn 5% of order as cash }"
    #expect(
      check([("a.promo", cash), ("b.promo", use)]).findings.map(\.code) == [.balanceOfOtherCurrency]
    )
  }

  @Test("a currency, time zone, rounding or choice stands once in a file, not once in a set")
  func fileFacts() {
    let text = "currency USD timezone \"UTC\" rounding half_even choose by priority"
    #expect(check([("a.promo", text), ("b.promo", text)]).findings == [])
    let twice = check(text + "\n" + text).findings.map(\.code)
    #expect(twice == Array(repeating: .statedTwiceInFile, count: 4))
    let rules = check(text).rules
    #expect(rules.roundsHalfToEven && rules.choosesByPriority)
  }
}
