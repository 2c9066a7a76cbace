package import Findings
import RuleSyntax

extension RuleChecker {
  /// How many repairs of one rule set are tried out, and how many bytes may be read again for it.
  private static let proofsMaximum = 64
  private static let bytesMaximum = 2 << 20

  /// Findings whose safe repairs keep that mark only where the text with the repair made has fewer
  /// errors.
  ///
  /// A repair that reads well may still not parse, or say something that no rule can mean; only
  /// trying it tells. Past a bound nothing is tried, and nothing counts as safe.
  ///
  /// - Parameters:
  ///   - findings: What parser and checker found in the files; clean files cost nothing.
  ///   - files: The files of the rule set, as their spans count them.
  ///   - errorCount: How many errors a rule set of these files has.
  package static func proved(
    _ findings: [Finding], in files: [SourceFile], errorCount: ([SourceFile]) -> Int
  ) -> [Finding] {
    let safe = findings.indices.filter { findings[$0].repairs.contains(where: \.isSafe) }
    guard !safe.isEmpty else { return findings }
    let before = findings.count { $0.severity == .error }
    var findings = findings
    let size = files.reduce(0) { $0 + $1.bytes.count }
    var bytesLeft = max(bytesMaximum, 4 * size)
    /// How many errors go away with some repairs made; nil once enough has been read.
    func mended(_ repairs: [Repair]) -> Int? {
      guard bytesLeft >= size else { return nil }
      bytesLeft -= size
      var files = files
      for index in files.indices {
        let own = repairs.filter { $0.edits.first?.span.file == Int32(index) }
        guard !own.isEmpty else { continue }
        files[index] = SourceFile(
          path: files[index].path, bytes: apply(own, to: files[index]).bytes)
      }
      return before - errorCount(files)
    }
    // Most often all errors have one repair each, and one look shows that nothing is left of them.
    let errors = safe.filter { findings[$0].severity == .error }
    let all = errors.flatMap { findings[$0].repairs.filter(\.isSafe) }
    if errors.count > 1, errors.count == before, all.count == before, mended(all) == before {
      return findings
    }
    for (count, index) in errors.enumerated() {
      for place in findings[index].repairs.indices where findings[index].repairs[place].isSafe {
        let gain = count < proofsMaximum ? mended([findings[index].repairs[place]]) : nil
        findings[index].repairs[place].isSafe = (gain ?? 0) > 0
      }
    }
    return findings
  }
}
