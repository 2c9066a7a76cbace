import Findings
import RuleSyntax
import Testing

@Suite("lexer") struct LexerTests {
  static func lexed(_ bytes: [UInt8]) -> Lexer {
    var lexer = Lexer(SourceFile(path: "a.promo", bytes: bytes), index: 0)
    lexer.run()
    return lexer
  }

  static func lexed(_ text: String) -> Lexer { lexed(Array(text.utf8)) }

  @Test(
    "every class of token is told from the others",
    arguments: [
      ("abc_1", [Token.Kind.word]), ("USD", [.code]), ("5", [.integer]), ("2.50", [.decimal]),
      ("$10", [.money]), ("$9.99", [.money]), ("10.00 EUR", [.money]), ("1500  JPY", [.money]),
      ("15%", [.percent]), ("12.5%", [.percent]), ("\"a\"", [.string]), ("2026-11-27", [.date]),
      ("2026-11-27T09:00", [.dateTime]), ("17:00", [.time]),
      (
        "{ } ( ) = != < <= > >= + - * / , . :",
        [
          .leftBrace, .rightBrace, .leftParen, .rightParen, .equal, .notEqual, .less, .lessOrEqual,
          .greater, .greaterOrEqual, .plus, .minus, .star, .slash, .comma, .dot, .colon,
        ]
      ),
      ("14 days", [.integer, .word]), ("order.x", [.word, .dot, .word]),
      ("color:text", [.word, .colon, .word]),
      (
        "max(1,200)",
        [
          .word, .leftParen, .integer, .comma, .integer, .rightParen,
        ]
      ),
      ("10\nEUR", [.integer, .code]), ("5-3", [.integer, .minus, .integer]),
      ("1000-1-1", [.integer, .minus, .integer, .minus, .integer]), ("# no token", []),
      ("a#b", [.word]), ("\u{FEFF}a", [.word]), ("a\r\nb\rc\n", [.word, .word, .word]),
      ("10.00 EURO", [.decimal, .word]), ("{{", [.leftBrace, .leftBrace]), ("", []),
    ])
  func kinds(text: String, expected: [Token.Kind]) {
    let lexer = Self.lexed(text)
    #expect(lexer.tokens.map(\.kind).dropLast() == expected[...], "\(text)")
    let isClean = !text.contains("EURO")
    #expect(lexer.findings.isEmpty == isClean)
    #expect(lexer.tokens.last?.kind == .endOfFile)
  }

  @Test(
    "a literal is worth what it says",
    arguments: [
      ("$9.99", 999, 2, 0), ("0.05 EUR", 5, 2, 0x455552), ("12.5%", 125, 1, 0),
      ("9223372036854775807", Int64.max, 0, 0), ("2026-02-28", 2026_02_28, 0, 0),
      ("2028-02-29", 2028_02_29, 0, 0), ("2026-11-27T09:05", 2026_11_27_0545, 0, 0),
      ("00:00", 0, 0, 0), ("23:59", 1_439, 0, 0), ("007", 7, 0, 0),
      ("0.000000000000000001", 1, 18, 0),
    ])
  func values(text: String, value: Int64, decimals: UInt8, currency: UInt32) throws {
    let token = try #require(Self.lexed(text).tokens.first)
    #expect(token.value == value)
    #expect(token.decimals == decimals)
    #expect(token.currency == currency)
    #expect(!token.isMended)
  }

  @Test(
    "texts resolve their escapes",
    arguments: [
      (#""a\"b""#, "a\"b"), (#""a\\b""#, "a\\b"), (#""a\nb""#, "a\nb"), (#""\u{e9}""#, "\u{e9}"),
      (#""\u{1F600}""#, "\u{1F600}"), (#""""#, ""), ("\"é {saved} {{\"", "é {saved} {{"),
    ])
  func escapes(text: String, expected: String) throws {
    let (tree, findings) = SyntaxFile.parse(text: "timezone \(text)")
    #expect(findings == [])
    guard case .timezone(let literal)? = tree.items.first else {
      Issue.record("no item")
      return
    }
    #expect(Array(literal.text.utf8) == Array(expected.utf8))
  }

  @Test("every word of the language is known, and nothing else")
  func keywords() {
    for word in Keyword.allCases {
      #expect(Self.lexed(word.rawValue).tokens.first?.keyword == word)
      #expect(Self.lexed(word.rawValue + "_").tokens.first?.keyword == nil)
    }
    #expect(Self.lexed("a").tokens.first?.keyword == nil)
  }

  /// What is wrong, from where to where, and what to write instead.
  @Test(
    "a bad token is one error at its place, with its fix",
    arguments: [
      ("3days", FindingCode.numberRunsIntoLetters, 0, 5, "3 days"),
      ("5USD", .numberRunsIntoLetters, 0, 4, "5 USD"), ("3rd", .numberRunsIntoLetters, 0, 3, "3"),
      ("10k", .numberRunsIntoLetters, 0, 3, nil), ("5Usd", .numberRunsIntoLetters, 0, 4, nil),
      ("$5k", .numberRunsIntoLetters, 0, 3, nil), ("$20,000", .separatorInNumber, 0, 7, "$20000"),
      ("$1,200.50", .separatorInNumber, 0, 9, "$1200.50"),
      ("$9,99", .separatorInNumber, 0, 5, "$9.99"),
      ("$1,234,567", .separatorInNumber, 0, 10, "$1234567"),
      ("1_000", .separatorInNumber, 0, 5, "1000"), ("€10", .currencySign, 0, 5, "10 EUR"),
      ("€ 1.000,50", .currencySign, 0, 9, "1.000 EUR"), ("£9.99", .currencySign, 0, 6, "9.99 GBP"),
      ("10€", .currencySign, 0, 5, "10 EUR"), ("10 €", .currencySign, 0, 6, "10 EUR"),
      ("10$", .currencySign, 0, 3, "$10"), ("$10 USD", .currencySign, 0, 7, "10 USD"),
      ("15 %", .blankInsideLiteral, 0, 4, "15%"), ("$ 10", .blankInsideLiteral, 0, 4, "$10"),
      ("1.23456%", .percentTooFine, 0, 8, nil), (".5", .malformedNumber, 0, 2, "0.5"),
      ("5.", .malformedNumber, 0, 2, "5"), ("1.2.3", .malformedNumber, 0, 5, nil),
      ("$.50", .malformedNumber, 0, 4, "$0.50"),
      ("9223372036854775808", .numberTooLarge, 0, 19, nil),
      ("$92233720368547758.08", .numberTooLarge, 0, 21, nil),
      ("0.0000000000000000001", .numberTooLarge, 0, 21, nil),
      ("2026-02-29", .noSuchDate, 0, 10, nil), ("2026-13-01", .noSuchDate, 0, 10, nil),
      ("0000-01-01", .noSuchDate, 0, 10, nil), ("2026-04-31T10:00", .noSuchDate, 0, 10, nil),
      ("2026-6-1", .malformedDate, 0, 8, "2026-06-01"),
      ("2026-06-01T09:00:00", .malformedDate, 0, 19, "2026-06-01T09:00"),
      ("2026-06-01T24:00", .noSuchTime, 0, 16, nil), ("24:00", .noSuchTime, 0, 5, nil),
      ("12:60", .noSuchTime, 0, 5, nil), ("9:00", .malformedTime, 0, 4, "09:00"),
      ("09:00:00", .malformedTime, 0, 8, "09:00"), ("9pm", .malformedTime, 0, 3, "21:00"),
      ("12am", .malformedTime, 0, 4, "00:00"), ("9:30pm", .malformedTime, 0, 6, "21:30"),
      ("Books", .upperCase, 0, 5, "books"), ("größe", .upperCase, 0, 7, nil),
      ("_a", .upperCase, 0, 2, nil),
      ("= US", .upperCase, 2, 4, "\"US\""), ("code Summer", .upperCase, 5, 11, "\"Summer\""),
      (">= NaN", .upperCase, 3, 6, nil), ("5 AND", .upperCase, 2, 5, "and"),
      ("set a = Books", .upperCase, 8, 13, "books"), ("$-5", .malformedNumber, 0, 3, "$5"),
      ("//", .foreignMark, 0, 2, "#"), ("==", .foreignMark, 0, 2, "="),
      ("≥", .foreignMark, 0, 3, ">="),
      ("&&", .foreignMark, 0, 2, "and"), ("“a b”", .foreignMark, 0, 9, "\"a b\""),
      ("'a'", .foreignMark, 0, 3, "\"a\""), ("a\u{A0}b", .foreignMark, 1, 3, " "),
      (";", .unexpectedCharacter, 0, 1, nil), ("→", .unexpectedCharacter, 0, 3, nil),
      ("a\u{200B}b", .invisibleCharacter, 1, 4, ""),
      ("# a\u{202E}b", .invisibleCharacter, 3, 6, ""),
      ("a\u{0}b", .controlCharacter, 1, 2, ""), ("\"a\u{1}\"", .controlCharacter, 2, 3, nil),
      ("a\u{C}b", .controlCharacter, 1, 2, ""), ("\"a\tb\"", .controlCharacter, 2, 3, nil),
      ("\"abc", .unterminatedText, 0, 1, "\""), ("\"abc\nd", .unterminatedText, 0, 1, "\""),
      (#""a\qb""#, .unknownEscape, 2, 4, nil), (#""\u{110000}""#, .badUnicodeEscape, 1, 11, nil),
      (#""\u12""#, .badUnicodeEscape, 1, 5, nil), (#""\u{}""#, .badUnicodeEscape, 1, 5, nil),
    ] as [(String, FindingCode, Int32, Int32, String?)])
  func badTokens(
    text: String, code: FindingCode, start: Int32, end: Int32, fix: String?
  ) throws {
    let findings = Self.lexed(text).findings
    try #require(findings.count == 1, "\(findings)")
    #expect(findings[0].code == code)
    #expect((findings[0].span.start, findings[0].span.end) == (start, end))
    #expect(findings[0].repairs.first?.edits.first?.replacement == fix)
    #expect(findings[0].severity == .error)
  }

  @Test("what cannot be seen is refused between tokens and warned of in a text")
  func invisible() {
    for scalar in ["\u{200B}", "\u{202E}", "\u{2066}", "\u{FEFF}", "\u{AD}", "\u{E0041}"] {
      let findings = Self.lexed("a \"b\(scalar)\"").findings
      #expect(findings.map(\.code) == [.invisibleInText])
      #expect(findings.map(\.severity) == [.warning])
      #expect(Self.lexed("a\(scalar)").findings.map(\.severity) == [.error])
    }
    let (tree, findings) = SyntaxFile.parse(text: "timezone \"a\u{200B}\"")
    #expect(tree.items.count == 1)
    #expect(findings.count == 1)
  }

  @Test("bytes that are no UTF-8 are one error, wherever they stand")
  func badUTF8() {
    for bytes in [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] {
      let quoted = [0x22] + bytes.map(UInt8.init) + [0x22]
      let comment = [0x23] + bytes.map(UInt8.init)
      let bare = bytes.map(UInt8.init) + [0x20] + bytes.map(UInt8.init)
      for text in [quoted, comment, bare] {
        #expect(Self.lexed(text).findings.map(\.code) == [.notUTF8], "\(text)")
      }
    }
    #expect(Self.lexed([0xFF, 0xFE, 0x61, 0x00]).findings.map(\.code) == [.notUTF8])
    #expect(Self.lexed([0xFE, 0xFF, 0x00, 0x61]).findings.map(\.code) == [.notUTF8])
  }

  @Test("the sides of a merge conflict are one error, and only one of them is read")
  func conflict() {
    let text = """
      set before = items
      <<<<<<< ours
      set a = items
      ||||||| base
      set a = all_items
      =======
      set a = (items)
      >>>>>>> theirs
      set behind = items

      """
    let (tree, findings) = SyntaxFile.parse(text: text)
    #expect(findings.map(\.code) == [.mergeConflict])
    #expect(findings.map(\.span.start) == [19])
    #expect(tree.items.count == 2)
    #expect(tree.damagedNames.sets == ["a"])
  }
}
