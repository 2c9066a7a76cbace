import Promo
import RuleChecking
import Testing

@testable import CommandKit

@Suite("promo check") struct CheckCommandTests {
  private let bad = """
    currency USD

    campaign a "A" {
      when subtotal of items >= 100
      give 10% off items
    }

    campaign b "B" {
      give 10% off itemz
    }

    """

  @Test("sound rules have no problems") func sound() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "a.promo", "currency USD\ncampaign a { give 10% off items }\n" + testOfA)
    let call = Call("check", path)
    #expect(call.code == 0)
    #expect(call.output == "1 file: no problems\n")
    #expect(call.error.isEmpty)
  }

  @Test("errors stand on the results stream with their places") func errors() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("bad.promo", bad)
    let call = Call("check", path)
    #expect(call.code == 1)
    #expect(call.output.contains("bad.promo:4:29"))
    #expect(call.output.contains("bad.promo:9:16"))
    #expect(call.output.contains("2 errors"))
  }

  @Test("standard input is a file too") func standardInput() {
    let call = Call("check", "-", input: bad)
    #expect(call.code == 1)
    #expect(call.output.contains("-:4:29"))
  }

  @Test("machines get JSON, GitHub commands and SARIF") func machines() {
    let json = Call("check", "--format", "json", "-", input: bad).output
    #expect(json.hasPrefix("{\"formatVersion\":1,\"errors\":2"))
    let github = Call("check", "--format", "github", "-", input: bad).output
    #expect(github.hasPrefix("::error file=-,line=4"))
    let sarif = Call("check", "--format", "sarif", "-", input: bad).output
    #expect(sarif.contains("\"version\":\"2.1.0\""))
  }

  @Test("the cost of each campaign is shown, to people and to machines") func cost() {
    let rules = """
      currency USD
      campaign a { give 10% off items stack best of "g" }
      campaign bundle { give price $9 for 1 items + 1 items stack best of "g" }
      \(testOfA)
      """
    let table = Call("check", "--cost", "-", input: rules)
    #expect(table.code == 0)
    #expect(
      table.output.hasSuffix(
        """
        campaign               each time  times  steps a line  10,000 lines
        bundle                       142      3           426     4,260,000
        a                              1      3             3        30,000
        (1 set or sum shared)                               1        10,000
        (the cart itself)                                   9        90,000
        at most                                           439     4,390,000

        A step is one look at one line; 50,000,000,000 are allowed.
        Campaigns that exclude each other make up to 2 choices, each priced as a whole.

        """), "\(table.output)")
    let json = Call("check", "--cost", "--format", "json", "-", input: rules).output
    #expect(json.contains("\"cost\":{\"lines\":10000,\"steps\":4390000,"), "\(json)")
    #expect(json.hasSuffix("}]}}\n"))
    #expect(Call("check", "--cost", "--format", "sarif", "-", input: rules).code == 2)
  }

  @Test("safe fixes are written, and what is left is told") func fixing() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("bad.promo", bad)
    let call = Call("check", "--fix", path)
    let text = try contents(path)
    #expect(text.contains("when subtotal of items >= $100"))
    #expect(call.error.contains("mended"))
    #expect(!call.output.contains("bad.promo:4:29"))
    #expect(call.code == (call.output.contains("error") ? 1 : 0))
  }

  @Test("warnings alone are fine, unless they are denied") func denying() throws {
    let text =
      "currency USD\ncampaign a { give 10% off items }\n" + testOfA
      + "\nset spare = items in tag \"x\"\n"
    #expect(Call("check", "-", input: text).code == 0)
    let denied = Call("check", "--deny", "warnings", "-", input: text)
    #expect(denied.code == 3)
    #expect(denied.output.contains("warning"))
    #expect(Call("check", "--deny", "warnings", "-", input: bad).code == 1)
  }

  private let testOfA = """
    test "a" {
      at 2026-05-01T10:00
      cart { 1 "A" at $1.00 }
      expect discount $0.10
    }

    """
}

@Suite("promo fmt") struct FormatCommandTests {
  private let loose = "campaign a   {give 10% off items}"
  private let tidy = "campaign a {\n  give 10% off items\n}\n"

  @Test("a file is rewritten once and named") func rewriting() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.promo", loose)
    let call = Call("fmt", path)
    #expect(call.code == 0)
    #expect(call.output == path + "\n")
    #expect(try contents(path) == tidy)
    #expect(Call("fmt", path).output.isEmpty)
    #expect(Call("fmt", "--check", path).code == 0)
  }

  @Test("--check and --diff write nothing and exit with 1") func looking() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.promo", loose)
    let check = Call("fmt", "--check", path)
    #expect(check.code == 1)
    #expect(check.output == path + "\n")
    let diff = Call("fmt", "--diff", path)
    #expect(diff.code == 1)
    #expect(diff.output.contains("-campaign a   {give 10% off items}"))
    #expect(diff.output.contains("+  give 10% off items"))
    #expect(try contents(path) == loose)
  }

  @Test("standard input goes to standard output") func stream() {
    #expect(Call("fmt", "-", input: loose).output == tidy)
  }

  @Test("a damaged file is told and left alone") func damaged() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.promo", "campaign {")
    let call = Call("fmt", path)
    #expect(call.code == 1)
    #expect(call.output.isEmpty)
    #expect(call.error.contains("left alone"))
    #expect(try contents(path) == "campaign {")
  }

  @Test("the shipped rules have the canonical layout") func shipped() {
    #expect(Call("fmt", "--check", fixture("../../Rules")).code == 0)
  }
}

@Suite("promo test") struct TestCommandTests {
  private let text = """
    currency USD

    campaign a {
      when quantity of items >= 2
      give 10% off items
    }

    test "two get it" {
      at 2026-05-01T10:00
      cart { 2 "A" at $10 }
      expect discount $2
    }

    test "one & <one> do not" {
      at 2026-05-01T10:00
      cart { 1 "A" at $10 }
      expect discount $1
    }

    """

  @Test("a failed test is shown with what there was") func failing() throws {
    let call = Call("test", "-", input: text)
    #expect(call.code == 1)
    try expectGolden(call.output, "test-failed.txt")
  }

  @Test("a filter narrows, and one that fits nothing is trouble") func filter() {
    let call = Call("test", "--filter", "TWO", "-", input: text)
    #expect(call.code == 0)
    #expect(call.output == "1 file: 1 test passed\n")
    #expect(Call("test", "--filter", "three", "-", input: text).code == 2)
  }

  @Test("a file without tests says so") func noTests() {
    let call = Call("test", "-", input: "campaign a { give 10% off items }")
    #expect(call.code == 0)
    #expect(call.output == "1 file: no tests\n")
  }

  @Test("coverage names what no test shows") func coverage() throws {
    let call = Call("test", "--coverage", "--filter", "two", "-", input: text)
    #expect(call.code == 0)
    try expectGolden(call.output, "test-coverage.txt")
  }

  @Test("a JUnit report escapes what it quotes") func junit() throws {
    let call = Call("test", "--junit", "-", "-", input: text)
    #expect(call.code == 1)
    try expectGolden(call.output, "test-junit.xml")
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/report.xml"
    let written = Call("test", "--junit", path, "-", input: text)
    #expect(try contents(path) == call.output)
    #expect(written.output.contains("1 failed"))
  }

  @Test("rules with errors run no tests") func damaged() {
    let call = Call("test", "-", input: text + "campaign b { give 10% off nothing }")
    #expect(call.code == 1)
    #expect(call.output.isEmpty)
  }

  @Test("a JUnit report of rules with errors has each file as a failed test")
  func junitOfErrors() throws {
    let call = Call(
      "test", "--junit", "-", "-", input: text + "campaign b { give 10% off nothing }")
    #expect(call.code == 1)
    try expectGolden(call.output, "test-junit-errors.xml")
    let folder = try TemporaryFolder()
    let good = try folder.file("good.promo", text)
    let bad = try folder.file("bad.promo", "campaign b { give <nothing> }\ncampaign {}\n")
    let path = "\(folder.path)/report.xml"
    #expect(Call("test", "--junit", path, good, bad).code == 1)
    let report = try contents(path)
    #expect(report.contains("<testsuite name=\"\(bad)\" tests=\"1\" failures=\"1\">"))
    #expect(!report.contains("good.promo\""))
  }
}

@Suite("promo explain") struct ExplainCommandTests {
  @Test("a code has a page, however it is shortened", arguments: ["P0201", "p0201", "p201", "201"])
  func code(word: String) {
    let call = Call("explain", word)
    #expect(call.code == 0)
    #expect(call.output.hasPrefix("P0201: "))
  }

  @Test("what is no code is told so") func unknown() {
    let call = Call("explain", "P9999")
    #expect(call.code == 2)
    #expect(call.error.contains("P9999"))
    let campaign = Call("explain", "buy5_save15")
    #expect(campaign.error.contains("promo explain --rules PATH buy5_save15"))
    #expect(!campaign.error.contains("?;"))
  }

  @Test("a mistyped campaign is told the nearest") func mistyped() {
    let call = Call("explain", "--rules", fixture("../../Rules"), "buy5_save51")
    #expect(call.code == 2)
    #expect(call.error.contains("did you mean buy5_save15?"))
  }

  @Test("a shipped campaign reads as sentences") func shipped() throws {
    let call = Call("explain", "--rules", fixture("../../Rules/storefront.promo"), "harbor_press")
    #expect(call.code == 0)
    try expectGolden(call.output, "explained.txt")
  }

  @Test("every clause of every shipped campaign has its sentence") func sentences() throws {
    let rules = RuleSet.compile(sources: try RuleFiles.read([fixture("../../Rules")])).rules.checked
    #expect(rules.campaigns.count >= 40)
    for campaign in rules.campaigns {
      let told = CampaignSentences(campaign, of: rules)
      let clauseCount =
        campaign.conditions.count + campaign.gives.count + campaign.earns.count
        + campaign.limits.count + campaign.caps.count + (campaign.tiers?.rows.count ?? 0)
      #expect(told.sentences.count > clauseCount, "\(campaign.name)")
      for sentence in told.sentences {
        #expect([".", ":", "\""].contains { sentence.hasSuffix($0) }, "\(sentence)")
      }
    }
  }

  @Test("rare forms read as sentences") func rare() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("rare.promo", rareForms)
    let text = ["a", "b", "c", "d", "e", "f", "g", "h"].map { name in
      let call = Call("explain", "--rules", path, name)
      #expect(call.code == 0, "\(call.error)")
      return call.output
    }.joined(separator: "\n")
    try expectGolden(text, "explained-rare.txt")
  }

  private let rareForms = """
    currency USD
    timezone "America/New_York"

    attributes {
      customer since: date, vip: flag, rate: percent
      item     color: text
    }

    balance points { worth $1 per 100 redeem as payment }
    balance cashback { money redeem as discount }

    set red = items where color is one of ("red", "crimson") or name ends with "RED"
    set many = items in sku ("A", "B", "C", "D", "E", "F", "G", "H")

    campaign a "A" {
      for customers in group ("x", "y")
      when not (customer.vip and customer.since <= 2026-01-01) and shipping is not missing
      when min(subtotal of red, $50) / 2 >= dearest price of many
      code "ONE"
      code "TWO"
      active from 2026-05-01T09:00 until 2027-01-01T00:00 on sat, mon
      active on mon, tue, wed between 22:00 and 02:00
      give (subtotal of red * 10% + $2) off order
      give 50% off shipping
      limit 2 per code per week
      limit 100 total per year
      cap $10 per customer per month
      priority 5
      stack with b
      message "{title}: {saved} off with {code}, {remaining_uses} uses left."
    }

    campaign b "B" {
      base original
      give $2 off each of dearest 1 of red per 2 many
      give 50% off cheapest 1 of every 4 many
      limit 3 per order
      stack alone on items
      stack with a
    }

    campaign c "C" {
      for guests
      give price $9.99 for 2 red + 1 many
      stack alone
    }

    campaign d "D" {
      for members
      when days since customer.since >= 30 and month of today = 5
      when visits previous month = 0 and spent in brand "Z" last 2 weeks < $10
      when bought in tag "t" ever >= 2 and redemptions of c this year <= 1
      when balance of points > 10 and kinds of red >= 2 and weekday is one of (sat, sun)
      earn 500 points
      earn 5% of red as cashback after 1 week
      earn $5 as cashback expires in 3 months
      earn 2 points per 1 many
      cap 2000 points per customer per month
    }

    campaign e "E" {
      tiers by visit_number this year {
        at 2 give (customer.rate) off order
        at 5 give 100% off cheapest 1 of items earn 10 points
      }
      stack best of "g"
    }

    campaign f "F" {
      give price $5 for each of cheapest 2 of many
      give 2.5% off subtotal of red
      give price $4.99 for shipping
      give gift 2 of "PIN"
    }

    campaign g "G" {
      codes "pool"
      event birthday
      earn 1 point
    }

    campaign h "H" {
      give 5% off red
      earn points times 1.5 on red
      earn points times 2 on order
      stack best of "h" on items
    }

    """
}

@Suite("promo bench") struct BenchCommandTests {
  @Test("figures come as a table and as JSON") func figures() {
    let table = Call("bench", "--carts", "1", "--campaigns", "10", "--lines", "3")
    #expect(table.code == 0, "\(table.error)")
    #expect(table.output.contains("campaigns  lines"))
    #expect(table.output.contains("checking 1,000 campaigns"))
    let json = Call("bench", "--carts", "1", "--lines", "3", "--format", "json")
    #expect(json.code == 0)
    #expect(json.output.contains("\"cartsPerSecond\""))
  }
}
