import Findings
import Foundation
import Testing

@Suite("rendering of findings") struct RendererTests {
  static let file = SourceFile(
    path: "Rules/spring sale.promo",
    text: "currency USD\ncampaign a {\n  when subtotal of items >= 100\n}\n")

  static func span(_ start: Int32, _ end: Int32) -> SourceSpan {
    SourceSpan(file: 0, start: start, end: end)
  }

  static let finding = Finding(
    code: .unexpected, span: span(54, 57), facts: ["found": "`100`", "expected": "an amount"],
    related: [RelatedSpan(span: span(33, 50), label: "these are US dollars")],
    repairs: [
      Repair(
        title: "write `$100`",
        edits: [Repair.Edit(span: span(54, 57), replacement: "$100")], isSafe: true)
    ])

  private static func human(_ finding: Finding, _ file: SourceFile = file) -> String {
    FindingRenderer(files: [file], useColor: false).human(finding)
  }

  @Test("a person sees the line, the places in it, and the fix")
  func human() {
    #expect(
      Self.human(Self.finding) == """
        error[P0202]: `100` cannot stand here
         --> Rules/spring sale.promo:3:29
        3 |   when subtotal of items >= 100
          |        -----------------    ^^^ expected an amount
          |        these are US dollars
          = fix: write `$100`   (promo check --fix)

        """)
  }

  @Test("places on other lines are shown in the order of the file")
  func otherLines() {
    var finding = Self.finding
    finding.related = [RelatedSpan(span: Self.span(0, 12), label: "the currency of the file")]
    finding.repairs = []
    #expect(
      Self.human(finding) == """
        error[P0202]: `100` cannot stand here
         --> Rules/spring sale.promo:3:29
        1 | currency USD
          | ------------
          | the currency of the file
        ...
        3 |   when subtotal of items >= 100
          |                             ^^^ expected an amount

        """)
  }

  @Test("two readings are offered as such, and neither as a safe fix")
  func readings() {
    var finding = Self.finding
    finding.related = []
    finding.repairs.append(
      Repair(
        title: "write `100%`", edits: [Repair.Edit(span: Self.span(54, 57), replacement: "100%")],
        isSafe: false))
    let text = Self.human(finding)
    #expect(text.contains("= either: write `$100`\n"))
    #expect(text.contains("= or: write `100%`\n"))
    #expect(!text.contains("--fix"))
  }

  @Test("what is missing at the end of a file has a mark of its own")
  func atEnd() {
    let file = SourceFile(path: "a.promo", text: "set a =")
    let finding = Finding(code: .missing, span: Self.span(7, 7), facts: ["missing": "a value"])
    #expect(
      Self.human(finding, file) == """
        error[P0201]: a value is missing
         --> a.promo:1:8
        1 | set a =
          |        ^ expected … before …

        """)
  }

  @Test("wide characters and tabs keep the mark under its place")
  func widths() {
    let file = SourceFile(path: "a.promo", text: "\t\"日本é\" x\n")
    let finding = Finding(code: .unexpected, span: Self.span(12, 13), facts: ["found": "`x`"])
    let lines = Self.human(finding, file).split(separator: "\n")
    #expect(lines[2] == "1 |   \"日本é\" x")
    #expect(lines[3] == "  |           ^ expected …")
  }

  @Test("nothing in a rule text can reach the terminal as a command")
  func control() {
    let file = SourceFile(path: "a.promo", text: "\u{1B}[31m \u{202E}x\u{7} y\n")
    let finding = Finding(
      code: .unexpected, span: Self.span(10, 11), facts: ["found": "\u{1B}[2J\n\u{202E}"])
    let text = Self.human(finding, file)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    #expect(!text.unicodeScalars.contains("\u{202E}"))
  }

  @Test("a long line is cut around its mark")
  func longLine() {
    let file = SourceFile(path: "a.promo", text: String(repeating: "ab ", count: 4_000))
    let finding = Finding(code: .unexpected, span: Self.span(6_000, 6_002))
    for line in Self.human(finding, file).split(separator: "\n") { #expect(line.count < 200) }
  }

  @Test("colour sets off the words, and takes nothing from them")
  func color() {
    let colored = FindingRenderer(files: [Self.file], useColor: true).human(Self.finding)
    #expect(colored.contains("\u{1B}[1;31merror[P0202]\u{1B}[0m"))
    var plain = ""
    var isEscape = false
    for scalar in colored.unicodeScalars {
      if scalar == "\u{1B}" { isEscape = true }
      if !isEscape { plain.unicodeScalars.append(scalar) }
      if scalar == "m" { isEscape = false }
    }
    #expect(plain == Self.human(Self.finding))
  }

  @Test("JSON holds every place, fact and fix")
  func json() throws {
    let renderer = FindingRenderer(files: [Self.file], useColor: false)
    let text = renderer.json([Self.finding])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["formatVersion"] as? Int == 1)
    #expect(object["errors"] as? Int == 1)
    #expect(object["warnings"] as? Int == 0)
    let findings = try #require(object["findings"] as? [[String: Any]])
    let finding = try #require(findings.first)
    #expect(finding["code"] as? String == "P0202")
    #expect(finding["severity"] as? String == "error")
    #expect(finding["path"] as? String == "Rules/spring sale.promo")
    let numbers = ["line", "column", "endLine", "endColumn", "start", "end"].map {
      finding[$0] as? Int
    }
    #expect(numbers == [3, 29, 3, 32, 54, 57])
    let repairs = try #require(finding["repairs"] as? [[String: Any]])
    let edits = try #require(repairs.first?["edits"] as? [[String: Any]])
    #expect(edits.first?["replacement"] as? String == "$100")
    let none = renderer.json([])
    #expect(none == "{\"formatVersion\":1,\"errors\":0,\"warnings\":0,\"findings\":[]}\n")
  }

  @Test("JSON and SARIF stay valid whatever a text holds")
  func escapes() throws {
    let file = SourceFile(path: "a\"\\\n\u{1}é.promo", text: "x")
    let hostile = "\"\\\n\r\t\u{0}\u{7F}\u{2028}é\u{1F600}"
    let finding = Finding(
      code: FindingCode(rawValue: "P9999"), severity: .warning, span: Self.span(0, 1),
      facts: ["found": hostile], related: [RelatedSpan(span: Self.span(0, 0), label: hostile)],
      repairs: [
        Repair(
          title: hostile, edits: [Repair.Edit(span: Self.span(0, 1), replacement: hostile)],
          isSafe: false)
      ])
    let renderer = FindingRenderer(files: [file], useColor: false)
    for text in [renderer.json([finding]), renderer.sarif([finding])] {
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(object is [String: Any])
      #expect(text.hasSuffix("}\n"))
    }
    let workflow = renderer.github([finding])
    #expect(workflow.split(separator: "\n").count == 1)
    #expect(workflow.hasPrefix("::warning file=a\"\\%0A"))
  }

  @Test("SARIF names its rules, places and fixes")
  func sarif() throws {
    let text = FindingRenderer(files: [Self.file], useColor: false).sarif([Self.finding])
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    #expect(result["ruleId"] as? String == "P0202")
    #expect(result["level"] as? String == "error")
    #expect((result["fixes"] as? [Any])?.count == 1)
    #expect((result["relatedLocations"] as? [Any])?.count == 1)
    #expect(text.contains("\"uri\":\"Rules/spring%20sale.promo\""))
    #expect(text.contains("\"startLine\":3,\"startColumn\":29,\"endLine\":3,\"endColumn\":32"))
  }

  @Test("workflow commands name the place and the code")
  func github() {
    let text = FindingRenderer(files: [Self.file], useColor: false).github([Self.finding])
    #expect(
      text
        == "::error file=Rules/spring sale.promo,line=3,endLine=3,col=29,endColumn=32,title=P0202"
        + "::`100` cannot stand here: expected an amount\n")
  }
}

@Suite("catalogue") struct CatalogueTests {
  @Test("titles are in small letters and without a full stop", arguments: FindingCatalogue.codes)
  func titles(code: FindingCode) throws {
    let entry = try #require(FindingCatalogue.entry(for: code))
    #expect(entry.title.first.map { !$0.isUppercase } == true)
    #expect(!entry.title.hasSuffix("."))
    #expect(!entry.label.hasSuffix("."))
    #expect(entry.explanation.hasSuffix("."))
    #expect(code.rawValue.utf8.count == 5)
    let page = try #require(FindingCatalogue.page(of: code))
    #expect(page.hasPrefix("\(code.rawValue): "))
    #expect(page.hasSuffix("\n"))
  }

  @Test("an unknown code has no page")
  func unknown() {
    #expect(FindingCatalogue.page(of: FindingCode(rawValue: "P0000")) == nil)
    #expect(FindingCatalogue.codes.count >= 40)
  }
}

@Suite("repairs") struct RepairTests {
  private static func repair(_ start: Int32, _ end: Int32, _ text: String) -> Repair {
    let span = SourceSpan(file: 0, start: start, end: end)
    return Repair(title: "", edits: [Repair.Edit(span: span, replacement: text)], isSafe: true)
  }

  @Test("repairs are applied in the order of their places, and of two that meet the first")
  func applying() {
    let file = SourceFile(path: "a", text: "abcdef")
    let all = apply(
      [Self.repair(4, 5, "X"), Self.repair(0, 1, ""), Self.repair(2, 2, "--")], to: file)
    #expect(String(decoding: all.bytes, as: UTF8.self) == "b--cdXf")
    #expect(all.count == 3)
    let overlapping = apply([Self.repair(1, 3, "X"), Self.repair(2, 4, "Y")], to: file)
    #expect(String(decoding: overlapping.bytes, as: UTF8.self) == "aXdef")
    #expect(overlapping.count == 1)
    #expect(apply([Self.repair(5, 9, "X")], to: file).count == 0)
    #expect(apply([], to: file).bytes == file.bytes)
  }
}

@Suite("nearest names") struct NearestNameTests {
  @Test(
    "a name is offered within a third of its length",
    arguments: [
      ("giev", ["give", "gift"], "give"), ("custmoer", ["customer", "customers"], "customer"),
      ("boks", ["books", "socks"], "books"), ("ab", ["abc"], nil), ("abc", ["abd"], "abd"),
      ("shoes", ["books"], nil), ("books", ["books"], nil), ("", ["a"], nil),
      ("points", ["point", "pints"], "pints"),
    ] as [(String, [String], String?)])
  func near(name: String, candidates: [String], expected: String?) {
    #expect(nearestName(to: name, among: candidates) == expected)
  }
}
