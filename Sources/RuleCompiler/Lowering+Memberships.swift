import Pricing
import RuleChecking

extension Lowering {
  /// The compiled form of a selection.
  ///
  /// What a `where` asks of skus, brands and vendors alone is known of each line before any
  /// condition is decided, as if it had been written behind `in`.
  mutating func plan(_ selection: CheckedSelection) -> SelectionPlan {
    switch selection {
    case .items: .items
    case .allItems: .allItems
    case .narrowed(let base, let dimension, let values):
      .narrowed(base: Int32(base.index), membership: membership(plan(dimension), values))
    case .filtered(let base, let condition):
      switch lower(condition) {
      case .unitInMembership(let slot): .narrowed(base: Int32(base.index), membership: slot)
      case let condition: .filtered(base: Int32(base.index), condition)
      }
    }
  }

  /// The slot of the lines of which a text of theirs is the one compared with.
  mutating func membership(_ left: CheckedExpression, _ right: CheckedExpression) -> Int32? {
    if case .constant(let constant) = right.kind { return membership(left, oneOf: [constant]) }
    if case .constant(let constant) = left.kind { return membership(right, oneOf: [constant]) }
    return nil
  }

  /// The slot of the lines of which a text of theirs is one of some.
  mutating func membership(
    _ value: CheckedExpression, oneOf choices: [CheckedConstant]
  ) -> Int32? {
    let dimension: MembershipTable.Dimension
    switch value.kind {
    case .unitSKU: dimension = .sku
    case .unitBrand: dimension = .brand
    case .unitVendor: dimension = .vendor
    default: return nil
    }
    var texts: [String] = []
    for choice in choices {
      guard case .text(let text) = choice else { return nil }
      texts.append(text)
    }
    texts.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    // A line that is named twice is there once.
    var kept: [String] = []
    for text in texts where kept.last.map({ $0.utf8.elementsEqual(text.utf8) }) != true {
      kept.append(text)
    }
    return membership(dimension, kept)
  }
}
