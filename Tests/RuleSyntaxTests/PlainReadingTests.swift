import Findings
import RuleSyntax
import Testing

@Suite("what is plain") struct PlainReadingTests {
  private static func file(_ bytes: [UInt8]) -> SourceFile {
    SourceFile(path: "plain.promo", bytes: bytes)
  }

  /// Reads bytes both ways, also with room behind them, since the last bytes are read closely.
  private static func check(_ bytes: [UInt8]) {
    for end in [[], Array("\n        ".utf8), Array(" give items\n".utf8)] {
      var hurried = Lexer(file(bytes + end), index: 0)
      hurried.run()
      var close = Lexer(file(bytes + end), index: 0)
      close.run(closely: true)
      let text = String(decoding: bytes + end, as: UTF8.self)
      #expect(hurried.tokens == close.tokens, "\(text)")
      #expect(hurried.comments == close.comments, "\(text)")
      #expect(hurried.findings == close.findings, "\(text)")
    }
  }

  @Test("tokens are the same whether they are read closely or not", arguments: Corpus.texts)
  func texts(text: String) {
    Self.check(Array(text.utf8))
    Self.check(Array(text.replacing("\n", with: "\r\n").utf8))
  }

  @Test("pieces in any order are read the same either way")
  func pieces() {
    var random = SeededRandom(11)
    let pieces =
      Keyword.allCases.map(\.rawValue)
      + [
        "{", "}", "(", ")", "=", "==", "=>", "=<", "!=", "<", "<=", "<>", ">", ">=", "+", "-", "*",
        "/", "//", ",", ".", ":", ";", "#", "\"", "\"a\"", "\"é\"", "\"\\n\"", "'a'", "€",
        "\u{200B}",
        "$", "$5", "$5.5", "$5.", "$.5", "$5,000", "5", "5%", "5 %", "5.5", "5.5%", "5.", ".5",
        "5EUR",
        "5 EUR", "5 $", "5days", "5_000", "2026-01-01", "2026-1-1", "10:00", "1:00", "USD", "Books",
        "a", "k00001", "a_b", "_a", "aB", "aé", "a\u{7}", "customers_in_all_places",
        String(repeating: "a", count: 128), String(repeating: "a", count: 129),
        "123456789012345678", "1234567890123456789", "12345678901234567890", "1e5", " ", "  ", "\t",
        "\n", "\r", "\r\n", "\n<<<<<<< a\n", "\n=======\n", "\n>>>>>>> b\n", "\n||||||| c\n", "|",
        "~",
      ]
    for _ in 0..<1_500 {
      let blank = random.below(3) == 0 ? "" : " "
      let text = (0..<random.below(12)).map { _ in pieces[random.below(pieces.count)] }
      Self.check(Array(text.joined(separator: blank).utf8))
    }
  }

  @Test("any bytes are read the same either way")
  func bytes() {
    var random = SeededRandom(12)
    for _ in 0..<500 {
      let length = random.below(60)
      Self.check(
        (0..<length).map { _ in
          let byte = UInt8(truncatingIfNeeded: random.next())
          return random.below(4) == 0 ? byte : 0x20 + byte % 0x60
        })
    }
  }

  @Test(
    "a byte that ends a text is seen wherever it stands, and however near the end of the file is",
    arguments: ["\"", "\\", "\t", "\n", "\u{1F}", "\u{7F}", "é"])
  func endsOfTexts(end: String) {
    for offset in 0...17 {
      for rest in [0, 1, 7, 8, 9] {
        let before = String(repeating: "a", count: offset)
        let after = String(repeating: "b", count: rest)
        Self.check(Array("\"\(before)\(end)\(after)".utf8))
        Self.check(Array("\"\(before)\(end)\(after)\"".utf8))
      }
    }
  }

  @Test("a word is read whole wherever it ends", arguments: [7, 8, 9, 15, 16, 17])
  func ends(ofWordsOf count: Int) {
    for rest in 0...9 {
      let word = String(repeating: "w", count: count)
      Self.check(Array((word + String(repeating: " ", count: rest)).utf8))
      Self.check(Array(("{" + word + String(repeating: "}", count: rest)).utf8))
    }
  }

  /// The campaigns of a text as its outline reads them; nil where something is to be told of it.
  private static func outlined(_ file: SourceFile) -> [String]? {
    guard let tree = outline(file, index: 0), var unread = tree.unread else { return nil }
    var campaigns: [String] = []
    for place in unread.outlines.indices {
      guard let campaign = try? unread.read(place),
        campaign.name.text == unread.outlines[place].name.text
      else { return nil }
      campaigns.append("\(campaign)")
    }
    return campaigns
  }

  /// The campaigns of a text as they are parsed; nil where something is told of it.
  private static func parsed(_ file: SourceFile) -> [String]? {
    let (tree, findings) = parse(file, index: 0)
    guard findings.isEmpty else { return nil }
    return tree.items.compactMap { item in
      if case .campaign(let campaign) = item { "\(campaign)" } else { nil }
    }
  }

  @Test("an outline reads the campaigns that a parse does", arguments: Corpus.texts)
  func outlines(text: String) {
    let file = Self.file(Array(text.utf8))
    #expect(Self.outlined(file) == Self.parsed(file))
  }

  @Test("with a mistake in it a text has no outline that can be read")
  func mutants() {
    var random = SeededRandom(13)
    for text in Corpus.texts {
      for kind in Mutations.Kind.allCases {
        for _ in 0..<4 {
          guard let bytes = Mutations.mutant(kind, of: text, random: &random) else { continue }
          let file = Self.file(bytes)
          #expect(
            Self.outlined(file) == Self.parsed(file), "\(String(decoding: bytes, as: UTF8.self))")
        }
      }
    }
  }
}
