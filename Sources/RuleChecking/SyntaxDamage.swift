import Findings

/// What the parser's errors explain, so that one mistake is not told twice.
struct SyntaxDamage {
  /// The kinds of names that a declaration may have lost.
  enum NameKind: String {
    case set = "the name of a set"
    case campaign = "the name of a campaign"
    case balance = "the name of a balance"
    case attribute = "the name of an attribute"
  }

  /// Whether every item of every file was read.
  let isNothing: Bool
  private let errors: [Finding]
  private let sources: [SourceFile]
  /// How many declarations of a kind stand there without a name.
  private var nameless: [NameKind: Int] = [:]

  init(_ findings: [Finding], isComplete: Bool, sources: [SourceFile]) {
    errors = findings.filter { $0.severity == .error }
    isNothing = isComplete && errors.isEmpty
    self.sources = sources
    for kind in [NameKind.set, .campaign, .balance, .attribute] {
      nameless[kind] = errors.count { error in
        error.facts["expected"]?.contains(kind.rawValue) == true
      }
    }
  }

  /// Whether an unknown name is what a parser's error is about; a nameless declaration explains one.
  mutating func explains(_ kind: NameKind, _ name: String, at span: SourceSpan) -> Bool {
    let isBeside = errors.contains { error in
      error.facts["found"] == "`\(name)`" && error.code != .missing
        || error.span.file == span.file && error.span.start >= span.start
          && error.span.start <= span.end + 1
    }
    if isBeside || standsInStrayLine(name) { return true }
    guard let left = nameless[kind], left > 0 else { return false }
    nameless[kind] = left - 1
    return true
  }

  /// Notes a declaration that took the name of another one, so that its own may be missing.
  mutating func noteNameless(_ kind: NameKind) { nameless[kind, default: 0] += 1 }

  /// Whether a file says what a word such as `currency` states, only not so that it can be read.
  func mentions(_ word: String, inFile file: Int) -> Bool {
    errors.contains { error in
      Int(error.span.file) == file
        && (line(of: error).contains(word)
          || ["expected", "missing"].contains { fact in
            let text = error.facts[fact] ?? ""
            return text.contains("`\(word)`") || text.contains(SyntaxDamage.anyItem)
          })
    }
  }

  private static let anyItem = "another item"

  /// Whether a name stands in a line that should have begun an item, or declared it.
  private func standsInStrayLine(_ name: String) -> Bool {
    errors.contains { error in
      let expected = error.facts["expected"] ?? ""
      return (expected.contains(SyntaxDamage.anyItem) || expected == "`:`")
        && line(of: error).contains(name)
    }
  }

  /// The words of the line in which an error begins.
  private func line(of error: Finding) -> [String] {
    guard sources.indices.contains(Int(error.span.file)) else { return [] }
    let source = sources[Int(error.span.file)]
    let row = source.position(of: error.span.start).line
    let start = Int(source.lineStarts[row - 1])
    let end = row < source.lineStarts.count ? Int(source.lineStarts[row]) : source.bytes.count
    let text = String(decoding: source.bytes[start..<min(end, start + 1_000)], as: UTF8.self)
    return text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }
}
