import Findings
import RuleSyntax

extension Checker {
  /// Lowers which units an effect touches; nil after a mistake.
  mutating func lower(_ pick: PickSyntax, in scope: Scope) -> CheckedPick? {
    switch pick {
    case .all(let source): return lowerDiscounted(source, in: scope).map { .all($0) }
    case .ranked(let rank, let count, let source):
      let isPositive = isPositive(count)
      guard let selection = lowerDiscounted(source, in: scope), isPositive else { return nil }
      return .ranked(rank, count: count.value, of: selection)
    case .every(let rank, let count, let size, let source):
      var isSound = isPositive(count)
      isSound = self.isPositive(size) && isSound
      guard let selection = lowerDiscounted(source, in: scope), isSound else { return nil }
      guard count.value <= size.value else {
        report(
          .moreThanGroup, at: count.span,
          ["found": String(count.value), "maximum": String(size.value)],
          related: [RelatedSpan(span: size.span, label: "a group has this many units")])
        return nil
      }
      return .every(rank, count: count.value, groupSize: size.value, of: selection)
    case .per(let rank, let count, let source, let triggerCount, let triggers):
      var isSound = isPositive(count)
      isSound = isPositive(triggerCount) && isSound
      let selection = lowerDiscounted(source, in: scope)
      let trigger = lower(triggers, in: scope)
      guard isSound, let selection, let trigger else { return nil }
      return .per(
        rank, count: count.value, of: selection, triggerCount: triggerCount.value,
        triggers: trigger)
    }
  }

  /// A source whose units get a discount, which `all_items` cannot.
  mutating func lowerDiscounted(_ source: SourceSyntax, in scope: Scope) -> SelectionID? {
    guard let selection = lower(source, in: scope) else { return nil }
    guard !selections.holdsAllItems[selection.index] else {
      var repairs: [Repair] = []
      if case .allItems = source.base {
        let start = source.span.start
        let word = SourceSpan(
          file: source.span.file, start: start, end: start + Int32("all_items".utf8.count))
        repairs = [Checker.replace(word, with: "items", isSafe: true)]
      }
      report(
        .allItemsDiscounted, at: source.span, ["found": text(of: source.span)], repairs: repairs)
      return nil
    }
    return selection
  }
}
