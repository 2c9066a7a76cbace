import Findings
import LocalTime
import RuleChecking
import RuleSyntax

/// Parses and checks rule texts as one rule set.
func check(
  _ texts: [(path: String, text: String)], lists: [String: [String]] = [:],
  today: CivilDate? = nil, knowsTimezone: ((String) -> Bool)? = nil
) -> (rules: CheckedRules, findings: [Finding], sources: [SourceFile]) {
  var findings: [Finding] = []
  var files: [(source: SourceFile, tree: SyntaxFile)] = []
  for (index, file) in texts.enumerated() {
    let source = SourceFile(path: file.path, text: file.text)
    let parsed = parse(source, index: Int32(index))
    findings += parsed.findings
    files.append((source, parsed.tree))
  }
  let checked = RuleChecker.check(
    files, lists: lists, today: today, isComplete: findings.isEmpty, syntaxFindings: findings,
    knowsTimezone: knowsTimezone)
  return (checked.rules, findings + checked.findings, files.map(\.source))
}

/// Parses and checks one rule text.
func check(
  _ text: String, lists: [String: [String]] = [:], today: CivilDate? = nil
) -> (rules: CheckedRules, findings: [Finding], sources: [SourceFile]) {
  check([("rules.promo", text)], lists: lists, today: today)
}

/// One line for each finding: its place, its code, its facts.
func listing(_ result: (rules: CheckedRules, findings: [Finding], sources: [SourceFile]))
  -> [String]
{
  result.findings.map { finding in
    let source = result.sources[Int(finding.span.file)]
    let (line, column) = source.position(of: finding.span.start)
    let bytes = source.bytes[Int(finding.span.start)..<Int(finding.span.end)]
    let text = String(decoding: bytes, as: UTF8.self)
    let facts = finding.facts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return
      "\(line):\(column) \(finding.severity.rawValue) \(finding.code.rawValue) `\(text)` "
      + facts.joined(separator: ", ")
  }
}
