import Foundation
import Testing

/// The catalogue numbers what goes wrong: H is a request over HTTP, C a cart or a checkout. Numbers
/// stay, so that an item is found by its test. Where we do something else than most do, the test's
/// title says what, and the comment above it why.
@Suite("the catalogue of bad input is whole") struct CatalogueTests {
  @Test("every item from H1 to H55 and from C31 to C50 is the title of a test")
  func items() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    var named: Set<String> = []
    for case let file as String in files where file.hasSuffix(".swift") {
      let text = try String(
        contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      for title in text.matches(of: /@Test\(\s*"([HC][0-9]+):/) { named.insert(String(title.1)) }
    }
    let items = (1...55).map { "H\($0)" } + (31...50).map { "C\($0)" }
    let missing = items.filter { !named.contains($0) }
    #expect(missing.isEmpty)
    #expect(named.subtracting(items).isEmpty)
  }
}
