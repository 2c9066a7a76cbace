import Findings
import RuleSyntax

extension Checker {
  /// Checks the names and types of every test; one with a mistake is left out.
  mutating func checkTests(_ trees: [SyntaxFile]) {
    for (file, tree) in trees.enumerated() {
      var known: [[UInt8]: SourceSpan] = [:]
      forEachItem(of: tree, file: file) { checker, item in
        guard case .test(let test) = item else { return }
        checker.add(test, file: file)
        checker.warnOfName(test.name, &known)
      }
    }
  }

  /// A name that a test before it in the file has already.
  private mutating func warnOfName(_ name: TextLiteral, _ known: inout [[UInt8]: SourceSpan]) {
    guard !silence.covers(name.span) else { return }
    guard let first = known.updateValue(name.span, forKey: Array(name.text.utf8)) else { return }
    known[Array(name.text.utf8)] = first
    warn(
      .testNamedTwice, at: name.span, ["name": name.text],
      related: [RelatedSpan(span: first, label: "the first")])
  }

  private mutating func add(_ test: TestSyntax, file: Int) {
    let errorsBefore = errorCount
    let isWhole = check(test)
    if isWhole, errorCount == errorsBefore, !silence.isMended {
      rules.tests.append(CheckedTest(file: file, syntax: test))
    }
  }

  private mutating func check(_ test: TestSyntax) -> Bool {
    var first: [String: SourceSpan] = [:]
    var only: (names: Set<String>, span: SourceSpan)?
    var isWhole = true
    var hasExpectation = false
    for step in test.steps {
      if let word = step.kind.wordOfSingle {
        if let earlier = first[word] {
          // After a mistake the words of a step may have been taken for a name.
          guard isWhole else { continue }
          report(
            .stepTwice, at: step.span, ["word": word],
            related: [RelatedSpan(span: earlier, label: "the first `\(word)`")])
          continue
        }
        first[word] = step.span
      }
      if case .only(let names) = step.kind { only = (Set(names.map(\.text)), step.span) }
      if case .expect = step.kind { hasExpectation = true }
      isWhole = check(step.kind) && isWhole
    }
    if !hasExpectation, !silence.hidesAbsence {
      report(.testExpectsNothing, at: test.name.span, ["name": test.name.text])
    }
    if let only, only.names.allSatisfy({ names.campaigns[$0] != nil }) {
      checkOnly(only.names, only.span, test)
    }
    return isWhole
  }

  /// A campaign that a test leaves out can be neither applied nor refused in it.
  private mutating func checkOnly(_ only: Set<String>, _ span: SourceSpan, _ test: TestSyntax) {
    for step in test.steps {
      let name: Name
      switch step.kind {
      case .expect(.applied(let campaign)): name = campaign
      case .expect(.refused(let campaign, _, _)): name = campaign
      default: continue
      }
      guard !only.contains(name.text), names.campaigns[name.text] != nil else { continue }
      report(
        .leftOutOfTest, at: name.span, ["name": name.text],
        related: [RelatedSpan(span: span, label: "only these run")])
    }
  }

  /// Checks one step; false after a mistake, or where one elsewhere touches it.
  private mutating func check(_ step: StepKind) -> Bool {
    switch step {
    case .only(let list):
      var isWhole = true
      for name in list { isWhole = isCampaign(name) && isWhole }
      return isWhole
    case .at, .codes, .event: return true
    case .customer(let facts): return check(facts)
    case .order(let values):
      var isWhole = true
      for value in values { isWhole = checkOrder(value) && isWhole }
      return isWhole
    case .cart(let lines):
      var isWhole = true
      for line in lines { isWhole = check(line) && isWhole }
      return isWhole
    case .used(let uses):
      var isWhole = true
      for use in uses {
        isWhole = isCampaign(use.campaign) && isWhole
        if case .money(let money) = use.amount { isWhole = minorUnits(of: money) != nil && isWhole }
      }
      return isWhole
    case .shipping(let money): return minorUnits(of: money) != nil
    case .redeem(let holding): return checkRedeem(holding)
    case .expect(let expectation): return check(expectation)
    }
  }

  private mutating func check(_ expectation: ExpectationSyntax) -> Bool {
    switch expectation {
    case .discount(let money), .shipping(let money), .lineTotal(_, let money),
      .lineUnitPrice(_, let money):
      return minorUnits(of: money) != nil
    case .applied(let name), .refused(let name, _, _): return isCampaign(name)
    case .earned(let holding): return check(holding) != nil
    case .gift, .hint, .message: return true
    }
  }

  private mutating func isCampaign(_ name: Name) -> Bool {
    if case .found = resolveCampaign(name) { true } else { false }
  }

  /// An amount of a balance, of the kind the balance is kept in.
  private mutating func check(_ holding: HoldingSyntax) -> NameTable.DeclaredBalance? {
    switch holding {
    case .count(let count, let name):
      guard case .found(let balance) = resolveBalance(name, after: count) else { return nil }
      guard balance.isMoney else { return balance }
      reportCount(count, ofMoney: name, asMoney: "of")
      return nil
    case .money(let money, let name):
      let units = minorUnits(of: money)
      guard case .found(let balance) = resolveBalance(name), units != nil else { return nil }
      guard balance.isMoney else {
        report(
          .moneyOfPointsBalance, at: money.span.through(name.span),
          ["name": name.text, "found": text(of: money.span)])
        return nil
      }
      return agreesOnCurrency(balance, name) ? balance : nil
    }
  }

  private mutating func checkRedeem(_ holding: HoldingSyntax) -> Bool {
    guard let balance = check(holding), let index = balance.index else { return false }
    guard rules.balances[index].redemption == .none else { return true }
    let span: SourceSpan
    switch holding {
    case .count(_, let name), .money(_, let name): span = name.span
    }
    report(
      .notRedeemable, at: span, ["name": rules.balances[index].name],
      related: [
        RelatedSpan(span: balance.declaration.name.span, label: "declared without `redeem as`")
      ])
    return false
  }
}

extension StepKind {
  /// The word of a step that may stand once.
  fileprivate var wordOfSingle: String? {
    switch self {
    case .only: "only"
    case .at: "at"
    case .customer: "customer"
    case .order: "order"
    case .cart: "cart"
    case .codes: "code"
    case .event: "event"
    case .used: "used"
    case .shipping: "shipping"
    case .redeem: "redeem"
    case .expect: nil
    }
  }
}
