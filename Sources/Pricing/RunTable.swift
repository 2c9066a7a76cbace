/// The units of a cart as they stand: runs of equal units, so a line of 5,000,000 is one run.
///
/// A line's runs form a chain. All units of a run share one price and one history in this quote;
/// an effect that touches some of them splits the run.
struct RunTable {
  private(set) var lines: [Int32] = []
  private(set) var quantities: [Int64] = []
  /// Minor units after items discounts so far.
  private(set) var prices: [Int64] = []
  /// What order discounts took off the whole run.
  var orderShares: [Int64] = []
  /// What balances took off the whole run.
  var redeemedShares: [Int64] = []
  private(set) var states: [RunState] = []
  private var next: [Int32] = []
  private var heads: [Int32] = []

  /// One run per line that has units to price; gift lines have none.
  mutating func reset(to cart: CartColumns) {
    let count = cart.lineCount
    refill(&lines, 0..<Int32(count))
    refill(&heads, lines)
    refill(&quantities, cart.quantities)
    refill(&prices, cart.prices)
    refill(&orderShares, repeatElement(0, count: count))
    refill(&redeemedShares, repeatElement(0, count: count))
    refill(&states, repeatElement(RunState(), count: count))
    refill(&next, repeatElement(-1, count: count))
    for line in 0..<count where cart.traits[line].contains(.gift) { heads[line] = -1 }
  }

  /// Calls the body with each run of a line.
  func forEachRun(of line: Int32, do body: (Int32) -> Void) {
    var run = heads[Int(line)]
    while run >= 0 {
      body(run)
      run = next[Int(run)]
    }
  }

  func line(_ run: Int32) -> Int32 { lines[Int(run)] }
  func quantity(_ run: Int32) -> Int64 { quantities[Int(run)] }
  func price(_ run: Int32) -> Int64 { prices[Int(run)] }
  func state(_ run: Int32) -> RunState { states[Int(run)] }

  /// What a run costs after items and order discounts.
  func cost(_ run: Int32) -> Int64 {
    prices[Int(run)] * quantities[Int(run)] - orderShares[Int(run)]
  }

  mutating func update(_ run: Int32, _ change: (inout RunState) -> Void) {
    change(&states[Int(run)])
  }

  /// Puts segments in place of a run; their quantities add up to the run's.
  mutating func replace(_ run: Int32, with segments: [RunSegment]) {
    let line = lines[Int(run)]
    for (index, segment) in segments.enumerated() {
      let place = index == 0 ? run : append(after: run)
      lines[Int(place)] = line
      quantities[Int(place)] = segment.quantity
      prices[Int(place)] = segment.price
      states[Int(place)] = segment.state
    }
  }

  private mutating func append(after run: Int32) -> Int32 {
    let new = Int32(lines.count)
    lines.append(0)
    quantities.append(0)
    prices.append(0)
    orderShares.append(0)
    redeemedShares.append(0)
    states.append(RunState())
    next.append(next[Int(run)])
    next[Int(run)] = new
    return new
  }

  /// Joins runs of a line that have become alike, so that a line never has more than it needs.
  mutating func joinAlike(_ line: Int32) {
    var first: [RunKind: Int32] = [:]
    var before = heads[Int(line)]
    guard before >= 0, next[Int(before)] >= 0 else { return }
    first[RunKind(price: prices[Int(before)], state: states[Int(before)])] = before
    var run = next[Int(before)]
    while run >= 0 {
      let following = next[Int(run)]
      let kind = RunKind(price: prices[Int(run)], state: states[Int(run)])
      if let known = first[kind] {
        quantities[Int(known)] += quantities[Int(run)]
        next[Int(before)] = following
      } else {
        first[kind] = run
        before = run
      }
      run = following
    }
  }
}

/// What the units of a run have in common.
private struct RunKind: Hashable {
  var price: Int64
  var state: RunState
}

/// What has happened to the units of a run.
struct RunState: Hashable {
  /// A deal has used them, as trigger or as reward.
  var isUsed = false
  /// An earlier campaign lowered their price.
  var isDiscounted = false
  /// The campaign at hand lowered their price.
  var isTouched = false
  /// The campaign whose `stack alone on items` keeps them; −1 for none.
  var keeper: Int32 = -1
  /// Who won them in the groups that compete unit by unit: an index into `Pricer.ownerSets`.
  var ownerSet: Int32 = 0

  /// What of it keeps units apart when an amount is shared: plain, discounted or kept, and not what
  /// deals have used.
  var sharing: Int64 { keeper >= 0 ? 2 : isDiscounted ? 1 : 0 }
}

/// Some units of a run and what becomes of them.
struct RunSegment {
  var quantity: Int64
  var price: Int64
  var state: RunState
}

/// Gives an array new contents in the storage it has.
private func refill<Element>(_ array: inout [Element], _ contents: some Collection<Element>) {
  array.removeAll(keepingCapacity: true)
  array.append(contentsOf: contents)
}
