import Pricing

/// The units of a line that has been split, grouped by price from the dearest down.
///
/// Few groups are held in place, since a large cart may have many such lines.
struct UnitGroups {
  typealias Group = (quantity: Int64, price: Int64)

  private static let countMaximum = 8

  private(set) var count = 0
  private(set) var orderShare: Int64 = 0
  private(set) var redeemedShare: Int64 = 0
  private var groups = InlineArray<8, Group>(repeating: (0, 0))
  /// In the place of `groups` when there are more of them.
  private var many: [Group] = []

  /// The groups of a line that is no gift.
  init(of line: Int, _ runs: borrowing RunTable) {
    var run = line
    while run >= 0 {
      orderShare += runs.orderShare(Int32(run))
      if !runs.redeemedShares.isEmpty { redeemedShare += runs.redeemedShares[run] }
      add(runs.quantity(Int32(run)), at: runs.records[run].price)
      run = Int(runs.records[run].next)
    }
  }

  subscript(place: Int) -> Group {
    many.isEmpty ? groups[place] : many[place]
  }

  private mutating func add(_ quantity: Int64, at price: Int64) {
    var place = 0
    while place < count, self[place].price > price { place += 1 }
    if place < count, self[place].price == price {
      if many.isEmpty {
        groups[place].quantity += quantity
      } else {
        many[place].quantity += quantity
      }
      return
    }
    if count == Self.countMaximum { many = groups.indices.map { groups[$0] } }
    if many.isEmpty {
      for later in stride(from: count, to: place, by: -1) { groups[later] = groups[later - 1] }
      groups[place] = (quantity, price)
    } else {
      many.insert((quantity, price), at: place)
    }
    count += 1
  }
}
