package import Findings

/// What a line can be told apart by.
package enum Dimension: String, CaseIterable, Sendable {
  case category, brand, tag, sku, vendor
}

/// `items in category "books" where price > $10`.
package struct FilterSyntax: Sendable {
  package var source: SourceSyntax
  package var condition: ConditionSyntax?
  package var span: SourceSpan
  package init(source: SourceSyntax, condition: ConditionSyntax?, span: SourceSpan) {
    self.source = source
    self.condition = condition
    self.span = span
  }
}

/// Where units come from, and which dimension narrows them.
package struct SourceSyntax: Sendable {
  package indirect enum Base: Sendable {
    case items
    case allItems
    case set(Name)
    case parenthesized(FilterSyntax)
  }
  package enum Membership: Sendable {
    case inDimension(Dimension, [TextLiteral])
    case listedIn(TextLiteral)
  }
  package var base: Base
  package var membership: Membership?
  package var span: SourceSpan
  package init(base: Base, membership: Membership?, span: SourceSpan) {
    self.base = base
    self.membership = membership
    self.span = span
  }
}

/// Cheapest or dearest.
package enum Rank: String, Sendable { case cheapest, dearest }

/// Which units of a source an effect touches.
package enum PickSyntax: Sendable {
  /// Every unit.
  case all(SourceSyntax)
  /// `cheapest 2 of books`.
  indirect case ranked(Rank, count: CountLiteral, of: SourceSyntax)
  /// `cheapest 1 of every 3 books`.
  indirect case every(Rank, count: CountLiteral, groupSize: CountLiteral, of: SourceSyntax)
  /// `cheapest 1 of socks per 2 shirts`.
  indirect case per(
    Rank, count: CountLiteral, of: SourceSyntax, triggerCount: CountLiteral, triggers: SourceSyntax)
}
