import Findings
import RuleSyntax

extension Checker {
  /// Lowers conversions between balances and customer groups.
  mutating func lowerLoyalty(_ trees: [SyntaxFile]) {
    for (file, tree) in trees.enumerated() {
      forEachItem(of: tree, file: file) { checker, item in checker.addLoyalty(item) }
    }
  }

  private mutating func addLoyalty(_ item: Item) {
    switch item {
    case .convert(let convert):
      if let lowered = lower(convert), !silence.isMended { rules.converts.append(lowered) }
    case .group(let group):
      guard names.groups[Array(group.name.text.utf8)] == group.name.span else { return }
      if let lowered = lower(group), !silence.isMended { rules.groups.append(lowered) }
    default: break
    }
  }

  private mutating func lower(_ convert: ConvertDeclaration) -> CheckedConvert? {
    let isPositive = isPositive(convert.count)
    let units = minorUnits(of: convert.amount)
    let from = resolveBalance(convert.from, after: convert.count)
    let into = resolveBalance(convert.into)
    guard case .found(let source) = from, case .found(let target) = into,
      let sourceIndex = source.index, let targetIndex = target.index, isPositive, let units
    else { return nil }
    if source.isMoney {
      report(
        .countOfMoneyBalance, at: convert.count.span.through(convert.from.span),
        ["name": convert.from.text])
      return nil
    }
    if !target.isMoney {
      report(
        .moneyOfPointsBalance, at: convert.amount.span.through(convert.into.span),
        ["name": convert.into.text, "found": text(of: convert.amount.span)])
      return nil
    }
    guard self.isPositive(CountLiteral(value: units, span: convert.amount.span)),
      agreesOnCurrency(target, convert.into)
    else { return nil }
    return CheckedConvert(
      every: convert.count.value, from: sourceIndex, minorUnits: units, into: targetIndex)
  }

  private mutating func lower(_ group: GroupDeclaration) -> CheckedGroup? {
    var isSound = true
    for fact in group.facts {
      switch fact {
      case .joinOn: break
      case .leaveAfterVisits(let count): isSound = isPositive(count) && isSound
      case .leaveAfter(let duration): isSound = isSensible(duration) && isSound
      }
    }
    return isSound ? CheckedGroup(name: group.name.text, facts: group.facts) : nil
  }
}
