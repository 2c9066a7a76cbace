import Findings
import RuleSyntax

extension Checker {
  /// Lowers `tiers by AMOUNT { … }`; its rows are put in ascending order.
  mutating func lowerTiers(
    _ by: ExpressionSyntax, _ rows: [TierRowSyntax], _ span: SourceSpan, in scope: Scope
  ) -> CheckedTiers? {
    let amount = lower(by, in: scope)
    var isWhole = true
    var lowered: [CheckedTiers.Row] = []
    if let amount, amount.type != .money, !TypeRules.isPlainNumber(amount.type) {
      reportOperand(by, amount.type, of: "tiers by", expected: [.money, .number], scope)
      return nil
    }
    for row in rows {
      guard let one = lower(row, by: amount?.type, in: scope) else {
        isWhole = false
        continue
      }
      lowered.append(one)
    }
    guard let amount, isWhole else { return nil }
    warnOfOrder(lowered, rows)
    let order = lowered.indices.sorted { left, right in
      Checker.isLower(lowered[left].threshold, lowered[right].threshold) ?? (left < right)
    }
    return CheckedTiers(by: amount, rows: order.map { lowered[$0] })
  }

  /// Which threshold comes first; nil where they are equal.
  private static func isLower(_ left: CheckedConstant, _ right: CheckedConstant) -> Bool? {
    guard let left = Fraction(left), let right = Fraction(right), left != right else { return nil }
    return left < right
  }

  private mutating func lower(
    _ row: TierRowSyntax, by type: ValueType?, in scope: Scope
  ) -> CheckedTiers.Row? {
    let literal: LiteralSyntax =
      switch row.threshold {
      case .money(let money): .money(money)
      case .number(let number): .number(number)
      }
    let threshold = lower(literal, in: scope)
    var gives: [CheckedGive] = []
    var earns: [CheckedEarn] = []
    for reward in row.rewards {
      switch reward {
      case .give(let give): if let one = lower(give, in: scope) { gives.append(one) }
      case .earn(let earn): if let one = lower(earn, in: scope) { earns.append(one) }
      }
    }
    guard let threshold, let type else { return nil }
    guard TypeRules.comparable(threshold.type, type) else {
      let syntax = ExpressionSyntax(kind: .literal(literal), span: literal.span)
      report(
        .tierOfOtherType, at: literal.span,
        ["found": TypeRules.words(threshold.type), "expected": TypeRules.words(type)],
        repairs: [repair(syntax, toward: type, in: scope)].compactMap { $0 })
      return nil
    }
    guard gives.count + earns.count == row.rewards.count else { return nil }
    return .init(threshold: threshold.constant, gives: gives, earns: earns, span: row.span)
  }

  private mutating func warnOfOrder(_ rows: [CheckedTiers.Row], _ syntax: [TierRowSyntax]) {
    for index in rows.indices.dropFirst() {
      guard let threshold = Fraction(rows[index].threshold),
        let earlier = Fraction(rows[index - 1].threshold), threshold <= earlier
      else { continue }
      let place = syntax[index].threshold.span
      let related = RelatedSpan(
        span: syntax[index - 1].threshold.span, label: "the row before begins here")
      let code: FindingCode = threshold == earlier ? .tierUnreachable : .tiersNotAscending
      warn(code, at: place, ["found": text(of: place)], related: [related])
    }
  }
}

extension TierRowSyntax.Threshold {
  /// Where it stands.
  var span: SourceSpan {
    switch self {
    case .money(let literal): literal.span
    case .number(let literal): literal.span
    }
  }
}
