import Findings
import Foundation
import RuleSyntax
import Testing

@Suite("grammar of the article") struct GrammarTests {
  static let grammar = EBNF(Article.grammar)

  @Test("the article prints the grammar that recovery follows")
  func sameText() {
    #expect(Article.grammar == Article.grammarInCode)
  }

  /// What the article's grammar says of a text; nil if the text has no proper tokens.
  private static func verdict(_ bytes: [UInt8]) -> Bool? {
    var lexer = Lexer(SourceFile(path: "a.promo", bytes: bytes), index: 0)
    lexer.run()
    guard !lexer.findings.contains(where: { $0.severity == .error }) else { return nil }
    var recogniser = Recogniser(grammar, tokens: lexer.tokens, bytes: bytes)
    return recogniser.accepts()
  }

  private static func parses(_ bytes: [UInt8]) -> Bool {
    !parse(SourceFile(path: "a.promo", bytes: bytes), index: 0).findings.contains {
      $0.severity == .error
    }
  }

  @Test("parser and grammar accept the whole corpus")
  func corpus() {
    #expect(Corpus.texts.count > 200)
    for text in Corpus.texts {
      let bytes = Array(text.utf8)
      #expect(Self.verdict(bytes) == true, "\(text)")
      #expect(Self.parses(bytes), "\(text)")
    }
  }

  @Test("parser and grammar agree on texts with one token changed")
  func mutants() throws {
    var random = SeededRandom(20_260_601)
    var count = 0
    var refused = 0
    for text in Corpus.texts + Article.examples {
      for stretch in Mutations.stretches(of: text) {
        for kind in Mutations.Kind.allCases {
          for _ in 0..<1 {
            guard let mutant = Mutations.mutant(kind, of: stretch, random: &random),
              let verdict = Self.verdict(mutant)
            else { continue }
            count += 1
            if !verdict { refused += 1 }
            let text = String(decoding: mutant, as: UTF8.self)
            #expect(Self.parses(mutant) == verdict, "grammar: \(verdict)\n\(text)")
          }
        }
      }
    }
    #expect(count > 1_500)
    #expect(refused > count / 2)
  }

  @Test("no name is reserved but those that a word would hide")
  func reserved() throws {
    #expect(try Self.hidden("SET_NAME") == ReservedNames.sets)
    let item = try Self.hidden("ATTRIBUTE_NAME", below: ["primary", "line_fact"])
    #expect(item == ReservedNames.itemAttributes)
    let customer = try Self.hidden("ATTRIBUTE_NAME", below: ["fact"])
    #expect(customer == ReservedNames.customerAttributes)
    for name in ["CAMPAIGN_NAME", "BALANCE_NAME", "EVENT_NAME"] {
      #expect(try Self.hidden(name) == [], "\(name)")
    }
  }

  /// Words that may stand where a kind of name may stand, below some rules or anywhere.
  private static func hidden(_ name: String, below rules: [String]? = nil) throws -> Set<String> {
    var words: Set<String> = []
    func visit(_ form: EBNF.Form, _ isInWhere: Bool) {
      let first = grammar.first(form, isInWhere)
      if first.names.contains(name) { words.formUnion(first.words) }
      switch form {
      case .choice(let parts): for part in parts { visit(part, isInWhere) }
      case .optional(let part), .loop(let part): visit(part, isInWhere)
      case .sequence(let parts):
        for start in parts.indices {
          let rest = grammar.first(.sequence(Array(parts[start...])), isInWhere)
          if rest.names.contains(name) { words.formUnion(rest.words) }
          visit(parts[start], isInWhere)
        }
      default: break
      }
    }
    for rule in rules ?? grammar.rules.keys.sorted() {
      let form = try #require(grammar.rules[rule])
      visit(form, true)
    }
    return words.filter { $0.first?.isLetter == true }
  }
}

@Suite("language article") struct ArticleTests {
  @Test("every example reads clean", arguments: Article.examples)
  func examples(text: String) {
    let found = SyntaxFile.parse(text: text).findings
    #expect(found == [], "\(text)")
  }

  @Test("it begins with the first file, and names every reserved name")
  func contents() throws {
    #expect(Article.examples.first == FirstFile.text)
    #expect(Article.examples.count >= 15)
    for (kind, names) in [
      ("set", ReservedNames.sets), ("item attribute", ReservedNames.itemAttributes),
      ("customer attribute", ReservedNames.customerAttributes),
    ] {
      let list = names.sorted().map { "`\($0)`" }.joined(separator: " ")
      #expect(Article.text.contains("| \(kind) | \(list) |"))
    }
  }
}
