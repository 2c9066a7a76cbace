import Findings

extension Parser {
  /// What a condition may read of the cart, the customer, the calendar and the past.
  mutating func reading(_ start: Int) throws(Mismatch) -> ExpressionKind? {
    guard let keyword = token.keyword else { return nil }
    switch keyword {
    case .min, .max, .floor, .round: return try function(keyword, start)
    case .quantity:
      advance()
      if accept(.of) { return .quantity(of: try source()) }
      guard isInWhere else { throw Mismatch() }
      return .unitQuantity
    case .kinds: return .kinds(of: try sourceBehindOf())
    case .subtotal:
      let source = try sourceBehindOf()
      guard accept(.after) else { return .subtotal(of: source, isAfterDiscounts: false) }
      try expect(.discounts)
      return .subtotal(of: source, isAfterDiscounts: true)
    case .cheapest, .dearest:
      advance()
      try expect(.price)
      index -= 1
      let rank: Rank = keyword == .cheapest ? .cheapest : .dearest
      return .rankedPrice(rank, of: try sourceBehindOf())
    case .shipping:
      advance()
      return .shipping
    case .order:
      advance()
      try require(.dot)
      return .orderAttribute(try name())
    case .customer:
      advance()
      return try customerReading()
    case .today:
      advance()
      return .today
    case .weekday:
      advance()
      return .weekday
    case .year, .month, .day, .days: return try calendarReading(keyword, start)
    default: return try historyReading(keyword)
    }
  }

  private mutating func function(
    _ keyword: Keyword, _ start: Int
  ) throws(Mismatch) -> ExpressionKind {
    advance()
    if keyword == .floor || keyword == .round {
      try require(.leftParen)
      try enter(start)
      let argument = try sum()
      leave()
      try require(.rightParen)
      return keyword == .floor ? .floor(argument) : .round(argument)
    }
    let values = try arguments(start)
    guard values.count > 1 else {
      // One value needs a comma and a second one where the parenthesis closed.
      index -= 1
      throw Mismatch()
    }
    return keyword == .min ? .minimum(values) : .maximum(values)
  }

  private mutating func sourceBehindOf() throws(Mismatch) -> SourceSyntax {
    advance()
    try expect(.of)
    return try source()
  }

  private mutating func customerReading() throws(Mismatch) -> ExpressionKind {
    if take(.dot) { return .customerAttribute(try name()) }
    if accept(.in) {
      try expect(.group)
      return .customerInGroup(try texts())
    }
    try expect(.is)
    try expect(.member)
    return .customerIsMember
  }

  private mutating func calendarReading(
    _ keyword: Keyword, _ start: Int
  ) throws(Mismatch) -> ExpressionKind {
    advance()
    try expect(keyword == .days ? .since : .of)
    if keyword == .days, accept(.last) {
      try expect(.visit)
      return .daysSinceLastVisit
    }
    try enter(start)
    let operand = try primary()
    leave()
    return switch keyword {
    case .year: .yearOf(operand)
    case .month: .monthOf(operand)
    case .day: .dayOf(operand)
    default: .daysSince(operand)
    }
  }

  private mutating func historyReading(_ keyword: Keyword) throws(Mismatch) -> ExpressionKind? {
    switch keyword {
    case .visits:
      advance()
      return .visits(try window())
    case .visitNumber:
      advance()
      return .visitNumber(try window())
    case .visitDays:
      advance()
      return .visitDays(try window())
    case .spent:
      advance()
      guard accept(.in) else { return .spent(nil, [], try window()) }
      let dimension = try boughtDimension()
      let values = try texts()
      return .spent(dimension, values, try window())
    case .bought:
      advance()
      try expect(.in)
      let dimension = try boughtDimension()
      let values = try texts()
      return .bought(dimension, values, try window())
    case .redemptions:
      advance()
      try expect(.of)
      let campaign = try name()
      return .redemptions(of: campaign, try window())
    case .balance:
      advance()
      try expect(.of)
      return .balance(of: try name())
    default: return nil
    }
  }

  /// What a condition behind `where` may read of the unit at hand.
  mutating func unitReading() throws(Mismatch) -> ExpressionKind {
    switch token.keyword {
    case .price: advance(); return .unitPrice
    case .sku: advance(); return .unitSKU
    case .name: advance(); return .unitName
    case .brand: advance(); return .unitBrand
    case .vendor: advance(); return .unitVendor
    case .onSale: advance(); return .unitOnSale
    case .in:
      advance()
      guard dimensionAtHand != nil else { return .unitInSet(try name()) }
      let dimension = try dimension()
      return .unitIn(dimension, try texts())
    case .category, .tag: return .itemAttribute(try name())
    default: return .itemAttribute(try name())
    }
  }
}
