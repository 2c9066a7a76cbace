import Findings
import Foundation
import RuleChecking
import RuleSyntax
import Testing

@Suite("one mistake is one error") struct OneMistakeTests {
  private func errors(_ text: String) -> [FindingCode] {
    check(text).findings.filter { $0.severity == .error }.map(\.code)
  }

  @Test("an unknown name is told of once, and its repair renames every use")
  func toldOnce() throws {
    let result = check(
      """
      set books = items in tag "b"
      campaign a { when quantity of boks > 1 give 10% off boks }
      campaign b { give 5% off boks }
      """)
    let finding = try #require(result.findings.first)
    #expect(result.findings.count == 1)
    #expect(finding.repairs.first?.edits.count == 3)
    let file = try #require(result.sources.first)
    let text = String(decoding: apply(finding.repairs, to: file).bytes, as: UTF8.self)
    #expect(errors(text) == [])
  }

  @Test("a declaration that lost its name explains the use of one")
  func namelessDeclarations() {
    #expect(errors("set = items in tag \"b\" campaign a { give 10% off books }").count == 1)
    #expect(errors("campaign { give free shipping } test \"t\" { expect applied a }").count == 1)
    #expect(
      errors("attributes { item : text } campaign a { give 1% off (items where c = \"x\") }").count
        == 1)
  }

  @Test("a currency that cannot be read is not missing as well")
  func currency() {
    #expect(errors("currency currency USD campaign a { give $5 off order }").count == 1)
    #expect(errors("USD campaign a { give $5 off order }").count == 1)
  }

  @Test("a name in the wrong place does not swallow the next step")
  func steps() {
    #expect(
      errors(
        "currency USD campaign a { give free shipping } "
          + "test \"t\" { shipping $5 expect applied expect shipping $0 }") == [.unknownCampaign])
  }

  @Test("a type is unknown above an error, and stays silent")
  func types() {
    #expect(
      errors("currency USD campaign a { when not ((5 + $5) * 3 >= \"x\") give 5% off order }")
        == [.cannotCalculate])
  }

  @Test(
    "so it is over the rule files of the project, one token deleted, doubled or replaced",
    arguments: [("deleted", 995), ("doubled", 995), ("replaced", 985)])
  func rates(kind: String, perMille: Int) throws {
    let isExhaustive = ProcessInfo.processInfo.environment["PROMO_MUTATIONS"] == "all"
    let (texts, lists) = try Corpus.shipped()
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    var invalidCount = 0
    var others: [String] = []
    for text in texts {
      let bytes = Array(text.text.utf8)
      var lexer = Lexer(SourceFile(path: text.path, bytes: bytes), index: 0)
      lexer.run()
      let ranges = lexer.tokens.dropLast().map { Int($0.start)..<Int($0.end) }
      for range in isExhaustive
        ? ranges : stride(from: 100, to: ranges.count, by: 293).map({ ranges[$0] })
      {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let other = ranges[Int(state >> 33) % ranges.count]
        var mutant = bytes
        switch kind {
        case "deleted": mutant.removeSubrange(range)
        case "doubled": mutant.insert(contentsOf: [0x20] + bytes[range], at: range.upperBound)
        default: mutant.replaceSubrange(range, with: bytes[other])
        }
        let result = check(
          [(text.path, String(decoding: mutant, as: UTF8.self))], lists: lists)
        let errorCount = result.findings.count { $0.severity == .error }
        if errorCount > 0 { invalidCount += 1 }
        if errorCount > 1 { others.append("\(listing(result))") }
      }
    }
    #expect(invalidCount > 30)
    // A sample is small, so that one more than the rate allows is no sign yet.
    let allowed = invalidCount * (1_000 - perMille) / 1_000 + (isExhaustive ? 0 : 2)
    #expect(others.count <= allowed, "\(others.joined(separator: "\n"))")
  }

  @Test("a token of a file can be taken out, or doubled, at the price of one error")
  func mutants() {
    let bytes = Array(FirstFile.text.utf8)
    var lexer = Lexer(SourceFile(path: "a.promo", bytes: bytes), index: 0)
    lexer.run()
    var invalidCount = 0
    var others: [String] = []
    for (index, token) in lexer.tokens.dropLast().enumerated() where index % 5 == 0 {
      let range = Int(token.start)..<Int(token.end)
      var shorter = bytes
      shorter.removeSubrange(range)
      var longer = bytes
      longer.insert(contentsOf: [0x20] + bytes[range], at: range.upperBound)
      for mutant in [shorter, longer] {
        let result = check(String(decoding: mutant, as: UTF8.self))
        let errorCount = result.findings.count { $0.severity == .error }
        if errorCount > 0 { invalidCount += 1 }
        if errorCount > 1 { others.append("\(listing(result))") }
      }
    }
    #expect(invalidCount > 100)
    #expect(others.count * 50 <= invalidCount, "\(others)")
  }
}
