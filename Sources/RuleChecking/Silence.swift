import Findings
import RuleSyntax

/// The stretches of a mended item in which nothing more is told: what was mended, and the clauses
/// or steps around it.
///
/// A mistake was told there already, and what the mending made of it is a guess; a guess must not
/// make a second mistake.
struct Silence {
  private var spans: [SourceSpan] = []
  /// Whether what the item does not hold may have been lost.
  private(set) var hidesAbsence = false
  /// Whether the item at hand is mended, so that nothing of it is used.
  private(set) var isMended = false

  /// Nothing is silent: the item is sound.
  init() {}

  /// What is silent while a mended item is checked.
  init(_ mended: MendedItem, in source: SourceFile) {
    isMended = true
    hidesAbsence = !mended.isComplete
    spans = mended.mendedSpans
    for entry in mended.item.entries where mended.mendedSpans.contains(where: entry.touches) {
      spans.append(entry)
    }
    // A block without entries of its own is silent by lines.
    if mended.item.entries.isEmpty { spans += mended.mendedSpans.map { source.lines(of: $0) } }
  }

  /// Whether a place is silent.
  func covers(_ span: SourceSpan) -> Bool { !spans.isEmpty && spans.contains(where: span.touches) }
}

extension SourceSpan {
  /// Whether two stretches overlap or meet.
  func touches(_ other: SourceSpan) -> Bool {
    file == other.file && start <= other.end && other.start <= end
  }
}

extension Item {
  /// The parts that a mistake damages as a whole.
  fileprivate var entries: [SourceSpan] {
    switch self {
    case .campaign(let campaign): campaign.clauses.map(\.span)
    case .test(let test): test.steps.map(\.span)
    case .set(let set): [set.filter.span]
    case .convert(let convert): [convert.span]
    case .currency(_, let span), .rounding(let span), .choose(let span): [span]
    case .timezone(let text): [text.span]
    case .attributes, .balance, .group: []
    }
  }
}

extension SourceFile {
  /// The whole lines that a stretch lies in.
  fileprivate func lines(of span: SourceSpan) -> SourceSpan {
    let first = position(of: span.start).line
    let last = position(of: span.end).line
    let end = last < lineStarts.count ? lineStarts[last] - 1 : Int32(bytes.count)
    return SourceSpan(file: span.file, start: lineStarts[first - 1], end: max(span.end, end))
  }
}
