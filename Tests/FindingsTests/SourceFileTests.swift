import Findings
import Testing

@Suite("source files") struct SourceFileTests {
  @Test("every kind of line end begins a line, and columns count characters")
  func positions() {
    let file = SourceFile(path: "a.promo", text: "é1\r\nb\rc\nd")
    #expect(file.position(of: 2) == (1, 2))
    #expect(file.position(of: 5) == (2, 1))
    #expect(file.position(of: 7) == (3, 1))
    #expect(file.position(of: 9) == (4, 1))
  }
}
