import Findings
import Money
import RuleSyntax

extension Checker {
  /// Lowers the loyalty balances; one with a mistake silences its uses.
  mutating func lowerBalances(_ trees: [SyntaxFile]) {
    for (file, tree) in trees.enumerated() {
      forEachItem(of: tree, file: file) { checker, item in
        if case .balance(let declaration) = item { checker.add(declaration, file: file) }
      }
    }
  }

  private mutating func add(_ declaration: BalanceDeclaration, file: Int) {
    let name = declaration.name.text
    let isFirst = names.balances[name]?.declaration.name.span == declaration.name.span
    guard let balance = lower(declaration, file: file), isFirst, !silence.isMended,
      !names.damaged.balances.contains(name)
    else { return }
    names.balances[name]?.index = rules.balances.count
    names.balances[name]?.isMoney = balance.isMoney
    rules.balances.append(balance)
  }

  private mutating func lower(
    _ declaration: BalanceDeclaration, file: Int
  ) -> CheckedBalance? {
    let errorsBefore = errorCount
    var balance = CheckedBalance(
      name: declaration.name.text, file: file, isMoney: false, currency: nil,
      worthMinorUnits: nil, worthPer: 1, redemption: .none, step: nil, atLeast: nil,
      atMostOfOrderPPM: nil, expiresIn: nil)
    var first: [String: SourceSpan] = [:]
    balance.isMoney = declaration.facts.contains {
      if case .money = $0 { true } else { false }
    }
    for fact in declaration.facts {
      if let earlier = first[fact.word] {
        report(
          .factTwice, at: fact.span, ["word": fact.word],
          related: [RelatedSpan(span: earlier, label: "the first")])
        continue
      }
      first[fact.word] = fact.span
      lower(fact, into: &balance)
    }
    if balance.isMoney || balance.worthMinorUnits != nil {
      balance.currency = files[file].knownCurrency
    }
    checkFacts(of: balance, first, declaration)
    return errorCount == errorsBefore ? balance : nil
  }

  private mutating func lower(
    _ fact: BalanceDeclaration.Fact, into balance: inout CheckedBalance
  ) {
    switch fact {
    case .money: break
    case .worth(let money, let per):
      balance.worthMinorUnits = minorUnits(of: money)
      balance.worthPer = max(1, per.value)
      if isPositive(per), let units = balance.worthMinorUnits {
        _ = isPositive(CountLiteral(value: units, span: money.span))
      }
    case .redeemAsPayment: balance.redemption = .payment
    case .redeemAsDiscount: balance.redemption = .discount
    case .step(let amount): balance.step = lower(amount, of: balance)
    case .atLeast(let amount): balance.atLeast = lower(amount, of: balance)
    case .atMostOfOrder(let percent):
      guard let (numerator, denominator) = percentFraction(percent) else { return }
      if let share = Fraction(Int128(numerator), Int128(denominator)) {
        warnOfPercentage(share, at: percent.span)
      }
      balance.atMostOfOrderPPM = min(1_000_000, numerator * (1_000_000 / denominator))
    case .expiresIn(let duration): if isSensible(duration) { balance.expiresIn = duration }
    }
  }

  /// An amount of a balance: money where it is money, else a count.
  private mutating func lower(_ amount: AmountSyntax, of balance: CheckedBalance) -> Int64? {
    switch amount {
    case .count(let count):
      guard isPositive(count) else { return nil }
      guard balance.isMoney else { return count.value }
      let syntax = ExpressionSyntax(
        kind: .literal(
          .number(
            NumberLiteral(digits: .init(value: count.value, decimals: 0), span: count.span))),
        span: count.span)
      report(
        .balanceAmountType, at: count.span,
        ["name": balance.name, "expected": "money", "found": "a count"],
        repairs: [repair(syntax, toward: .money, in: Scope(file: balance.file, place: .cart))]
          .compactMap { $0 })
      return nil
    case .money(let money):
      guard balance.isMoney else {
        report(
          .balanceAmountType, at: money.span,
          ["name": balance.name, "expected": "a count", "found": "money"])
        return nil
      }
      guard let units = minorUnits(of: money),
        isPositive(CountLiteral(value: units, span: money.span))
      else { return nil }
      return units
    }
  }

  private mutating func checkFacts(
    of balance: CheckedBalance, _ first: [String: SourceSpan], _ declaration: BalanceDeclaration
  ) {
    if balance.isMoney, let money = first["money"], let worth = first["worth"] {
      report(
        .moneyBalanceWithWorth, at: worth, ["name": balance.name],
        related: [RelatedSpan(span: money, label: "it is kept in money")])
    }
    if !balance.isMoney, first["worth"] == nil, let redeem = first["redeem"],
      !silence.hidesAbsence
    {
      report(.redeemWithoutWorth, at: redeem, ["name": balance.name])
    }
    if balance.isMoney, files[balance.file].knownCurrency == nil,
      case .missing = files[balance.file].currency, let money = first["money"],
      !files[balance.file].hasReportedCurrency, !silence.covers(money)
    {
      files[balance.file].hasReportedCurrency = true
      report(.moneyWithoutCurrency, at: money, ["found": "money"])
    }
  }
}

extension BalanceDeclaration.Fact {
  /// The word that may stand once.
  fileprivate var word: String {
    switch self {
    case .money: "money"
    case .worth: "worth"
    case .redeemAsPayment, .redeemAsDiscount: "redeem"
    case .step: "step"
    case .atLeast: "at least"
    case .atMostOfOrder: "at most"
    case .expiresIn: "expires in"
    }
  }

  /// Where it stands, or the value it gives.
  fileprivate var span: SourceSpan {
    switch self {
    case .money(let span), .redeemAsPayment(let span), .redeemAsDiscount(let span): span
    case .worth(let money, let per): money.span.through(per.span)
    case .step(let amount), .atLeast(let amount): amount.span
    case .atMostOfOrder(let percent): percent.span
    case .expiresIn(let duration): duration.span
    }
  }
}

extension AmountSyntax {
  /// Where it stands.
  var span: SourceSpan {
    switch self {
    case .count(let count): count.span
    case .money(let money): money.span
    }
  }
}
