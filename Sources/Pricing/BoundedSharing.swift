import Money

/// Splits an amount over parts by largest remainder where a part may take less than it weighs, in
/// storage it keeps.
///
/// Where each part may take all it weighs, as without floors, nothing is allocated.
struct BoundedSharing: ~Copyable {
  private var weights = Column<Int64>()
  private var capacities = Column<Int64>()
  private var total: Int64 = 0
  private var isBounded = false
  private var sharing = RemainderSharing()
  private var bounded: [SharePart] = []

  /// How many parts there are.
  var count: Int { weights.count }

  /// Forgets all parts.
  mutating func clear() {
    weights.clear()
    capacities.clear()
    total = 0
    isBounded = false
  }

  mutating func add(weight: Int64, capacity: Int64) {
    weights.append(weight)
    capacities.append(capacity)
    total += weight
    if weight != capacity { isBounded = true }
  }

  /// Makes the part added last larger.
  mutating func raiseLast(weight: Int64, capacity: Int64) {
    weights[weights.count - 1] += weight
    capacities[capacities.count - 1] += capacity
    total += weight
    if weight != capacity { isBounded = true }
  }

  /// Shares an amount above zero; what no part can take is not given.
  ///
  /// - Parameters:
  ///   - shares: What each part takes, and nothing else.
  ///   - rank: Of parts of one remainder and one weight the lower comes first; no two are alike.
  mutating func share(
    _ amount: Int64, into shares: inout Column<Int64>, rank: (Int) -> Int32
  ) {
    if isBounded || amount > total {
      bounded.clear()
      for part in weights.indices {
        bounded.append(
          SharePart(weight: weights[part], capacity: capacities[part], rank: rank(part)))
      }
      _ = shareProportionally(amount, over: &bounded)
      shares.clear()
      for part in bounded { shares.append(part.share) }
    } else {
      sharing.share(
        amount, offEach: &weights, total: total, heaviest: total, keepsShares: true
      ) { rank($0) < rank($1) }
      shares.load(sharing.shares)
    }
  }
}
