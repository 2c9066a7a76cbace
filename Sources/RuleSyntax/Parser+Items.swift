import Findings

extension Parser {
  /// Reads one item of the file.
  mutating func item() throws(Mismatch) -> Item {
    guard sees(.word), let keyword = token.keyword else { throw Mismatch() }
    noteItem()
    nodeCount = 0
    nesting = 0
    isInWhere = false
    let start = index
    advance()
    switch keyword {
    case .currency:
      guard sees(.code) else { throw Mismatch() }
      let code = Self.code(token.currency)
      advance()
      return .currency(code: code, span: span(from: start))
    case .timezone: return .timezone(try text())
    case .rounding:
      try expect(.halfEven)
      return .rounding(span: span(from: start))
    case .choose:
      try expect(.by)
      try expect(.priority)
      return .choose(span: span(from: start))
    case .attributes: return .attributes(try attributes(), span: span(from: start))
    case .set: return .set(try setDeclaration(start))
    case .campaign: return .campaign(try campaign(start))
    case .balance: return .balance(try balance(start))
    case .convert: return .convert(try convert(start))
    case .group: return .group(try group(start))
    case .test: return .test(try test(start))
    default:
      index = start
      throw Mismatch()
    }
  }

  private mutating func attributes() throws(Mismatch) -> [AttributeDeclaration] {
    var declarations: [AttributeDeclaration] = []
    try block(.tall) { parser throws(Mismatch) in
      let owner: AttributeDeclaration.Owner = try parser.oneOf([
        (.item, .item), (.customer, .customer), (.order, .order),
      ])
      repeat {
        let name = try parser.name()
        try parser.require(.colon)
        let kind: AttributeDeclaration.Kind = try parser.oneOf([
          (.text, .text), (.flag, .flag), (.number, .number), (.count, .count), (.money, .money),
          (.percent, .percent), (.date, .date),
        ])
        declarations.append(AttributeDeclaration(owner: owner, name: name, kind: kind))
      } while parser.take(.comma)
    }
    return declarations
  }

  private mutating func setDeclaration(_ start: Int) throws(Mismatch) -> SetDeclaration {
    let name = try name()
    try require(.equal)
    let filter = try filter()
    return SetDeclaration(name: name, filter: filter, span: span(from: start))
  }

  private mutating func balance(_ start: Int) throws(Mismatch) -> BalanceDeclaration {
    let name = try name()
    var facts: [BalanceDeclaration.Fact] = []
    try block(.asWritten) { parser throws(Mismatch) in facts.append(try parser.balanceFact()) }
    return BalanceDeclaration(name: name, facts: facts, span: span(from: start))
  }

  private mutating func balanceFact() throws(Mismatch) -> BalanceDeclaration.Fact {
    let start = index
    if accept(.money) { return .money(span: span(from: start)) }
    if accept(.worth) {
      let money = try money()
      try expect(.per)
      return .worth(money, per: try count())
    }
    if accept(.redeem) {
      try expect(.as)
      if accept(.payment) { return .redeemAsPayment(span: span(from: start)) }
      try expect(.discount)
      return .redeemAsDiscount(span: span(from: start))
    }
    if accept(.step) { return .step(try amount()) }
    if accept(.at) {
      if accept(.least) { return .atLeast(try amount()) }
      try expect(.most)
      let share = try percent()
      try expect(.of)
      try expect(.order)
      return .atMostOfOrder(share)
    }
    try expect(.expires)
    try expect(.in)
    return .expiresIn(try duration())
  }

  private mutating func convert(_ start: Int) throws(Mismatch) -> ConvertDeclaration {
    try expect(.every)
    let count = try count()
    let from = try name()
    try expect(.into)
    let amount = try money()
    try expect(.of)
    let into = try name()
    return ConvertDeclaration(
      count: count, from: from, amount: amount, into: into, span: span(from: start))
  }

  private mutating func group(_ start: Int) throws(Mismatch) -> GroupDeclaration {
    let name = try text()
    var facts: [GroupDeclaration.Fact] = []
    try block(.asWritten) { parser throws(Mismatch) in facts.append(try parser.groupFact()) }
    return GroupDeclaration(name: name, facts: facts, span: span(from: start))
  }

  private mutating func groupFact() throws(Mismatch) -> GroupDeclaration.Fact {
    if accept(.join) {
      try expect(.on)
      return .joinOn(try event())
    }
    try expect(.leave)
    try expect(.after)
    let start = index
    let visits = try count()
    if accept(.visit) || accept(.visits) { return .leaveAfterVisits(visits) }
    index = start
    return .leaveAfter(try duration())
  }
}
