import Promo
import Testing

@Suite("articles say what is so") struct PageTests {
  @Test("code on a page stands in a file that is compiled", arguments: Article.all)
  func code(path: String) throws {
    let compiled = try [
      "Tests/ArticleTests/GettingStarted.swift", "Tests/ArticleTests/GettingStartedTests.swift",
      "Tests/ArticleTests/JourneyTests.swift", "Tests/ArticleTests/ReadmeExample.swift",
    ].map { lines(of: try Article($0).text) }
    for block in try Article(path).blocks(in: "swift") {
      let wanted = lines(of: block)
      let isCompiled = compiled.contains { lines in
        lines.indices.contains { lines[$0...].starts(with: wanted) }
      }
      #expect(isCompiled, "\(path) shows code that no file of these tests holds:\n\(block)")
    }
  }

  @Test("rules on a page are without mistakes", arguments: Article.all)
  func rules(path: String) throws {
    for block in try Article(path).blocks(in: "promo") {
      let heading = block.contains("currency ") ? "" : "currency USD\n"
      let zone = block.contains("timezone ") ? "" : "timezone \"America/New_York\"\n"
      let compilation = RuleSet.compile(
        sources: [RuleSource(path: path, text: heading + zone + block)])
      #expect(!compilation.hasErrors, "\(compilation.findings)")
      #expect(compilation.rules.runTests().failedCount == 0)
    }
  }

  private func lines(of text: String) -> [String] {
    text.split(separator: "\n").map { line in
      String(line.drop { $0 == " " })
    }
  }
}
