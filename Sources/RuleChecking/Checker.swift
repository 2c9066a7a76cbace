import Findings
import RuleSyntax

/// What the checker knows while it walks the files of a rule set.
struct Checker {
  var rules = CheckedRules()
  var findings: [Finding] = []
  var names = NameTable()
  var files: [FileFacts] = []
  var selections = SelectionTable()
  var constants = SharedConstants()
  /// How many errors were noted; a campaign during which it grows is left out.
  private(set) var errorCount = 0
  let sources: [SourceFile]
  let lists: [String: [String]]
  /// What the parser told of already.
  var damage: SyntaxDamage
  /// Where the item at hand was mended; what lies there is silent, for the mistake is told already.
  var silence = Silence()

  init(sources: [SourceFile], lists: [String: [String]], damage: SyntaxDamage) {
    self.sources = sources
    self.lists = lists
    self.damage = damage
  }

  /// Makes room for as much as there is in some files.
  mutating func expect(_ trees: [SyntaxFile]) {
    let count = trees.reduce(0) { $0 + $1.items.count + ($1.unread?.outlines.count ?? 0) }
    rules.campaigns.reserveCapacity(count)
    names.campaigns.reserveCapacity(count)
  }

  /// Whether every item was read: only then does it mean something that nothing uses a thing.
  var isComplete: Bool { damage.isNothing }

  /// Notes an error; one that lies where something was mended damages its item in silence.
  mutating func report(
    _ code: FindingCode, at span: SourceSpan, _ facts: [String: String] = [:],
    related: [RelatedSpan] = [], repairs: [Repair] = []
  ) {
    errorCount += 1
    if silence.covers(span) || related.contains(where: { silence.covers($0.span) }) { return }
    findings.append(
      Finding(code: code, span: span, facts: facts, related: related, repairs: repairs))
  }

  /// Notes a warning, but not where something was mended.
  mutating func warn(
    _ code: FindingCode, at span: SourceSpan, _ facts: [String: String] = [:],
    related: [RelatedSpan] = [], repairs: [Repair] = []
  ) {
    if silence.covers(span) { return }
    findings.append(
      Finding(
        code: code, severity: .warning, span: span, facts: facts, related: related,
        repairs: repairs))
  }

  /// Visits the items of a file in the order written, the mended ones among the sound.
  ///
  /// - Parameter campaigns: Whether sound campaigns are looked at; nearly all items are campaigns.
  mutating func forEachItem(
    of tree: SyntaxFile, file: Int, campaigns: Bool = false, _ visit: (inout Checker, Item) -> Void
  ) {
    var next = 0
    let items = tree.items.span
    for position in 0...items.count {
      while next < tree.mendedItems.count, tree.mendedItems[next].position <= position {
        silence = Silence(tree.mendedItems[next], in: sources[file])
        visit(&self, tree.mendedItems[next].item)
        silence = Silence()
        next += 1
      }
      guard position < items.count else { break }
      if campaigns || !items[position].isCampaign { visit(&self, items[position]) }
    }
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

  /// Findings in the order in which they are shown; most often they come in it.
  static func inOrder(_ findings: [Finding]) -> [Finding] {
    let isSorted = findings.indices.dropFirst().allSatisfy {
      !standsEarlier(findings[$0], findings[$0 - 1])
    }
    return isSorted ? findings : findings.sorted(by: standsEarlier)
  }

  /// The order in which findings are shown: by file, then by place.
  private static func standsEarlier(_ left: Finding, _ right: Finding) -> Bool {
    if left.span.file != right.span.file { return left.span.file < right.span.file }
    if left.span.start != right.span.start { return left.span.start < right.span.start }
    return left.code.rawValue < right.code.rawValue
  }
}
