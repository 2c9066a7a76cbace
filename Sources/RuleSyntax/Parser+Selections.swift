import Findings

extension Parser {
  /// A source and the condition its units must meet.
  mutating func filter() throws(Mismatch) -> FilterSyntax {
    let start = index
    let source = try source()
    var condition: ConditionSyntax?
    if at(.where) {
      noteBreakBefore()
      advance()
      let wasInWhere = isInWhere
      isInWhere = true
      let sourceHeight = height
      condition = try self.condition()
      height = max(height, sourceHeight)
      isInWhere = wasInWhere
    }
    return FilterSyntax(source: source, condition: condition, span: span(from: start))
  }

  /// Where units come from.
  mutating func source() throws(Mismatch) -> SourceSyntax {
    let start = index
    let base: SourceSyntax.Base
    height = 1
    if accept(.items) {
      base = .items
    } else if accept(.allItems) {
      base = .allItems
    } else if take(.leftParen) {
      try enter(start)
      let filter = try filter()
      leave()
      try require(.rightParen)
      height += 1
      return SourceSyntax(
        base: .parenthesized(filter), membership: nil, span: span(from: start))
    } else {
      base = .set(try name())
    }
    var membership: SourceSyntax.Membership?
    if accept(.in) {
      membership = .inDimension(try dimension(), try texts())
    } else if accept(.listed) {
      try expect(.in)
      membership = .listedIn(try text())
    }
    return SourceSyntax(base: base, membership: membership, span: span(from: start))
  }

  var dimensionAtHand: Dimension? {
    guard sees(.word) else { return nil }
    return switch token.keyword {
    case .category: .category
    case .brand: .brand
    case .tag: .tag
    case .sku: .sku
    case .vendor: .vendor
    default: nil
    }
  }

  mutating func dimension() throws(Mismatch) -> Dimension {
    guard let dimension = dimensionAtHand else { throw Mismatch() }
    advance()
    return dimension
  }

  /// What history knows of an item: everything but its vendor.
  mutating func boughtDimension() throws(Mismatch) -> Dimension {
    guard let dimension = dimensionAtHand, dimension != .vendor else { throw Mismatch() }
    advance()
    return dimension
  }

  var rankAtHand: Rank? {
    at(.cheapest) ? .cheapest : at(.dearest) ? .dearest : nil
  }

  /// Which units of a source.
  mutating func pick() throws(Mismatch) -> PickSyntax {
    guard let rank = rankAtHand else { return .all(try source()) }
    advance()
    let count = try count()
    try expect(.of)
    if accept(.every) {
      let groupSize = try self.count()
      return .every(rank, count: count, groupSize: groupSize, of: try source())
    }
    let source = try source()
    guard accept(.per) else { return .ranked(rank, count: count, of: source) }
    let triggerCount = try self.count()
    return .per(
      rank, count: count, of: source, triggerCount: triggerCount, triggers: try self.source())
  }
}
