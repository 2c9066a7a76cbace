import Findings
import RuleSyntax
import Testing

@Suite("limits of a rule text") struct LimitTests {
  private static func codes(_ text: String) -> [FindingCode] {
    SyntaxFile.parse(text: text).findings.map(\.code)
  }

  private static func condition(_ text: String) -> String {
    "campaign a {\n  when \(text)\n  give free shipping\n}\n"
  }

  @Test("a file of 8 MiB is read, one byte more is not")
  func fileSize() {
    let head = "set a = items\n#"
    func file(_ size: Int) -> SourceFile {
      let filler = [UInt8](repeating: 0x2D, count: size - head.utf8.count)
      return SourceFile(path: "a.promo", bytes: Array(head.utf8) + filler)
    }
    let fits = parse(file(Limits.fileBytes), index: 0)
    #expect(fits.findings == [])
    #expect(fits.tree.items.count == 1)
    let large = parse(file(Limits.fileBytes + 1), index: 0)
    #expect(large.findings.map(\.code) == [.fileTooLarge])
    #expect(large.tree.items.isEmpty)
  }

  @Test("a name of 128 characters is one, 129 are too many")
  func names() {
    let name = String(repeating: "a", count: Limits.nameLength)
    #expect(Self.codes("set \(name) = items") == [])
    #expect(Self.codes("set \(name)a = items") == [.nameTooLong])
  }

  @Test("a text of 64 KiB is one, a byte more is too much")
  func texts() {
    let text = String(repeating: "a", count: Limits.textBytes - 2)
    #expect(Self.codes("timezone \"\(text)\"") == [])
    #expect(Self.codes("timezone \"\(text)a\"") == [.textTooLong])
  }

  @Test("parentheses, not and functions nest 64 deep")
  func nesting() {
    func nested(_ open: String, _ inner: String, _ close: String, _ depth: Int) -> String {
      Self.condition(
        String(repeating: open, count: depth) + inner + String(repeating: close, count: depth))
    }
    for (open, inner, close) in [
      ("(", "1 = 1", ")"), ("not ", "1 = 1", ""), ("floor(", "1", ")"), ("year of ", "today", ""),
      ("max(1, ", "1", ")"), ("subtotal of (items where ", "price > $1", ")"),
    ] {
      #expect(Self.codes(nested(open, inner, close, Limits.nesting)) == [], "\(open)")
      let deeper = Self.codes(nested(open, inner, close, Limits.nesting + 1))
      #expect(deeper == [.nestedTooDeep], "\(open)")
      let deepest = Self.codes(nested(open, inner, close, 20_000))
      #expect(deepest == [.nestedTooDeep], "\(open)")
    }
    let source = String(repeating: "(", count: 64) + "items" + String(repeating: ")", count: 64)
    #expect(Self.codes("set a = \(source)") == [])
    #expect(Self.codes("set a = (\(source))") == [.nestedTooDeep])
    let open = String(repeating: "(", count: 300_000)
    #expect(Self.codes("set a = \(open)") == [.nestedTooDeep])
  }

  @Test("an expression may have 192 levels and an item 4,096 parts")
  func size() {
    let sum = "1" + String(repeating: " + 1", count: Limits.expressionHeight - 2)
    #expect(Self.codes(Self.condition("\(sum) = 1")) == [])
    #expect(Self.codes(Self.condition("\(sum) + 1 = 1")) == [.expressionTooLarge])
    // One part for `or` itself, three for each comparison.
    let count = (Limits.expressionNodes - 1) / 3
    let or = Array(repeating: "1 = 1", count: count).joined(separator: " or ")
    #expect(Self.codes(Self.condition(or)) == [])
    #expect(Self.codes(Self.condition(or + " or 1 = 1")) == [.expressionTooLarge])
  }

  @Test("a list may have 10,000 entries")
  func lists() {
    let list = Array(repeating: "\"a\"", count: Limits.textsInList).joined(separator: ", ")
    #expect(Self.codes("set a = items in sku (\(list))") == [])
    #expect(Self.codes("set a = items in sku (\(list), \"a\")") == [.tooManyTexts])
    #expect(Self.codes(Self.condition("customer.x is one of (\(list))")) == [])
    #expect(Self.codes(Self.condition("customer.x is one of (\(list), 1)")) == [.tooManyTexts])
  }

  @Test("fifty errors are told apart, and the rest are counted")
  func errors() {
    func file(_ count: Int) -> String {
      (0..<count).map { "set a\($0) = = items\n" }.joined()
    }
    #expect(Self.codes(file(Limits.errorsPerFile)).count == Limits.errorsPerFile)
    let found = SyntaxFile.parse(text: file(Limits.errorsPerFile + 7)).findings
    #expect(found.count == Limits.errorsPerFile + 1)
    #expect(found.last?.code == .moreErrors)
    #expect(found.last?.facts["count"] == "7")
    let many = SyntaxFile.parse(text: String(repeating: "$ ", count: 3_000)).findings
    #expect(many.count == Limits.errorsPerFile + 1)
    #expect(many.last?.facts["count"] == "2950")
  }
}
