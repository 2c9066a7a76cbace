import Findings
import RuleSyntax
import Testing

/// One slip in a rule text, and what is said about it.
struct Slip: Sendable, CustomTestStringConvertible {
  /// The text, with `«` and `»` around the place; both together where something is missing.
  var text: String
  var code: FindingCode
  /// What may stand there.
  var expected: String?
  /// What the first fix writes.
  var fix: String?
  var isSafe = false

  init(_ text: String, _ code: FindingCode, _ expected: String?, fix: String?, safe: Bool = false) {
    self.text = text
    self.code = code
    self.expected = expected
    self.fix = fix
    isSafe = safe
  }

  var testDescription: String { text }

  /// A clause of a campaign that is sound but for the slip.
  static func clause(
    _ text: String, _ code: FindingCode, _ expected: String? = nil, fix: String? = nil,
    safe: Bool = false
  ) -> Slip {
    let whole =
      "campaign a {\n  \(text)\n  limit 1 per customer\n  priority 2\n}\n\nset last = items\n"
    return Slip(whole, code, expected, fix: fix, safe: safe)
  }

  /// An item between two sound ones.
  static func item(
    _ text: String, _ code: FindingCode, _ expected: String? = nil, fix: String? = nil,
    safe: Bool = false
  ) -> Slip {
    Slip(
      "set first = items\n\n\(text)\n\nset last = items\n", code, expected, fix: fix, safe: safe)
  }
}

@Suite("recovery") struct RecoveryTests {
  static let slips: [Slip] = [
    // Something is missing: told at the end of the token before.
    .clause("when quantity«» items >= 5", .missing, "`of`", fix: " of", safe: true),
    .clause("when quantity«» >= 5", .missing, "`of items`", fix: " of items"),
    .clause("when quantity of items >=«»", .missing, "a value"),
    .clause("when quantity of items >= 5 and«»", .missing, "a condition"),
    .clause("when (quantity of items > 5«»", .missing, "`)`", fix: ")", safe: true),
    .clause("when customer.tier is one of (\"a\"«» \"b\")", .missing, "`,`", fix: ",", safe: true),
    .clause("give 15% off«»", .missing),
    .clause("give 10% off cheapest«» of books", .missing, "a whole number"),
    .clause("give«»", .missing),
    .clause("limit 1«» customer", .missing, "`per`", fix: " per", safe: true),
    .clause("earn 5% of books«» cashback", .missing, "`as`", fix: " as", safe: true),
    .item("campaign«» {\n  give free shipping\n}", .missing, "the name of a campaign"),
    .item("campaign a«»\n  give free shipping\n}", .missing, "`{`", fix: " {", safe: true),
    .item("set a«» items", .missing, "`=`", fix: " =", safe: true),
    .item("set a = items where price >«»", .missing),
    .item("set a =«»", .missing),
    .item("attributes {\n  item color«» text\n}", .missing, "`:`", fix: ":", safe: true),
    .item(
      "balance a { worth $1«» 100 redeem as payment }", .missing, "`per`", fix: " per", safe: true),
    .item("test \"t\" {\n  cart { 2 \"A\"«» $5 }\n}", .missing, "`at`", fix: " at", safe: true),
    // A block is not closed: told where its end belongs.
    .item("campaign a {\n  give free shipping«»", .unclosedBrace, "`}`", fix: "\n}", safe: true),
    .item(
      "campaign a {\n  tiers by subtotal of items {\n    at $5 give 5% off items«»\n  cap $8 total\n}",
      .unclosedBrace, "`}`", fix: "\n}", safe: true),
    .item(
      "test \"t\" {\n  cart {\n    2 \"A\" at $5«»\n  expect applied a\n}", .unclosedBrace, "`}`",
      fix: "\n}", safe: true),
    // Something stands in the place of something else.
    .clause("give 15% «of» items", .unexpected, "`off`", fix: "off", safe: true),
    .clause("give «15» off items", .unexpected, fix: "$15"),
    .clause("give «buy» 2 get 1", .unexpected),
    .clause("limit «once» per customer", .unexpected, "a whole number"),
    .clause("when customer.tier «is» \"gold\"", .unexpected, "`=`", fix: "=", safe: true),
    .clause("when customer.tier «is not» \"gold\"", .unexpected, "`!=`", fix: "!=", safe: true),
    .clause(
      "when customer.tier «in» (\"a\", \"b\")", .unexpected, "`is one of`", fix: "is one of",
      safe: true),
    .clause("active from «june» through july", .unexpected),
    .clause("priority «high»", .unexpected, "a whole number"),
    .clause("«discount» 15% on all shirts", .unexpected),
    .clause("when «price» > $5", .onlyOfOneUnit),
    .item("«promotion» a {\n  when shipping > $5\n}", .unexpected),
    .item("attributes {\n  customer tier: «string»\n}", .unexpected, "a type such as `text`"),
    // A slip of the fingers.
    .clause("«giev» free shipping", .misspelt, "`give`", fix: "give", safe: true),
    .clause("for «member»", .misspelt, "`members`", fix: "members", safe: true),
    .clause("active on «monday»", .misspelt, "`mon`", fix: "mon", safe: true),
    .item(
      "«campain» a {\n  give free shipping\n}", .misspelt, "`campaign`", fix: "campaign", safe: true
    ),
    // What others write.
    .clause(
      "when «items» >= 5", .unexpected, "`quantity of items`", fix: "quantity of items"),
    .clause("limit 1 per «user»", .misspelt, "`customer`", fix: "customer"),
    .clause("give «10 percent» off items", .unexpected, "`10%`", fix: "10%", safe: true),
    .clause(
      "active on «mon-wed»", .unexpected, "`mon, tue, wed`", fix: "mon, tue, wed", safe: true),
    .clause(
      "active «until 2027-06-01»", .unexpected, "`through 2027-06-01` or `until 2027-06-01T00:00`",
      fix: "through 2027-06-01"),
    .clause("give«» $9 for 1 books", .missing, "`price`", fix: " price"),
    .clause(
      "when order.country is one of«» \"US\", \"CA\"", .missing, "`(`", fix: " (", safe: true),
    .clause("code «USA»", .unexpected, "a text in quotes", fix: "\"USA\"", safe: true),
    .item(
      "test \"t\" {\n  cart«» 2 \"A\" at $5 }\n  expect applied a\n}", .missing, "`{`", fix: " {",
      safe: true),
    // One too many.
    .clause("give 15% off «off» items", .superfluous, fix: "", safe: true),
    .clause("when quantity of items > 5«)»", .superfluous, fix: ""),
    .clause("base original «price»", .superfluous, fix: ""),
    .item("«}»", .strayBrace, fix: ""),
    .clause("limit «1,000» total", .separatorInNumber, fix: "1000", safe: true),
    // Two readings.
    .clause(
      "when «visits ever = 0 or visits ever = 1 and shipping > $1»", .mixedAndOr,
      fix: "("),
    .clause(
      "when «$1 < subtotal of items < $5»", .chainedComparison,
      fix: "subtotal of items > $1 and subtotal of items < $5", safe: true),
    .clause("«give $5 off items»", .moneyOffSelection, fix: "each of "),
    .item(
      "test \"t\" {\n  expect discount «5»\n}", .unexpected, "an amount such as `$10`", fix: "$5"),
  ]

  @Test(
    "one slip is one finding at its place, and what it does not touch is read", arguments: slips)
  func slip(_ slip: Slip) throws {
    let start = try #require(slip.text.utf8.firstIndex(of: 0xC2))
    let marked = Array(slip.text.utf8)
    let open = try #require(marked.firstIndex(of: 0xAB)) - 1
    let close = try #require(marked.firstIndex(of: 0xBB)) - 3
    #expect(slip.text.utf8.distance(from: slip.text.startIndex, to: start) == open)
    let text = slip.text.filter { $0 != "«" && $0 != "»" }
    let (tree, findings) = SyntaxFile.parse(text: text)
    try #require(findings.count == 1, "\(findings)")
    let finding = findings[0]
    #expect(finding.code == slip.code)
    let expectedEnd = slip.code == .superfluous && open == close ? open : close
    #expect((Int(finding.span.start), Int(finding.span.end)) == (open, expectedEnd))
    if let expected = slip.expected { #expect(finding.facts["expected"] == expected) }
    #expect(finding.repairs.first?.edits.first?.replacement == slip.fix)
    #expect((finding.repairs.first?.isSafe ?? false) == slip.isSafe)
    let isLastRead = tree.items.contains {
      if case .set(let set) = $0 { set.name.text == "last" } else { false }
    }
    #expect(isLastRead, "\(tree.items)")
  }

  @Test("a safe fix gives a text that reads clean", arguments: slips.filter(\.isSafe))
  func fixes(_ slip: Slip) throws {
    let text = slip.text.filter { $0 != "«" && $0 != "»" }
    let file = SourceFile(path: "a.promo", text: text)
    let repair = try #require(parse(file, index: 0).findings.first?.repairs.first)
    let mended = apply([repair], to: file)
    #expect(
      parse(SourceFile(path: "a.promo", bytes: mended.bytes), index: 0).findings == [],
      "\(String(decoding: mended.bytes, as: UTF8.self))")
  }

  @Test("damaged items leave their names behind and sound ones stay")
  func names() {
    let text = """
      attributes { item color text }
      set a = = items
      set b = items
      campaign c { giev free shipping }
      campaign d { give free shipping }
      balance e { wroth $1 per 1 }
      campaign f { give free shipping

      campaign g { give free shipping }
      """
    let (tree, findings) = SyntaxFile.parse(text: text)
    #expect(findings.count == 5)
    #expect(tree.items.count == 3)
    #expect(tree.damagedNames.sets == ["a"])
    #expect(tree.damagedNames.campaigns == ["c", "f"])
    #expect(tree.damagedNames.balances == ["e"])
  }

  @Test("a campaign that ends too early is not used without its rest")
  func remnant() {
    let text = "campaign a {\n  give free shipping\n}\n  when shipping > $5\n}\nset b = items\n"
    let (tree, findings) = SyntaxFile.parse(text: text)
    #expect(findings.count == 1)
    #expect(tree.items.count == 1)
    #expect(tree.damagedNames.campaigns == ["a"])
  }

  @Test("twelve mistakes are twelve errors, each on its line")
  func twelve() {
    let mistakes = [
      "when quantity items >= 5", "when subtotal of items > $1 or shipping > $1 and weekday = fri",
      "giev 10% off items", "give $5 off items", "limit 1,000 total", "cap $20,000 total",
      "active on monday", "priority high", "message \"Hello", "when 1 < shipping < 5",
      "stack best \"g\"", "code SUMMER",
    ]
    let text = mistakes.enumerated().map { index, mistake in
      "campaign c\(index) {\n  \(mistake)\n  base original\n}\n"
    }.joined()
    let file = SourceFile(path: "a.promo", text: text)
    let findings = parse(file, index: 0).findings
    #expect(findings.map { file.position(of: $0.span.start).line } == (0..<12).map { $0 * 4 + 2 })
    #expect(findings.count { $0.repairs.first?.isSafe == true } >= 7)
  }

  @Test("a condition that breaks off is one error, and the set is not half a set")
  func brokenConditions() {
    for condition in ["name matches \"x\"", "price $50", "color one of (\"a\")"] {
      let (tree, findings) = SyntaxFile.parse(text: "set a = items where \(condition)\n")
      #expect(findings.count == 1)
      #expect(tree.items.isEmpty)
      #expect(tree.damagedNames.sets == ["a"])
    }
  }

  @Test("a word with something hidden in it is one error, and is the word it looks like")
  func hidden() {
    let hidden: [[UInt8]] = [[0], [0xE2, 0x80, 0x8B], [0xFF], [0, 0, 1], [0x7F]]
    for bytes in hidden {
      let text = Array("set bo".utf8) + bytes + Array("oks = items\nset b = bo".utf8) + bytes
      let first = parse(SourceFile(path: "a.promo", bytes: text + Array("oks\n".utf8)), index: 0)
      #expect(first.tree.damagedNames.sets == ["books", "b"])
      #expect(first.findings.count == (bytes == [0xFF] ? 1 : 2))
      let word = Array("campaign a {\n  gi".utf8) + bytes + Array("ve free shipping\n}\n".utf8)
      let file = SourceFile(path: "a.promo", bytes: word)
      let findings = parse(file, index: 0).findings
      #expect(findings.count == 1)
      let mended = apply(findings.flatMap(\.repairs), to: file).bytes
      #expect(parse(SourceFile(path: "a.promo", bytes: mended), index: 0).findings == [])
    }
  }

  @Test("two mistakes in one campaign are two errors")
  func several() {
    let text = """
      campaign a {
        when quantity items >= 5
        when visits ever = 1 or visits ever = 2 and shipping > $1
        give 15% of items
        give $5 off items
      }
      """
    let codes = SyntaxFile.parse(text: text).findings.map(\.code)
    #expect(codes == [.missing, .mixedAndOr, .unexpected, .moneyOffSelection])
  }

  @Test("both readings of a mixture are offered, and neither is applied unasked")
  func readings() throws {
    let text = "campaign a { when visits ever = 1 and visits ever = 2 or visits ever = 3 }"
    let finding = try #require(SyntaxFile.parse(text: text).findings.first)
    #expect(
      finding.repairs.map(\.title) == [
        "write `(visits ever = 1 and visits ever = 2) or visits ever = 3`",
        "write `visits ever = 1 and (visits ever = 2 or visits ever = 3)`",
      ])
    #expect(finding.repairs.allSatisfy { !$0.isSafe })
  }
}
