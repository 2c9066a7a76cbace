import Findings
import Foundation
import LocalTime
import RuleChecking
import Testing

@Suite("catalogue of the checker's mistakes") struct CatalogueTests {
  static let codes = FindingCatalogue.codes.filter { $0.rawValue >= "P0300" }
  private static let today = CivilDate(year: 2026, month: 6, day: 5)

  private func found(in text: String) -> [Finding] {
    let result = check(
      [("rules.promo", text)], today: CatalogueTests.today,
      knowsTimezone: { $0 == "America/New_York" })
    return result.findings
  }

  @Test("the smallest rule of a page triggers exactly its code", arguments: codes)
  func example(code: FindingCode) throws {
    let entry = try #require(FindingCatalogue.entry(for: code))
    guard let example = entry.example else { return }
    let findings = found(in: example)
    #expect(findings.map(\.code) == [code], "\(listing(check(example)))")
    #expect(findings.allSatisfy { ($0.severity == .warning) == (code.rawValue >= "P0900") })
  }

  @Test("what a page says to write instead has no errors", arguments: codes)
  func remedy(code: FindingCode) throws {
    let entry = try #require(FindingCatalogue.entry(for: code))
    guard let remedy = entry.remedy else { return }
    let findings = found(in: remedy).filter { $0.code != .campaignUntested }
    #expect(findings == [], "\(listing(check(remedy)))")
  }

  @Test("every safe repair of an example takes its finding away", arguments: codes)
  func repairs(code: FindingCode) throws {
    let entry = try #require(FindingCatalogue.entry(for: code))
    guard let example = entry.example else { return }
    for repair in found(in: example).flatMap(\.repairs) where repair.isSafe {
      let file = SourceFile(path: "rules.promo", text: example)
      let text = String(decoding: apply([repair], to: file).bytes, as: UTF8.self)
      let left = found(in: text).filter { $0.code != .campaignUntested }
      #expect(left == [], "\(repair.title): \(text)")
    }
  }

  @Test("every fact that the words of a page ask for is there", arguments: codes)
  func facts(code: FindingCode) throws {
    let entry = try #require(FindingCatalogue.entry(for: code))
    guard let example = entry.example else { return }
    let finding = try #require(found(in: example).first)
    for template in [entry.title, entry.label, entry.help] {
      for piece in template.split(separator: "{").dropFirst() {
        let name = String(piece.prefix { $0 != "}" })
        #expect(finding.facts[name] != nil, "\(name) in \(template)")
      }
    }
  }

  @Test("titles begin in lower case and end without a full stop", arguments: codes)
  func titles(code: FindingCode) throws {
    let entry = try #require(FindingCatalogue.entry(for: code))
    #expect(!entry.title.hasSuffix("."))
    #expect(entry.title.first?.isUppercase == false)
    #expect(entry.explanation.hasSuffix("."))
  }

  @Test("no code of the checker is without an example but those that need size or two files")
  func examples() {
    let without = CatalogueTests.codes.filter {
      FindingCatalogue.entry(for: $0)?.example == nil
    }
    #expect(
      without == [.tooManyCampaigns, .setOfOtherCurrency, .balanceOfOtherCurrency, .tooCostly])
  }

  @Test("every code of the checker has a page")
  func pages() throws {
    let source = Corpus.root.appending(path: "Sources/Findings/FindingCode+Checking.swift")
    let declared = try String(contentsOf: source, encoding: .utf8)
      .split(separator: "rawValue: \"").dropFirst().map { String($0.prefix(5)) }
    #expect(declared == CatalogueTests.codes.map(\.rawValue))
  }
}
