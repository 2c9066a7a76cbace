import Findings
import RuleSyntax
import Testing

@Suite("soup") struct SoupTests {
  private static func check(_ bytes: [UInt8]) {
    let file = SourceFile(path: "soup.promo", bytes: bytes)
    let (_, findings) = parse(file, index: 0)
    for finding in findings {
      #expect(finding.span.start >= 0 && finding.span.start <= finding.span.end)
      #expect(Int(finding.span.end) <= bytes.count)
    }
    #expect(
      !FindingRenderer(files: [file], useColor: true).human(findings).isEmpty || findings.isEmpty)
    if let formatted = format(file) {
      #expect(format(SourceFile(path: "soup.promo", bytes: formatted)) == formatted)
    }
    let repairs = findings.compactMap { $0.repairs.first }
    _ = apply(repairs, to: file)
  }

  @Test("any bytes end in findings")
  func bytes() {
    var random = SeededRandom(3)
    for _ in 0..<300 {
      let length = random.below(120)
      Self.check((0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    }
  }

  @Test("any printable characters end in findings")
  func printable() {
    var random = SeededRandom(4)
    let characters = Array("abz_09AZ $€\"\\{}()=!<>+-*/,.:%#\n\r\tu{e9}T–’ é\u{200B}")
    for _ in 0..<300 {
      let length = random.below(80)
      let text = (0..<length).map { _ in characters[random.below(characters.count)] }
      Self.check(Array(String(text).utf8))
    }
  }

  @Test("any tokens in any order end in findings")
  func tokens() {
    var random = SeededRandom(5)
    let words =
      Keyword.allCases.map(\.rawValue)
      + [
        "{", "}", "(", ")", "=", "!=", "<", ">=", "+", "-", "*", "/", ",", ".", ":", "\"a\"", "$5",
      ]
      + [
        "10 EUR", "15%", "7", "2.5", "2026-01-01", "2026-01-01T10:00", "10:00", "USD", "name_1",
        "\n",
      ]
    for _ in 0..<300 {
      let length = random.below(60)
      let text = (0..<length).map { _ in words[random.below(words.count)] }
      Self.check(Array(text.joined(separator: " ").utf8))
    }
  }

  @Test("a text cut off anywhere ends in findings")
  func cuts() {
    let bytes = Array(EveryForm.text.utf8)
    for end in stride(from: 0, to: bytes.count, by: 61) { Self.check(Array(bytes[..<end])) }
  }

  @Test("much of the same ends soon")
  func repetition() {
    for piece in [
      "(", "{", "}", "\"", "campaign a {", "not ", "when ", "give ", "set a = (", "$", "5", "=",
      "€", "<<<<<<<\n", "test \"a\" { cart { ", "year of ", "\u{200B}", "a:", "1,", "campaign\n",
    ] {
      Self.check(Array(String(repeating: piece, count: 4_000).utf8))
    }
  }
}
