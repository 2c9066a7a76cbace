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
  /// The values of each dimension.
  private var values: [TextKeys] = Dimension.allCases.map { _ in TextKeys() }
  /// By dimension and value the last link of the slots that hold it.
  private var lastLinks: [[Int32]] = Dimension.allCases.map { _ in [] }
  /// The slots of each value, one leading to the next and the last to the first.
  private var links: [(slot: Int32, next: Int32)] = []
  package init() {}

  /// Adds a group of values and answers its slot.
  package mutating func add(_ dimension: Dimension, values: [String]) -> Int32 {
    let slot = Int32(count)
    count += 1
    let table = dimension.rawValue
    for value in values {
      let link = Int32(links.count)
      let place = Int(self.values[table].add(value.utf8))
      guard place < lastLinks[table].count else {
        links.append((slot, link))
        lastLinks[table].append(link)
        continue
      }
      let last = Int(lastLinks[table][place])
      links.append((slot, links[last].next))
      links[last].next = link
      lastLinks[table][place] = link
    }
    return slot
  }

  /// Whether any group speaks of a dimension.
  package func mentions(_ dimension: Dimension) -> Bool { values[dimension.rawValue].count > 0 }

  /// The slots that hold a value; a category is also in the groups of the paths above it.
  package func slots(_ dimension: Dimension, holding value: String, do body: (Int32) -> Void) {
    let table = dimension.rawValue
    guard values[table].count > 0 else { return }
    forEachSlot(of: values[table][value.utf8], table, body)
    guard dimension == .category else { return }
    var index = value.utf8.endIndex
    while let slash = value.utf8[..<index].lastIndex(of: 0x2F) {
      index = slash
      forEachSlot(of: values[table][value.utf8[..<slash]], table, body)
    }
  }

  /// Shows the slots of a value, the earliest first.
  private func forEachSlot(of place: Int32?, _ table: Int, _ body: (Int32) -> Void) {
    guard let place else { return }
    let last = lastLinks[table][Int(place)]
    var link = last
    repeat {
      link = links[Int(link)].next
      body(links[Int(link)].slot)
    } while link != last
  }
}
