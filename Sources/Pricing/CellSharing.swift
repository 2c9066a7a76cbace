import Money

/// Units that count as one line when an amount is shared: one sku at one price, alike in all else.
struct CellKey: Hashable {
  var skuRank: Int32
  var price: Int64
  var newPrice: Int64
  var floor: Int64
  /// `RunState.sharing` of the units.
  var state: Int64

  /// Any order in which equal keys stand together, by sku and from the dearest down.
  static func precedes(_ first: CellKey, _ second: CellKey) -> Bool {
    if first.skuRank != second.skuRank { return first.skuRank < second.skuRank }
    if first.price != second.price { return first.price > second.price }
    if first.newPrice != second.newPrice { return first.newPrice < second.newPrice }
    if first.floor != second.floor { return first.floor < second.floor }
    return first.state < second.state
  }
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
/// - Parameter mayRepeat: Whether two parts may be of one sku; where not, each part is a cell.
/// - Returns: One share per part, in the order given.
func shareOverCells(_ amount: Int64, _ parts: [CellPart], mayRepeat: Bool) -> [Int64] {
  guard amount > 0, !parts.isEmpty else { return Array(repeating: 0, count: parts.count) }
  guard mayRepeat else {
    var cells = parts.map {
      SharePart(weight: $0.weight, capacity: $0.capacity, rank: $0.key.skuRank)
    }
    _ = shareProportionally(amount, over: &cells)
    return cells.map(\.share)
  }
  let cells = groupedIntoCells(parts)
  let outer = shareOver(cells, amount, parts)
  var shares = [Int64](repeating: 0, count: parts.count)
  for (members, amount) in zip(cells, outer) where amount > 0 {
    let lines = groupedByLine(members, parts)
    for (line, share) in zip(lines, shareOver(lines, amount, parts)) where share > 0 {
      let own = shareOver(line.map { [$0] }, share, parts)
      for (member, share) in zip(line, own) { shares[member] = share }
    }
  }
  return shares
}

/// Shares an amount over groups of parts; of one weight and remainder the first comes first.
private func shareOver(_ groups: [[Int]], _ amount: Int64, _ parts: [CellPart]) -> [Int64] {
  var shares = groups.enumerated().map { rank, members in
    SharePart(
      weight: members.reduce(0) { $0 + parts[$1].weight },
      capacity: members.reduce(0) { $0 + parts[$1].capacity }, rank: Int32(rank))
  }
  _ = shareProportionally(amount, over: &shares)
  return shares.map(\.share)
}

/// The members of a cell, which stand by line, in one group a line.
private func groupedByLine(_ members: [Int], _ parts: [CellPart]) -> [[Int]] {
  var lines: [[Int]] = []
  for member in members {
    if let last = lines.last?.first, parts[last].line == parts[member].line {
      lines[lines.count - 1].append(member)
    } else {
      lines.append([member])
    }
  }
  return lines
}

/// The parts of each cell by line; cells by sku, from the dearest unit down, then by line.
private func groupedIntoCells(_ parts: [CellPart]) -> [[Int]] {
  let sorted = parts.indices.sorted { first, second in
    let (one, other) = (parts[first], parts[second])
    if one.key != other.key { return CellKey.precedes(one.key, other.key) }
    return (one.line, first) < (other.line, second)
  }
  var cells: [[Int]] = []
  for index in sorted {
    if let last = cells.last?.first, parts[last].key == parts[index].key {
      cells[cells.count - 1].append(index)
    } else {
      cells.append([index])
    }
  }
  return cells.sorted { first, second in
    let (one, other) = (parts[first[0]], parts[second[0]])
    if one.key.skuRank != other.key.skuRank { return one.key.skuRank < other.key.skuRank }
    if one.key.price != other.key.price { return one.key.price > other.key.price }
    return (one.line, first[0]) < (other.line, second[0])
  }
}
