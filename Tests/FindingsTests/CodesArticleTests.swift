import Findings
import Foundation
import Testing

/// The article that lists all codes; `RECORD_GOLDENS=1` writes it anew.
@Suite("article of codes") struct CodesArticleTests {
  @Test("it says what the catalogue says")
  func article() throws {
    var text = """
      # Codes

      Every kind of finding, by its code. The meaning of a code never changes.

      ## Overview

      `promo explain CODE` prints the page of a code. Errors keep what they touch out of the rule set;
      warnings do not.


      """
    for code in FindingCatalogue.codes {
      let page = try #require(FindingCatalogue.page(of: code))
      let parts = page.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let body = parts[1].split(separator: "\n", omittingEmptySubsequences: false)
      text += "### \(parts[0])\n" + body.joined(separator: "\n") + "\n"
    }
    while text.hasSuffix("\n\n") { text.removeLast() }
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Findings/Findings.docc/Codes.md")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      try Data(text.utf8).write(to: path)
    }
    #expect(try String(contentsOf: path, encoding: .utf8) == text)
  }
}
