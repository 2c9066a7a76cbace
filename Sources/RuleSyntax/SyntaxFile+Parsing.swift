package import Findings

/// Reads a rule file: the tree of what is sound, and a finding for each mistake.
package func parse(_ file: SourceFile, index: Int32) -> (tree: SyntaxFile, findings: [Finding]) {
  var lexer = Lexer(file, index: index)
  lexer.run()
  var session = ParsingSession(lexer: lexer, bytes: file.bytes, file: index)
  session.run()
  return (session.tree, session.findings)
}

extension SyntaxFile {
  /// Reads a rule text of its own.
  package static func parse(text: String) -> (tree: SyntaxFile, findings: [Finding]) {
    RuleSyntax.parse(SourceFile(path: "rules.promo", text: text), index: 0)
  }
}
