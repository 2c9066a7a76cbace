import Findings
import Foundation
import RuleSyntax
import Testing

/// How each finding of lexer and parser looks; `RECORD_GOLDENS=1` writes the files anew.
@Suite("goldens of findings") struct GoldenTests {
  @Test(
    "a finding looks as its golden shows",
    arguments: FindingCatalogue.codes.filter { $0.rawValue < "P0300" })
  func human(code: FindingCode) throws {
    let entry = try #require(FindingCatalogue.entry(for: code))
    guard let example = entry.example else { return }
    let file = SourceFile(path: "example.promo", text: example)
    let findings = parse(file, index: 0).findings
    let shown =
      example + "\n" + FindingRenderer(files: [file], useColor: false).human(findings)
    let golden = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Goldens/\(code.rawValue).txt")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      try Data(shown.utf8).write(to: golden)
    }
    #expect(try String(contentsOf: golden, encoding: .utf8) == shown)
  }
}
