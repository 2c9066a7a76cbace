import Money

/// Units that count as one line when an amount is shared: one sku at one price, alike in all else.
struct CellKey: Hashable {
  var skuRank: Int32
  var price: Int64
  var newPrice: Int64
  var floor: Int64
  /// `RunState.sharing` of the units.
  var state: Int64

  /// The order of cells in which ties are decided: by sku, the dearer, the lower floor and what is
  /// not yet discounted first; the order of lines has no part in it.
  static func precedes(_ first: CellKey, _ second: CellKey) -> Bool {
    if first.skuRank != second.skuRank { return first.skuRank < second.skuRank }
    if first.price != second.price { return first.price > second.price }
    if first.newPrice != second.newPrice { return first.newPrice < second.newPrice }
    if first.floor != second.floor { return first.floor < second.floor }
    return first.state < second.state
  }
}

/// What units of one sku and one price may still differ in; it decides which of them come first.
struct UnitTurn: Equatable {
  var isUsed = false
  var originalPrice: Int64 = 0

  /// Units that no deal has used come first, then those of the higher original price.
  static func precedes(_ first: UnitTurn, _ second: UnitTurn) -> Bool {
    if first.isUsed != second.isUsed { return second.isUsed }
    return first.originalPrice > second.originalPrice
  }
}

/// Some units of one line that take part in an amount.
struct CellPart {
  var key: CellKey
  var line: Int32
  var weight: Int64
  var capacity: Int64
  /// How many units; of use only where units of one cell have different turns.
  var units: Int64 = 0
  var turn = UnitTurn()
}

/// Shares an amount over cells, then each cell's share over its units.
///
/// Since lines of one sku and one price are one cell, and odd cents go to the units of a cell by
/// their turns, splitting a line changes no share but those of units that are alike in all.
/// Ties go to the larger weight, then to the cell that comes first by its key.
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
    let turns = grouped(members) { parts[$0].turn == parts[$1].turn }
    for (turn, amount) in zip(turns, shareByTurns(turns, amount, parts)) where amount > 0 {
      let lines = grouped(turn) { parts[$0].line == parts[$1].line }
      for (line, share) in zip(lines, shareOver(lines, amount, parts)) where share > 0 {
        let own = shareOver(line.map { [$0] }, share, parts)
        for (member, share) in zip(line, own) { shares[member] = share }
      }
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

/// Shares the amount of a cell over its units, which cost the same: the odd cents go out by turns.
private func shareByTurns(
  _ groups: [[Int]], _ amount: Int64, _ parts: [CellPart]
) -> [Int64] {
  if groups.count == 1 { return [amount] }
  let counts = groups.map { members in members.reduce(0) { $0 + parts[$1].units } }
  let (each, rest) = amount.quotientAndRemainder(dividingBy: max(1, counts.reduce(0, +)))
  var odd = rest
  return counts.map { count in
    let more = min(count, odd)
    odd -= more
    return each * count + more
  }
}

/// Neighbours that are alike, in one group each.
private func grouped(_ members: [Int], alike: (Int, Int) -> Bool) -> [[Int]] {
  var groups: [[Int]] = []
  for member in members {
    if let last = groups.last?.first, alike(last, member) {
      groups[groups.count - 1].append(member)
    } else {
      groups.append([member])
    }
  }
  return groups
}

/// The parts of each cell by turn, then by line; cells by their keys.
private func groupedIntoCells(_ parts: [CellPart]) -> [[Int]] {
  let sorted = parts.indices.sorted { first, second in
    let (one, other) = (parts[first], parts[second])
    if one.key != other.key { return CellKey.precedes(one.key, other.key) }
    if one.turn != other.turn { return UnitTurn.precedes(one.turn, other.turn) }
    return (one.line, first) < (other.line, second)
  }
  return grouped(sorted) { parts[$0].key == parts[$1].key }
}
