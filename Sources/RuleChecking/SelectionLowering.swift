import Findings
import Money
import RuleSyntax

extension Checker {
  /// Lowers one set after the sets it is made of.
  mutating func lowerSet(_ name: String) {
    guard let declared = names.sets[name] else { return }
    let scope = Scope(file: declared.file, place: .unit)
    silence = declared.silence
    defer { silence = Silence() }
    guard let selection = lower(declared.declaration.filter, in: scope), !silence.isMended else {
      return
    }
    names.sets[name]?.selection = selection
    rules.sets[name] = selection
  }

  /// The identity of a filtered selection; nil after a mistake.
  mutating func lower(_ filter: FilterSyntax, in scope: Scope, depth: Int = 0) -> SelectionID? {
    let base = lower(filter.source, in: scope, depth: depth)
    guard let condition = filter.condition else { return base }
    var scope = scope
    scope.place = .unit
    let outerCurrency = selections.currency
    let outerText = selections.foreignText
    selections.currency = nil
    selections.foreignText = []
    defer {
      selections.currency = outerCurrency
      selections.foreignText = outerText
    }
    let lowered = lowerCondition(condition, in: scope)
    guard let base, let lowered else { return nil }
    examine([lowered])
    return selections.filtered(
      base, lowered, currency: selections.currency ?? selections.currencies[base.index],
      in: &rules.selections)
  }

  /// The identity of a source; nil after a mistake.
  mutating func lower(_ source: SourceSyntax, in scope: Scope, depth: Int = 0) -> SelectionID? {
    let base: SelectionID?
    switch source.base {
    case .items: base = .items
    case .allItems: base = .allItems
    case .set(let name):
      if case .found(let selection) = resolveSet(name) { base = selection } else { base = nil }
    case .parenthesized(let filter):
      guard depth < CheckerLimits.expressionDepthMaximum else {
        report(.nestedTooDeep, at: source.span)
        return nil
      }
      base = lower(filter, in: scope, depth: depth + 1)
    }
    guard let membership = source.membership else { return base }
    if let base, case .inDimension(let dimension, let texts) = membership, texts.count == 1 {
      let value = CollectionOfOne(texts[0].text)
      return selections.narrowed(base, dimension, value, in: &rules.selections)
    }
    guard let (dimension, values) = lower(membership), let base else { return nil }
    return selections.narrowed(base, dimension, values, in: &rules.selections)
  }

  private mutating func lower(
    _ membership: SourceSyntax.Membership
  ) -> (Dimension, [String])? {
    switch membership {
    case .inDimension(let dimension, let texts):
      return (dimension, Checker.sortedByBytes(texts.map(\.text)))
    case .listedIn(let literal):
      guard let list = lists[literal.text] else {
        report(.missingList, at: literal.span, ["name": literal.text])
        return nil
      }
      if let known = selections.sortedLists[literal.text] { return (.sku, known) }
      let values = Checker.sortedByBytes(list)
      selections.sortedLists[literal.text] = values
      return (.sku, values)
    }
  }

  /// Texts in the order of their bytes, each once.
  static func sortedByBytes(_ texts: [String]) -> [String] {
    guard texts.count > 1 else { return texts }
    let sorted = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var distinct: [String] = []
    distinct.reserveCapacity(sorted.count)
    for text in sorted {
      if let last = distinct.last, last.utf8.elementsEqual(text.utf8) { continue }
      distinct.append(text)
    }
    return distinct
  }

  /// Whether a set speaks of no money but that of the file that uses it.
  mutating func agreesOnCurrency(_ selection: SelectionID, _ name: Name) -> Bool {
    guard let currency = selections.currencies[selection.index] else { return true }
    let file = files[Int(name.span.file)]
    if case .damaged = file.currency { return true }
    if file.knownCurrency == currency { return true }
    report(
      .setOfOtherCurrency, at: name.span,
      [
        "name": name.text, "expected": file.knownCurrency?.code ?? "no currency",
        "found": currency.code,
      ])
    return false
  }
}
