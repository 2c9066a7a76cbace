import Findings
import Foundation
import RuleChecking
import Testing

@Suite("rules that are shipped or written for other engines' cases") struct CorpusTests {
  @Test("every rule file in Rules checks without an error")
  func shippedRules() throws {
    let (texts, lists) = try Corpus.shipped()
    let result = check(texts, lists: lists)
    #expect(listing(result) == [])
  }

  @Test("every rule of the conformance cases checks as its case says")
  func conformanceCases() throws {
    for (name, rules, isInvalid) in try Corpus.conformanceRules() {
      let result = check(rules)
      let errors = result.findings.filter { $0.severity == .error }
      #expect(errors.isEmpty == !isInvalid, "\(name): \(listing(result))")
    }
  }
}

/// Rule texts that stand elsewhere in the repository.
enum Corpus {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The rule files in `Rules`, and the lists beside them.
  static func shipped() throws -> (
    texts: [(path: String, text: String)], lists: [String: [String]]
  ) {
    let folder = root.appending(path: "Rules")
    var texts: [(path: String, text: String)] = []
    var lists: [String: [String]] = [:]
    for file in try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).sorted(by: { $0.path() < $1.path() }) {
      if file.pathExtension == "promo" {
        texts.append((file.lastPathComponent, try String(contentsOf: file, encoding: .utf8)))
      } else if file.pathExtension == "txt" {
        let lines = try String(contentsOf: file, encoding: .utf8)
        lists[file.lastPathComponent] = lines.split(separator: "\n").map(String.init)
      }
    }
    return (texts, lists)
  }

  static func conformanceRules() throws -> [(name: String, rules: String, isInvalid: Bool)] {
    let folder = root.appending(path: "Tests/ConformanceTests/Cases")
    guard FileManager.default.fileExists(atPath: folder.path()) else { return [] }
    var found: [(name: String, rules: String, isInvalid: Bool)] = []
    for file in try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    where file.pathExtension == "cases" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for block in text.components(separatedBy: "\n=== ").dropFirst() {
        let sections = block.components(separatedBy: "\n--- ")
        let rules = sections.first { $0.hasPrefix("rules\n") }
        guard let rules else { continue }
        let isInvalid = sections.contains {
          ($0.hasPrefix("expect") || $0.hasPrefix("ours")) && $0.contains("\ninvalid")
        }
        let name = String(block.prefix { $0 != "\n" })
        found.append((name, String(rules.dropFirst("rules\n".count)), isInvalid))
      }
    }
    return found
  }
}
