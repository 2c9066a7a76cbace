import Findings
import RuleSyntax

extension Checker {
  /// Lowers every set, those that others are made of first; cycles are reported with their path.
  mutating func lowerSets() {
    var states: [String: VisitState] = [:]
    for name in names.setOrder where states[name] == nil {
      var path: [(name: String, uses: [Name])] = []
      enter(name, &path, &states)
      while let last = path.indices.last {
        guard let use = path[last].uses.popLast() else {
          states[path[last].name] = .done
          lowerSet(path[last].name)
          path.removeLast()
          continue
        }
        switch states[use.text] {
        case .done: break
        case .onPath:
          silence = names.sets[path[last].name]?.silence ?? Silence()
          reportCycle(use, path: path.map(\.name))
          silence = Silence()
        case nil: if names.sets[use.text] != nil { enter(use.text, &path, &states) }
        }
      }
    }
  }

  private enum VisitState { case onPath, done }

  private func enter(
    _ name: String, _ path: inout [(name: String, uses: [Name])],
    _ states: inout [String: VisitState]
  ) {
    states[name] = .onPath
    var walk = SetUses()
    if let declared = names.sets[name] { walk.collect(declared.declaration.filter) }
    path.append((name, walk.names.reversed()))
  }

  private mutating func reportCycle(_ use: Name, path: [String]) {
    let start = path.firstIndex(of: use.text) ?? 0
    let cycle = (path[start...] + [use.text]).joined(separator: " → ")
    var related: [RelatedSpan] = []
    if let first = names.sets[use.text] {
      related = [RelatedSpan(span: first.declaration.name.span, label: "declared here")]
    }
    report(.setCycle, at: use.span, ["name": use.text, "path": cycle], related: related)
    // Every set on the cycle is damaged already: its own selection is not known yet when it is used.
  }
}

/// The sets that a filter is made of, in the order written.
private struct SetUses {
  var names: [Name] = []

  mutating func collect(_ filter: FilterSyntax) {
    var filters = [filter]
    while let next = filters.popLast() {
      switch next.source.base {
      case .items, .allItems: break
      case .set(let name): names.append(name)
      case .parenthesized(let inner): filters.append(inner)
      }
      if let condition = next.condition { collect(condition) }
    }
  }

  /// A worklist instead of recursion: a long chain of operations nests as deep as it is long.
  private mutating func collect(_ condition: ConditionSyntax) {
    var expressions = [condition]
    while let next = expressions.popLast() {
      if case .unitInSet(let name) = next.kind { names.append(name) }
      expressions.append(contentsOf: next.operands)
    }
  }
}

extension ExpressionSyntax {
  /// The expressions this one is made of.
  var operands: [ExpressionSyntax] {
    switch kind {
    case .and(let all), .or(let all), .minimum(let all), .maximum(let all): all
    case .not(let one), .parenthesized(let one), .isOneOf(let one, _, _), .isMissing(let one, _),
      .textTest(let one, _, _), .floor(let one), .round(let one), .yearOf(let one),
      .monthOf(let one), .dayOf(let one), .daysSince(let one):
      [one]
    case .comparison(let left, _, let right), .arithmetic(let left, _, let right): [left, right]
    default: []
    }
  }
}
