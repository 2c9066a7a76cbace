import Findings

extension Parser {
  /// Reads a test behind its first word.
  mutating func test(_ start: Int) throws(Mismatch) -> TestSyntax {
    let name = try text()
    var steps: [StepSyntax] = []
    try block(.tall) { parser throws(Mismatch) in
      let start = parser.index
      let kind = try parser.step()
      steps.append(StepSyntax(kind: kind, span: parser.span(from: start)))
    }
    return TestSyntax(name: name, steps: steps, span: span(from: start))
  }

  private mutating func step() throws(Mismatch) -> StepKind {
    guard sees(.word), let keyword = token.keyword else { throw Mismatch() }
    let start = index
    advance()
    switch keyword {
    case .only: return .only(try names())
    case .at: return .at(try dateTime())
    case .customer:
      var facts: [CustomerFactSyntax] = []
      try block(.asWritten) { parser throws(Mismatch) in facts.append(try parser.customerFact()) }
      return .customer(facts)
    case .order:
      var values: [AttributeValueSyntax] = []
      try block(.asWritten) { parser throws(Mismatch) in values.append(try parser.attributeValue())
      }
      return .order(values)
    case .cart:
      var lines: [TestLineSyntax] = []
      try block(.asWritten) { parser throws(Mismatch) in lines.append(try parser.cartLine()) }
      return .cart(lines)
    case .code:
      var codes = [try text()]
      while take(.comma) { codes.append(try text()) }
      return .codes(codes)
    case .event: return .event(try event())
    case .used:
      var uses: [(campaign: Name, amount: AmountSyntax)] = []
      try block(.asWritten) { parser throws(Mismatch) in
        let campaign = try parser.name()
        uses.append((campaign, try parser.amount()))
      }
      return .used(uses)
    case .shipping: return .shipping(try money())
    case .redeem: return .redeem(try holding())
    case .expect: return .expect(try expectation())
    default:
      index = start
      throw Mismatch()
    }
  }

  private mutating func attributeValue() throws(Mismatch) -> AttributeValueSyntax {
    let name = try name()
    return AttributeValueSyntax(name: name, value: try literal(allowsDays: false))
  }

  private mutating func customerFact() throws(Mismatch) -> CustomerFactSyntax {
    guard sees(.word) else { throw Mismatch() }
    let span = span
    switch token.keyword {
    case .id:
      advance()
      return .id(try text())
    case .member:
      advance()
      return .member(span: span)
    case .group:
      advance()
      return .group(try text())
    case .visits:
      advance()
      let count = try count()
      return .visits(count, try window())
    case .visitDays:
      advance()
      let count = try count()
      return .visitDays(count, try window())
    case .bought:
      advance()
      let count = try count()
      try expect(.in)
      let dimension = try boughtDimension()
      let value = try text()
      return .bought(count, dimension, value, try window())
    case .spent:
      advance()
      let money = try money()
      guard accept(.in) else { return .spent(money, nil, nil, try window()) }
      let dimension = try boughtDimension()
      let value = try text()
      return .spent(money, dimension, value, try window())
    case .redeemed:
      advance()
      let campaign = try name()
      return .redeemed(campaign, try count())
    case .balance:
      advance()
      let balance = try name()
      return .balance(balance, try amount())
    default: return .attribute(try attributeValue())
    }
  }

  private mutating func cartLine() throws(Mismatch) -> TestLineSyntax {
    let start = index
    let quantity = try count()
    let sku = try text()
    try expect(.at)
    let price = try money()
    var facts: [TestLineSyntax.Fact] = []
    while sees(.word) {
      noteBreakBefore()
      facts.append(try lineFact())
    }
    return TestLineSyntax(
      quantity: quantity, sku: sku, price: price, facts: facts, span: span(from: start))
  }

  private mutating func lineFact() throws(Mismatch) -> TestLineSyntax.Fact {
    let span = span
    switch token.keyword {
    case .category:
      advance()
      return .category(try text())
    case .brand:
      advance()
      return .brand(try text())
    case .tag:
      advance()
      return .tag(try text())
    case .vendor:
      advance()
      return .vendor(try text())
    case .name:
      advance()
      return .name(try text())
    case .was:
      advance()
      return .was(try money())
    case .floor:
      advance()
      return .floor(try money())
    case .giftCard:
      advance()
      return .giftCard(span: span)
    case .notDiscountable:
      advance()
      return .notDiscountable(span: span)
    default: return .attribute(try attributeValue())
    }
  }

  private mutating func expectation() throws(Mismatch) -> ExpectationSyntax {
    if accept(.discount) { return .discount(try money()) }
    if accept(.shipping) { return .shipping(try money()) }
    if accept(.line) {
      let sku = try text()
      if accept(.total) { return .lineTotal(sku, try money()) }
      try expect(.unitPrice)
      return .lineUnitPrice(sku, try money())
    }
    if accept(.applied) { return .applied(try name()) }
    if accept(.refused) {
      let campaign = try name()
      try expect(.because)
      let span = span
      return .refused(campaign, try refusalReason(), reasonSpan: span)
    }
    if accept(.gift) { return .gift(try text()) }
    if accept(.earned) { return .earned(try holding()) }
    if accept(.hint) { return .hint(try text()) }
    try expect(.message)
    return .message(try text())
  }

  private mutating func refusalReason() throws(Mismatch) -> RefusalReason {
    guard sees(.word), let keyword = token.keyword,
      let reason = RefusalReason(rawValue: keyword.rawValue)
    else { throw Mismatch() }
    advance()
    return reason
  }
}
