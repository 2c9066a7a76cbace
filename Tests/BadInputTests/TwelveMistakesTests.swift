import Findings
import Foundation
import Promo
import Testing

/// A merchant's file with twelve mistakes in it, each told once, at its place, in one pass.
@Suite("a file with twelve mistakes") struct TwelveMistakesTests {
  /// A planted mistake: where it is told, and what the repair that is applied by itself writes.
  struct Mistake: Sendable {
    var answer: Answer
    var written: String?
  }

  static let mistakes: [Mistake] = [
    Mistake(answer: .at(15, 28, .mixedAndOr)),
    Mistake(answer: .at(21, 8, .blankInsideLiteral), written: "10%"),
    Mistake(answer: .at(26, 16, .missing), written: " of"),
    Mistake(answer: .at(28, 3, .misspelt), written: "message"),
    Mistake(answer: .at(33, 29, .typesDiffer), written: "$120"),
    Mistake(answer: .at(40, 3, .moneyOffSelection)),
    Mistake(answer: .at(41, 7, .separatorInNumber), written: "$20000"),
    Mistake(answer: .at(46, 32, .foreignMark), written: "="),
    Mistake(answer: .at(52, 16, .unknownSet), written: "linen"),
    Mistake(answer: .at(53, 37, .unknownPlaceholder)),
    Mistake(answer: .at(58, 34, .noSuchDate)),
    Mistake(answer: .at(66, 53, .unclosedBrace), written: "\n}"),
  ]

  @Test("all twelve are told in one pass, and nothing else")
  func told() throws {
    let compilation = compile(bytes: try plantedFile())
    #expect(compilation.answers(.error) == Self.mistakes.map(\.answer))
  }

  @Test("eight of them are mended by themselves, those with two readings are not")
  func mended() throws {
    let errors = compile(bytes: try plantedFile()).findings.filter { $0.severity == .error }
    let written = errors.map { error in
      error.repairs.first { $0.isSafe }.map { $0.edits.map(\.replacement).joined() }
    }
    #expect(written == Self.mistakes.map(\.written))
    #expect(written.count { $0 != nil } >= 8)
    // `and` mixed with `or` is the author's to decide: both readings are offered.
    #expect(errors.first?.repairs.count == 2)
  }

  @Test("once those are mended the others remain, and no new ones come to light")
  func remaining() throws {
    let compilation = compile(bytes: try plantedFile())
    let repairs = compilation.findings.compactMap { $0.repairs.first { $0.isSafe } }
    let (bytes, count) = apply(repairs, to: try #require(compilation.files.first))
    #expect(count == 8)
    let left = Self.mistakes.filter { $0.written == nil }.map(\.answer)
    #expect(compile(bytes: bytes).answers(.error) == left)
  }

  @Test("campaigns that no mistake touches are in force all the same")
  func inForce() throws {
    let rules = compile(bytes: try plantedFile()).rules
    let keys = #""shipping": "5.00", "codes": ["LINEN"]"#
    let line = #"{"sku": "A", "price": "50.00", "quantity": 4}"#
    let read = try Cart.read(json: Array(cart(keys, lines: line).utf8))
    let quote = try rules.quote(read.cart, at: try #require(read.at))
    #expect(quote.applied.map(\.campaign) == ["ship75"])
    #expect(quote.notApplied.isEmpty)
    #expect(quote.total.minorUnits == 20_000)
  }

  private func plantedFile() throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appendingPathComponent("TwelveMistakes.promo")))
  }
}
