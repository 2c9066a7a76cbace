import Foundation
import Testing

@testable import Promo

@Suite("rules that are shipped") struct ShippedRulesTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Rules").path

  @Test("every test in the rule files passes")
  func tests() throws {
    let rules = try RuleSet(sources: try RuleFiles.read([Self.folder]))
    let report = rules.runTests()
    #expect(report.results.count > 100)
    for result in report.results where !result.hasPassed {
      for failure in result.failures {
        Issue.record(
          """
          \(result.file):\(failure.line) \(result.name): expected \(failure.expected), \
          got \(failure.actual)
          \(result.receipt)
          """)
      }
    }
  }

  @Test("every condition is decided both ways, every row and bound is reached")
  func coverage() throws {
    let rules = try RuleSet(sources: try RuleFiles.read([Self.folder]))
    for campaign in rules.runTests().coverage where campaign.percent < 100 {
      for item in campaign.items where !item.uncovered.isEmpty {
        let sides = item.uncovered.joined(separator: ", ")
        Issue.record("\(campaign.file):\(item.line) \(campaign.campaign): \(item.text): \(sides)")
      }
    }
  }
}
