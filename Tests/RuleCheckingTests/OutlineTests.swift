import Findings
import RuleChecking
import RuleSyntax
import Testing

@Suite("outlines") struct OutlineTests {
  private struct Outcome: Equatable {
    var findings: [Finding]
    var campaigns: String
  }

  /// What checking some files comes to, as their outlines are checked and as their trees are.
  private static func check(
    _ texts: [(path: String, text: String)], lists: [String: [String]] = [:]
  ) -> (outlined: Outcome?, parsed: Outcome) {
    var files: [(source: SourceFile, tree: SyntaxFile)] = []
    for (index, file) in texts.enumerated() {
      let source = SourceFile(path: file.path, text: file.text)
      guard let tree = outline(source, index: Int32(index)) else { break }
      files.append((source, tree))
    }
    let whole = RuleCheckingTests.check(texts, lists: lists, knowsTimezone: { _ in true })
    let parsed = Outcome(findings: whole.findings, campaigns: "\(whole.rules.campaigns)")
    guard files.count == texts.count,
      let checked = RuleChecker.check(
        outlines: files, lists: lists, today: nil, knowsTimezone: { _ in true })
    else { return (nil, parsed) }
    return (
      Outcome(findings: checked.findings, campaigns: "\(checked.rules.campaigns)"), parsed
    )
  }

  @Test("rules without a mistake are checked the same by their outlines")
  func sound() throws {
    let (texts, lists) = try Corpus.shipped()
    let (outlined, parsed) = Self.check(texts, lists: lists)
    #expect(outlined == parsed)
    for (name, rules, isInvalid) in try Corpus.conformanceRules() where !isInvalid {
      let (outlined, parsed) = Self.check([("rules.promo", rules)])
      #expect(outlined == parsed, "\(name)")
    }
  }

  @Test(
    "mistakes that only the checker finds are told the same",
    arguments: [
      "currency USD\ncampaign a { give 10% off boks }\ncampaign a { give $5 off order }\n",
      "campaign a { give $5 off order stack with b }\ncampaign c { when 1 = $2 give 5% off order }",
      "set s = items\ncampaign s { give 5% off s }\nset s = all_items\ncampaign t { limit 0 total }",
    ])
  func mistaken(text: String) {
    let (outlined, parsed) = Self.check([("rules.promo", text)])
    #expect(outlined == parsed)
    #expect(parsed.findings.contains { $0.severity == .error })
  }

  @Test("a campaign that cannot be read leaves no result")
  func unreadable() {
    let text = "campaign a { give 5% off order }\ncampaign b { give give }\n"
    #expect(outline(SourceFile(path: "rules.promo", text: text), index: 0) != nil)
    #expect(Self.check([("rules.promo", text)]).outlined == nil)
  }
}
