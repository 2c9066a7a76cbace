/// Which groups of values a line can be in: "category is under apparel", "sku is one of 10,000".
///
/// Each distinct group that the rules mention has one slot; looking a line's value up answers all
/// the slots that hold it, so a line pays for the groups it is in and for no others.
package struct MembershipTable: Sendable {
  package enum Dimension: Int, CaseIterable, Hashable, Sendable {
    case category, brand, tag, sku, vendor
  }

  /// How many slots there are.
  package private(set) var count = 0
  private var tables: [TextTable<[Int32]>] = Dimension.allCases.map { _ in TextTable() }
  package init() {}

  /// Adds a group of values and answers its slot.
  package mutating func add(_ dimension: Dimension, values: [String]) -> Int32 {
    let slot = Int32(count)
    count += 1
    for value in values { tables[dimension.rawValue][value.utf8, default: []].append(slot) }
    return slot
  }

  /// Whether any group speaks of a dimension.
  package func mentions(_ dimension: Dimension) -> Bool { tables[dimension.rawValue].count > 0 }

  /// The slots that hold a value; a category is also in the groups of the paths above it.
  package func slots(_ dimension: Dimension, holding value: String, do body: (Int32) -> Void) {
    let table = tables[dimension.rawValue]
    guard table.count > 0 else { return }
    for slot in table[value.utf8] ?? [] { body(slot) }
    guard dimension == .category else { return }
    var index = value.utf8.endIndex
    while let slash = value.utf8[..<index].lastIndex(of: 0x2F) {
      index = slash
      for slot in table[value.utf8[..<slash]] ?? [] { body(slot) }
    }
  }
}
