/// Some things that take part in one amount together: what they weigh and what they can take.
struct Cell {
  var weight: Int64
  var capacity: Int64
}

/// Shares an amount over cells by weight; none takes more than it can, the rest moves on.
///
/// Cells stand in the order that decides between equal remainders of equal weight.
func share(_ amount: Int64, over cells: [Cell]) -> [Int64] {
  var shares = [Int64](repeating: 0, count: cells.count)
  var rest = min(amount, cells.filter { $0.weight > 0 }.map(\.capacity).reduce(0, +))
  var free = cells.indices.filter { cells[$0].weight > 0 }
  while true {
    let weight = free.map { cells[$0].weight }.reduce(0, +)
    let isFull = { (cell: Int) in
      Int128(rest) * Int128(cells[cell].weight) > Int128(cells[cell].capacity) * Int128(weight)
    }
    let full = free.filter(isFull)
    if full.isEmpty { break }
    for cell in full { shares[cell] = cells[cell].capacity }
    rest -= full.map { cells[$0].capacity }.reduce(0, +)
    free.removeAll { full.contains($0) }
  }
  let weight = Int128(free.map { cells[$0].weight }.reduce(0, +))
  guard weight > 0 else { return shares }
  var spare = rest
  for cell in free {
    shares[cell] = Int64(Int128(rest) * Int128(cells[cell].weight) / weight)
    spare -= shares[cell]
  }
  let remainder = { (cell: Int) in Int128(rest) * Int128(cells[cell].weight) % weight }
  let byRemainder = free.sorted { left, right in
    if remainder(left) != remainder(right) { return remainder(left) > remainder(right) }
    if cells[left].weight != cells[right].weight { return cells[left].weight > cells[right].weight }
    return left < right
  }
  for cell in byRemainder.prefix(Int(spare)) { shares[cell] += 1 }
  return shares
}

/// What makes units one cell.
struct CellKey: Hashable {
  var sku: [UInt8]
  var price: Int64
  var priceAfter: Int64 = 0
  var floor: Int64
  var state: UnitState
}

extension CellKey {
  /// The order in which cells of one remainder and one weight are served; it knows no lines.
  func stands(before other: CellKey) -> Bool {
    if sku != other.sku { return sku.lexicographicallyPrecedes(other.sku) }
    if price != other.price { return price > other.price }
    if priceAfter != other.priceAfter { return priceAfter < other.priceAfter }
    if floor != other.floor { return floor < other.floor }
    return state.rawValue < other.state.rawValue
  }
}

/// Whether campaigns with a stacking `on items` have touched a unit.
enum UnitState: Int { case plain, discounted, kept }

/// A part of a cart line whose units are all alike.
struct Portion {
  var line: Int
  var key: CellKey
  var weight: Int64
  var capacity: Int64
}

/// Shares an amount over portions: first over the cells they form, then inside each by weight.
func share(_ amount: Int64, over portions: [Portion]) -> [Int64] {
  var cells: [[Int]] = []
  for (key, members) in Dictionary(grouping: portions.indices, by: { portions[$0].key }) {
    _ = key
    cells.append(members.sorted { portions[$0].line < portions[$1].line })
  }
  cells.sort { portions[$0[0]].key.stands(before: portions[$1[0]].key) }
  let whole = cells.map { members in
    Cell(
      weight: members.map { portions[$0].weight }.reduce(0, +),
      capacity: members.map { portions[$0].capacity }.reduce(0, +))
  }
  var shares = [Int64](repeating: 0, count: portions.count)
  for (members, amount) in zip(cells, share(amount, over: whole)) {
    let parts = members.map { Cell(weight: portions[$0].weight, capacity: amount) }
    for (member, part) in zip(members, share(amount, over: parts)) { shares[member] = part }
  }
  return shares
}
