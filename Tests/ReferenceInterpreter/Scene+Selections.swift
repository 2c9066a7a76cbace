import Promo
import RuleSyntax

extension Scene {
  /// Cart lines all of whose units are in a source; a selection never tells units of a line apart.
  func lines(of source: SourceSyntax) throws(Failure) -> [Int] {
    var lines: [Int] = []
    for line in cart.lines.indices where try contains(source, line: line) { lines.append(line) }
    return lines
  }

  func isDiscountable(_ line: Int) -> Bool {
    let line = cart.lines[line]
    return line.isDiscountable && !line.isGiftCard && line.gift == nil
  }

  func contains(_ filter: FilterSyntax, line: Int) throws(Failure) -> Bool {
    guard try contains(filter.source, line: line) else { return false }
    guard let condition = filter.condition else { return true }
    return try holds(condition, line: line)
  }

  private func contains(_ source: SourceSyntax, line: Int) throws(Failure) -> Bool {
    let isInBase =
      switch source.base {
      case .items: isDiscountable(line)
      case .allItems: cart.lines[line].gift == nil
      case .set(let name):
        if let filter = book.sets[name.text] { try contains(filter, line: line) } else { false }
      case .parenthesized(let filter): try contains(filter, line: line)
      }
    guard isInBase else { return false }
    switch source.membership {
    case nil: return true
    case .inDimension(let dimension, let texts): return isIn(dimension, texts, line: line)
    case .listedIn(let list):
      let skus = book.lists[list.text] ?? []
      return skus.contains { same($0, cart.lines[line].sku) }
    }
  }

  func isIn(_ dimension: Dimension, _ texts: [TextLiteral], line: Int) -> Bool {
    let line = cart.lines[line]
    let values =
      switch dimension {
      case .category: line.categories
      case .brand: line.brands
      case .tag: line.tags
      case .sku: [line.sku]
      case .vendor: line.vendor.map { [$0] } ?? []
      }
    return matches(values, dimension, texts)
  }
}

/// Whether any value is one of the texts; a category is also in every category above it.
func matches(_ values: [String], _ dimension: Dimension, _ texts: [TextLiteral]) -> Bool {
  values.contains { value in
    texts.contains { text in
      same(value, text.text)
        || dimension == .category && Array(value.utf8).starts(with: Array((text.text + "/").utf8))
    }
  }
}
