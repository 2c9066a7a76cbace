import Findings
import RuleChecking
import RuleSyntax
import Testing

/// A fix is applied unasked only where trying it shows that it helps.
@Suite("safe fixes are tried first") struct RepairProofTests {
  /// The findings of one text with their repairs tried, and how often it was read.
  private func proved(_ text: String) -> (findings: [Finding], readCount: Int) {
    let found = check(text)
    var readCount = 0
    let findings = RuleChecker.proved(found.findings, in: found.sources) { files in
      readCount += 1
      let text = String(decoding: files[0].bytes, as: UTF8.self)
      return check(text).findings.count { $0.severity == .error }
    }
    return (findings, readCount)
  }

  private func safeFixes(_ text: String) -> [String] {
    proved(text).findings.compactMap { finding in
      finding.repairs.first(where: \.isSafe)?.edits.map(\.replacement).joined(separator: "…")
    }
  }

  private func campaign(_ clause: String, currency: String = "USD") -> String {
    "currency \(currency)\ncampaign a {\n  \(clause)\n  give 5% off items\n}\n"
  }

  @Test(
    "a fix that does not parse, or guesses, is offered and not applied",
    arguments: [
      "set 1st = items", "campaign a {\n  when now = 1\n  give 5% off items\n}",
      "currency USD\ncampaign a {\n  give €50 off order\n}",
      "set d1 = items\nset d2 = items\ncampaign a {\n  give 5% off d9\n}",
      "set shirt = items\nset skirt = items\ncampaign a {\n  give 5% off sairt\n}",
      "campaign a {\n  when quantity of items >= NaN\n  give 5% off items\n}",
      "campaign a {\n  when quantity of items >= 1e999\n  give 5% off items\n}",
      "campaign a {\n  when quantity of items >= 0x10\n  give 5% off items\n}",
      "currency USD\ncampaign a {\n  give $-5 off order\n}",
    ])
  func unsafe(text: String) {
    #expect(proved(text).findings.filter { $0.severity == .error }.count == 1)
    #expect(safeFixes(text) == [])
  }

  @Test(
    "a fix that helps is applied",
    arguments: [
      ("when order.country = US", "\"US\""), ("when order.country = USA", "\"USA\""),
      ("code SUMMER", "\"SUMMER\""), ("code USA", "\"USA\""),
      ("when visits ever = 1 AND shipping > $1", "and"),
      ("when order.country is one of \"US\", \"CA\"", " (…)"),
      ("when quantity of items >= 3rd", "3"), ("give 10 percent off items", "10%"),
      ("give 5% off items // all of them", "#"),
    ])
  func safe(clause: String, fix: String) {
    #expect(safeFixes(campaign(clause)) == [fix])
  }

  @Test("another currency's sign is mended in a file of that currency")
  func sign() {
    #expect(safeFixes(campaign("give €50 off order", currency: "EUR")) == ["50 EUR"])
  }

  @Test("a range of days is written out")
  func days() {
    let text = "timezone \"UTC\"\n" + campaign("active on fri-mon")
    #expect(safeFixes(text) == ["fri, sat, sun, mon"])
  }

  @Test("what has no fix is not read again, and no text is read again without bound")
  func bounds() {
    #expect(proved(campaign("limit 1 total")).readCount == 0)
    let many = (0..<200).map { "set s\($0) = items where now\n" }.joined()
    #expect(proved(many).readCount <= 65)
  }
}
