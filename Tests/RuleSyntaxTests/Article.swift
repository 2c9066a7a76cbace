import Foundation
import RuleSyntax

/// The language article beside the parser, and what it shows.
enum Article {
  static let text: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appending(path: "Sources/RuleSyntax/RuleSyntax.docc/Language.md")
    return (try? String(contentsOf: path, encoding: .utf8)) ?? ""
  }()

  /// The grammar it prints.
  static let grammar = blocks("ebnf").joined()

  /// The grammar as it stands in the code.
  static let grammarInCode = Grammar.text + "\n"

  /// Whole rule texts, and pieces of them put where they may stand.
  static let examples: [String] =
    blocks("promo")
    + blocks("promo-clauses").map { "campaign example {\n\($0)}\n" }
    + blocks("promo-sets").map { sets in
      lines(sets).enumerated().map { "set s\($0.offset) = \($0.element)\n" }.joined()
    }
    + blocks("promo-conditions").map { conditions in
      "campaign example {\n" + lines(conditions).map { "  when \($0)\n" }.joined() + "}\n"
    }
    + blocks("promo-steps").map { "test \"example\" {\n\($0)}\n" }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n").map { $0.prefix { $0 != "#" } }.filter { !$0.isEmpty }
  }

  /// The code blocks of a kind.
  static func blocks(_ kind: String) -> [String] {
    var blocks: [String] = []
    var current: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let open = current {
        if line == "```" {
          blocks.append(open)
          current = nil
        } else {
          current = open + line + "\n"
        }
      } else if line == "```\(kind)" {
        current = ""
      }
    }
    return blocks
  }
}
