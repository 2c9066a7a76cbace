import Testing

@testable import CommandKit

@Suite("texts in columns") struct TextTests {
  @Test(
    "columns are counted by characters, wide ones twice",
    arguments: [("abc", 3), ("Café", 4), ("e\u{301}", 1), ("茶", 2), ("🍵", 2), ("", 0)])
  func width(text: String, columns: Int) { #expect(columnCount(of: text) == columns) }

  @Test(
    "a long text is clipped with a mark, never inside a character",
    arguments: [
      ("Beeswax candle", 14, "Beeswax candle"), ("Beeswax candle", 8, "Beeswax…"),
      ("茶茶茶", 4, "茶…"), ("abc", 1, "…"), ("abc", 0, ""),
    ])
  func clipping(text: String, columns: Int, shown: String) {
    #expect(clipped(text, to: columns, mark: "…") == shown)
  }

  @Test("words are wrapped, and a long word keeps its line") func wrapping() {
    #expect(wrapped("add 1 more to save", to: 8) == ["add 1", "more to", "save"])
    #expect(wrapped("a incomprehensible b", to: 5) == ["a", "incomprehensible", "b"])
    #expect(wrapped("", to: 5) == [])
  }

  @Test("nothing shown can move the cursor or turn the writing round") func printing() {
    #expect(printable("a\u{1B}[31mb\u{202E}c\r\n") == "a?[31mb?c??")
    #expect(printable("Crème brûlée 茶") == "Crème brûlée 茶")
  }

  @Test(
    "numbers are grouped",
    arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-12_345, "-12,345")])
  func grouping(number: Int, text: String) { #expect(grouped(number) == text) }

  @Test("rates and durations") func rates() {
    #expect(rate(100, per: 2_000_000_000) == 50)
    #expect(rate(1, per: 1) == 1_000_000_000)
    #expect(rate(.max, per: 1) == .max)
    #expect(duration(seconds: 59) == "59 s")
    #expect(duration(seconds: 185) == "3 min 05 s")
  }
}

@Suite("differences between two texts") struct DiffTests {
  @Test("equal texts differ in nothing") func equal() {
    #expect(unifiedDiff(from: Array("a\nb\n".utf8), to: Array("a\nb\n".utf8), path: "x").isEmpty)
  }

  @Test("a change stands among three lines of context") func context() {
    let old = (1...9).map { "\($0)\n" }.joined()
    let new = old.replacing("5\n", with: "five\n")
    #expect(
      unifiedDiff(from: Array(old.utf8), to: Array(new.utf8), path: "x.promo") == """
        --- x.promo
        +++ x.promo
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8

        """)
  }

  @Test("a missing line end at the end of a file is said") func lineEnd() {
    let diff = unifiedDiff(from: Array("a".utf8), to: Array("a\n".utf8), path: "x")
    #expect(
      diff == "--- x\n+++ x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n")
  }

  @Test("a text made from nothing") func fromNothing() {
    #expect(unifiedDiff(from: [], to: Array("a\n".utf8), path: "x").contains("@@ -0,0 +1 @@"))
  }
}

@Suite("lines of a stream") struct CartLinesTests {
  private func lines(_ text: String) throws -> [String] {
    var reader = CartLines(ByteSource(bytes: Array(text.utf8)), path: "x")
    var all: [String] = []
    while true {
      let chunks = try reader.next()
      if chunks.isEmpty { return all }
      for chunk in chunks {
        #expect(chunk.firstNumber == all.count + 1)
        all += try chunk.lines.map { String(decoding: try #require($0), as: UTF8.self) }
      }
    }
  }

  @Test(
    "each line once, in order, with or without a last line end",
    arguments: ["", "a", "a\n", "a\nb", "\n\na\n", "a\n\nb\n"])
  func small(text: String) throws {
    var expected = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if text.isEmpty || text.hasSuffix("\n") { expected.removeLast() }
    #expect(try lines(text) == expected)
  }

  @Test("many lines come in many chunks and lose nothing") func chunks() throws {
    let expected = (0..<20_000).map { "line \($0) " + String(repeating: "x", count: $0 % 97) }
    #expect(try lines(expected.joined(separator: "\n")) == expected)
  }

  @Test("a line over its limit is dropped and the next one is read") func longLine() throws {
    var text = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
    text += Array("\nshort\n".utf8)
    var reader = CartLines(
      ByteSource(bytes: text), path: "x", lineMaximum: 1_000)
    var all: [ArraySlice<UInt8>?] = []
    while case let chunks = try reader.next(), !chunks.isEmpty { all += chunks.flatMap(\.lines) }
    #expect(all.count == 2)
    #expect(all.first == .some(nil))
    #expect(all.last?.map { String(decoding: $0, as: UTF8.self) } == "short")
  }
}
