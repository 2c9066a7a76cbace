import Findings
import RuleSyntax

/// What the checker knows while it walks the files of a rule set.
struct Checker {
  var rules = CheckedRules()
  var findings: [Finding] = []
  var names = NameTable()
  var files: [FileFacts] = []
  var selections = SelectionTable()
  /// How many errors were noted; a campaign during which it grows is left out.
  private(set) var errorCount = 0
  let sources: [SourceFile]
  let lists: [String: [String]]
  /// What the parser told of already.
  var damage: SyntaxDamage

  init(sources: [SourceFile], lists: [String: [String]], damage: SyntaxDamage) {
    self.sources = sources
    self.lists = lists
    self.damage = damage
  }

  /// Whether every item was read: only then does it mean something that a thing is not there.
  var isComplete: Bool { damage.isNothing }

  /// Notes an error.
  mutating func report(
    _ code: FindingCode, at span: SourceSpan, _ facts: [String: String] = [:],
    related: [RelatedSpan] = [], repairs: [Repair] = []
  ) {
    errorCount += 1
    findings.append(
      Finding(code: code, span: span, facts: facts, related: related, repairs: repairs))
  }

  /// Notes a warning.
  mutating func warn(
    _ code: FindingCode, at span: SourceSpan, _ facts: [String: String] = [:],
    related: [RelatedSpan] = [], repairs: [Repair] = []
  ) {
    findings.append(
      Finding(
        code: code, severity: .warning, span: span, facts: facts, related: related,
        repairs: repairs))
  }

  /// The text of a stretch as the author wrote it.
  func text(of span: SourceSpan) -> String {
    let bytes = sources[Int(span.file)].bytes
    let start = min(max(Int(span.start), 0), bytes.count)
    let end = min(max(Int(span.end), start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// A repair that writes something else in place of one stretch.
  static func replace(_ span: SourceSpan, with text: String, isSafe: Bool) -> Repair {
    Repair(
      title: "write `\(text)`", edits: [Repair.Edit(span: span, replacement: text)], isSafe: isSafe)
  }

  /// A repair that takes a stretch out.
  static func remove(_ span: SourceSpan, isSafe: Bool) -> Repair {
    Repair(title: "remove it", edits: [Repair.Edit(span: span, replacement: "")], isSafe: isSafe)
  }

  /// The order in which findings are shown: by file, then by place.
  static func standsEarlier(_ left: Finding, _ right: Finding) -> Bool {
    (left.span.file, left.span.start, left.code.rawValue)
      < (right.span.file, right.span.start, right.code.rawValue)
  }
}
