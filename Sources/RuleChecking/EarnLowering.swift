import Findings
import Money
import RuleSyntax

extension Checker {
  /// Lowers one `earn`; nil after a mistake.
  mutating func lower(_ earn: EarnSyntax, in scope: Scope) -> CheckedEarn? {
    var isSound = true
    if let after = earn.after { isSound = isSensible(after) }
    if let term = earn.expiresIn { isSound = isSensible(term) && isSound }
    guard let (kind, balance) = lowerKind(earn, in: scope), isSound else { return nil }
    guard let index = balance.index else { return nil }
    return CheckedEarn(
      kind: kind, balance: index, after: earn.after,
      expiresIn: earn.expiresIn ?? rules.balances[index].expiresIn, span: earn.span)
  }

  private mutating func lowerKind(
    _ earn: EarnSyntax, in scope: Scope
  ) -> (CheckedEarn.Kind, NameTable.DeclaredBalance)? {
    switch earn.kind {
    case .fixed(let count, let name):
      guard let balance = pointsBalance(name, count, asMoney: "as") else { return nil }
      return (.fixed(count.value), balance)
    case .perAmount(let count, let name, let per, let baseSyntax):
      let balance = pointsBalance(name, count)
      let units = minorUnits(of: per)
      let base = lower(baseSyntax, earn.span, in: scope)
      guard let balance, let units, let base else { return nil }
      guard isPositive(CountLiteral(value: units, span: per.span)) else { return nil }
      return (.perAmount(count.value, perMinorUnits: units, of: base), balance)
    case .perUnits(let count, let name, let per, let source):
      let balance = pointsBalance(name, count)
      let isPositive = isPositive(per) && hasOrder(earn.span, scope)
      let selection = lower(source, in: scope)
      guard let balance, isPositive, let selection else { return nil }
      return (.perUnits(count.value, per: per.value, of: selection), balance)
    case .percent(let percent, let baseSyntax, let name):
      let balance = moneyBalance(name, percent.span)
      let base = lower(baseSyntax, earn.span, in: scope)
      guard let (numerator, denominator) = percentFraction(percent), let balance, let base
      else { return nil }
      if let share = Fraction(Int128(numerator), Int128(denominator)) {
        warnOfPercentage(share, at: percent.span)
      }
      return (.percent(numerator: numerator, denominator: denominator, of: base), balance)
    case .money(let money, let name):
      let balance = moneyBalance(name, money.span)
      guard let units = minorUnits(of: money), let balance else { return nil }
      guard isPositive(CountLiteral(value: units, span: money.span)) else { return nil }
      return (.fixed(units), balance)
    case .times(let name, let factor, let source):
      return lowerTimes(name, factor, source, earn.span, in: scope)
    }
  }

  private mutating func lowerTimes(
    _ name: Name, _ factor: NumberLiteral, _ source: SourceSyntax?, _ span: SourceSpan,
    in scope: Scope
  ) -> (CheckedEarn.Kind, NameTable.DeclaredBalance)? {
    let hasOrder = hasOrder(span, scope)
    let resolved: Resolved<NameTable.DeclaredBalance> = resolveBalance(name)
    let selection = source.map { lower($0, in: scope) }
    guard hasOrder, case .found(let balance) = resolved else { return nil }
    if case .some(nil) = selection { return nil }
    guard let denominator = Checker.powerOfTen(factor.digits.decimals) else { return nil }
    if factor.digits.value <= denominator {
      warn(.multiplierTooSmall, at: factor.span, ["found": text(of: factor.span)])
    }
    return (
      .times(numerator: factor.digits.value, denominator: denominator, on: selection ?? nil),
      balance
    )
  }

  private mutating func lower(
    _ base: EarnSyntax.Base, _ span: SourceSpan, in scope: Scope
  ) -> CheckedEarn.Base? {
    let hasOrder = hasOrder(span, scope)
    let lowered: CheckedEarn.Base?
    switch base {
    case .order(let withShipping): lowered = .order(withShipping: withShipping)
    case .source(let source): lowered = lower(source, in: scope).map { .selection($0) }
    }
    return hasOrder ? lowered : nil
  }

  /// An account event has no order that a rate could be applied to.
  private mutating func hasOrder(_ span: SourceSpan, _ scope: Scope) -> Bool {
    guard scope.place == .event else { return true }
    report(.cartInEvent, at: span, ["found": text(of: span)])
    return false
  }

  /// A balance of points, for a count of them.
  private mutating func pointsBalance(
    _ name: Name, _ count: CountLiteral, asMoney word: String? = nil
  ) -> NameTable.DeclaredBalance? {
    let isPositive = isPositive(count)
    guard case .found(let balance) = resolveBalance(name, after: count), isPositive else {
      return nil
    }
    guard balance.isMoney else { return balance }
    reportCount(count, ofMoney: name, asMoney: word)
    return nil
  }

  /// Reports a bare number of a balance that is money, with how money of it is written there.
  mutating func reportCount(_ count: CountLiteral, ofMoney name: Name, asMoney word: String?) {
    let span = count.span.through(name.span)
    var repairs: [Repair] = []
    if let word, let currency = files[Int(span.file)].knownCurrency {
      let amount = currency.isDollar ? "$\(count.value)" : "\(count.value) \(currency.code)"
      repairs = [Checker.replace(span, with: "\(amount) \(word) \(name.text)", isSafe: true)]
    }
    report(.countOfMoneyBalance, at: span, ["name": name.text], repairs: repairs)
  }

  /// A balance of money, for an amount of it.
  private mutating func moneyBalance(
    _ name: Name, _ amount: SourceSpan
  ) -> NameTable.DeclaredBalance? {
    guard case .found(let balance) = resolveBalance(name) else { return nil }
    guard balance.isMoney else {
      report(
        .moneyOfPointsBalance, at: amount, ["name": name.text, "found": text(of: amount)],
        related: [
          RelatedSpan(span: balance.declaration.name.span, label: "declared without `money`")
        ])
      return nil
    }
    return agreesOnCurrency(balance, name) ? balance : nil
  }

  /// A balance after a count: `1 point` is of the balance `points`.
  mutating func resolveBalance(
    _ name: Name, after count: CountLiteral
  ) -> Resolved<NameTable.DeclaredBalance> {
    var name = name
    if count.value == 1, names.balances[name.text] == nil,
      names.balances[name.text + "s"] != nil
        || names.damaged.balances.contains(name.text + "s")
    {
      name.text += "s"
    }
    return resolveBalance(name)
  }
}
