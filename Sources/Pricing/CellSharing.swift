import Money

/// Units that count as one line when an amount is shared: one sku at one price, alike in all else.
struct CellKey: Hashable {
  var skuRank: Int32
  var price: Int64
  var newPrice: Int64
  var floor: Int64
  var state: RunState
}

/// Some units of one line that take part in an amount.
struct CellPart {
  var key: CellKey
  var line: Int32
  var weight: Int64
  var capacity: Int64
}

/// Shares an amount over cells, then each cell's share over its lines.
///
/// Since lines of one sku and one price are one cell, splitting a line changes no cell's share.
/// Ties go to the larger weight, then the lower sku, the dearer unit and the earlier line.
/// - Returns: One share per part, in the order given.
func shareOverCells(_ amount: Int64, _ parts: [CellPart]) -> [Int64] {
  var shares = [Int64](repeating: 0, count: parts.count)
  guard amount > 0, !parts.isEmpty else { return shares }
  var cells: [CellKey: [Int]] = [:]
  for (index, part) in parts.enumerated() { cells[part.key, default: []].append(index) }
  let ordered = cells.values.map { members in
    members.sorted { (parts[$0].line, $0) < (parts[$1].line, $1) }
  }.sorted { first, second in
    let (one, other) = (parts[first[0]], parts[second[0]])
    if one.key.skuRank != other.key.skuRank { return one.key.skuRank < other.key.skuRank }
    if one.key.price != other.key.price { return one.key.price > other.key.price }
    return (one.line, first[0]) < (other.line, second[0])
  }
  var outer = ordered.map { members in
    SharePart(
      weight: members.reduce(0) { $0 + parts[$1].weight },
      capacity: members.reduce(0) { $0 + parts[$1].capacity })
  }
  _ = shareProportionally(amount, over: &outer)
  for (members, cell) in zip(ordered, outer) where cell.share > 0 {
    var inner = members.map {
      SharePart(weight: parts[$0].weight, capacity: parts[$0].capacity)
    }
    _ = shareProportionally(cell.share, over: &inner)
    for (member, part) in zip(members, inner) { shares[member] = part.share }
  }
  return shares
}
