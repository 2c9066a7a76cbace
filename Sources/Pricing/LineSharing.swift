/// Shares what falls on units of one sku and one price: first over their lines, then over the runs
/// of each line.
///
/// So a line gets the same whether or not its units stand in several runs. Of one remainder and one
/// weight the earlier comes first.
struct LineSharing: ~Copyable {
  /// What each part takes, in the order added.
  private(set) var shares = Column<Int64>()
  private var lines = Column<Int32>()
  private var weights = Column<Int64>()
  private var capacities = Column<Int64>()
  /// Whether two parts are of one line.
  private var isSplit = false

  private var sharing = BoundedSharing()
  /// The first part of each line, and what the line takes.
  private var starts = Column<Int32>()
  private var lineShares = Column<Int64>()
  private var ownShares = Column<Int64>()

  /// Forgets all parts.
  mutating func clear() {
    lines.clear()
    weights.clear()
    capacities.clear()
    isSplit = false
  }

  /// Adds a part; those of one line come one after the other.
  mutating func add(line: Int32, weight: Int64, capacity: Int64) {
    if !lines.isEmpty, lines[lines.count - 1] == line { isSplit = true }
    lines.append(line)
    weights.append(weight)
    capacities.append(capacity)
  }

  /// Shares an amount above zero over the parts; what no part can take is not given.
  mutating func share(_ amount: Int64) {
    guard isSplit else {
      load(0..<lines.count)
      return sharing.share(amount, into: &shares) { Int32(truncatingIfNeeded: $0) }
    }
    loadLines()
    sharing.share(amount, into: &lineShares) { Int32(truncatingIfNeeded: $0) }
    shares.fill(0, count: lines.count)
    for place in starts.indices where lineShares[place] > 0 {
      let start = Int(starts[place])
      let end = place + 1 < starts.count ? Int(starts[place + 1]) : lines.count
      load(start..<end)
      sharing.share(lineShares[place], into: &ownShares) { Int32(truncatingIfNeeded: $0) }
      for part in start..<end { shares[part] = ownShares[part - start] }
    }
  }

  /// Takes some parts as they are.
  private mutating func load(_ parts: Range<Int>) {
    sharing.clear()
    for part in parts { sharing.add(weight: weights[part], capacity: capacities[part]) }
  }

  /// Takes each line as one part.
  private mutating func loadLines() {
    sharing.clear()
    starts.clear()
    for part in lines.indices {
      if part > 0, lines[part] == lines[part - 1] {
        sharing.raiseLast(weight: weights[part], capacity: capacities[part])
      } else {
        starts.append(Int32(truncatingIfNeeded: part))
        sharing.add(weight: weights[part], capacity: capacities[part])
      }
    }
  }
}
