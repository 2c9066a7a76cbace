import Findings
import Promo
import Testing

/// The catalogue of bad rule texts, first part: bytes, characters and literals.
///
/// Every entry is answered with its kind and its place; nothing traps, nothing is guessed.
@Suite("bad rule texts: characters and literals") struct RuleTextTests {
  // LANGUAGE wins over a warning: an empty file is a rule set that gives nothing.
  @Test("R1: an empty file, or comments alone, is no mistake")
  func r1() throws {
    for text in ["", "\n\n", "# nothing yet\n# and no line end"] {
      #expect(compile(text).findings.isEmpty)
    }
    #expect(try quote("", cart: cart()).total.minorUnits == 2000)
  }

  @Test("R2: parentheses nest 64 deep and no deeper, however many are opened")
  func r2() {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "quantity of items = 1"
        + String(repeating: ")", count: depth)
    }
    func narrowed(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "items" + String(repeating: ")", count: depth)
    }
    #expect(errors(when(nested(64))).isEmpty)
    #expect(errors(when(nested(65))) == [.at(4, 72, .nestedTooDeep)])
    #expect(errors(when(nested(10_000))) == [.at(4, 72, .nestedTooDeep)])
    #expect(errors(set(narrowed(64))).isEmpty)
    #expect(errors(set(narrowed(10_000))) == [.at(3, 73, .nestedTooDeep)])
    let calls = String(repeating: "min(1,", count: 10_000)
    #expect(errors(when(calls)).map(\.code) == [.nestedTooDeep])
    #expect(errors(head + String(repeating: "{", count: 10_000)) == [.at(3, 1, .unexpected)])
  }

  @Test("R3: a chain of not, or of minus signs, is bounded likewise")
  func r3() {
    let chain = String(repeating: "not ", count: 64)
    #expect(errors(when(chain + "customer is member")).isEmpty)
    #expect(errors(when(chain + "not customer is member")) == [.at(4, 264, .nestedTooDeep)])
    let long = String(repeating: "not ", count: 10_000) + "customer is member"
    #expect(errors(when(long)) == [.at(4, 264, .nestedTooDeep)])
    // There is no minus sign before a value, so the first one is the mistake.
    let minus = String(repeating: "-", count: 10_000) + "1 = 1"
    #expect(errors(when(minus)) == [.at(4, 8, .unexpected)])
  }

  @Test("R4: a sum of 100,000 terms and a condition of 3,000 comparisons are too large")
  func r4() {
    let sum = "1" + String(repeating: "+1", count: 100_000) + " = 1"
    #expect(errors(when(sum)) == [.at(4, 8, .expressionTooLarge)])
    let all = Array(repeating: "shipping > $1", count: 3_000).joined(separator: " and ")
    #expect(errors(when(all)).map(\.code) == [.expressionTooLarge])
    let few = Array(repeating: "shipping > $1", count: 60).joined(separator: " and ")
    #expect(errors(when(few)).isEmpty)
  }

  @Test("R5: a text of more than 8 MiB is refused, whatever is in it")
  func r5() {
    let bytes = [UInt8](repeating: UInt8(ascii: " "), count: 8 << 20 + 1)
    #expect(compile(bytes: bytes).answers(.error) == [.at(1, 1, .fileTooLarge)])
  }

  @Test("R6: of an endless line only the place of the mistake is shown")
  func r6() {
    let text = head + "set a" + String(repeating: " ", count: 300_000) + "= items ?\n"
    let compilation = compile(text)
    #expect(compilation.answers(.error) == [.at(3, 300_014, .unexpectedCharacter)])
    let shown = FindingRenderer(files: compilation.files, useColor: false)
      .human(compilation.findings)
    #expect(shown.utf8.count < 2_000)
    let name = String(repeating: "x", count: 300_000)
    #expect(errors(set("items in sku \"\(name)\"")) == [.at(3, 22, .textTooLong)])
  }

  @Test("R7: NUL and other control characters are named, in texts and comments too")
  func r7() {
    #expect(errors(head + "set a =\u{0} items\n") == [.at(3, 8, .controlCharacter)])
    #expect(errors(set("items in sku \"A\u{7}B\"")) == [.at(3, 24, .controlCharacter)])
    #expect(errors(head + "# bell \u{7}\n") == [.at(3, 8, .controlCharacter)])
    let found = compile(head + "\u{0}").findings.first?.facts["found"]
    #expect(found == "U+0000")
  }

  @Test("R8: bytes that are not UTF-8 are refused once, at the first of them")
  func r8() {
    let start = Array((head + "set a = items in sku \"").utf8)
    // Not a byte of UTF-8, a slash in two bytes, half of a pair, and a character cut short.
    for bad in [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82]] as [[UInt8]] {
      let text = start + bad + Array("\"\n# ".utf8) + bad
      #expect(compile(bytes: text).answers(.error) == [.at(3, 23, .notUTF8)])
    }
  }

  @Test("R9: a byte order mark of UTF-8 is passed over, that of UTF-16 is refused by name")
  func r9() {
    #expect(errors("\u{FEFF}" + give("$1 off order")).isEmpty)
    for mark in [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] {
      let compilation = compile(bytes: mark + Array(head.utf8))
      #expect(compilation.answers(.error) == [.at(1, 1, .notUTF8)])
      #expect(compilation.findings.first?.facts["encoding"] == "UTF-16")
    }
  }

  @Test("R10: every kind of line end means the same, and counts the same")
  func r10() {
    let text = give("10% of items") + "set b = item\n"
    let places: [Answer] = [.at(4, 12, .unexpected), .at(6, 9, .unknownSet)]
    for lineEnd in ["\n", "\r\n", "\r"] {
      #expect(errors(text.split(separator: "\n").joined(separator: lineEnd)) == places)
    }
    #expect(
      errors("currency USD\r\ntimezone \"America/New_York\"\r?\n") == [
        .at(3, 1, .unexpectedCharacter)
      ])
  }

  @Test("R11: what turns the writing or cannot be seen is refused, and warned of in texts")
  func r11() {
    #expect(errors(set("items \u{202E}in sku \"A\"")) == [.at(3, 15, .invisibleCharacter)])
    #expect(errors(head + "# \u{202E}\n") == [.at(3, 3, .invisibleCharacter)])
    #expect(errors(head + "set a =\u{200B} items\n") == [.at(3, 8, .invisibleCharacter)])
    // The o is Cyrillic.
    #expect(errors(head + "set b\u{43E}oks = items\n") == [.at(3, 5, .upperCase)])
    #expect(warnings(clause("message \"x\u{202E}y\"")) == [.at(4, 13, .invisibleInText)])
  }

  @Test("R12: a text that is not closed is shown where it begins; there are no long comments")
  func r12() {
    #expect(errors(clause("message \"Hello")) == [.at(4, 11, .unterminatedText)])
    #expect(errors(head + "set a = items in sku \"abc") == [.at(3, 22, .unterminatedText)])
    #expect(errors(head + "/* x */\nset a = items\n").first == .at(3, 1, .unexpected))
  }

  @Test("R12: a rule text cut short after any of its bytes ends in findings or in rules")
  func r12Truncated() {
    let text =
      head
        + """
        attributes { item size: text customer tier: text }
        set a = items listed in "a.txt"
        set b = a in brand ("y", "z") where size is one of ("S", "M") and not in category "x"
        balance points { worth $1 per 100 redeem as payment at most 50% of order }
        group "new" { join on sign_up leave after 1 visit }
        campaign c "C" { for customers in group "new" code "C" active from 2027-01-01T09:00 on mon
          between 09:00 and 17:00 when customer.tier = "gold" and month of today = 5
          give $5 off each of cheapest 1 of every 3 b give gift 2 of "TOTE" earn 1 point per $1 of order
          limit 1 per customer per month stack best of "g" message "{saved} \\u{e9}" hint "h" }
        test "t" { at 2027-05-20T12:00 customer { id "m" tier "gold" visits 2 this month }
          cart { 2 "A" at $5.00 size "S" } expect refused c because audience }
        """
    let bytes = Array(text.utf8)
    for length in bytes.indices {
      let compilation = compile(bytes: Array(bytes[..<length]))
      #expect(compilation.findings.allSatisfy { $0.span.end <= length })
    }
    #expect(compile(text).answers(.error).map(\.code) == [.missingList])
  }

  @Test("R13: an escape that means nothing is refused where it stands")
  func r13() {
    #expect(errors(set("items in sku \"A\\q\"")) == [.at(3, 24, .unknownEscape)])
    for escape in ["\\u{110000}", "\\u{d800}", "\\u{}", "\\u41", "\\u{41", "\\u{123456789}"] {
      #expect(errors(set("items in sku \"A\(escape)\"")) == [.at(3, 24, .badUnicodeEscape)])
    }
    #expect(errors(set("items in sku \"A\\")) == [.at(3, 22, .unterminatedText)])
  }

  @Test("R14: a number out of range is refused, never rounded")
  func r14() {
    #expect(errors(when("quantity of items < 9223372036854775807")).isEmpty)
    for number in ["9223372036854775808", "99999999999999999999", "0.1234567890123456789"] {
      #expect(errors(when("quantity of items < \(number)")) == [.at(4, 28, .numberTooLarge)])
    }
    let digits = String(repeating: "9", count: 100_000)
    #expect(errors(when("quantity of items < \(digits)")) == [.at(4, 28, .numberTooLarge)])
    #expect(errors(when("subtotal of items < $92233720368547758.07")).isEmpty)
    #expect(
      errors(when("subtotal of items < $92233720368547758.08")) == [.at(4, 28, .numberTooLarge)])
  }

  @Test(
    "R15: other ways of writing numbers are refused by name",
    arguments: [
      ("1e999", .numberRunsIntoLetters), ("0x10", .numberRunsIntoLetters),
      ("1_000", .separatorInNumber), (".5", .malformedNumber), ("5.", .malformedNumber),
      ("1.2.3", .malformedNumber), ("NaN", .upperCase), ("Infinity", .upperCase),
    ] as [(String, FindingCode)])
  func r15(number: String, code: FindingCode) {
    #expect(errors(when("quantity of items >= \(number)")) == [.at(4, 29, code)])
  }

  // LANGUAGE says how fine a percentage may be: four decimals, so 15.005% is exact.
  @Test("R16: a percentage has at most four decimals; more is an error")
  func r16() {
    #expect(errors(give("15.005% off items")).isEmpty)
    #expect(errors(give("15.1234% off items")).isEmpty)
    #expect(errors(give("15.12345% off items")) == [.at(4, 8, .percentTooFine)])
  }
}
