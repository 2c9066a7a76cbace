package import Findings

/// Reads a rule file: the tree of what is sound, and a finding for each mistake.
package func parse(_ file: SourceFile, index: Int32) -> (tree: SyntaxFile, findings: [Finding]) {
  var lexer = Lexer(file, index: index)
  lexer.run()
  var session = ParsingSession(lexer: lexer, bytes: file.bytes, file: index)
  session.run()
  return (session.tree, session.findings)
}

/// Reads a rule file without mistakes up to its campaigns, which are only found.
///
/// Nil where anything in it asks for a finding; `parse` tells what that is.
package func outline(_ file: SourceFile, index: Int32) -> SyntaxFile? {
  var lexer = Lexer(file, index: index)
  lexer.run()
  guard lexer.findings.isEmpty else { return nil }
  var parser = Parser(bytes: file.bytes, file: index, tokens: lexer.tokens)
  var tree = SyntaxFile(items: [])
  var found: [UnreadCampaigns.Outline] = []
  while !parser.sees(.endOfFile) {
    if let outline = parser.campaignOutline() {
      found.append(outline)
    } else {
      guard let item = try? parser.item(), parser.findings.isEmpty, !item.isCampaign else {
        return nil
      }
      tree.items.append(item)
    }
  }
  tree.unread = UnreadCampaigns(found, parser)
  return tree
}

extension SyntaxFile {
  /// Reads a rule text of its own.
  package static func parse(text: String) -> (tree: SyntaxFile, findings: [Finding]) {
    RuleSyntax.parse(SourceFile(path: "rules.promo", text: text), index: 0)
  }
}
