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
struct CellSharing: ~Copyable {
  /// The parts by cell, by turn, by line.
  private var order = Column<Int32>()
  private var cells = BoundedSharing()
  /// The place in `order` of the first part of each cell, and what the cell takes.
  private var starts = Column<Int32>()
  private var cellShares = Column<Int64>()
  private var units = LineSharing()

  /// Shares an amount; what no part can take is not given.
  ///
  /// - Parameter mayRepeat: Whether two parts may be of one sku; where not, each part is a cell.
  /// - Returns: One share per part, in the order given.
  mutating func share(_ amount: Int64, over parts: [CellPart], mayRepeat: Bool) -> [Int64] {
    var shares = [Int64](repeating: 0, count: parts.count)
    guard amount > 0, !parts.isEmpty else { return shares }
    cells.clear()
    if !mayRepeat {
      for part in parts { cells.add(weight: part.weight, capacity: part.capacity) }
      cells.share(amount, into: &cellShares) { parts[$0].key.skuRank }
      return cellShares.copy
    }
    findCells(parts)
    cells.share(amount, into: &cellShares) { Int32(truncatingIfNeeded: $0) }
    for cell in starts.indices where cellShares[cell] > 0 {
      let end = cell + 1 < starts.count ? Int(starts[cell + 1]) : parts.count
      shareByTurns(cellShares[cell], Int(starts[cell])..<end, parts, &shares)
    }
    return shares
  }

  /// Brings the parts of each cell together, cells by their keys.
  private mutating func findCells(_ parts: [CellPart]) {
    order.clear()
    starts.clear()
    for part in parts.indices { order.append(Int32(truncatingIfNeeded: part)) }
    CellSharing.sort(&order, parts)
    for place in order.indices {
      let part = parts[Int(order[place])]
      if place > 0, parts[Int(order[place - 1])].key == part.key {
        cells.raiseLast(weight: part.weight, capacity: part.capacity)
      } else {
        starts.append(Int32(truncatingIfNeeded: place))
        cells.add(weight: part.weight, capacity: part.capacity)
      }
    }
  }

  private static func sort(_ order: inout Column<Int32>, _ parts: [CellPart]) {
    var span = order.mutableSpan
    sortInPlace(&span, 0..<span.count) { first, second in
      let (one, other) = (parts[Int(first)], parts[Int(second)])
      if one.key != other.key { return CellKey.precedes(one.key, other.key) }
      if one.turn != other.turn { return UnitTurn.precedes(one.turn, other.turn) }
      return (one.line, first) < (other.line, second)
    }
  }

  /// Shares what falls on a cell over its units, which cost the same: where they have different
  /// turns, each unit gets as much and the odd cents go out by turns.
  private mutating func shareByTurns(
    _ amount: Int64, _ cell: Range<Int>, _ parts: [CellPart], _ shares: inout [Int64]
  ) {
    let turns = (
      parts[Int(order[cell.lowerBound])].turn, parts[Int(order[cell.upperBound - 1])].turn
    )
    guard turns.0 != turns.1 else { return shareUnits(amount, cell, parts, &shares) }
    var units: Int64 = 0
    for place in cell { units += parts[Int(order[place])].units }
    let (each, rest) = amount.quotientAndRemainder(dividingBy: max(1, units))
    var odd = rest
    var start = cell.lowerBound
    while start < cell.upperBound {
      let turn = parts[Int(order[start])].turn
      var (end, count) = (start, Int64(0))
      while end < cell.upperBound, parts[Int(order[end])].turn == turn {
        count += parts[Int(order[end])].units
        end += 1
      }
      let more = min(count, odd)
      odd -= more
      shareUnits(each * count + more, start..<end, parts, &shares)
      start = end
    }
  }

  private mutating func shareUnits(
    _ amount: Int64, _ places: Range<Int>, _ parts: [CellPart], _ shares: inout [Int64]
  ) {
    guard amount > 0 else { return }
    units.clear()
    for place in places {
      let part = parts[Int(order[place])]
      units.add(line: part.line, weight: part.weight, capacity: part.capacity)
    }
    units.share(amount)
    for place in places { shares[Int(order[place])] = units.shares[place - places.lowerBound] }
  }
}
