import Findings
import RuleSyntax
import Testing

@Suite("formatter") struct FormatterTests {
  static func formatted(_ text: String) -> String? {
    format(SourceFile(path: "a.promo", text: text)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What the tokens of a text say, whatever stands between them.
  static func words(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var lexer = Lexer(SourceFile(path: "a.promo", bytes: bytes), index: 0)
    lexer.run()
    let tokens = lexer.tokens.map {
      bytes[Int($0.start)..<Int($0.end)].filter { byte in byte != 0x20 && byte != 0x09 }
    }
    let comments = lexer.comments.map { bytes[Int($0.start)..<Int($0.end)].filter { $0 > 0x20 } }
    return (tokens + comments).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("a text in canonical layout stays as it is", arguments: [FirstFile.text, EveryForm.text])
  func canonical(text: String) throws {
    let result = try #require(Self.formatted(text))
    for (line, expected) in zip(Self.lines(result), Self.lines(text)) { #expect(line == expected) }
    #expect(result == text)
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test("formatting keeps every token and comment and is done after one pass")
  func laws() throws {
    let own = [FirstFile.text, EveryForm.text, Corpus.shipped["loyalty.promo"] ?? ""]
    for text in Corpus.texts + own.map(Self.squeezed) + own.map(Self.spread) {
      let once = try #require(Self.formatted(text), "\(text)")
      #expect(Self.words(once) == Self.words(text))
      let twice = try #require(Self.formatted(once))
      #expect(twice == once)
      for line in Self.lines(once) where !line.contains("\"") && !line.contains("#") {
        #expect(line.count <= 100, "\(line)")
      }
    }
  }

  /// A text with as few line ends as its comments allow.
  static func squeezed(_ text: String) -> String {
    lines(text).map { line in
      let trimmed = line.drop { $0 == " " }
      return trimmed.contains("#") ? "\n\(trimmed)\n" : "\(trimmed) "
    }.joined()
  }

  /// A text with a line end wherever a blank stood, texts in quotes and amounts with codes aside.
  static func spread(_ text: String) -> String {
    lines(text).map { line in
      let isWhole = line.contains { $0 == "\"" || $0 == "#" || $0.isUppercase }
      let parts = isWhole ? [line] : line.split(separator: " ")
      return parts.joined(separator: "\r\n\r\n") + "\r\n"
    }.joined()
  }

  @Test("a text with an error is left alone")
  func damaged() {
    #expect(Self.formatted("set a = ") == nil)
    #expect(Self.formatted("set a = items ?") == nil)
    #expect(Self.formatted("") == "")
  }

  @Test(
    "layout follows the rules",
    arguments: [
      (
        "sets in a row stand under one another",
        "set a=items\nset longer=items\n\nset b=items",
        "set a      = items\nset longer = items\n\nset b = items\n"
      ),
      (
        "a blank line sets blocks apart, and two become one",
        "currency USD\n\n\ntimezone \"UTC\"\ncampaign a{give free shipping}set b=items",
        """
        currency USD

        timezone "UTC"

        campaign a {
          give free shipping
        }

        set b = items

        """
      ),
      (
        "comments stay where they are",
        """
        # head

        # of a
        campaign a { # why
        # when
        when quantity of items > 1 # two
        and # both
        shipping > $1
        give free shipping
        # end
        } # done
        # tail
        """,
        """
        # head

        # of a
        campaign a {  # why
          # when
          when quantity of items > 1  # two
              and  # both
              shipping > $1
          give free shipping
          # end
        }  # done
        # tail

        """
      ),
      (
        "a balance keeps to one line or to several, as it was written",
        "balance a{money redeem as payment}\nbalance b{money\nstep $5}",
        "balance a { money redeem as payment }\n\nbalance b {\n  money\n  step $5\n}\n"
      ),
      (
        "marks hug their words",
        "campaign a{when min ( 1,2 )=order . x\npriority - 5\ngive 10.00   EUR off order}",
        "campaign a {\n  when min(1, 2) = order.x\n  priority -5\n  give 10.00 EUR off order\n}\n"
      ),
    ])
  func rules(what: String, text: String, expected: String) {
    #expect(Self.formatted(text) == expected, "\(what)")
    #expect(Self.formatted(expected) == expected, "\(what)")
  }
}
