import Foundation
import Promo
import Testing

@Suite("the cart of the contract under the first file") struct ContractTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  private func fixture(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Self.folder.appendingPathComponent(name)))
  }

  private func rules() throws -> RuleSet {
    try RuleSet(sources: [RuleSource(path: "first.promo", bytes: fixture("first.promo"))])
  }

  /// JSON without the blanks that mean nothing.
  private func compact(_ json: [UInt8]) -> String {
    var kept: [UInt8] = []
    var isInString = false
    for (index, byte) in json.enumerated() {
      if byte == UInt8(ascii: "\""), index == 0 || json[index - 1] != UInt8(ascii: "\\") {
        isInString.toggle()
      }
      if isInString || ![0x20, 0x0A, 0x0D, 0x09].contains(byte) { kept.append(byte) }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  @Test("gives exactly the quote of the contract, key by key")
  func quote() throws {
    let rules = try rules()
    let (cart, at) = try Cart.read(json: fixture("contract-cart.json"), now: nil)
    let quote = try rules.quote(cart, at: try #require(at))
    let expected = compact(try fixture("contract-quote.json"))
      .replacingOccurrences(of: "sha256:…", with: rules.identity)
    #expect(String(decoding: quote.json(style: .compact), as: UTF8.self) == expected)
    #expect(compact(quote.json(style: .pretty)) == expected)
  }

  @Test("the first file has no error, and its test passes")
  func firstFile() throws {
    let report = try rules().runTests()
    #expect(report.passedCount == 1 && report.failedCount == 0)
  }

  @Test("asked twice, the same bytes come")
  func sameBytes() throws {
    let rules = try rules()
    let (cart, at) = try Cart.read(json: fixture("contract-cart.json"), now: nil)
    let moment = try #require(at)
    let first = try rules.quote(cart, at: moment).json(style: .compact)
    #expect(try rules.quote(cart, at: moment).json(style: .compact) == first)
  }
}
