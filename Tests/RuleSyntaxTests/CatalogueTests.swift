import Findings
import RuleSyntax
import Testing

@Suite("catalogue of lexer and parser") struct CatalogueTests {
  static let codes = FindingCatalogue.codes.filter { $0.rawValue < "P0300" }

  @Test("the example of a page brings about its finding and nothing else", arguments: codes)
  func example(code: FindingCode) throws {
    let entry = try #require(FindingCatalogue.entry(for: code))
    guard let example = entry.example else { return }
    let found = SyntaxFile.parse(text: example).findings
    #expect(Set(found.map(\.code)) == [code], "\(found)")
  }

  @Test("what a page says to write instead reads clean", arguments: codes)
  func remedy(code: FindingCode) throws {
    let entry = try #require(FindingCatalogue.entry(for: code))
    guard let remedy = entry.remedy else { return }
    #expect(SyntaxFile.parse(text: remedy).findings == [])
  }

  @Test("every repair of an example gives a text that reads clean", arguments: codes)
  func repairs(code: FindingCode) throws {
    let entry = try #require(FindingCatalogue.entry(for: code))
    guard let example = entry.example else { return }
    let file = SourceFile(path: "a.promo", text: example)
    let findings = parse(file, index: 0).findings
    guard findings.count == 1 else { return }
    for repair in findings[0].repairs {
      let mended = apply([repair], to: file)
      #expect(mended.count == 1)
      let text = String(decoding: mended.bytes, as: UTF8.self)
      #expect(SyntaxFile.parse(text: text).findings == [], "\(repair.title): \(text)")
    }
  }
}
