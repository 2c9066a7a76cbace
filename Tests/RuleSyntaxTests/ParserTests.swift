import Findings
import RuleSyntax
import Testing

@Suite("parser") struct ParserTests {
  @Test("the first file of the language article reads clean")
  func firstFile() {
    let (tree, findings) = SyntaxFile.parse(text: FirstFile.text)
    #expect(findings == [])
    #expect(tree.items.count == 15)
  }
}
